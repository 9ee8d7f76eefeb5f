package org.isochron.risk.marks;

/**
 * What is left of an exponential average after a time: {@code floor(2^32 * exp(-dt / tau))}, in integers only. The
 * exponent is split into whole units, looked up, and a rest below one, summed up as a power series by Horner's scheme; both
 * with 62 binary places, so that the error is below 2^-55. Constants such as exp(-1/150) = 4,266,429,412 come out exactly.
 */
public final class Decay {
    /** 1 in Q32. */
    public static final long ONE = 1L << 32;

    private static final int PLACES = 62;
    private static final long ONE_Q62 = 1L << PLACES;
    /** exp(-23) is below 2^-33. */
    private static final int WHOLE_UNITS = 23;
    /** 1 / 20! is below 2^-61. */
    private static final int TERMS = 20;

    /** exp(-n) in Q62. */
    private static final long[] WHOLE_Q62 = wholeUnits();

    private Decay() {}

    /**
     * {@code floor(2^32 * exp(-dt / tau))}.
     *
     * @param dt  time passed, not negative.
     * @param tau time constant in the same unit, positive, below 2^32.
     */
    public static long q32(final long dt, final long tau) {
        final long whole = dt / tau;
        if (whole >= WHOLE_UNITS) {
            return 0;
        }
        final long rest = fraction(dt - whole * tau, tau);
        return product(WHOLE_Q62[(int) whole], series(rest)) >> PLACES - 32;
    }

    /** The weight of a new sample: what {@link #q32} leaves of 1. */
    public static long weightQ32(final long dt, final long tau) {
        return ONE - q32(dt, tau);
    }

    /** {@code floor(2^62 * part / whole)} of a part below the whole, 31 places at a time. */
    private static long fraction(final long part, final long whole) {
        final long high = (part << 31) / whole;
        final long rest = (part << 31) - high * whole;
        return (high << 31) + (rest << 31) / whole;
    }

    /** exp(-x) for x from 0 to below 1: {@code 1 - x (1 - x/2 (1 - x/3 (...)))}. */
    private static long series(final long x) {
        long sum = ONE_Q62;
        for (int term = TERMS; term > 0; term--) {
            sum = ONE_Q62 - product(x, sum) / term;
        }
        return sum;
    }

    private static long product(final long a, final long b) {
        return Math.multiplyHigh(a, b) << 64 - PLACES | a * b >>> PLACES;
    }

    private static long[] wholeUnits() {
        final long[] powers = new long[WHOLE_UNITS];
        powers[0] = ONE_Q62;
        final long perUnit = series(ONE_Q62);
        for (int unit = 1; unit < WHOLE_UNITS; unit++) {
            powers[unit] = product(powers[unit - 1], perUnit);
        }
        return powers;
    }
}
