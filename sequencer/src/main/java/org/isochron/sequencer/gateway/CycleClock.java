package org.isochron.sequencer.gateway;

import org.isochron.sequencer.edge.VenueClock;

/** The time of the current duty cycle: both clocks are read once for it. */
final class CycleClock {
    private final VenueClock clock;
    private long wallNs;
    private long monotonicNs;

    CycleClock(final VenueClock clock) {
        this.clock = clock;
        read();
    }

    void read() {
        wallNs = clock.wallNs();
        monotonicNs = clock.monotonicNs();
    }

    long wallNs() {
        return wallNs;
    }

    long monotonicNs() {
        return monotonicNs;
    }
}
