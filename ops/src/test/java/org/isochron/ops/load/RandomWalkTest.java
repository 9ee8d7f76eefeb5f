package org.isochron.ops.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RandomWalkTest {
    private static final long START = 600_000;

    @Test
    void shouldWalkTheSameWayForTheSameSeed() {
        final RandomWalk one = new RandomWalk(START, 42);
        final RandomWalk other = new RandomWalk(START, 42);
        for (int i = 0; i < 1_000; i++) {
            one.step();
            other.step();
            assertEquals(one.ticks(), other.ticks());
        }
    }

    @Test
    void shouldStayNearItsStartHoweverLong() {
        final RandomWalk walk = new RandomWalk(START, 42);
        for (int i = 0; i < 1_000_000; i++) {
            walk.step();
            assertTrue(Math.abs(walk.ticks() - START) < START / 20, () -> "at " + walk.ticks());
        }
    }

    @Test
    void shouldNeverFallToZero() {
        final RandomWalk walk = new RandomWalk(1, 42);
        for (int i = 0; i < 10_000; i++) {
            walk.step();
            assertTrue(walk.ticks() >= 1);
        }
    }
}
