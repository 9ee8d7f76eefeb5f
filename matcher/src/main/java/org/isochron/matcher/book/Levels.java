package org.isochron.matcher.book;

import org.isochron.risk.state.InvariantViolation;

/**
 * Rows of price levels: the ends of the queue, what stands in it, and the levels next to it. All of
 * it follows from the orders that rest, so levels are no part of the state.
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

    /** First and last order of the queue. */
    private static final int FIRST = 0;

    private static final int LAST = 1;
    /** Next better and next worse level of the list. */
    private static final int BETTER = 2;

    private static final int WORSE = 3;
    private static final int LIST = 4;
    /** Orders in the queue. */
    private static final int ORDERS = 5;

    private static final int LINKS_SHIFT = 3;

    private final long[] rows;
    private final int[] links;
    private final int[] free;
    private int freeCount;
    private int everUsed;

    Levels(final int capacity) {
        rows = new long[capacity << KEYS_SHIFT];
        links = new int[capacity << LINKS_SHIFT];
        free = new int[capacity];
    }

    /** A level without orders or neighbours. As many levels as orders have room, so there is one. */
    int take(final int list, final long key) {
        final int level = freeCount > 0 ? free[--freeCount] : everUsed++;
        final int row = level << KEYS_SHIFT;
        final long[] rows = this.rows;
        rows[row + KEY] = key;
        rows[row + SHOWN] = 0;
        rows[row + HIDDEN] = 0;
        rows[row + NEWEST] = -1;
        final int[] links = this.links;
        final int link = level << LINKS_SHIFT;
        links[link + FIRST] = NONE;
        links[link + LAST] = NONE;
        links[link + BETTER] = NONE;
        links[link + WORSE] = NONE;
        links[link + LIST] = list;
        links[link + ORDERS] = 0;
        return level;
    }

    void give(final int level) {
        free[freeCount++] = level;
    }

    int inUse() {
        return everUsed - freeCount;
    }

    long key(final int level) {
        return rows[(level << KEYS_SHIFT) + KEY];
    }

    int list(final int level) {
        return links[(level << LINKS_SHIFT) + LIST];
    }

    int orders(final int level) {
        return links[(level << LINKS_SHIFT) + ORDERS];
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

    int first(final int level) {
        return links[(level << LINKS_SHIFT) + FIRST];
    }

    int last(final int level) {
        return links[(level << LINKS_SHIFT) + LAST];
    }

    int better(final int level) {
        return links[(level << LINKS_SHIFT) + BETTER];
    }

    int worse(final int level) {
        return links[(level << LINKS_SHIFT) + WORSE];
    }

    void first(final int level, final int order) {
        links[(level << LINKS_SHIFT) + FIRST] = order;
    }

    void last(final int level, final int order) {
        links[(level << LINKS_SHIFT) + LAST] = order;
    }

    void better(final int level, final int neighbour) {
        links[(level << LINKS_SHIFT) + BETTER] = neighbour;
    }

    void worse(final int level, final int neighbour) {
        links[(level << LINKS_SHIFT) + WORSE] = neighbour;
    }

    /** An order joins. */
    void join(final int level, final long shown, final long hidden) {
        add(level, shown, hidden);
        links[(level << LINKS_SHIFT) + ORDERS]++;
    }

    /**
     * An order leaves.
     *
     * @return whether it was the last.
     */
    boolean leave(final int level, final long shown, final long hidden) {
        add(level, -shown, -hidden);
        return --links[(level << LINKS_SHIFT) + ORDERS] == 0;
    }

    void add(final int level, final long shown, final long hidden) {
        final int row = level << KEYS_SHIFT;
        rows[row + SHOWN] += shown;
        rows[row + HIDDEN] += hidden;
    }

    void requireEmpty(final int level) {
        if (first(level) != NONE || last(level) != NONE || shownLots(level) != 0 || hiddenLots(level) != 0) {
            throw new InvariantViolation("level " + level + " has no orders, but lots or a queue");
        }
    }
}
