package org.isochron.risk.funding;

import org.isochron.codecs.fixed.FixedPoint;

/**
 * Average price of selling a notional into the bids, or buying it from the offers, over the shown levels of a book, best
 * first (rulebook 6): {@code sum(px * lots) * 2^16 / sum(lots)}, rounded down for bids and up for offers, where of the last
 * level only {@code floor(rest / value of one lot)} lots count. A notional smaller than one lot has the best price. One walk
 * at a time: {@link #begin}, {@link #take} until it is true or the side ends, {@link #price}.
 */
public final class ImpactWalk {
    /** Levels of a side that are looked at; a notional that reaches beyond lacks the depth. */
    public static final int MAX_LEVELS = 256;

    private long factor;
    private boolean bid;
    private long rest;
    private long tickLots;
    private long lots;
    private long bestTicks;
    private int levels;
    private boolean isDone;

    /**
     * @param notional quanta.
     * @param factor   of the contract: K, or -N of an inverse one.
     * @param bid      whether the levels are bids.
     */
    public void begin(final long notional, final long factor, final boolean bid) {
        this.factor = factor;
        this.bid = bid;
        rest = notional;
        tickLots = 0;
        lots = 0;
        bestTicks = 0;
        levels = 0;
        isDone = false;
    }

    /** The next level; returns whether the notional is reached, or no further level counts. */
    public boolean take(final long ticks, final long levelLots) {
        if (levels++ == 0) {
            bestTicks = ticks;
        }
        final long most = factor > 0 ? rest / (ticks * factor) : FixedPoint.mulDivFloor(rest, ticks, -factor);
        final long taken = Math.min(most, levelLots);
        lots += taken;
        tickLots += taken * ticks;
        isDone = most <= levelLots;
        rest -= factor > 0 ? taken * ticks * factor : taken * -factor / ticks;
        return isDone || levels == MAX_LEVELS;
    }

    /** In 1/65,536 ticks; {@link Premium#NO_DEPTH} when the levels did not reach. */
    public long price() {
        if (!isDone) {
            return Premium.NO_DEPTH;
        }
        if (lots == 0) {
            return bestTicks << Premium.IMPACT_BITS;
        }
        return bid
                ? FixedPoint.mulDivFloor(tickLots, 1L << Premium.IMPACT_BITS, lots)
                : FixedPoint.mulDivCeil(tickLots, 1L << Premium.IMPACT_BITS, lots);
    }
}
