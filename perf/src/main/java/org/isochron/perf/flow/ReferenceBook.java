package org.isochron.perf.flow;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;

/** A price-time book in the plainest words: what every engine must do with a stream. */
final class ReferenceBook {
    /** An order; place, owner and revision are the generator's. */
    static final class Resting {
        final long id;
        final boolean buy;
        long price;
        long lots;
        /** Where it stands among the live ones; -1 when it is gone. */
        int place;
        /** Whose it is. */
        int owner;
        /** How often it was moved or reduced. */
        int revision;

        Resting(final long id, final boolean buy, final long price, final long lots) {
            this.id = id;
            this.buy = buy;
            this.price = price;
            this.lots = lots;
        }
    }

    /** What the book tells of each trade. */
    interface Trades {
        void trade(Resting maker, long lots, Resting taker);
    }

    /** Levels by how good they are: the first is the best. Offers by price, bids by its negative. */
    private final TreeMap<Long, LinkedHashSet<Resting>> bids = new TreeMap<>();

    private final TreeMap<Long, LinkedHashSet<Resting>> offers = new TreeMap<>();

    boolean isEmpty(final boolean buy) {
        return side(buy).isEmpty();
    }

    int levels() {
        return bids.size() + offers.size();
    }

    /** Best price of a side that is not empty. */
    long best(final boolean buy) {
        return Math.abs(side(buy).firstKey());
    }

    void add(final Resting order) {
        side(order.buy)
                .computeIfAbsent(key(order.buy, order.price), price -> new LinkedHashSet<>())
                .add(order);
    }

    void remove(final Resting order) {
        final long key = key(order.buy, order.price);
        final LinkedHashSet<Resting> level = side(order.buy).get(key);
        level.remove(order);
        if (level.isEmpty()) {
            side(order.buy).remove(key);
        }
    }

    /** Lots that an order of the other side could take up to its limit, at most as many as it wants. */
    long depth(final boolean buy, final long limit, final long wanted) {
        long lots = 0;
        for (final Map.Entry<Long, LinkedHashSet<Resting>> level : side(buy).entrySet()) {
            if (level.getKey() > key(buy, limit)) {
                return lots;
            }
            for (final Resting order : level.getValue()) {
                lots += order.lots;
                if (lots >= wanted) {
                    return wanted;
                }
            }
        }
        return lots;
    }

    /** Takes what the taker wants, which is there, from the other side, best first. */
    void take(final Resting taker, final Trades trades) {
        long left = taker.lots;
        while (left > 0) {
            final Iterator<Resting> queue =
                    side(!taker.buy).firstEntry().getValue().iterator();
            final Resting maker = queue.next();
            final long traded = Math.min(left, maker.lots);
            maker.lots -= traded;
            left -= traded;
            trades.trade(maker, traded, taker);
            if (maker.lots == 0) {
                remove(maker);
            }
        }
    }

    private TreeMap<Long, LinkedHashSet<Resting>> side(final boolean buy) {
        return buy ? bids : offers;
    }

    private static long key(final boolean buy, final long price) {
        return buy ? -price : price;
    }
}
