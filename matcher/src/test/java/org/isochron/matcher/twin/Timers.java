package org.isochron.matcher.twin;

import java.util.Comparator;
import java.util.TreeSet;

/** When open orders are due: the end of a GTT order, the release of a delayed one, of both the earlier. */
final class Timers {
    /** @param tie priority the order had when its timer was set. */
    record Timer(long dueNs, long tie, Order order) {}

    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.comparingLong(Timer::dueNs).thenComparingLong(Timer::tie));

    void arm(final Order order) {
        disarm(order);
        final boolean delayed = order.stage == Order.Stage.DELAYED;
        if (delayed || order.expireNs != 0) {
            final long release = delayed ? order.releaseNs : Long.MAX_VALUE;
            final long expiry = order.expireNs == 0 ? Long.MAX_VALUE : order.expireNs;
            order.timer = new Timer(Math.min(release, expiry), order.priority, order);
            timers.add(order.timer);
        }
    }

    void disarm(final Order order) {
        if (order.timer != null) {
            timers.remove(order.timer);
            order.timer = null;
        }
    }

    /** Due time of the first, {@link Long#MAX_VALUE} when there is none. */
    long nextDueNs() {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.first().dueNs();
    }

    Order first() {
        return timers.first().order();
    }
}
