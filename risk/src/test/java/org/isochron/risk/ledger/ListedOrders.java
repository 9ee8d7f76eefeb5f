package org.isochron.risk.ledger;

import java.util.ArrayList;
import java.util.List;
import org.isochron.risk.margin.RestingOrders;

/** Open orders that hold margin, in a list, to be walked over the long way. */
public final class ListedOrders implements RestingOrders {
    public record Order(int position, boolean buy, long ticks, long lots) {}

    private final Positions positions;
    private final List<Order> orders = new ArrayList<>();
    private long beyond;
    private long lowest;
    private long highest;

    ListedOrders(final Positions positions) {
        this.positions = positions;
    }

    public void rest(final int position, final boolean buy, final long ticks, final long lots) {
        positions.openOrder(position);
        positions.reserve(position, buy, ticks, lots);
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
        positions.release(order.position, order.buy, order.ticks, lots);
        if (lots == order.lots) {
            orders.remove(index);
            positions.endOrder(order.position);
        } else {
            orders.set(index, new Order(order.position, order.buy, order.ticks, order.lots - lots));
        }
    }

    @Override
    public void walk(final int position, final boolean buy, final long markTicks) {
        beyond = 0;
        lowest = 0;
        highest = 0;
        for (final Order order : orders) {
            if (order.position == position && order.buy == buy) {
                beyond += Math.max(0, buy ? order.ticks - markTicks : markTicks - order.ticks) * order.lots;
                lowest = lowest == 0 ? order.ticks : Math.min(lowest, order.ticks);
                highest = Math.max(highest, order.ticks);
            }
        }
    }

    @Override
    public long tickLotsBeyond() {
        return beyond;
    }

    @Override
    public long lowestTicks() {
        return lowest;
    }

    @Override
    public long highestTicks() {
        return highest;
    }
}
