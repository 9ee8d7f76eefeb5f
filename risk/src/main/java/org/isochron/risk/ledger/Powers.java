package org.isochron.risk.ledger;

import org.isochron.codecs.fixed.FixedPoint;

/**
 * The price a power contract trades on: X = (I / norm)^e of the underlying's price I (rulebook 2). Prices in units of 1e-9;
 * the ratio I / norm in Q32, rounded down, powers of it in 128 bits, rounded down, the result to the nearest price unit.
 * The exponent 1 needs no Q32 and is exact to the unit. Never falls as I rises, so the median of converted prices is the
 * converted median.
 */
final class Powers {
    /** More than any price. */
    static final long TOO_LARGE = Long.MAX_VALUE;

    private static final int Q = 32;
    private static final long ONE = 1L << Q;
    private static final long PRICE_UNITS = 1_000_000_000;
    /** Ratios from here up leave no room for their fraction. */
    private static final long LARGEST_RATIO = 1L << 31;

    private Powers() {}

    /**
     * @param exponent a wire value of PowerExponent.
     * @param price    above 0.
     * @return price units, 0 when the power is closer to nothing than to one unit, or {@link #TOO_LARGE}.
     */
    static long price(final int exponent, final long price, final long norm) {
        switch (exponent) {
            case Instruments.EXPONENT_ZERO:
                return PRICE_UNITS;
            case Instruments.EXPONENT_ONE:
                return price / norm >= TOO_LARGE / PRICE_UNITS
                        ? TOO_LARGE
                        : FixedPoint.mulDivHalfAwayFromZero(price, PRICE_UNITS, norm);
            default:
                return price / norm >= LARGEST_RATIO
                        ? TOO_LARGE
                        : toPrice(power(exponent, FixedPoint.mulDivFloor(price, ONE, norm)));
        }
    }

    private static long power(final int exponent, final long ratio) {
        return switch (exponent) {
            case Instruments.EXPONENT_HALF -> root(ratio);
            case Instruments.EXPONENT_TWO -> times(ratio, ratio);
            case Instruments.EXPONENT_THREE -> times(times(ratio, ratio), ratio);
            default -> throw new IllegalArgumentException("no exponent has the value " + exponent);
        };
    }

    /** Product of two numbers in Q32, rounded down. */
    private static long times(final long a, final long b) {
        final long high = Math.multiplyHigh(a, b);
        return high >= LARGEST_RATIO || a == TOO_LARGE ? TOO_LARGE : high << Q | a * b >>> Q;
    }

    /** Square root of a number in Q32, rounded down: Newton from above, which falls until it is there. */
    static long root(final long ratio) {
        if (ratio == 0) {
            return 0;
        }
        long root = 1L << (Long.SIZE - Long.numberOfLeadingZeros(ratio) + Q + 1) / 2;
        while (true) {
            final long next = root + FixedPoint.mulDivFloor(ratio, ONE, root) >>> 1;
            if (next >= root) {
                return root;
            }
            root = next;
        }
    }

    private static long toPrice(final long power) {
        return power == TOO_LARGE ? TOO_LARGE : FixedPoint.mulDivHalfAwayFromZero(power, PRICE_UNITS, ONE);
    }
}
