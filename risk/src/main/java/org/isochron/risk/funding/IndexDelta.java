package org.isochron.risk.funding;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.FundingScale;

/**
 * How far a rate moves the cumulative index: {@code trunc(f * N1 * 2^20 / 1e9)}, N1 what one lot is worth (rulebook 6). A
 * contract's factor says what kind it is: positive, it is K, and N1 = ticks * K; negative, it is -N of an inverse contract,
 * and N1 = N / ticks, folded into the one division.
 */
public final class IndexDelta {
    /** 1e9 = 2^9 * 5^9; what is left of 2^20 / 1e9 in lowest terms is 2^11 / 5^9. */
    private static final int SHIFT = FundingScale.BITS - 9;

    private static final long DIVISOR = 1_953_125;

    /** Highest price of an inverse contract that leaves every divisor here 63 bits, ticks. */
    public static final long MAX_INVERSE_TICKS = Long.MAX_VALUE / HourlyShare.DIVISOR;

    private IndexDelta() {}

    /** Of a rate for the whole interval. */
    public static long of(final long rate, final long factor, final long ticks) {
        return factor > 0
                ? truncated(rate << SHIFT, ticks * factor, DIVISOR)
                : truncated(rate << SHIFT, -factor, DIVISOR * ticks);
    }

    /** {@code trunc(rate * value / divisor)}: the same in any units. */
    public static long truncated(final long rate, final long value, final long divisor) {
        return FixedPoint.mulDivTrunc(rate, value, divisor);
    }
}
