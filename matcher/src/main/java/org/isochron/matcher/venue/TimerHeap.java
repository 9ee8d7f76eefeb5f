package org.isochron.matcher.venue;

import java.util.Arrays;
import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * When which subject is due: one timer per subject at most, the earliest first, at the same time the lower rank. Arming
 * and disarming take O(log armed timers). Due times and ranks are state; the heap follows from them, as no two timers
 * share due time and rank, and is no part of it.
 */
final class TimerHeap implements StateOwner, DerivedState {
    /** No timer is armed. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int DUE_NS = 0;
    private static final int RANK = 1;
    private static final int FIELDS = 2;

    private final String name;
    private final StateTable timers;
    /** Subjects, no parent due after its children (Knuth 5.2.3); the children of place p are at 2p + 1 and 2p + 2. */
    private int[] heap;
    /** Per subject: its place in the heap + 1, 0 while disarmed. */
    private int[] places;

    private int armed;
    private long nextDueNs = NEVER;

    TimerHeap(final String name, final int subjects) {
        this.name = name;
        timers = new StateTable(name, subjects, FIELDS);
        heap = new int[subjects];
        places = new int[subjects];
    }

    /** Takes another number of subjects; those that stay keep their timers. */
    void resize(final int subjects) {
        timers.resize(subjects);
        heap = Arrays.copyOf(heap, subjects);
        places = Arrays.copyOf(places, subjects);
    }

    /**
     * Sets the timer of a subject, in place of the one it may have.
     *
     * @param dueNs above 0.
     * @param rank  decides between timers due at the same time; no two of them share it.
     */
    void arm(final int subject, final long dueNs, final long rank) {
        timers.set(subject, DUE_NS, dueNs);
        timers.set(subject, RANK, rank);
        if (places[subject] == 0) {
            place(subject, armed++);
        }
        settle(subject);
    }

    void disarm(final int subject) {
        if (places[subject] == 0) {
            return;
        }
        final int gap = places[subject] - 1;
        final int last = heap[--armed];
        places[subject] = 0;
        timers.set(subject, DUE_NS, 0);
        timers.set(subject, RANK, 0);
        if (last == subject) {
            nextDueNs = armed == 0 ? NEVER : dueNs(heap[0]);
        } else {
            place(last, gap);
            settle(last);
        }
    }

    /** Moves a subject up or down to where its due time belongs. */
    private void settle(final int subject) {
        rise(subject);
        sink(subject);
        nextDueNs = dueNs(heap[0]);
    }

    private void rise(final int subject) {
        int at = places[subject] - 1;
        while (at > 0 && isBefore(subject, heap[(at - 1) / 2])) {
            place(heap[(at - 1) / 2], at);
            at = (at - 1) / 2;
        }
        place(subject, at);
    }

    private void sink(final int subject) {
        int at = places[subject] - 1;
        for (int child = 2 * at + 1; child < armed; child = 2 * at + 1) {
            final int right = child + 1;
            final int earlier = right < armed && isBefore(heap[right], heap[child]) ? right : child;
            if (!isBefore(heap[earlier], subject)) {
                break;
            }
            place(heap[earlier], at);
            at = earlier;
        }
        place(subject, at);
    }

    private void place(final int subject, final int at) {
        heap[at] = subject;
        places[subject] = at + 1;
    }

    private boolean isBefore(final int subject, final int other) {
        final long dueNs = dueNs(subject);
        final long otherNs = dueNs(other);
        return dueNs < otherNs || dueNs == otherNs && timers.get(subject, RANK) < timers.get(other, RANK);
    }

    boolean isArmed(final int subject) {
        return places[subject] != 0;
    }

    /** When the subject is due, 0 while disarmed. */
    long dueNs(final int subject) {
        return timers.get(subject, DUE_NS);
    }

    /** When the first of all is due, {@link #NEVER} while none is armed. */
    long nextDueNs() {
        return nextDueNs;
    }

    /** The subject due first; only while one is armed. */
    int first() {
        return heap[0];
    }

    int armed() {
        return armed;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(timers);
        visitor.derived(this);
    }

    @Override
    public void rebuild() {
        Arrays.fill(places, 0);
        armed = 0;
        nextDueNs = NEVER;
        for (int subject = 0; subject < places.length; subject++) {
            if (dueNs(subject) != 0) {
                place(subject, armed++);
                settle(subject);
            }
        }
    }

    @Override
    public void verify() {
        int found = 0;
        for (int subject = 0; subject < places.length; subject++) {
            final boolean inHeap = places[subject] != 0;
            if (inHeap != (dueNs(subject) != 0) || inHeap && heap[places[subject] - 1] != subject) {
                throw new InvariantViolation(name + ": timer " + subject + " is not where the heap has it");
            }
            found += inHeap ? 1 : 0;
        }
        for (int at = 1; at < armed; at++) {
            if (isBefore(heap[at], heap[(at - 1) / 2])) {
                throw new InvariantViolation(name + ": timer " + heap[at] + " is due before the one above it");
            }
        }
        if (found != armed || nextDueNs != (armed == 0 ? NEVER : dueNs(heap[0]))) {
            throw new InvariantViolation(name + ": " + armed + " timers counted, " + found + " armed");
        }
    }
}
