package org.isochron.sequencer.replica;

import org.isochron.codecs.frame.Frame;

/**
 * The deterministic core as a replica sees it: one sequenced command in, a batch of events out, on one thread.
 *
 * <p>Given the same frames in the same order every implementation must produce the same events, byte for byte, and the
 * same hashes: no clock, no randomness, no I/O, no floating point.
 */
public interface StateMachine {
    /**
     * Applies one command. A participant's mistake is an event; an exception means that this replica cannot go on.
     *
     * @param frame  the command, verified, next in order; valid only during the call.
     * @param events receives the events; already begun for this frame by {@link EventBatch#begin}.
     */
    void onCommand(Frame frame, EventBatch events);

    /**
     * The fault of its own that the machine met on the last command and answered with a reject, because nothing had changed
     * yet; null when there was none. For the operator, who has to mend it: asking again gives null.
     */
    default RuntimeException takeFault() {
        return null;
    }

    /** Hash of one noun's state after the last command. O(1). */
    long hash(Noun noun);

    /**
     * Hash of one slice of the state, read afresh from memory: finds what changed by itself where nobody writes. Bounded work.
     *
     * @param number tells which slice; counting up goes over all of the state again and again.
     * @return the same on every replica of that state; 0 for a machine that keeps nothing to read afresh.
     */
    long scrub(long number);

    /** Where the slice with that number lies, in words. */
    String scrubbed(long number);
}
