package org.isochron.risk.margin;

/**
 * The open orders of one position that hold margin, asked for only when a bound says that one of them is beyond the mark.
 * Reduce-only orders and stops before their trigger hold none and are left out.
 */
public interface RestingOrders {
    /** Shows every such order of one side, in no particular order. As many steps as the position has open orders. */
    void walk(int position, boolean buy, Visitor visitor);

    /** Is shown orders; must not change any. */
    interface Visitor {
        /**
         * @param ticks limit price of the order.
         * @param lots  open lots of it.
         */
        void onOrder(long ticks, long lots);
    }
}
