package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;

/**
 * Fires, at the start of a command, every timer due by its time: in the order of their due times, at the same time
 * gateways and sessions before orders; of one kind as each keeps them. What the batch has no room for stays due and goes
 * on with the next command.
 */
final class Timers {
    private final Leases leases;
    private final OrderTimers orders;
    private final Cancels cancels;
    private final Counters counters;
    private final EventWriter events;

    Timers(
            final Leases leases,
            final OrderTimers orders,
            final Cancels cancels,
            final Counters counters,
            final EventWriter events) {
        this.leases = leases;
        this.orders = orders;
        this.cancels = cancels;
        this.counters = counters;
        this.events = events;
    }

    void fireDue() {
        final long nowNs = counters.nowNs();
        long dueNs = orders.nextDueNs();
        while (dueNs <= nowNs) {
            leases.fireDue(dueNs);
            if (!fireOrder(orders.first())) {
                return;
            }
            dueNs = orders.nextDueNs();
        }
        leases.fireDue(nowNs);
    }

    private boolean fireOrder(final int order) {
        if (!events.hasRoomFor(Cancels.EVENTS_PER_CANCEL)) {
            return false;
        }
        cancels.byVenue(order, CancelReason.EXPIRY);
        return true;
    }
}
