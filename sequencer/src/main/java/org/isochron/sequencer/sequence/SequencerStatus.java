package org.isochron.sequencer.sequence;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the sequencer stands, written by its thread and read by any: the gateway answers BUSY by it, the console shows
 * it.
 */
public final class SequencerStatus {
    private final AtomicLong lastSequence = new AtomicLong();
    private final AtomicLong commandsTaken = new AtomicLong();
    private final AtomicLong commandsRefused = new AtomicLong();
    private volatile boolean connected;
    private volatile boolean backPressured;
    private volatile boolean stopped;
    private volatile int epoch;
    private volatile long stopSequence;

    /** Whether enough replicas receive the log; while they do not, nothing is stamped. */
    public boolean isConnected() {
        return connected;
    }

    /** Whether a stamped frame waits because the log is full: a replica does not keep up. */
    public boolean isBackPressured() {
        return backPressured;
    }

    /** Epoch of this run, 0 before its first frame. */
    public int epoch() {
        return epoch;
    }

    /** Sequence of the last frame in the journal. */
    public long lastSequence() {
        return lastSequence.get();
    }

    /** Commands taken from the inbound, refused ones included: what was offered and is not counted here waits. */
    public long commandsTaken() {
        return commandsTaken.get();
    }

    /** Commands that were no sound unstamped frame. */
    public long commandsRefused() {
        return commandsRefused.get();
    }

    /** Sequence of the NodeStatus STOPPING frame, 0 before an orderly stop began. */
    public long stopSequence() {
        return stopSequence;
    }

    /** Whether an orderly stop is complete. */
    public boolean isStopped() {
        return stopped;
    }

    void connected(final boolean isConnected) {
        if (connected != isConnected) {
            connected = isConnected;
        }
    }

    void backPressured(final boolean isBackPressured) {
        if (backPressured != isBackPressured) {
            backPressured = isBackPressured;
        }
    }

    void epoch(final int newEpoch) {
        epoch = newEpoch;
    }

    void lastSequence(final long sequence) {
        lastSequence.lazySet(sequence);
    }

    void commandTaken() {
        commandsTaken.lazySet(commandsTaken.get() + 1);
    }

    void commandRefused() {
        commandsRefused.lazySet(commandsRefused.get() + 1);
    }

    void stopSequence(final long sequence) {
        stopSequence = sequence;
    }

    void stopped() {
        stopped = true;
    }
}
