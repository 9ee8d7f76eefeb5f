package org.isochron.risk.margin;

/** The open orders of one position, asked for only when a bound says that one of them is beyond the mark. */
public interface RestingOrders {
    /**
     * Sum of {@code lots * (ticks - mark)} over the position's open buys above the mark, or of {@code lots * (mark -
     * ticks)} over its open sells below it. Lots times ticks.
     */
    long tickLotsBeyond(int position, boolean buy, long markTicks);

    /** Highest open buy or lowest open sell of the position, ticks; 0 when there is none. */
    long worstTicks(int position, boolean buy);
}
