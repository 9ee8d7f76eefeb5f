package org.isochron.sequencer.retransmit;

/** So many bytes a second, of which at most a tenth of a second's may be saved up. Spending may go below zero once. */
final class ByteBudget {
    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final int SAVED_SHARE = 10;

    private final long bytesPerSecond;
    private final long capacity;
    private long level;
    private long updatedNs;

    ByteBudget(final long bytesPerSecond, final long nowNs) {
        this.bytesPerSecond = bytesPerSecond;
        capacity = bytesPerSecond / SAVED_SHARE;
        level = capacity;
        updatedNs = nowNs;
    }

    void refill(final long nowNs) {
        // A second fills it ten times over; 10^9 times at most 2^32 stays below 2^63.
        final long elapsedNs = Math.min(NS_PER_SECOND, nowNs - updatedNs);
        final long gained = elapsedNs * bytesPerSecond / NS_PER_SECOND;
        if (gained > 0) {
            level = Math.min(capacity, level + gained);
            updatedNs = nowNs;
        }
    }

    boolean isSpent() {
        return level <= 0;
    }

    void spend(final int bytes) {
        level -= bytes;
    }
}
