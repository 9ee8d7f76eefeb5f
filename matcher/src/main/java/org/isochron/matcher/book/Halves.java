package org.isochron.matcher.book;

/** Two ints in one long, so that what is used together lies together. */
final class Halves {
    private static final long LOW = 0xFFFF_FFFFL;
    private static final int HIGH_SHIFT = 32;

    private Halves() {}

    static long of(final int high, final int low) {
        return (long) high << HIGH_SHIFT | low & LOW;
    }

    static int high(final long both) {
        return (int) (both >>> HIGH_SHIFT);
    }

    static int low(final long both) {
        return (int) both;
    }

    static long withHigh(final long both, final int high) {
        return (long) high << HIGH_SHIFT | both & LOW;
    }

    static long withLow(final long both, final int low) {
        return both & ~LOW | low & LOW;
    }
}
