package org.isochron.sequencer.edge.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ManualClockTest {
    @Test
    void shouldMoveBothClocksWhenTimePassesAndOneWhenTheWallClockIsSet() {
        final ManualClock clock = new ManualClock(1_000, 5);
        clock.advance(10);
        clock.stepWall(-500);
        assertEquals(510, clock.wallNs());
        assertEquals(15, clock.monotonicNs());
        assertThrows(IllegalArgumentException.class, () -> clock.advance(-1));
    }
}
