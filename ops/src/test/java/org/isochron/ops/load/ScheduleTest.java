package org.isochron.ops.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void shouldNotMoveIntendedTimesWhenTheSenderIsLate() {
        final Schedule schedule = new Schedule(1_000, 3);
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
    void shouldSpreadARateThatDoesNotDivideASecondWithoutDrift() {
        final Schedule schedule = new Schedule(3, 1_000);
        schedule.start(0);
        for (int i = 0; i < 300; i++) {
            schedule.take();
        }

        assertEquals(100_000_000_000L, schedule.intendedNs());
    }

    @Test
    void shouldEndAfterItsCount() {
        final Schedule schedule = new Schedule(1, 1);
        schedule.start(0);
        schedule.take();

        assertTrue(schedule.isOver());
        assertFalse(schedule.isDue(Long.MAX_VALUE));
    }

    @Test
    void shouldRefuseARateOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Schedule(0, 1));
    }
}
