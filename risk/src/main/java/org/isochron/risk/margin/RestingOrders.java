package org.isochron.risk.margin;

/**
 * The open orders of one position that hold margin, asked for only when a bound says that one of them is beyond the mark.
 * Reduce-only orders and stops before their trigger hold none and are left out.
 */
public interface RestingOrders {
    /**
     * Walks over the position's open orders of one side; the results stay until the next walk. As many steps as the
     * position has open orders.
     */
    void walk(int position, boolean buy, long markTicks);

    /**
     * Sum of {@code lots * (ticks - mark)} over the buys above the mark, or of {@code lots * (mark - ticks)} over the
     * sells below it.
     */
    long tickLotsBeyond();

    /** Lowest price among the orders walked over, ticks; 0 when there was none. */
    long lowestTicks();

    /** Highest price among the orders walked over, ticks; 0 when there was none. */
    long highestTicks();
}
