package org.isochron.sequencer.gateway;

/**
 * A session's throttle: tokens flow in at a rate and are kept up to the burst, each message takes one. The last fifth of
 * the burst is for cancels alone, so that a client which has spent its rate on orders can still get out.
 *
 * <p>Levels are in billionths of a token: rate per second times nanoseconds, without rounding.
 */
final class TokenBucket {
    private static final long TOKEN = 1_000_000_000L;
    private static final int RESERVED_SHARE = 5;
    /** Largest number that an unsigned 32-bit field can tell; the one above is its null. */
    private static final long MAX_RETRY_US = 0xFFFF_FFFEL;

    private long ratePerSecond;
    private long capacity;
    private long reserve;
    private long fillNs;
    private long level;
    private long updatedNs;

    /** Starts full. */
    void open(final long messagesPerSecond, final long burst, final long nowNs) {
        limits(messagesPerSecond, burst);
        level = capacity;
        updatedNs = nowNs;
    }

    /**
     * Changes the limits and keeps what is there, as far as it fits.
     *
     * @param messagesPerSecond rate, an unsigned 32-bit number; 0 is read as 1.
     * @param burst             messages at once, an unsigned 32-bit number; 0 is read as 1.
     */
    void limits(final long messagesPerSecond, final long burst) {
        ratePerSecond = Math.max(1, messagesPerSecond);
        final long tokens = Math.max(1, burst);
        // 2^32 tokens of 10^9 are 4.3 * 10^18: below 2^63.
        capacity = tokens * TOKEN;
        // At least a fifth, but a burst of one must still let an order through.
        reserve = Math.min((tokens + RESERVED_SHARE - 1) / RESERVED_SHARE, tokens - 1) * TOKEN;
        fillNs = capacity / ratePerSecond + 1;
        level = Math.min(level, capacity);
    }

    /** Lets tokens flow in until {@code nowNs}. */
    void refill(final long nowNs) {
        final long elapsedNs = nowNs - updatedNs;
        updatedNs = nowNs;
        // Below fillNs the product stays below capacity + rate.
        level = elapsedNs >= fillNs ? capacity : Math.min(capacity, level + elapsedNs * ratePerSecond);
    }

    boolean hasToken(final boolean isCancel) {
        return level >= needed(isCancel);
    }

    void take() {
        level -= TOKEN;
    }

    /** Microseconds until {@link #hasToken} turns true, rounded up; 0 when it is. */
    long retryAfterUs(final boolean isCancel) {
        final long missing = needed(isCancel) - level;
        if (missing <= 0) {
            return 0;
        }
        return Math.min(MAX_RETRY_US, missing / ratePerSecond / 1_000 + 1);
    }

    /** Orders that may still be sent at once. */
    long credits() {
        return Math.max(0, level - reserve) / TOKEN;
    }

    private long needed(final boolean isCancel) {
        return isCancel ? TOKEN : reserve + TOKEN;
    }
}
