package org.isochron.matcher.book;

import java.util.Arrays;

/**
 * The levels of each side of each instrument, from best to worst: the best one at hand, any other by its price through
 * {@link LevelPages}. The two sides know nothing of each other and may cross.
 */
final class Ladders {
    static final int NONE = -1;

    private final Levels levels;
    private final LevelPages pages;
    /** Best level of each list. */
    private final int[] best;

    Ladders(final Levels levels, final int capacity, final int instruments) {
        this.levels = levels;
        pages = new LevelPages(capacity, 2 * instruments);
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

    /** Next worse level of the same list, or {@link #NONE}. */
    int worse(final int level) {
        return pages.levelBehind(levels.page(level), levels.key(level));
    }

    /** The level at that price, made when there is none. */
    int at(final int list, final long ticks) {
        final long key = flip(list, ticks);
        final int page = pages.at(list, key);
        final int level = pages.level(page, key);
        return level != NONE ? level : insert(list, page, key);
    }

    private int insert(final int list, final int page, final long key) {
        final int level = levels.take(list, page, key);
        pages.insert(page, key, level);
        if (best[list] == NONE || levels.key(best[list]) > key) {
            best[list] = level;
        }
        return level;
    }

    /** Takes out an empty level. */
    void remove(final int level) {
        levels.requireEmpty(level);
        final int list = levels.list(level);
        if (best[list] == level) {
            best[list] = worse(level);
        }
        pages.remove(levels.page(level), levels.key(level));
        levels.give(level);
    }

    /** Whether the directories lead to a level by its price. */
    boolean finds(final int level) {
        return pages.finds(levels.list(level), levels.key(level), levels.page(level), level);
    }

    /** Holds the directories against the number of levels. */
    void verify() {
        int lists = 0;
        for (final int level : best) {
            lists += level == NONE ? 0 : 1;
        }
        pages.verify(levels.inUse(), lists);
    }
}
