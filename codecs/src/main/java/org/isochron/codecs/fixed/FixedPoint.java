package org.isochron.codecs.fixed;

/**
 * Multiplication, division and decimal text of scaled 64-bit integers. Every result is exact under the rounding its name
 * says; what does not fit 64 bits is an {@link ArithmeticException}. Arithmetic allocates nothing.
 *
 * <p>{@code mulDiv} works on magnitudes: |a| * |b| as an unsigned 128-bit product (each at most 2^63, so at most 2^126),
 * divided by |d| after Knuth, The Art of Computer Programming 4.3.1 algorithm D, as laid out in Warren, Hacker's Delight
 * 9-5 (divlu).
 */
public final class FixedPoint {
    /** Most decimals a text may have: 10^18 is the largest power of ten in a long. */
    public static final int MAX_DECIMALS = 18;

    private static final int FLOOR = 0;
    private static final int CEIL = 1;
    private static final int TRUNC = 2;
    private static final int HALF_AWAY_FROM_ZERO = 3;

    private static final long LOW_32 = 0xFFFF_FFFFL;
    private static final long BASE_32 = 1L << 32;

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private FixedPoint() {}

    /** {@code a * b / d}, rounded towards minus infinity. */
    public static long mulDivFloor(final long a, final long b, final long d) {
        return mulDiv(a, b, d, FLOOR);
    }

    /** {@code a * b / d}, rounded towards plus infinity. */
    public static long mulDivCeil(final long a, final long b, final long d) {
        return mulDiv(a, b, d, CEIL);
    }

    /** {@code a * b / d}, rounded towards zero. */
    public static long mulDivTrunc(final long a, final long b, final long d) {
        return mulDiv(a, b, d, TRUNC);
    }

    /** {@code a * b / d}, rounded to the nearest integer, halves away from zero. */
    public static long mulDivHalfAwayFromZero(final long a, final long b, final long d) {
        return mulDiv(a, b, d, HALF_AWAY_FROM_ZERO);
    }

    /** Compares {@code a * b} with {@code c * d}, exactly: negative, 0 or positive as the first is less, equal or more. */
    public static int compareProducts(final long a, final long b, final long c, final long d) {
        final int high = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
        return high != 0 ? high : Long.compareUnsigned(a * b, c * d);
    }

    /** {@code a / d}, rounded towards minus infinity. Unlike the JDK's, refuses the one overflow, -2^63 / -1. */
    public static long floorDiv(final long a, final long d) {
        if (a == Long.MIN_VALUE && d == -1) {
            throw overflow(a, 1, d);
        }
        return Math.floorDiv(a, d);
    }

    /** {@code a / d}, rounded towards plus infinity. */
    public static long ceilDiv(final long a, final long d) {
        if (a == Long.MIN_VALUE && d == -1) {
            throw overflow(a, 1, d);
        }
        final long quotient = a / d;
        return (a ^ d) > 0 && quotient * d != a ? quotient + 1 : quotient;
    }

    /** 10^decimals, for 0 to {@link #MAX_DECIMALS}. */
    public static long powerOfTen(final int decimals) {
        checkDecimals(decimals);
        return POWERS_OF_TEN[decimals];
    }

    /**
     * Reads a decimal such as {@code -61800.30} as an integer of {@code 10^-decimals}: with 9 decimals,
     * -61,800,300,000,000.
     *
     * @param text optional minus sign, digits, and optionally a point with digits behind it; nothing else.
     * @throws NumberFormatException when it is something else, has more decimals than {@code decimals} or does not fit 64
     *     bits; the message says which.
     */
    public static long parse(final CharSequence text, final int decimals) {
        checkDecimals(decimals);
        final int length = text.length();
        final boolean negative = length > 0 && text.charAt(0) == '-';
        final int first = negative ? 1 : 0;
        int point = first;
        while (point < length && text.charAt(point) != '.') {
            point++;
        }
        checkDigits(text, first, point);
        final int textDecimals = Math.max(0, length - point - 1);
        if (textDecimals > decimals) {
            throw new NumberFormatException(
                    "\"" + text + "\" has " + textDecimals + " decimals, at most " + decimals + " are possible");
        }
        long value = 0; // counted downwards, for -2^63 has no positive twin
        for (int i = first; i < length; i++) {
            if (i != point) {
                value = appendDigit(value, text, i);
            }
        }
        final long scale = POWERS_OF_TEN[decimals - textDecimals];
        if (value < Long.MIN_VALUE / scale || !negative && value * scale == Long.MIN_VALUE) {
            throw doesNotFit(text);
        }
        return negative ? value * scale : -(value * scale);
    }

    /**
     * The shortest decimal for {@code value * 10^-decimals}: no trailing zeros, no bare point, no plus sign, no exponent.
     * What {@link #parse} reads back as the same value.
     */
    public static String format(final long value, final int decimals) {
        return append(new StringBuilder(24), value, decimals).toString();
    }

