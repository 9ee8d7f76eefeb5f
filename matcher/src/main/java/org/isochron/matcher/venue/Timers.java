package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;

/**
 * Fires, at the start of a command, every timer due by its time: in the order of their due times, at the same time
 * gateways and sessions first, then trading states, then orders, then dead-man timers; of one kind as each keeps them. What the batch or the
 * work queue has no room for stays due and goes on with the next command.
 */
final class Timers {
    private final Leases leases;
    private final TradingStates states;
    private final OrderTimers orders;
    private final DelayedOrders delayedOrders;
    private final DeadMen deadMen;
    private final Cancels cancels;
    private final WorkQueue work;
    private final Counters counters;
    private final EventWriter events;
    private final MassCancelFilter all = new MassCancelFilter();

    Timers(
            final Leases leases,
            final TradingStates states,
            final Protections protections,
            final DelayedOrders delayedOrders,
            final Cancels cancels,
            final WorkQueue work,
            final Counters counters,
            final EventWriter events) {
        this.leases = leases;
        this.states = states;
        orders = protections.timers;
        deadMen = protections.deadMen;
        this.delayedOrders = delayedOrders;
        this.cancels = cancels;
        this.work = work;
        this.counters = counters;
        this.events = events;
        all.ofAccount();
    }

    void fireDue() {
        final long nowNs = counters.nowNs();
        for (long dueNs = nextDueNs(); dueNs <= nowNs; dueNs = nextDueNs()) {
            leases.fireDue(dueNs);
            if (!fire(dueNs)) {
                return;
            }
        }
        leases.fireDue(nowNs);
    }

    private long nextDueNs() {
        return Math.min(states.nextDueNs(), Math.min(orders.nextDueNs(), deadMen.nextDueNs()));
    }

    private boolean fire(final long dueNs) {
        if (states.nextDueNs() == dueNs) {
            return fireState();
        }
        return orders.nextDueNs() == dueNs ? fireOrder(orders.first()) : fireDeadMan(deadMen.first());
    }

    private boolean fireState() {
        if (!events.hasRoomFor(1)) {
            return false;
        }
        states.fireNext();
        return true;
    }

    private boolean fireOrder(final int order) {
        if (delayedOrders.isDelayed(order)) {
            return delayedOrders.release(order);
        }
        if (!events.hasRoomFor(Cancels.EVENTS_PER_CANCEL)) {
            return false;
        }
        cancels.byVenue(order, CancelReason.EXPIRY);
        return true;
    }

    private boolean fireDeadMan(final int account) {
        if (!work.hasClientRoom(1)) {
            return false;
        }
        deadMen.disarm(account);
        work.pushMassCancel(account, all, CancelReason.DEADMAN.value());
        return true;
    }
}
