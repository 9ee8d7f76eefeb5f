package org.isochron.matcher.book;

import java.util.Arrays;

/**
 * The levels of each list by price, in pages of {@link #KEYS} neighbouring ones: a page has a place for each and a bit that
 * tells whether it is taken, so that a level is one read away from its page, and the next worse one is the next bit, or the
 * first of the next page. There are pages for prices in use only, linked from best to worst: wherever prices lie, a level
 * needs one page at most. A page is found in a window over the numbers used last, mostly, otherwise through an index; the
 * tree is asked only for the place of a new page. All of it follows from the levels.
 */
final class LevelPages {
    static final int NONE = -1;

    private static final int KEY_BITS = 4;
    /** Prices of a page: the places of all fill one cache line. */
    private static final int KEYS = 1 << KEY_BITS;

    private static final int KEY_MASK = KEYS - 1;

    /** Pages of one list this near to each other do not get into each other's way: 4,096 prices. */
    private static final int NEAR_BITS = 8;

    private static final int NEAR_MASK = (1 << NEAR_BITS) - 1;

    private static final int TAKEN = 0;
    private static final int LIST = 1;
    private static final int BETTER = 2;
    private static final int WORSE = 3;
    private static final int ROW_SHIFT = 2;

    private static final long LIST_FACTOR = 0xC2B2AE3D27D4EB4FL;
    private static final long NUMBER_FACTOR = 0x9E3779B97F4A7C15L;

    /** What the keys of a page have in common: all but their last bits. */
    private final long[] numbers;

    private final int[] rows;
    /** Level at each key of each page, or NONE. */
    private final int[] places;
    /** Page last used of those whose numbers end in the same bits, {@link #NEAR_BITS} of them for each list, or NONE. */
    private final int[] near;

    private final RowDirectory byNumber;
    private final LevelTree tree;
    private final int[] free;
    private int freeCount;
    private int everUsed;

    LevelPages(final int capacity, final int lists) {
        numbers = new long[capacity];
        rows = new int[capacity << ROW_SHIFT];
        places = new int[Math.multiplyExact(capacity, KEYS)];
        near = new int[lists << NEAR_BITS];
        Arrays.fill(near, NONE);
        byNumber = new RowDirectory(capacity);
        tree = new LevelTree(numbers, capacity, lists);
        free = new int[capacity];
    }

    int inUse() {
        return everUsed - freeCount;
    }

    /** Page of a key, made when there is none; a new one is to get a level. */
    int at(final int list, final long key) {
        final long number = key >>> KEY_BITS;
        final int page = near[near(list, number)];
        return page != NONE && numbers[page] == number ? page : look(list, number);
    }

    private static int near(final int list, final long number) {
        return list << NEAR_BITS | (int) number & NEAR_MASK;
    }

    private int look(final int list, final long number) {
        final int found = find(list, number);
        final int page = found == NONE ? take(list, number) : found;
        near[near(list, number)] = page;
        return page;
    }

    private int find(final int list, final long number) {
        final int hash = hash(list, number);
        int page = byNumber.first(hash);
        while (page != NONE && (numbers[page] != number || list(page) != list)) {
            page = byNumber.next(page, hash);
        }
        return page;
    }

    private static int hash(final int list, final long number) {
        final long sum = list * LIST_FACTOR + number;
        return (int) ((sum ^ sum >>> 32) * NUMBER_FACTOR >>> 32);
    }

    private int take(final int list, final long number) {
        final int page = freeCount > 0 ? free[--freeCount] : everUsed++;
        numbers[page] = number;
        rows[(page << ROW_SHIFT) + TAKEN] = 0;
        rows[(page << ROW_SHIFT) + LIST] = list;
        Arrays.fill(places, page << KEY_BITS, page + 1 << KEY_BITS, NONE);
        byNumber.insert(page, hash(list, number));
        final int neighbour = tree.insert(list, page, number);
        if (neighbour == NONE) {
            link(NONE, page);
            link(page, NONE);
        } else if (numbers[neighbour] > number) {
            link(better(neighbour), page);
            link(page, neighbour);
        } else {
            link(page, worse(neighbour));
            link(neighbour, page);
        }
        return page;
    }

