package org.isochron.sequencer.edge;

/** The two clocks of a machine. Only edges read them; the core knows sequenced time alone. */
public interface VenueClock {
    /** Wall clock, nanoseconds UTC since 1970. */
    long wallNs();

    /** Monotonic clock, nanoseconds from an arbitrary origin. */
    long monotonicNs();
}
