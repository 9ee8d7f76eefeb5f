package org.isochron.ops.feed;

/** Decimal strings as integers of 1e-9, exactly or not at all. */
final class Decimals {
    static final long E9 = 1_000_000_000L;

    private static final int SCALE = 9;

    private Decimals() {}

    /**
     * @throws CaptureFormatException when it is no decimal number of at most nine significant decimals, is negative, or
     *                                does not fit 64 bits.
     */
    static long e9(final String text) {
        long value = 0;
        int decimals = -1;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '.' && decimals < 0 && i > 0) {
                decimals = 0;
            } else if (c >= '0' && c <= '9') {
                if (decimals == SCALE) {
                    requireZero(c, text);
                } else {
                    value = times10Plus(value, c - '0', text);
                    decimals = decimals < 0 ? decimals : decimals + 1;
                }
            } else {
                throw new CaptureFormatException("'" + text + "' is no decimal number");
            }
        }
        if (text.isEmpty() || text.endsWith(".")) {
            throw new CaptureFormatException("'" + text + "' is no decimal number");
        }
        for (int i = Math.max(decimals, 0); i < SCALE; i++) {
            value = times10Plus(value, 0, text);
        }
        return value;
    }

    private static void requireZero(final char digit, final String text) {
        if (digit != '0') {
            throw new CaptureFormatException("'" + text + "' has more than " + SCALE + " decimals");
        }
    }

    private static long times10Plus(final long value, final int digit, final String text) {
        if (value > (Long.MAX_VALUE - digit) / 10) {
            throw new CaptureFormatException("'" + text + "' is too large");
        }
        return value * 10 + digit;
    }
}
