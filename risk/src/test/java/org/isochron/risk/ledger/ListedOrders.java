package org.isochron.risk.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.isochron.risk.margin.RestingOrders;

/** Open orders that hold margin, in a list, to be walked over the long way. */
public final class ListedOrders implements RestingOrders {
    public record Order(int position, boolean buy, long ticks, long lots) {}

    private final Contracts contracts;
    private final Positions positions;
    private final List<Order> orders = new ArrayList<>();

    ListedOrders(final Ledger ledger) {
        contracts = ledger.contracts();
        positions = ledger.positions();
    }

    public void rest(final int position, final boolean buy, final long ticks, final long lots) {
        positions.openOrder(position);
        positions.reserve(position, buy, unit(position, buy, ticks), lots);
        orders.add(new Order(position, buy, ticks, lots));
    }

    public int count() {
        return orders.size();
    }

    public Order get(final int index) {
        return orders.get(index);
    }

    /** Lots of an order trade or are cancelled; it ends when none are left. */
    public void reduce(final int index, final long lots) {
        final Order order = orders.get(index);
        positions.release(order.position, order.buy, unit(order.position, order.buy, order.ticks), lots);
        if (lots == order.lots) {
            orders.remove(index);
            positions.endOrder(order.position);
        } else {
            orders.set(index, new Order(order.position, order.buy, order.ticks, order.lots - lots));
        }
    }

    private long unit(final int position, final boolean buy, final long ticks) {
        return contracts.unit(positions.instrument(position), ticks, buy);
    }

    @Override
    public void walk(final int position, final boolean buy, final Visitor visitor) {
        // By index: no iterator to allocate.
        for (int i = 0; i < orders.size(); i++) {
            final Order order = orders.get(i);
            if (order.position == position && order.buy == buy) {
                visitor.onOrder(order.ticks, order.lots);
            }
        }
    }

    /** Sum of lots * ticks that the orders of one side are beyond a price. */
    public long beyond(final int position, final boolean buy, final long markTicks) {
        return beyond(position, buy, markTicks, ticks -> ticks);
    }

    /** Sum of lots * units that the orders of one side are beyond a mark. */
    public long beyond(final int position, final boolean buy, final long mark, final LongUnaryOperator unit) {
        long beyond = 0;
        for (final Order order : orders) {
            if (order.position == position && order.buy == buy) {
                final long at = unit.applyAsLong(order.ticks);
                beyond += Math.max(0, buy ? at - mark : mark - at) * order.lots;
            }
        }
        return beyond;
    }
}
