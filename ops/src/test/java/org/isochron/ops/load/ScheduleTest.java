package org.isochron.ops.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void shouldNotMoveIntendedTimesWhenTheSenderIsLate() {
        final Schedule schedule = new Schedule(1_000, 3_000_000, 0);
        schedule.start(500);

        assertTrue(schedule.isDue(500));
        schedule.take();
        assertFalse(schedule.isDue(1_000_499));
        assertTrue(schedule.isDue(900_000_000));
        assertEquals(1_000_500, schedule.intendedNs());
        schedule.take();
        assertEquals(2_000_500, schedule.intendedNs());
    }

    @Test
    void shouldSpreadTheRateEvenly() {
        final Schedule schedule = new Schedule(4, 1_000_000_000_000L, 0);
        schedule.start(0);
        for (int i = 0; i < 300; i++) {
            schedule.take();
        }

        assertEquals(75_000_000_000L, schedule.intendedNs());
    }

    @Test
    void shouldEndAfterItsDuration() {
        final Schedule schedule = new Schedule(1, 1_000_000_000L, 0);
        schedule.start(0);
        schedule.take();

        assertTrue(schedule.isOver());
        assertFalse(schedule.isDue(Long.MAX_VALUE));
    }

    @Test
    void shouldRefuseARateOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Schedule(0, 1, 0));
    }

    @Test
    void shouldRiseToItsRateAndStayThere() {
        final Schedule schedule = new Schedule(10_000, 20_000_000_000L, 5_000_000_000L);
        schedule.start(0);
        long inRamp = 0;
        while (!schedule.isOver()) {
            schedule.take();
            if (schedule.intendedNs() < 5_000_000_000L) {
                inRamp++;
            }
        }

        // The mean of a tenth and the whole is 5,500 a second.
        assertEquals(27_500, inRamp, 100);
        assertEquals(150_000, schedule.taken() - inRamp, 10);
    }
}
