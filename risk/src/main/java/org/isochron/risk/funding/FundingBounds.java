package org.isochron.risk.funding;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.FundingScale;

/**
 * What rules of funding must stay within so that ten years of it, at the largest rate and price, fit: the cumulative index
 * 62 bits of its units, what a position could owe 62 bits of quanta.
 */
public final class FundingBounds {
    /** Largest price whose impact prices, and whose distance from another, fit; ticks. */
    public static final long MAX_TICKS = 1L << 46;

    private static final long TEN_YEARS_MS = 315_576_000_000L;
    private static final int BITS = 62;

    private FundingBounds() {}

    /** Sum of rates that ten years may come to, given the largest worth of one lot and of a position, quanta. */
    public static long mostInTenYears(final long largestLot, final long largestPosition) {
        return Math.min(
                atMost(1L << BITS - FundingScale.BITS, Premium.UNIT, largestLot),
                atMost(1L << BITS, Premium.UNIT, largestPosition));
    }

    /** Largest rate of a period that stays within that sum. */
    public static long mostPerPeriod(final long periodMs, final long mostInTenYears) {
        return atMost(mostInTenYears, periodMs, TEN_YEARS_MS);
    }

    /** Shortest period in which a rate may fall due to stay within that sum. */
    public static long leastPeriodMs(final long rate, final long mostInTenYears) {
        return mostInTenYears == 0 ? Long.MAX_VALUE : FixedPoint.mulDivCeil(rate, TEN_YEARS_MS, mostInTenYears);
    }

    /** Largest impact notional whose sum of lots * ticks fits, quanta. */
    public static long mostNotional(final long factor, final long maxTicks) {
        return factor > 0 ? 1L << BITS : atMost((1L << BITS) / maxTicks, -factor, maxTicks);
    }

    /** {@code floor(a * b / d)}, or the largest number when that leaves 63 bits; none is negative. */
    private static long atMost(final long a, final long b, final long d) {
        return FixedPoint.compareProducts(a, b, d, Long.MAX_VALUE) >= 0
                ? Long.MAX_VALUE
                : FixedPoint.mulDivFloor(a, b, d);
    }
}
