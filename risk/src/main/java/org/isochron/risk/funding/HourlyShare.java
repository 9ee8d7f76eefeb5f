package org.isochron.risk.funding;

/**
 * The move of the index for a part of an hour at a rate for the whole of it: {@code f * N1 * 2^20 * ms / (1e9 * 3,600,000)},
 * toward zero. What the division leaves is carried, except for an inverse contract, whose divisor is another one at every
 * price.
 */
final class HourlyShare {
    /** Milliseconds of every step are a multiple of these. */
    private static final long GRID_MS = 100;

    /** 1e9 * 36,000 = 2^14 * 2,197,265,625; what is left of 2^20 is 2^6. */
    static final long DIVISOR = 2_197_265_625L;

    private static final int SHIFT = 6;

    private HourlyShare() {}

    /** @param ticks price the payment is on. */
    static void divide(
            final CarriedDivision division,
            final long rate,
            final long stepMs,
            final long factor,
            final long ticks,
            final long carried) {
        final long share = rate * (stepMs / GRID_MS) << SHIFT;
        if (factor > 0) {
            division.divide(share, ticks * factor, DIVISOR, carried);
        } else {
            division.divide(share, -factor, DIVISOR * ticks, 0);
            division.remainder = 0;
        }
    }
}
