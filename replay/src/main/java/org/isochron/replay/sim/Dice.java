package org.isochron.replay.sim;

/** The one source of chance in a simulation: SplitMix64 of a seed. The same seed throws the same numbers everywhere. */
final class Dice {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final int PPM = 1_000_000;

    private long state;

    Dice(final long seed) {
        state = seed;
    }

    /** Dice of their own for a part, so that a change in one part's use of chance leaves the others alone. */
    Dice fork() {
        return new Dice(next());
    }

    long next() {
        state += GAMMA;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** 0 to {@code bound - 1}. */
    int below(final int bound) {
        return (int) ((next() >>> 33) % bound);
    }

    /** {@code from} to {@code to}, both included. */
    long between(final long from, final long to) {
        return from + (next() >>> 1) % (to - from + 1);
    }

    boolean chancePpm(final int ppm) {
        return ppm > 0 && below(PPM) < ppm;
    }

    boolean oneIn(final int n) {
        return below(n) == 0;
    }
}
