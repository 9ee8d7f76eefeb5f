package org.isochron.matcher.book;

import java.util.Arrays;

/**
 * The levels of each side of each instrument, linked from best to worst. A level is found by its price through a
 * directory, whatever the number of levels and however far apart they are, and mostly without, as orders come for prices
 * just used; the tree is asked only for the place of a new one. The two sides know nothing of each other and may cross.
 */
final class Ladders {
    static final int NONE = -1;

    /** Prices this near to each other, more than most orders are apart, do not get into each other's way. */
    private static final int NEAR_BITS = 9;

    private static final int NEAR_MASK = (1 << NEAR_BITS) - 1;

    private static final long LIST_FACTOR = 0x9E3779B185EBCA87L;
    private static final long KEY_FACTOR = 0xC2B2AE3D27D4EB4FL;

    private final Levels levels;
    private final RowDirectory byKey;
    private final LevelTree tree;
    /** Level last used of those whose keys end in the same bits, {@link #NEAR_BITS} of them for each list, or NONE. */
    private final int[] near;
    /** Best level of each list. */
    private final int[] best;

    Ladders(final Levels levels, final int capacity, final int instruments) {
        this.levels = levels;
        byKey = new RowDirectory(capacity);
        tree = new LevelTree(levels, capacity, 2 * instruments);
        near = new int[2 * instruments << NEAR_BITS];
        Arrays.fill(near, NONE);
        best = new int[2 * instruments];
        Arrays.fill(best, NONE);
    }

    /** List of a side: bids even, offers odd. */
    static int list(final int instrument, final boolean buy) {
        return buy ? 2 * instrument : 2 * instrument + 1;
    }

    static int instrument(final int list) {
        return list >> 1;
    }

    static boolean isBuy(final int list) {
        return (list & 1) == 0;
    }

    /** Price of a key, or key of a price: not negative, rising from best to worst. */
    static long flip(final int list, final long ticksOrKey) {
        return ticksOrKey ^ (list & 1) - 1L >>> 1;
    }

    /** Best level of a list, or {@link #NONE}. */
    int best(final int list) {
        return best[list];
    }

    long ticks(final int level) {
        return flip(levels.list(level), levels.key(level));
    }

    /** The level at that price, made when there is none. */
    int at(final int list, final long ticks) {
        final long key = flip(list, ticks);
        final int level = near[near(list, key)];
        return level != NONE && levels.key(level) == key ? level : look(list, key);
    }

    private static int near(final int list, final long key) {
        return list << NEAR_BITS | (int) key & NEAR_MASK;
    }

    private int look(final int list, final long key) {
        final int hash = hash(list, key);
        final int found = find(list, key, hash);
        final int level = found == NONE ? insert(list, key, hash) : found;
        near[near(list, key)] = level;
        return level;
    }

    private int find(final int list, final long key, final int hash) {
        int level = byKey.first(hash);
        while (level != NONE && (levels.key(level) != key || levels.list(level) != list)) {
            level = byKey.next(level);
        }
        return level;
    }

    private int insert(final int list, final long key, final int hash) {
        final int level = levels.take(list, key);
        byKey.insert(level, hash);
        final int neighbour = tree.insert(list, level, key);
        if (neighbour == NONE) {
            best[list] = level;
        } else if (levels.key(neighbour) > key) {
            link(list, levels.better(neighbour), level);
            link(list, level, neighbour);
        } else {
            link(list, level, levels.worse(neighbour));
            link(list, neighbour, level);
        }
        return level;
    }

    /** Takes out an empty level. */
    void remove(final int level) {
        levels.requireEmpty(level);
        final int list = levels.list(level);
        final long key = levels.key(level);
        if (near[near(list, key)] == level) {
            near[near(list, key)] = NONE;
        }
        byKey.remove(level);
        tree.remove(list, key);
        link(list, levels.better(level), levels.worse(level));
        levels.give(level);
    }

    private void link(final int list, final int better, final int worse) {
        if (better == NONE) {
            best[list] = worse;
        } else {
            levels.worse(better, worse);
        }
        if (worse != NONE) {
            levels.better(worse, better);
        }
    }

    /** Whether directory and tree lead to a level by its price, and no shortcut to another one. */
    boolean finds(final int level) {
        final int list = levels.list(level);
        final long key = levels.key(level);
        final int shortcut = near[near(list, key)];
        return find(list, key, hash(list, key)) == level
                && tree.find(list, key) == level
                && (shortcut == level
                        || shortcut == NONE
                        || levels.list(shortcut) == list && levels.key(shortcut) != key);
    }

    /** Holds the directory and the tree against the number of levels. */
    void verify() {
        int inner = 0;
        for (final int level : best) {
            inner -= level == NONE ? 0 : 1;
        }
        inner += levels.inUse();
        BooksAudit.require(byKey.size() == levels.inUse(), "number of prices", byKey.size());
        BooksAudit.require(tree.inUse() == inner, "number of tree nodes", tree.inUse());
    }

    private static int hash(final int list, final long key) {
        final long sum = list * LIST_FACTOR + key;
        return (int) ((sum ^ sum >>> 32) * KEY_FACTOR >>> 32);
    }
}
