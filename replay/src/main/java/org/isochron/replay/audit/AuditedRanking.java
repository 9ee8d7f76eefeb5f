package org.isochron.replay.audit;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.DeleverageRule;
import org.isochron.codecs.frame.XxHash64;

/**
 * The whole queue of opposite positions at one moment, first to last (rulebook 8.5): every holder of the other side,
 * whoever it is, scored and sorted.
 */
final class AuditedRanking {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final BigInteger MOST_PROFIT = BigInteger.TEN.pow(12);
    private static final BigInteger MOST_LEVERAGE = BigInteger.TEN.pow(9);

    /** Higher scores first, then older positions, then lower account ids. */
    private static final Comparator<Candidate> BY_SCORE = Comparator.comparingLong(Candidate::score)
            .reversed()
            .thenComparingLong(candidate -> candidate.position.openedAs)
            .thenComparingLong(candidate -> candidate.position.accountId);

    private static final Comparator<Candidate> BY_ACCOUNT =
            Comparator.comparingLong(candidate -> candidate.position.accountId);

    /**
     * One in the queue.
     *
     * @param equity of its bucket.
     * @param spare  what its bucket would be worth after closing one lot.
     */
    record Candidate(AuditedPosition position, long score, BigInteger equity, BigInteger spare) {}

    private AuditedRanking() {}

    /**
     * All that may have to take some of what is left: of the other sign, worth something, and no less than nothing after
     * one lot.
     *
     * @param seed of SEEDED_RANDOM: the chain of the command's frame.
     */
    static List<Candidate> of(final Closing closing, final DeleverageRule rule, final long seed) {
        final AuditedPosition liquidated = closing.position();
        final List<Candidate> queue = new ArrayList<>();
        for (final AuditedPosition holder : liquidated.instrument.holders.values()) {
            if (holder.lots != 0 && holder.lots > 0 != liquidated.lots > 0) {
                final BigInteger equity = holder.bucket.equity();
                final BigInteger spare = closing.equityWith(holder, 1);
                if (equity.signum() > 0 && spare.signum() >= 0) {
                    queue.add(new Candidate(holder, score(holder, rule, seed, equity), equity, spare));
                }
            }
        }
        queue.sort(rule == DeleverageRule.PRO_RATA ? BY_ACCOUNT : BY_SCORE);
        return queue;
    }

    static long score(
            final AuditedPosition position, final DeleverageRule rule, final long seed, final BigInteger equity) {
        return switch (rule) {
            case PNL_LEVERAGE -> pnlLeverage(position, leverage(position, equity));
            case HYPERLIQUID -> hyperliquid(position, leverage(position, equity));
            case PRO_RATA -> Math.abs(position.lots);
            case SEEDED_RANDOM -> drawn(seed, position.accountId);
            case NONE, NULL_VAL -> 0;
        };
    }

    /** Profit over what was paid; times leverage for a gain, through it for a loss. */
    private static long pnlLeverage(final AuditedPosition position, final BigInteger leverage) {
        final BigInteger profit = position.profit();
        final BigInteger size = ratio(profit.abs(), position.cost.abs(), MOST_PROFIT);
        final BigInteger score = profit.signum() > 0
                ? size.multiply(leverage).divide(MILLION)
                : size.multiply(MILLION).divide(leverage).negate();
        return score.longValueExact();
    }

    /** Mark over entry of whoever gains from higher prices, entry over mark of the others, times leverage. */
    private static long hyperliquid(final AuditedPosition position, final BigInteger leverage) {
        final BigInteger marked = position.value().abs();
        final BigInteger entered = position.cost.abs();
        final BigInteger prices = position.value().signum() > 0
                ? ratio(marked, entered, MOST_PROFIT)
                : ratio(entered, marked, MOST_PROFIT);
        return prices.multiply(leverage).divide(MILLION).longValueExact();
    }

    /** Gross notional of the bucket over its equity, ppm. */
    private static BigInteger leverage(final AuditedPosition position, final BigInteger equity) {
        return ratio(position.bucket.notional(), equity, MOST_LEVERAGE).max(BigInteger.ONE);
    }

    private static BigInteger ratio(final BigInteger part, final BigInteger whole, final BigInteger most) {
        return part.multiply(MILLION).divide(whole.max(BigInteger.ONE)).min(most);
    }

    /** XXH64 of seed and account id as 16 little-endian bytes, without its top bit. */
    private static long drawn(final long seed, final long accountId) {
        final ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(seed).putLong(accountId);
        return XxHash64.hash(new UnsafeBuffer(bytes.array()), 0, 2 * Long.BYTES) >>> 1;
    }
}
