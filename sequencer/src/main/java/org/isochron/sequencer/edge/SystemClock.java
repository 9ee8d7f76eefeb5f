package org.isochron.sequencer.edge;

import org.agrona.concurrent.SystemEpochNanoClock;

/** The machine's own clocks. */
public final class SystemClock implements VenueClock {
    public static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    @Override
    public long wallNs() {
        return SystemEpochNanoClock.INSTANCE.nanoTime();
    }

    @Override
    public long monotonicNs() {
        return System.nanoTime();
    }
}
