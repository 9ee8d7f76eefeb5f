package org.isochron.ops.load;

/** Intended send times at a fixed rate: the n-th is n / rate after the start, however late the ones before were. */
final class Schedule {
    private static final long SECOND_NS = 1_000_000_000L;

    private final long perSecond;
    private final long count;
    private long startNs;
    private long taken;

    /**
     * @param count how many there are in all.
     */
    Schedule(final long perSecond, final long count) {
        if (perSecond < 1 || perSecond > SECOND_NS) {
            throw new IllegalArgumentException(
                    "rate is " + perSecond + " a second, 1 to " + SECOND_NS + " is possible");
        }
        this.perSecond = perSecond;
        this.count = count;
    }

    void start(final long nowNs) {
        startNs = nowNs;
    }

    boolean isDue(final long nowNs) {
        return taken < count && nowNs - intendedNs() >= 0;
    }

    /** When the next one should leave. */
    long intendedNs() {
        // Whole seconds and rest apart: taken * SECOND_NS would overflow after 9.2e9 requests.
        return startNs + taken / perSecond * SECOND_NS + taken % perSecond * SECOND_NS / perSecond;
    }

    void take() {
        taken++;
    }

    boolean isOver() {
        return taken == count;
    }

    long taken() {
        return taken;
    }

    long count() {
        return count;
    }
}
