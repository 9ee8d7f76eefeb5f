package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;

/** What an account holds of an instrument, and its open orders there: reduce-only ones first, then newest first. */
final class Position {
    final Account account;
    final Instrument instrument;
    final List<Order> orders = new ArrayList<>();
    long lots;
    /** What the lots cost, signed like them. */
    long entryCost;

    Position(final Account account, final Instrument instrument) {
        this.account = account;
        this.instrument = instrument;
    }

    void enter(final Order order) {
        int place = 0;
        while (!order.reduceOnly && place < orders.size() && orders.get(place).reduceOnly) {
            place++;
        }
        orders.add(place, order);
    }

    /** Lots of open orders of a side, of those that hold margin. */
    long orderLots(final boolean buy) {
        long sum = 0;
        for (final Order order : orders) {
            sum += order.buy == buy && order.holdsMargin() ? order.leaves : 0;
        }
        return sum;
    }

    /** Lots that an order of that side could trade and only reduce. */
    long reducibleLots(final boolean buy) {
        return Math.max(0, buy ? -lots : lots);
    }

    /** Lots and cash of a fill; cost follows by average price, rounding toward zero. */
    void trade(final long change, final long cash) {
        if (lots == 0 || lots > 0 == change > 0) {
            entryCost -= cash;
        } else {
            final long closed = Math.min(Math.abs(lots), Math.abs(change));
            final long cost = Exact.mulDiv(entryCost, closed, Math.abs(lots));
            final long proceeds = Exact.mulDiv(cash, closed, Math.abs(change));
            entryCost = entryCost - cost - (cash - proceeds);
        }
        lots += change;
    }
}
