package org.isochron.matcher.twin;

import java.math.BigInteger;

/** Arithmetic that cannot overflow. */
final class Exact {
    static final long PPM = 1_000_000;

    private Exact() {}

    /** {@code a * b / c}, toward zero. */
    static long mulDiv(final long a, final long b, final long c) {
        return BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .divide(BigInteger.valueOf(c))
                .longValueExact();
    }

    /** {@code floor(a * b / c)} of numbers not below 0, at most {@link Integer#MAX_VALUE}. */
    static long mulDivCapped(final long a, final long b, final long c) {
        return BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .divide(BigInteger.valueOf(c))
                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                .longValueExact();
    }

    static long ceilDiv(final long a, final long b) {
        return -Math.floorDiv(-a, b);
    }

    /** {@code ceil(amount * ppm / 1e6)}, of amounts not below 0. */
    static long ceilPpm(final long amount, final long ppm) {
        return ceilDiv(Math.multiplyExact(amount, ppm), PPM);
    }

    /** {@code floor(amount * ppm / 1e6)}. */
    static long floorPpm(final long amount, final long ppm) {
        return Math.floorDiv(Math.multiplyExact(amount, ppm), PPM);
    }
}
