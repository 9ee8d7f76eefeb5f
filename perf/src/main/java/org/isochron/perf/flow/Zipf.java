package org.isochron.perf.flow;

import java.util.SplittableRandom;

/**
 * Ranks by Zipf's law with exponent 0.99: how often a rank is drawn falls with its number. Drawn from the continuous law of
 * the same exponent, whose distribution can be turned round: no table, however many there are.
 */
final class Zipf {
    private static final double EXPONENT = 0.99;
    private static final double ONE_MINUS = 1 - EXPONENT;

    private Zipf() {}

    /** A rank from 0 to {@code count} - 1. */
    static int rank(final SplittableRandom random, final int count) {
        final double highest = Math.pow(count + 1, ONE_MINUS);
        final double drawn = Math.pow(1 + random.nextDouble() * (highest - 1), 1 / ONE_MINUS);
        return Math.min(count - 1, (int) drawn - 1);
    }
}
