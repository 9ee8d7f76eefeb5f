package org.isochron.sequencer.edge.memory;

import org.isochron.sequencer.edge.EpochPromise;

/** Promises of one journal in memory; they stay with the journal when its owner is thrown away. */
public final class MemoryEpochPromise implements EpochPromise {
    private int started;
    private int requested;
    private int promised;
    private long baseSequence = -1;

    /** What a promotion does first. */
    public void request(final int epoch) {
        requested = epoch;
        baseSequence = -1;
    }

    /** What a promotion does last. */
    public void decide(final long lastSequenceBefore) {
        baseSequence = lastSequenceBefore;
    }

    @Override
    public void requireInPlace() {
        if (requested > started) {
            throw new IllegalStateException("epoch " + requested + " was given to another sequencer");
        }
    }

    @Override
    public int start(final int lastEpoch) {
        started = Math.max(started, lastEpoch) + 1;
        return started;
    }

    @Override
    public int requested() {
        return requested;
    }

    @Override
    public int promised() {
        return promised;
    }

    @Override
    public void promise(final int epoch, final long sequence, final long chain) {
        promised = epoch;
    }

    @Override
    public long baseSequence() {
        return baseSequence;
    }
}
