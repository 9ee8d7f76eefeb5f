package org.isochron.perf.run;

import org.HdrHistogram.Histogram;

/** What reading the clock itself costs: every percentile measured one command at a time contains it once. */
public final class Timer {
    private static final int WARM_UP = 200_000;
    private static final int READINGS = 200_000;
    private static final long LONGEST_NS = 1_000_000_000L;

    private Timer() {}

    /** A histogram for the times of single commands, three digits exact, one second at most. */
    public static Histogram histogram() {
        return new Histogram(LONGEST_NS, 3);
    }

    /** Records a time; longer than a second counts as a second. */
    public static void record(final Histogram histogram, final long ns) {
        histogram.recordValue(Math.min(ns, LONGEST_NS));
    }

    /** Median of the time between one reading of the clock and the next, ns. */
    public static long costNs() {
        read(histogram(), WARM_UP);
        final Histogram readings = histogram();
        read(readings, READINGS);
        return readings.getValueAtPercentile(50);
    }

    private static void read(final Histogram histogram, final int readings) {
        long beforeNs = System.nanoTime();
        for (int i = 0; i < readings; i++) {
            final long nowNs = System.nanoTime();
            record(histogram, nowNs - beforeNs);
            beforeNs = nowNs;
        }
    }
}
