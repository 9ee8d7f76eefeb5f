package org.isochron.sequencer.sequence;

/**
 * The time of one run of the sequencer, nanoseconds UTC: the wall clock read once, moved on by the monotonic clock, so
 * that no step of the wall clock reaches the log while it runs.
 *
 * <p>When the wall clock stands behind the journal's last stamp at start, time goes on from that stamp and runs at nine
 * tenths of its speed until the wall clock has met it: slower, but never standing still, or no timer would fire.
 */
final class SequencedTime {
    private static final int SLEW_DIVISOR = 10;

    private final long baseNs;
    private final long monotonicAtStartNs;
    private final long aheadNs;

    SequencedTime(final long wallNs, final long monotonicNs, final long lastTimestampNs) {
        baseNs = Math.max(wallNs, lastTimestampNs + 1);
        aheadNs = baseNs - wallNs;
        monotonicAtStartNs = monotonicNs;
    }

    long nowNs(final long monotonicNs) {
        final long elapsedNs = monotonicNs - monotonicAtStartNs;
        return baseNs + elapsedNs - Math.min(aheadNs, elapsedNs / SLEW_DIVISOR);
    }
}
