package org.isochron.replay.audit;

import java.math.BigInteger;

/** The roundings of the rulebook, in numbers of any size. */
final class Rounding {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    private static final int FUNDING_BITS = 20;

    private Rounding() {}

    /** Toward minus infinity; the divisor is above 0. */
    static BigInteger floorDiv(final BigInteger amount, final BigInteger divisor) {
        final BigInteger[] result = amount.divideAndRemainder(divisor);
        return result[1].signum() < 0 ? result[0].subtract(BigInteger.ONE) : result[0];
    }

    /** Toward plus infinity; the divisor is above 0. */
    static BigInteger ceilDiv(final BigInteger amount, final BigInteger divisor) {
        return floorDiv(amount.negate(), divisor).negate();
    }

    static BigInteger ceilPpm(final BigInteger amount, final long ppm) {
        return ceilDiv(amount.multiply(BigInteger.valueOf(ppm)), MILLION);
    }

    static BigInteger floorPpm(final BigInteger amount, final long ppm) {
        return floorDiv(amount.multiply(BigInteger.valueOf(ppm)), MILLION);
    }

    /**
     * Quanta that signed lots receive while the funding index goes from one place to another (rulebook 6).
     *
     * @param from in 2^-20 quanta a lot, as is {@code to}.
     */
    static BigInteger funding(final long lots, final BigInteger from, final BigInteger to) {
        return to.subtract(from).multiply(BigInteger.valueOf(-lots)).shiftRight(FUNDING_BITS);
    }

    /** The part of a total that belongs to the first of all lots. */
    static BigInteger share(final BigInteger total, final long first, final long all) {
        return floorDiv(total.multiply(BigInteger.valueOf(first)), BigInteger.valueOf(all));
    }
}
