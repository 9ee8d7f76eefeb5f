package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The shown book of an instrument, rebuilt from market data. Prices in ticks. */
final class AuditedBook {
    /** Levels that an impact price may reach into. */
    private static final int MOST_LEVELS = 256;

    private static final int IMPACT_BITS = 16;

    private final Map<Long, Order> orders = new HashMap<>();
    private final NavigableMap<Long, Long> bids = new TreeMap<>(Collections.reverseOrder());
    private final NavigableMap<Long, Long> asks = new TreeMap<>();

    private record Order(boolean buy, long ticks, long lots) {}

    void add(final long id, final boolean buy, final long ticks, final long lots) {
        orders.put(id, new Order(buy, ticks, lots));
        change(buy, ticks, lots);
    }

    void reduce(final long id, final long leaves) {
        final Order order = known(id, orders.get(id));
        change(order.buy, order.ticks, leaves - order.lots);
        orders.put(id, new Order(order.buy, order.ticks, leaves));
    }

    void delete(final long id) {
        final Order order = known(id, orders.remove(id));
        change(order.buy, order.ticks, -order.lots);
    }

    private static Order known(final long id, final Order order) {
        if (order == null) {
            throw new IllegalStateException("market data changes order " + id + ", which it never added");
        }
        return order;
    }

    private void change(final boolean buy, final long ticks, final long lots) {
        (buy ? bids : asks).merge(ticks, lots, (had, more) -> had + more == 0 ? null : (Long) (had + more));
    }

    /**
     * Average price of the notional, in 1/65,536 ticks, bids rounded down and offers up; null when the side is not that deep.
     */
    BigInteger impact(final boolean buy, final BigInteger notional, final AuditedContract contract) {
        BigInteger rest = notional;
        BigInteger tickLots = BigInteger.ZERO;
        BigInteger lots = BigInteger.ZERO;
        int levels = 0;
        for (final Map.Entry<Long, Long> level : (buy ? bids : asks).entrySet()) {
            if (++levels > MOST_LEVELS) {
                return null;
            }
            final BigInteger ticks = BigInteger.valueOf(level.getKey());
            final BigInteger shown = BigInteger.valueOf(level.getValue());
            final BigInteger most = contract.lotsFor(rest, ticks);
            final BigInteger taken = most.min(shown);
            lots = lots.add(taken);
            tickLots = tickLots.add(taken.multiply(ticks));
            if (most.compareTo(shown) <= 0) {
                return average(lots.signum() == 0 ? ticksOfBest(buy) : tickLots, lots, buy);
            }
            rest = rest.subtract(contract.worth(taken, ticks));
        }
        return null;
    }

    private BigInteger ticksOfBest(final boolean buy) {
        return BigInteger.valueOf((buy ? bids : asks).firstKey());
    }

    private static BigInteger average(final BigInteger tickLots, final BigInteger lots, final boolean down) {
        final BigInteger[] result = tickLots.shiftLeft(IMPACT_BITS).divideAndRemainder(lots.max(BigInteger.ONE));
        return down || result[1].signum() == 0 ? result[0] : result[0].add(BigInteger.ONE);
    }
}
