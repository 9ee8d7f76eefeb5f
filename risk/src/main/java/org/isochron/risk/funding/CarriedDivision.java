package org.isochron.risk.funding;

import org.isochron.codecs.fixed.FixedPoint;

/**
 * Divisions that leave nothing behind: {@code quotient = trunc((a * b + carried) / divisor)}, and the remainder, of the sign
 * of the dividend, is carried into the next one.
 */
final class CarriedDivision {
    long quotient;
    long remainder;

    /** @param carried remainder of the division before, smaller than the divisor. */
    void divide(final long a, final long b, final long divisor, final long carried) {
        quotient = FixedPoint.mulDivTrunc(a, b, divisor);
        // Wraps where the products do not fit 64 bits; the difference does, so its low bits are right.
        remainder = a * b - quotient * divisor;
        carry(carried, divisor);
    }

    /** One more, of the same sign, into which the remainder of the last is carried; the quotient is that of all of them. */
    void add(final long a, final long b, final long divisor) {
        final long before = quotient;
        divide(a, b, divisor, remainder);
        quotient += before;
    }

    private void carry(final long carried, final long divisor) {
        final long sum = remainder + carried;
        final long whole = sum / divisor;
        quotient += whole;
        remainder = sum - whole * divisor;
        if (quotient > 0 && remainder < 0) {
            quotient--;
            remainder += divisor;
        } else if (quotient < 0 && remainder > 0) {
            quotient++;
            remainder -= divisor;
        }
    }
}
