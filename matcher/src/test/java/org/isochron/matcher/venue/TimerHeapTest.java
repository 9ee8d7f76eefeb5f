package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.isochron.risk.state.StateCheck;
import org.isochron.risk.state.StateSum;
import org.junit.jupiter.api.Test;

final class TimerHeapTest {
    private static final int SUBJECTS = 200;

    private final TimerHeap heap = new TimerHeap("timers", SUBJECTS);

    @Test
    void shouldBeDueNeverWhileNothingIsArmed() {
        assertEquals(TimerHeap.NEVER, heap.nextDueNs());

        heap.arm(3, 10, 0);
        heap.disarm(3);

        assertEquals(TimerHeap.NEVER, heap.nextDueNs());
        assertFalse(heap.isArmed(3));
        assertEquals(0, new StateSum().of(heap));
        StateCheck.verify(heap);
    }

    @Test
    void shouldComeByDueTimeAndThenByRank() {
        heap.arm(1, 20, 5);
        heap.arm(2, 10, 9);
        heap.arm(3, 10, 4);
        heap.arm(4, 5, 100);

        assertEquals(List.of(4, 3, 2, 1), drain());
    }

    @Test
    void shouldTakeTheNewTimeOfASubjectArmedTwice() {
        heap.arm(1, 20, 1);
        heap.arm(2, 30, 2);
        heap.arm(1, 40, 1);

        assertEquals(2, heap.armed());
        assertEquals(30, heap.nextDueNs());
        assertEquals(List.of(2, 1), drain());
    }

    @Test
    void shouldKeepTimersWhenItGrows() {
        heap.arm(199, 7, 1);

        heap.resize(1_000);
        heap.arm(999, 6, 2);

        StateCheck.verify(heap);
        assertEquals(List.of(999, 199), drain());
    }

    @Test
    void shouldRefuseToShrinkBelowAnArmedTimer() {
        heap.arm(199, 7, 1);

        assertThrows(IllegalStateException.class, () -> heap.resize(100));
    }

    @Test
    void shouldAgreeWithASortedSetUnderRandomUse() {
        final long seed = System.nanoTime();
        System.out.println("TimerHeapTest seed " + seed);
        final Random random = new Random(seed);
        final TreeSet<Timer> expected = new TreeSet<>();
        final Timer[] bySubject = new Timer[SUBJECTS];
        for (int step = 0; step < 50_000; step++) {
            final int subject = random.nextInt(SUBJECTS);
            if (bySubject[subject] != null) {
                expected.remove(bySubject[subject]);
            }
            if (random.nextInt(3) == 0) {
                heap.disarm(subject);
                bySubject[subject] = null;
            } else {
                bySubject[subject] = new Timer(1 + random.nextInt(50), subject);
                heap.arm(subject, bySubject[subject].dueNs, subject);
                expected.add(bySubject[subject]);
            }
            assertEquals(
                    expected.isEmpty() ? TimerHeap.NEVER : expected.first().dueNs, heap.nextDueNs(), "seed " + seed);
            assertTrue(expected.isEmpty() || expected.first().subject == heap.first(), "seed " + seed);
        }
        StateCheck.verify(heap);
        assertEquals(expected.stream().map(Timer::subject).toList(), drain(), "seed " + seed);
    }

    private record Timer(long dueNs, int subject) implements Comparable<Timer> {
        @Override
        public int compareTo(final Timer other) {
            return dueNs == other.dueNs ? Integer.compare(subject, other.subject) : Long.compare(dueNs, other.dueNs);
        }
    }

    private List<Integer> drain() {
        final List<Integer> subjects = new ArrayList<>();
        while (heap.armed() > 0) {
            subjects.add(heap.first());
            heap.disarm(heap.first());
        }
        StateCheck.verify(heap);
        return subjects;
    }
}
