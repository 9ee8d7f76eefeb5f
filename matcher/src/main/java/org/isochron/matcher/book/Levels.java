package org.isochron.matcher.book;

import org.isochron.risk.state.InvariantViolation;

/**
 * Rows of price levels, one cache line each: the ends of the queue, what stands in it, and the levels next to it. All of
 * it follows from the orders that rest, so levels are no part of the state.
 */
final class Levels {
    static final int NONE = -1;

    /** Price as a number that rises from best to worst: see {@link Ladders}. */
    private static final int KEY = 0;

    private static final int SHOWN = 1;
    private static final int HIDDEN = 2;
    /** First and last order. */
    private static final int QUEUE = 3;
    /** Next better and next worse level of the list. */
    private static final int NEIGHBOURS = 4;
    /** List and number of orders. */
    private static final int LIST_AND_ORDERS = 5;

    private static final int WIDTH_SHIFT = 3;

    private final long[] rows;
    private final int[] free;
    private int freeCount;
    private int everUsed;

    Levels(final int capacity) {
        rows = new long[Math.multiplyExact(capacity, 1 << WIDTH_SHIFT)];
        free = new int[capacity];
    }

    /** A level without orders or neighbours. As many levels as orders have room, so there is one. */
    int take(final int list, final long key) {
        final int level = freeCount > 0 ? free[--freeCount] : everUsed++;
        final int row = level << WIDTH_SHIFT;
        final long[] rows = this.rows;
        rows[row + KEY] = key;
        rows[row + SHOWN] = 0;
        rows[row + HIDDEN] = 0;
        rows[row + QUEUE] = Halves.of(NONE, NONE);
        rows[row + NEIGHBOURS] = Halves.of(NONE, NONE);
        rows[row + LIST_AND_ORDERS] = Halves.of(list, 0);
        return level;
    }

    void give(final int level) {
        free[freeCount++] = level;
    }

    int inUse() {
        return everUsed - freeCount;
    }

    long key(final int level) {
        return rows[(level << WIDTH_SHIFT) + KEY];
    }

    int list(final int level) {
        return Halves.high(rows[(level << WIDTH_SHIFT) + LIST_AND_ORDERS]);
    }

    int orders(final int level) {
        return Halves.low(rows[(level << WIDTH_SHIFT) + LIST_AND_ORDERS]);
    }

    long shownLots(final int level) {
        return rows[(level << WIDTH_SHIFT) + SHOWN];
    }

    long hiddenLots(final int level) {
        return rows[(level << WIDTH_SHIFT) + HIDDEN];
    }

    int first(final int level) {
        return Halves.high(rows[(level << WIDTH_SHIFT) + QUEUE]);
    }

    int last(final int level) {
        return Halves.low(rows[(level << WIDTH_SHIFT) + QUEUE]);
    }

    int better(final int level) {
        return Halves.high(rows[(level << WIDTH_SHIFT) + NEIGHBOURS]);
    }

    int worse(final int level) {
        return Halves.low(rows[(level << WIDTH_SHIFT) + NEIGHBOURS]);
    }

    void first(final int level, final int order) {
        final int cell = (level << WIDTH_SHIFT) + QUEUE;
        rows[cell] = Halves.withHigh(rows[cell], order);
    }

    void last(final int level, final int order) {
        final int cell = (level << WIDTH_SHIFT) + QUEUE;
        rows[cell] = Halves.withLow(rows[cell], order);
    }

    void better(final int level, final int neighbour) {
        final int cell = (level << WIDTH_SHIFT) + NEIGHBOURS;
        rows[cell] = Halves.withHigh(rows[cell], neighbour);
    }

    void worse(final int level, final int neighbour) {
        final int cell = (level << WIDTH_SHIFT) + NEIGHBOURS;
        rows[cell] = Halves.withLow(rows[cell], neighbour);
    }

    /** An order joins. */
    void join(final int level, final long shown, final long hidden) {
        add(level, shown, hidden);
        rows[(level << WIDTH_SHIFT) + LIST_AND_ORDERS]++;
    }

    /**
     * An order leaves.
     *
     * @return whether it was the last.
     */
    boolean leave(final int level, final long shown, final long hidden) {
        add(level, -shown, -hidden);
        return Halves.low(--rows[(level << WIDTH_SHIFT) + LIST_AND_ORDERS]) == 0;
    }

    void add(final int level, final long shown, final long hidden) {
        final int row = level << WIDTH_SHIFT;
        rows[row + SHOWN] += shown;
        rows[row + HIDDEN] += hidden;
    }

    void requireEmpty(final int level) {
        if (first(level) != NONE || last(level) != NONE || shownLots(level) != 0 || hiddenLots(level) != 0) {
            throw new InvariantViolation("level " + level + " has no orders, but lots or a queue");
        }
    }
}
