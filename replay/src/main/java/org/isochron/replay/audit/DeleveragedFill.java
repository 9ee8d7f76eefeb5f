package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.DeleverageRule;
import org.isochron.codecs.DeleveragedDecoder;

/**
 * Lots that passed from a bucket under liquidation to an opposite position, as the events to the two sides tell it: those
 * of one side are the other's with the sign turned.
 */
final class DeleveragedFill {
    final long tradeId;
    final long instrumentId;
    final DeleverageRule rule;
    final long rank;
    final long score;
    final long cutoffScore;
    final long markPrice;
    /** Signed change of the opposite position, and of its bucket's cash. */
    final long lots;

    final BigInteger cash;

    private long liquidatedId;
    private long oppositeId;
    private int sides;
    private boolean isChecked;

    /** @param event of one side. */
    DeleveragedFill(final DeleveragedDecoder event) {
        final boolean isOfLiquidated = event.liquidated() == 1;
        tradeId = event.tradeId();
        instrumentId = event.instrumentId();
        rule = event.rule();
        rank = event.rank();
        score = event.score();
        cutoffScore = event.cutoffScore();
        markPrice = event.markPrice();
        lots = isOfLiquidated ? -event.quantity() : event.quantity();
        final BigInteger amount = BigInteger.valueOf(event.cash());
        cash = isOfLiquidated ? amount.negate() : amount;
        addSide(event);
    }

    private void addSide(final DeleveragedDecoder event) {
        sides += event.liquidated() == 1 ? 1 : 2;
        if (event.liquidated() == 1) {
            liquidatedId = event.accountId();
        } else {
            oppositeId = event.accountId();
        }
    }

    /** Takes the event of the other side; false when it does not tell the same. */
    boolean adds(final DeleveragedDecoder event) {
        final DeleveragedFill other = new DeleveragedFill(event);
        addSide(event);
        return isPair()
                && instrumentId == other.instrumentId
                && lots == other.lots
                && cash.equals(other.cash)
                && rule == other.rule
                && rank == other.rank
                && score == other.score
                && cutoffScore == other.cutoffScore
                && markPrice == other.markPrice;
    }

    /** Whether each side was told once. */
    boolean isPair() {
        return sides == 3;
    }

    long liquidatedId() {
        return liquidatedId;
    }

    long oppositeId() {
        return oppositeId;
    }

    /** Whether nobody has asked before: with the first event of the two neither side has moved. */
    boolean isNew() {
        final boolean isFirst = !isChecked;
        isChecked = true;
        return isFirst;
    }
}
