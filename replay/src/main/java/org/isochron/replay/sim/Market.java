package org.isochron.replay.sim;

import java.util.Arrays;

/** Where the prices of the simulated instruments are: a random walk, with a gap now and then. */
final class Market {
    static final long TICK_E9 = 10_000_000;
    static final long LOT_E9 = 10_000_000;
    static final long START_TICKS = 10_000;
    static final long MIN_TICKS = 500;
    static final long MAX_TICKS = 200_000;

    private static final int GAP_ONE_IN = 20;
    private static final int USUAL_GAP = 12;

    private final Dice dice;
    private final long[] midTicks;
    /** The largest gap is that part of the price. */
    private final int gapPart;

    Market(final Dice dice, final int instruments) {
        this.dice = dice;
        midTicks = new long[instruments];
        Arrays.fill(midTicks, START_TICKS);
        gapPart = dice.oneIn(2) ? USUAL_GAP : (int) dice.between(3, USUAL_GAP);
    }

    int instruments() {
        return midTicks.length;
    }

    /** @param instrumentId from 1. */
    long midTicks(final int instrumentId) {
        return midTicks[instrumentId - 1];
    }

    /** Moves a price and returns it. */
    long moveE9(final int instrumentId) {
        final long before = midTicks[instrumentId - 1];
        final long reach = dice.oneIn(GAP_ONE_IN) ? before / gapPart : before / 400 + 1;
        final long moved = before + dice.between(-reach, reach);
        midTicks[instrumentId - 1] = Math.min(MAX_TICKS, Math.max(MIN_TICKS, moved));
        return midTicks[instrumentId - 1] * TICK_E9;
    }
}
