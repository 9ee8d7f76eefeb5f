package org.isochron.ops.load;

import java.util.SplittableRandom;

/**
 * A price in ticks that walks at random, drawn back towards where it began so that nobody is ruined by a long run: each
 * step is uniform within one in 20,000 of the start, plus a thousandth of the way back.
 */
final class RandomWalk {
    private static final long STEPS_PER_PRICE = 20_000;
    private static final long PULL = 1_000;

    private final SplittableRandom random;
    private final long startTicks;
    private final long maxStepTicks;
    private long ticks;

    RandomWalk(final long startTicks, final long seed) {
        this.random = new SplittableRandom(seed);
        this.startTicks = startTicks;
        this.maxStepTicks = Math.max(1, startTicks / STEPS_PER_PRICE);
        this.ticks = startTicks;
    }

    long ticks() {
        return ticks;
    }

    void step() {
        ticks += random.nextLong(-maxStepTicks, maxStepTicks + 1) + (startTicks - ticks) / PULL;
        ticks = Math.max(1, ticks);
    }
}
