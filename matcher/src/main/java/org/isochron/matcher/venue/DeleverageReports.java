package org.isochron.matcher.venue;

import org.isochron.codecs.DeleverageRule;
import org.isochron.codecs.DeleveragedEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.Ranking;
import org.isochron.risk.marks.Marks;

/** Writes what deleveraging does to each side: to the account's reporter and its firm's drop copy. */
final class DeleverageReports {
    private final EventWriter events;
    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Marks marks;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DeleveragedEncoder deleveraged = new DeleveragedEncoder();

    private DeleverageRule rule;
    private int rank;
    private long score;
    private long cutoffScore;

    DeleverageReports(final EventWriter events, final Sessions sessions, final Ledger ledger, final Marks marks) {
        this.events = events;
        this.sessions = sessions;
        this.ledger = ledger;
        this.marks = marks;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** Where the opposite side of the fill told next stood. */
    void ranked(final int rule, final int rank, final long score, final long cutoffScore) {
        this.rule = DeleverageRule.get((short) rule);
        this.rank = rank;
        this.score = score;
        this.cutoffScore = cutoffScore == Ranking.NO_SCORE ? DeleveragedEncoder.cutoffScoreNullValue() : cutoffScore;
    }

    /**
     * A fill to one of its sides, which has the lots and the cash already. That of the insurance fund goes to nobody: it is
     * there for whoever reads the log.
     *
     * @param lots signed change of the position.
     * @param cash signed change of its bucket's cash.
     */
    void deleveraged(
            final int position, final long tradeId, final long lots, final long cash, final boolean liquidated) {
        final int account = positions.account(position);
        final int instrument = positions.instrument(position);
        final int offset =
                events.claimPrivate(DeleveragedEncoder.BLOCK_LENGTH, sessions.reporter(account), ledger.firm(account));
        deleveraged
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .tradeId(tradeId)
                .quantity(lots)
                .cash(cash)
                .balanceAfter(ledger.cash(ledger.bucketOf(position)))
                .positionAfter(positions.lots(position))
                .markPrice(marks.markTicks(instrument) * instruments.tickSize(instrument))
                .score(score)
                .cutoffScore(cutoffScore)
                .rank(rank)
                .accountId(ledger.accountId(account))
                .instrumentId(instruments.id(instrument))
                .rule(rule)
                .liquidated((short) (liquidated ? 1 : 0));
    }
}