    /** Appends what {@link #format} returns. */
    public static StringBuilder append(final StringBuilder out, final long value, final int decimals) {
        checkDecimals(decimals);
        final long scale = POWERS_OF_TEN[decimals];
        final long whole = value / scale;
        long fraction = Math.abs(value % scale);
        if (value < 0 && whole == 0) {
            out.append('-');
        }
        out.append(whole);
        if (fraction != 0) {
            out.append('.');
            for (int i = decimals - 1; fraction != 0; i--) {
                out.append((char) ('0' + fraction / POWERS_OF_TEN[i]));
                fraction %= POWERS_OF_TEN[i];
            }
        }
        return out;
    }

    private static long mulDiv(final long a, final long b, final long d, final int rounding) {
        if (d == 0) {
            throw new ArithmeticException("division by zero: " + a + " * " + b + " / 0");
        }
        final boolean negative = (a ^ b ^ d) < 0;
        final long x = Math.abs(a); // -2^63 stays as it is, which read as unsigned is 2^63
        final long y = Math.abs(b);
        final long divisor = Math.abs(d);
        final long high = unsignedMultiplyHigh(x, y);
        final long low = x * y;
        if (Long.compareUnsigned(high, divisor) >= 0) {
            throw overflow(a, b, d);
        }
        final long quotient = high == 0 ? Long.divideUnsigned(low, divisor) : divideUnsigned128By64(high, low, divisor);
        final long remainder = low - quotient * divisor;
        final boolean up = switch (rounding) {
            case FLOOR -> negative && remainder != 0;
            case CEIL -> !negative && remainder != 0;
            // not 2 * remainder >= divisor, which may pass 2^64
            case HALF_AWAY_FROM_ZERO -> Long.compareUnsigned(remainder, divisor - remainder) >= 0;
            default -> false;
        };
        final long magnitude = up ? quotient + 1 : quotient;
        // quotient < 0 is 2^63 or more, which only an exact -2^63 may be; quotient + 1 may just reach it
        if (quotient < 0 && (up || quotient != Long.MIN_VALUE) || magnitude < 0 && !negative) {
            throw overflow(a, b, d);
        }
        return negative ? -magnitude : magnitude;
    }

    /** High 64 bits of the product of two unsigned numbers (the JDK has it from 18 on). */
    private static long unsignedMultiplyHigh(final long x, final long y) {
        return Math.multiplyHigh(x, y) + (x >> 63 & y) + (y >> 63 & x);
    }

    /** Quotient of an unsigned 128-bit number by a larger unsigned 64-bit one than its high half. */
    private static long divideUnsigned128By64(final long high, final long low, final long divisor) {
        // Normalised so that the divisor's top bit is set, the two 32-bit digits of the quotient come from 64-bit
        // divisions, each estimate at most 2 too large.
        final int shift = Long.numberOfLeadingZeros(divisor);
        final long v = divisor << shift;
        final long u = shift == 0 ? high : high << shift | low >>> 64 - shift;
        final long rest = low << shift;
        final long digit1 = quotientDigit(u, rest >>> 32, v);
        final long u1 = (u << 32 | rest >>> 32) - digit1 * v;
        final long digit0 = quotientDigit(u1, rest & LOW_32, v);
        return digit1 << 32 | digit0;
    }

    /** One 32-bit digit: {@code (u * 2^32 + next) / v} for a normalised v larger than u. */
    private static long quotientDigit(final long u, final long next, final long v) {
        final long v1 = v >>> 32;
        final long v0 = v & LOW_32;
        long digit = Long.divideUnsigned(u, v1);
        long remainder = u - digit * v1;
        while (digit >= BASE_32 || Long.compareUnsigned(digit * v0, remainder << 32 | next) > 0) {
            digit--;
            remainder += v1;
            if (remainder >= BASE_32) {
                break;
            }
        }
        return digit;
    }

    private static void checkDigits(final CharSequence text, final int first, final int point) {
        boolean good = point > first && point != text.length() - 1;
        for (int i = first; i < text.length(); i++) {
            good &= i == point || text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!good) {
            throw new NumberFormatException("\"" + text + "\" is not a decimal number such as \"-61800.30\"");
        }
    }

    private static long appendDigit(final long value, final CharSequence text, final int index) {
        final int digit = text.charAt(index) - '0';
        if (value < (Long.MIN_VALUE + digit) / 10) {
            throw doesNotFit(text);
        }
        return value * 10 - digit;
    }

    private static NumberFormatException doesNotFit(final CharSequence text) {
        return new NumberFormatException("\"" + text + "\" does not fit 64 bits at this scale");
    }

    private static ArithmeticException overflow(final long a, final long b, final long d) {
        return new ArithmeticException(a + " * " + b + " / " + d + " does not fit 64 bits");
    }

    private static void checkDecimals(final int decimals) {
        if (decimals < 0 || decimals > MAX_DECIMALS) {
            throw new IllegalArgumentException(decimals + " decimals, 0 to " + MAX_DECIMALS + " are possible");
        }
    }

    private static long[] powersOfTen() {
        final long[] powers = new long[MAX_DECIMALS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
