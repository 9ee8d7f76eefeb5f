package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** One side of a book: per price, best first, its orders in the order they trade in. */
final class Queue {
    private final TreeMap<Long, TreeSet<Order>> levels;
    private final Comparator<Order> order;
    private final boolean buy;
    private int size;
    /** Priority of the slice shown last. */
    long lastRefill;

    Queue(final boolean buy, final PriorityRule rule) {
        this.buy = buy;
        order = rule.queue();
        levels = new TreeMap<>(buy ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder());
    }

    void add(final Order resting) {
        levels.computeIfAbsent(resting.ticks, ticks -> new TreeSet<>(order)).add(resting);
        size++;
    }

    void remove(final Order resting) {
        final TreeSet<Order> level = levels.get(resting.ticks);
        if (!level.remove(resting)) {
            throw new IllegalStateException("order " + resting.clientId + " does not stand in its queue");
        }
        if (level.isEmpty()) {
            levels.remove(resting.ticks);
        }
        size--;
    }

    /** Null when empty. */
    Order best() {
        return levels.isEmpty() ? null : levels.firstEntry().getValue().first();
    }

    /** 0 when empty. */
    long bestTicks() {
        return levels.isEmpty() ? 0 : levels.firstKey();
    }

    long bestLots() {
        long lots = 0;
        if (!levels.isEmpty()) {
            for (final Order resting : levels.firstEntry().getValue()) {
                lots += resting.shown;
            }
        }
        return lots;
    }

    int bestOrders() {
        return levels.isEmpty() ? 0 : levels.firstEntry().getValue().size();
    }

    int size() {
        return size;
    }

    /** Every order, in the order they trade in. */
    List<Order> orders() {
        final List<Order> orders = new ArrayList<>(size);
        levels.values().forEach(orders::addAll);
        return orders;
    }

    /** Orders an incoming one with that limit could trade with, in order. */
    List<Order> upTo(final long limitTicks) {
        final List<Order> orders = new ArrayList<>();
        levels.headMap(limitTicks, true).values().forEach(orders::addAll);
        return orders;
    }

    boolean isBuy() {
        return buy;
    }
}
