package org.isochron.matcher.book;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** One side of one book as anybody would write it first: a sorted map of queues. */
public final class NaiveBook {
    /** An order that rests. */
    public static final class Order {
        public final long id;
        public final long owner;
        public final long ticks;
        public long lots;

        public Order(final long id, final long owner, final long ticks, final long lots) {
            this.id = id;
            this.owner = owner;
            this.ticks = ticks;
            this.lots = lots;
        }
    }

    private final TreeMap<Long, Deque<Order>> levels;
    private final boolean buy;

    public NaiveBook(final boolean buy) {
        this.buy = buy;
        levels = new TreeMap<>(buy ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder());
    }

    public void rest(final Order order) {
        levels.computeIfAbsent(order.ticks, ticks -> new ArrayDeque<>()).addLast(order);
    }

    public void remove(final Order order) {
        final Deque<Order> level = levels.get(order.ticks);
        level.remove(order);
        if (level.isEmpty()) {
            levels.remove(order.ticks);
        }
    }

    public Order best() {
        final Map.Entry<Long, Deque<Order>> first = levels.firstEntry();
        return first == null ? null : first.getValue().peekFirst();
    }

    /** Whether an order of the other side at that price would trade. */
    public boolean meets(final long ticks) {
        final Order best = best();
        return best != null && (buy ? best.ticks >= ticks : best.ticks <= ticks);
    }

    public long bestLots() {
        final Map.Entry<Long, Deque<Order>> first = levels.firstEntry();
        return first == null
                ? 0
                : first.getValue().stream().mapToLong(order -> order.lots).sum();
    }

    /** Every order, best first. */
    public Iterable<Order> orders() {
        return () -> levels.values().stream().flatMap(Deque::stream).iterator();
    }
}
