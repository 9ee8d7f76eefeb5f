package org.isochron.replay.audit;

/**
 * Terms of one kind as operators send them: those in force, and those that wait for the command from which they are
 * (rulebook 11). Whoever sends others replaces what waits.
 */
final class InForce<T> {
    /** Null of an activation sequence: at once. */
    private static final long AT_ONCE = 0xFFFF_FFFF_FFFF_FFFFL;

    private T terms;
    private T waiting;
    private long from;

    InForce(final T atFirst) {
        terms = atFirst;
    }

    /** @param activationSequence as it was sent. */
    void send(final T sent, final long activationSequence) {
        if (activationSequence == AT_ONCE) {
            terms = sent;
            waiting = null;
        } else {
            waiting = sent;
            from = activationSequence;
        }
    }

    /** The command of that sequence begins. */
    void activate(final long sequence) {
        if (waiting != null && from <= sequence) {
            terms = waiting;
            waiting = null;
        }
    }

    T terms() {
        return terms;
    }
}
