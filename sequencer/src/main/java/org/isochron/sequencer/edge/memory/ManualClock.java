package org.isochron.sequencer.edge.memory;

import org.isochron.sequencer.edge.VenueClock;

/** Two clocks that move only when told to. */
public final class ManualClock implements VenueClock {
    private long wallNs;
    private long monotonicNs;

    /**
     * @param wallNs      where the wall clock starts, nanoseconds UTC since 1970.
     * @param monotonicNs where the monotonic clock starts.
     */
    public ManualClock(final long wallNs, final long monotonicNs) {
        this.wallNs = wallNs;
        this.monotonicNs = monotonicNs;
    }

    @Override
    public long wallNs() {
        return wallNs;
    }

    @Override
    public long monotonicNs() {
        return monotonicNs;
    }

    /** Time passes: both clocks move on. */
    public void advance(final long durationNs) {
        if (durationNs < 0) {
            throw new IllegalArgumentException("time does not pass backwards: " + durationNs + " ns");
        }
        wallNs += durationNs;
        monotonicNs += durationNs;
    }

    /** Somebody sets the wall clock: it jumps, forwards or backwards, and no time passes. */
    public void stepWall(final long stepNs) {
        wallNs += stepNs;
    }
}
