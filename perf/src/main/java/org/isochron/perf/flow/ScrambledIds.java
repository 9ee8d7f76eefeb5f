package org.isochron.perf.flow;

/** Spreads numbers over 62 bits, each to another: multiplying by an odd number and folding high bits down can be undone. */
final class ScrambledIds {
    private static final long MASK = (1L << 62) - 1;

    private ScrambledIds() {}

    /** @param number at least 1; the result is then never 0. */
    static long of(final long number) {
        long id = number * 0x9E3779B97F4A7C15L & MASK;
        id ^= id >>> 31;
        id = id * 0xBF58476D1CE4E5B9L & MASK;
        return id ^ id >>> 31;
    }
}
