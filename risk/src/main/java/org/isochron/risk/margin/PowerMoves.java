package org.isochron.risk.margin;

import org.isochron.risk.ledger.Instruments;

/**
 * How far the price of a power contract moves, in parts of itself, when its underlying moves by a part of its own: {@code
 * |(1 -/+ s)^e - 1|}, which no norm and no level of the price changes. All in ppm, rounded up.
 */
final class PowerMoves {
    private static final long ONE = 1_000_000;

    private PowerMoves() {}

    /** Whether a contract of that exponent, 0 for none, moves otherwise than its underlying, and moves at all. */
    static boolean any(final int exponent) {
        return exponent == Instruments.EXPONENT_HALF || exponent >= Instruments.EXPONENT_TWO;
    }

    /** What a long loses when the underlying falls by {@code ppm}, at most all of it. */
    static long fall(final int exponent, final long ppm) {
        return switch (exponent) {
            case Instruments.EXPONENT_HALF -> ONE - root(ONE * (ONE - ppm));
            case Instruments.EXPONENT_TWO -> ceil(2 * ppm * ONE - ppm * ppm, ONE);
            case Instruments.EXPONENT_THREE ->
                ceil(3 * ppm * ONE * ONE - 3 * ppm * ppm * ONE + ppm * ppm * ppm, ONE * ONE);
            default -> throw new IllegalArgumentException("no move of exponent " + exponent);
        };
    }

    /** What a short loses when the underlying rises by {@code ppm}, at most all of it: 7 times the price at the most. */
    static long rise(final int exponent, final long ppm) {
        return switch (exponent) {
            case Instruments.EXPONENT_HALF -> ceilRoot(ONE * (ONE + ppm)) - ONE;
            case Instruments.EXPONENT_TWO -> ceil(2 * ppm * ONE + ppm * ppm, ONE);
            case Instruments.EXPONENT_THREE ->
                ceil(3 * ppm * ONE * ONE + 3 * ppm * ppm * ONE + ppm * ppm * ppm, ONE * ONE);
            default -> throw new IllegalArgumentException("no move of exponent " + exponent);
        };
    }

    private static long ceil(final long amount, final long divisor) {
        return (amount + divisor - 1) / divisor;
    }

    private static long ceilRoot(final long square) {
        final long root = root(square);
        return root * root == square ? root : root + 1;
    }

    /** Square root of at most 2e12, rounded down: Newton from above. */
    private static long root(final long square) {
        long root = 2 * ONE;
        while (root * root > square) {
            root = (root + square / root) / 2;
        }
        return root;
    }
}
