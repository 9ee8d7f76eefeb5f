package org.isochron.sequencer.edge;

/**
 * What the owner of a journal has promised about epochs, kept beside the journal and forced to disk before it counts. A
 * sequencer starts under a higher epoch than any before. A replica that has promised an epoch takes no frame of a lower one
 * any more, so a sequencer that was taken for dead and wakes up is not heard.
 *
 * <p>The owner's thread calls everything here; what others ask for ({@link #requested()}, {@link #baseSequence()}) may
 * change at any time and costs no more than a look into memory.
 */
public interface EpochPromise {
    /** For journals that promise nothing: each start is one epoch above the last frame's. */
    EpochPromise NONE = new EpochPromise() {};

    /**
     * Before a sequencer does anything with its journal, taking what others hold behind its end included: that may be another
     * sequencer's by now.
     *
     * @throws IllegalStateException when another sequencer has been promoted in its place.
     */
    default void requireInPlace() {}

    /**
     * What another holder of the log knows, before a sequencer begins: it may have been asked in this one's absence.
     *
     * @param holder    for messages.
     * @param lastEpoch of the last frame it holds, 0 for none.
     * @throws IllegalStateException when another sequencer has been promoted in this one's place, or is being.
     */
    default void heed(final String holder, final int lastEpoch, final EpochStand stand) {}

    /**
     * Begins a sequencer's run.
     *
     * @param lastEpoch of the last frame in the journal, 0 when there is none.
     * @return the epoch of this run, on the disk already.
     * @throws IllegalStateException when another sequencer has been promoted in its place.
     */
    default int start(final int lastEpoch) {
        return lastEpoch + 1;
    }

    /** The epoch that a promotion asks the owner to promise, 0 when there never was one. */
    default int requested() {
        return 0;
    }

    /** The epoch promised, 0 when none is. */
    default int promised() {
        return 0;
    }

    /**
     * Promises an epoch, forces that to disk, and answers with the owner's position.
     *
     * @param sequence of the last frame in the journal.
     * @param chain    of that frame.
     */
    default void promise(final int epoch, final long sequence, final long chain) {}

    /** Last sequence of the epochs below the promised one; -1 until the promotion has decided it. */
    default long baseSequence() {
        return -1;
    }

    /** Whether an operator has accepted that frames may be lost before that epoch began. */
    default boolean isLossAccepted(final int epoch) {
        return false;
    }
}
