package org.isochron.replay.audit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The orders of one instrument's funding auction, and the rate they make, found by trying every rate. */
final class AuditedAuction {
    private static final long STEP = 1_000;

    private record Order(boolean isLong, long lots, long limit) {}

    /** By account, the oldest first. */
    private final Map<Long, Order> orders = new LinkedHashMap<>();

    /** @param heldLots signed position of the account as the order comes. */
    void order(final long accountId, final long heldLots, final long lots, final long limit) {
        orders.remove(accountId);
        if (lots != 0) {
            orders.put(accountId, new Order(heldLots > 0, lots, limit));
        }
    }

    boolean isEmpty() {
        return orders.isEmpty();
    }

    void clear() {
        orders.clear();
    }

    /**
     * The first rate that no other beats.
     *
     * @param held signed positions by account.
     */
    long rate(final Map<Long, Long> held, final long cap) {
        long openInterest = 0;
        for (final long lots : held.values()) {
            openInterest += Math.max(lots, 0);
        }
        final long most = cap / STEP;
        long best = 0;
        long[] bestMerit = null;
        for (final long step : candidates(most)) {
            final long[] merit = merit(held, openInterest, step * STEP);
            if (bestMerit == null || Arrays.compare(merit, bestMerit) > 0) {
                best = step * STEP;
                bestMerit = merit;
            }
        }
        return best;
    }

    /** Nothing changes between two limits, so that 0 and the steps around each limit are all that can be best; rising. */
    private long[] candidates(final long most) {
        final long[] steps = new long[3 * orders.size() + 1];
        int count = 1;
        for (final Order order : orders.values()) {
            for (long step = order.limit / STEP - 1; step <= order.limit / STEP + 1; step++) {
                steps[count++] = Math.max(-most, Math.min(most, step));
            }
        }
        Arrays.sort(steps);
        return steps;
    }

    /** Lots that carry, less imbalance, less of a rate: compared in that order, more is better. */
    private long[] merit(final Map<Long, Long> held, final long openInterest, final long rate) {
        long longs = openInterest;
        long shorts = openInterest;
        for (final Map.Entry<Long, Order> each : orders.entrySet()) {
            final Order order = each.getValue();
            final long position = held.getOrDefault(each.getKey(), 0L);
            final long lots = Math.min(order.lots, Math.max(order.isLong ? position : -position, 0));
            if (order.isLong && rate > order.limit) {
                longs -= lots;
            } else if (!order.isLong && rate < order.limit) {
                shorts -= lots;
            }
        }
        return new long[] {Math.min(longs, shorts), -Math.abs(longs - shorts), -Math.abs(rate)};
    }
}
