package org.isochron.replay.sim;

/**
 * How a kind of channel treats messages.
 *
 * @param minLatencyNs shortest way.
 * @param maxLatencyNs longest, unless delayed.
 * @param lossPpm      of a million messages, so many never arrive.
 * @param duplicatePpm so many arrive twice.
 * @param reorderPpm   so many let later ones pass.
 * @param delayPpm     so many take a hundred times as long, and hold up those behind them.
 * @param damagePpm    so many arrive with a bit turned over.
 * @param capacity     messages under way and waiting, above which the sender is back-pressured.
 * @param dropsWhenFull whether the sender goes on instead, and the message is lost.
 */
record Weather(
        long minLatencyNs,
        long maxLatencyNs,
        int lossPpm,
        int duplicatePpm,
        int reorderPpm,
        int delayPpm,
        int damagePpm,
        int capacity,
        boolean dropsWhenFull) {
    private static final int DELAY_FACTOR = 100;

    long latencyNs(final Dice dice) {
        return dice.between(minLatencyNs, maxLatencyNs);
    }

    long delayedNs(final Dice dice) {
        return DELAY_FACTOR * latencyNs(dice);
    }

    /** The same way, with nothing going wrong on it. */
    Weather fine() {
        return new Weather(minLatencyNs, maxLatencyNs, 0, 0, 0, 0, 0, capacity, dropsWhenFull);
    }
}
