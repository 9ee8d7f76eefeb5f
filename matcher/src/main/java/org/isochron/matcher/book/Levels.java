package org.isochron.matcher.book;

import org.isochron.risk.state.InvariantViolation;

/**
 * Rows of price levels: their price, what stands in their queue, and the queue's two ends. These are a place like that of
 * an order, behind the places of all orders, which closes the queue to a ring: an order joins and leaves without asking
 * whether it is the first or the last. All of it follows from the orders that rest, so levels are no part of the state.
 */
final class Levels {
    static final int NONE = -1;

    /** Price as a number that rises from best to worst: see {@link Ladders}. */
    private static final int KEY = 0;

    private static final int SHOWN = 1;
    private static final int HIDDEN = 2;
    /** Priority of the order that joined last: none in the queue is above it. */
    private static final int NEWEST = 3;

    private static final int KEYS_SHIFT = 2;

    /** What a place has beside the ends of the queue: orders in it, the level's list, its page. */
    private static final int ORDERS = 3;

    private static final int LIST = 4;
    private static final int PAGE = 5;

    private final long[] rows;
    /** Place of the first level. */
    private final int firstPlace;

    private final int[] places;
    private final int[] free;
    private int freeCount;
    private int everUsed;

    /** @param places of as many orders as levels, and behind them of the levels. */
    Levels(final int capacity, final int[] places) {
        this.places = places;
        firstPlace = capacity;
        rows = new long[capacity << KEYS_SHIFT];
        free = new int[capacity];
    }

    /** A level without orders. As many levels as orders have room, so there is one. */
    int take(final int list, final int page, final long key) {
        final int level = freeCount > 0 ? free[--freeCount] : everUsed++;
        final int row = level << KEYS_SHIFT;
        final long[] rows = this.rows;
        rows[row + KEY] = key;
        rows[row + SHOWN] = 0;
        rows[row + HIDDEN] = 0;
        rows[row + NEWEST] = -1;
        final int[] places = this.places;
        final int place = place(level);
        places[place + Orders.AHEAD] = firstPlace + level;
        places[place + Orders.BEHIND] = firstPlace + level;
        places[place + ORDERS] = 0;
        places[place + LIST] = list;
        places[place + PAGE] = page;
        return level;
    }

    void give(final int level) {
        free[freeCount++] = level;
    }

    private int place(final int level) {
        return firstPlace + level << Orders.PLACE_SHIFT;
    }

    int inUse() {
        return everUsed - freeCount;
    }

    long key(final int level) {
        return rows[(level << KEYS_SHIFT) + KEY];
    }

    int list(final int level) {
        return places[place(level) + LIST];
    }

    int page(final int level) {
        return places[place(level) + PAGE];
    }

    int orders(final int level) {
        return places[place(level) + ORDERS];
    }

    long shownLots(final int level) {
        return rows[(level << KEYS_SHIFT) + SHOWN];
    }

    long hiddenLots(final int level) {
        return rows[(level << KEYS_SHIFT) + HIDDEN];
    }

    long newest(final int level) {
        return rows[(level << KEYS_SHIFT) + NEWEST];
    }

    void newest(final int level, final long priority) {
        rows[(level << KEYS_SHIFT) + NEWEST] = priority;
    }

    /** First order of the queue. */
    int first(final int level) {
        return places[place(level) + Orders.BEHIND];
    }

    /** Last order of the queue. */
    int last(final int level) {
        return places[place(level) + Orders.AHEAD];
    }

    /** An order joins. */
    void join(final int level, final long shown, final long hidden) {
        add(level, shown, hidden);
        places[place(level) + ORDERS]++;
    }

    /**
     * An order leaves.
     *
     * @return whether it was the last.
     */
    boolean leave(final int level, final long shown, final long hidden) {
        add(level, -shown, -hidden);
        return --places[place(level) + ORDERS] == 0;
    }

    void add(final int level, final long shown, final long hidden) {
        final int row = level << KEYS_SHIFT;
        rows[row + SHOWN] += shown;
        rows[row + HIDDEN] += hidden;
    }

    void requireEmpty(final int level) {
        final int end = firstPlace + level;
        if (first(level) != end || last(level) != end || shownLots(level) != 0 || hiddenLots(level) != 0) {
            throw new InvariantViolation("level " + level + " has no orders, but lots or a queue");
        }
    }
}
