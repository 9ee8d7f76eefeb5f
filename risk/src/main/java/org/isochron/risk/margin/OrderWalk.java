package org.isochron.risk.margin;

import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.OrdersBeyond;

/** One walk over the orders of one side of a position, in units; the results stay until the next. */
final class OrderWalk implements RestingOrders.Visitor {
    private final RestingOrders restingOrders;
    private final Contracts contracts;

    private int instrument;
    private boolean buy;
    private long reference;
    private boolean isEmpty;

    /** Sum of lots * |unit - reference| over the orders beyond the reference. */
    long beyond;
    /** Lowest unit among the orders, 0 when there are none. */
    long lowest;
    /** Highest unit among the orders, 0 when there are none. */
    long highest;

    OrderWalk(final RestingOrders restingOrders, final Contracts contracts) {
        this.restingOrders = restingOrders;
        this.contracts = contracts;
    }

    /** @param reference the mark's unit, rounded away from the side's orders. */
    void over(final int position, final int instrument, final boolean buy, final long reference) {
        this.instrument = instrument;
        this.buy = buy;
        this.reference = reference;
        isEmpty = true;
        beyond = 0;
        lowest = 0;
        highest = 0;
        restingOrders.walk(position, buy, this);
    }

    @Override
    public void onOrder(final long ticks, final long lots) {
        final long unit = contracts.unit(instrument, ticks, buy);
        beyond += OrdersBeyond.of(buy, unit, reference) * lots;
        lowest = isEmpty ? unit : Math.min(lowest, unit);
        highest = isEmpty ? unit : Math.max(highest, unit);
        isEmpty = false;
    }
}
