package org.isochron.ops.load;

/**
 * Intended send times, fixed from the start, however late the ones before were: the rate rises evenly from a tenth to the
 * whole over the first part, while the JVM still compiles, and stays there. Each time is one period of the rate in force
 * behind the one before.
 */
final class Schedule {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long FIRST_PART = 10;

    private final long perSecond;
    private final long durationNs;
    private final long rampNs;
    private long startNs;
    private long offsetNs;
    private long taken;

    /**
     * @param rampNs how long the rate rises; 0 for the whole rate at once.
     */
    Schedule(final long perSecond, final long durationNs, final long rampNs) {
        if (perSecond < 1 || perSecond > SECOND_NS) {
            throw new IllegalArgumentException(
                    "rate is " + perSecond + " a second, 1 to " + SECOND_NS + " is possible");
        }
        this.perSecond = perSecond;
        this.durationNs = durationNs;
        this.rampNs = rampNs;
    }

    void start(final long nowNs) {
        startNs = nowNs;
    }

    boolean isDue(final long nowNs) {
        return !isOver() && nowNs - intendedNs() >= 0;
    }

    /** When the next one should leave. */
    long intendedNs() {
        return startNs + offsetNs;
    }

    void take() {
        taken++;
        offsetNs += SECOND_NS / rate();
    }

    /** Requests a second in force at the next one's time. */
    private long rate() {
        if (offsetNs >= rampNs) {
            return perSecond;
        }
        final long floor = Math.max(1, perSecond / FIRST_PART);
        // Milliseconds keep the product within 64 bits.
        return floor + (perSecond - floor) * (offsetNs / 1_000_000) / (rampNs / 1_000_000);
    }

    /** Whether the whole duration has been taken. */
    boolean isOver() {
        return offsetNs >= durationNs;
    }

    /** Taken so far. */
    long taken() {
        return taken;
    }

    /** How far the next one's time is from the start. */
    long offsetNs() {
        return Math.min(offsetNs, durationNs);
    }

    long durationNs() {
        return durationNs;
    }
}
