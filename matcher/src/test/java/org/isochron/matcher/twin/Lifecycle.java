package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.CancelReason;

/** How orders join and leave queues, shrink, and end. */
final class Lifecycle {
    private final World world;
    private final Reports reports;
    private final Timers timers;

    Lifecycle(final World world, final Reports reports, final Timers timers) {
        this.world = world;
        this.reports = reports;
        this.timers = timers;
    }

    /** A new open order, outside the queues. */
    void open(final Order order, final Session session, final long clientId) {
        order.priority = world.nextPriority();
        order.entry = order.priority;
        order.account().add(order.position);
        order.position.enter(order);
        session.enter(order, clientId);
        world.openOrders++;
    }

    /** Joins the end of its queue. */
    void rest(final Order order) {
        order.stage = Order.Stage.RESTING;
        order.shown = order.display == 0 ? order.leaves : Math.min(order.display, order.leaves);
        order.instrument().queue(order.buy).add(order);
        reports.added(order);
    }

    /** Leaves its queue, unsaid. */
    void unrest(final Order order) {
        order.instrument().queue(order.buy).remove(order);
        order.stage = Order.Stage.MATCHING;
        order.shown = 0;
    }

    /** Shows the next slice, at the end of the queue. */
    void refill(final Order order) {
        unrest(order);
        order.priority = world.priorityRule.afterRefill(order, world.nextPriority());
        order.instrument().queue(order.buy).lastRefill = order.priority;
        reports.activated(order, ActivationCause.REFILL, 0);
        rest(order);
    }

    /** Loses lots without trading, the hidden ones first, and keeps its place. */
    void shrink(final Order order, final long lots) {
        order.leaves -= lots;
        order.shown = Math.min(order.shown, order.leaves);
    }

    /** The same, told. */
    void reduce(final Order order, final long lots, final CancelReason reason) {
        final long shown = order.shown;
        shrink(order, lots);
        reports.lost(order, lots, reason);
        if (order.shown != shown) {
            reports.shrunk(order);
        }
    }

    void cancel(final Order order, final CancelReason reason) {
        reports.cancelled(order, reason);
        leave(order);
    }

    void cancelByRequest(final Order order, final Session session, final long requestClOrdId, final long seqNum) {
        reports.cancelled(order, session, CancelReason.USER, requestClOrdId, seqNum);
        leave(order);
    }

    private void leave(final Order order) {
        if (order.stage == Order.Stage.RESTING) {
            reports.deleted(order.instrument(), order.priority);
        }
        end(order);
    }

    /** The order is gone. */
    void end(final Order order) {
        if (order.stage == Order.Stage.RESTING) {
            unrest(order);
        }
        timers.disarm(order);
        order.stage = Order.Stage.ENDED;
        order.position.orders.remove(order);
        order.session.leave(order);
        world.orders.remove(order.number);
        world.openOrders--;
    }

    /** Orders of an account that a predicate takes: positions newest first, in each the order of its list. */
    static List<Order> ordersOf(final Account account, final Predicate<Order> takes) {
        final List<Order> orders = new ArrayList<>();
        for (final Position position : account.positions) {
            position.orders.stream().filter(takes).forEach(orders::add);
        }
        return orders;
    }

    void cancelAll(final List<Order> orders, final CancelReason reason) {
        for (final Order order : orders) {
            cancel(order, reason);
        }
    }
}