    private void give(final int page) {
        final int list = list(page);
        final long number = numbers[page];
        if (near[near(list, number)] == page) {
            near[near(list, number)] = NONE;
        }
        byNumber.remove(page, hash(list, number));
        tree.remove(list, number);
        link(better(page), worse(page));
        free[freeCount++] = page;
    }

    private void link(final int better, final int worse) {
        if (better != NONE) {
            rows[(better << ROW_SHIFT) + WORSE] = worse;
        }
        if (worse != NONE) {
            rows[(worse << ROW_SHIFT) + BETTER] = better;
        }
    }

    private int list(final int page) {
        return rows[(page << ROW_SHIFT) + LIST];
    }

    private int better(final int page) {
        return rows[(page << ROW_SHIFT) + BETTER];
    }

    private int worse(final int page) {
        return rows[(page << ROW_SHIFT) + WORSE];
    }

    /** Level at a key of a page, or {@link #NONE}. */
    int level(final int page, final long key) {
        return places[page << KEY_BITS | (int) key & KEY_MASK];
    }

    /** Next level behind a key of a page, or {@link #NONE}. */
    int levelBehind(final int page, final long key) {
        final int behind = rows[(page << ROW_SHIFT) + TAKEN] & -2 << ((int) key & KEY_MASK);
        return behind != 0 ? first(page, behind) : firstOf(worse(page));
    }

    private int firstOf(final int page) {
        return page == NONE ? NONE : first(page, rows[(page << ROW_SHIFT) + TAKEN]);
    }

    private int first(final int page, final int taken) {
        return places[page << KEY_BITS | Integer.numberOfTrailingZeros(taken)];
    }

    void insert(final int page, final long key, final int level) {
        places[page << KEY_BITS | (int) key & KEY_MASK] = level;
        rows[(page << ROW_SHIFT) + TAKEN] |= 1 << ((int) key & KEY_MASK);
    }

    /** Takes a level out, and its page when it was the last of that. */
    void remove(final int page, final long key) {
        places[page << KEY_BITS | (int) key & KEY_MASK] = NONE;
        final int left = rows[(page << ROW_SHIFT) + TAKEN] & ~(1 << ((int) key & KEY_MASK));
        rows[(page << ROW_SHIFT) + TAKEN] = left;
        if (left == 0) {
            give(page);
        }
    }

    /** Whether index, tree and bits lead to a level by its price, and no shortcut to another page. */
    boolean finds(final int list, final long key, final int page, final int level) {
        final long number = key >>> KEY_BITS;
        final int shortcut = near[near(list, number)];
        return find(list, number) == page
                && tree.find(list, number) == page
                && level(page, key) == level
                && (rows[(page << ROW_SHIFT) + TAKEN] >>> ((int) key & KEY_MASK) & 1) == 1
                && (shortcut == page || shortcut == NONE || list(shortcut) == list && numbers[shortcut] != number);
    }

    /** Holds index, tree and bits against the number of levels, of lists that are not empty, and of pages there are. */
    void verify(final int levels, final int lists) {
        int pages = 0;
        int taken = 0;
        for (int page = 0; page < everUsed; page++) {
            final int bits = rows[(page << ROW_SHIFT) + TAKEN];
            pages += bits == 0 ? 0 : 1;
            taken += Integer.bitCount(bits);
        }
        BooksAudit.require(taken == levels, "number of prices", taken);
        BooksAudit.require(pages == inUse(), "number of pages", inUse());
        BooksAudit.require(byNumber.size() == inUse(), "number of page numbers", byNumber.size());
        BooksAudit.require(tree.inUse() == inUse() - lists, "number of tree nodes", tree.inUse());
    }
}
