package org.isochron.ops.load;

/**
 * How far the market stands from where it would be, over a run: it slides, gaps down twice, stays there and comes halfway
 * back. A demonstration's own weather, not a model of anything.
 */
final class CrashPath {
    private static final long MILLION = 1_000_000;
    /** Times in thousandths of the run, and the level reached there in millionths; two at one time make a gap. */
    private static final long[][] POINTS = {
        {0, 1_000_000},
        {300, 1_000_000},
        {500, 945_000},
        {550, 950_000},
        {550, 920_000},
        {650, 910_000},
        {650, 860_000},
        {780, 855_000},
        {1_000, 930_000},
    };

    private final long durationNs;

    /** @param durationNs of the run, 0 for a market that never falls. */
    CrashPath(final long durationNs) {
        this.durationNs = durationNs;
    }

    /** The price that becomes of one, some time after the beginning. */
    long apply(final long price, final long elapsedNs) {
        return durationNs == 0 ? price : price * levelPpm(elapsedNs) / MILLION;
    }

    private long levelPpm(final long elapsedNs) {
        final long at = Math.min(1_000, Math.max(0, elapsedNs * 1_000 / durationNs));
        long level = MILLION;
        for (int i = 1; i < POINTS.length; i++) {
            final long[] from = POINTS[i - 1];
            final long[] to = POINTS[i];
            if (at >= from[0]) {
                level = at >= to[0] || to[0] == from[0]
                        ? to[1]
                        : from[1] + (to[1] - from[1]) * (at - from[0]) / (to[0] - from[0]);
            }
        }
        return level;
    }
}
