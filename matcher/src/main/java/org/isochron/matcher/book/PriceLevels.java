package org.isochron.matcher.book;

import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.RowPool;
import org.isochron.risk.state.StateTable;

/**
 * Price levels of all books: one skip list for each side of each instrument, sorted best first. A level's tower is as
 * high as its price's hash says (one in four reaches the next storey), so the shape is a function of the prices in it.
 */
public final class PriceLevels {
    public static final int NONE = -1;

    /** Storeys: 4^8 levels keep the expected walk at a few steps per storey. */
    private static final int STOREYS = 8;

    /** Price as a key that rises from best to worst: ticks for offers, -ticks for bids. */
    private static final int KEY = 0;

    private static final int LOTS = 1;
    private static final int ORDERS = 2;
    private static final int FIRST = 3;
    private static final int LAST = 4;
    private static final int NEXT = 5;
    private static final int FIELDS = NEXT + STOREYS;

    private final StateTable levels;
    private final RowPool pool;
    /** Row: instrument * 2 + side; the storeys' first levels. */
    private final StateTable heads;

    private final int[] path = new int[STOREYS];

    public PriceLevels(final int capacity, final int instruments) {
        levels = new StateTable("levels", capacity, FIELDS);
        pool = new RowPool("levelPool", levels, NEXT);
        heads = new StateTable("levelHeads", instruments * 2, STOREYS);
    }

    public void resize(final int capacity, final int instruments) {
        levels.resize(capacity);
        heads.resize(instruments * 2);
    }

    /** Best level of a side, or {@link #NONE}. */
    public int best(final int instrument, final boolean buy) {
        return heads.getInt(list(instrument, buy), 0) - 1;
    }

    /** Level behind this one, or {@link #NONE}. */
    public int next(final int level) {
        return levels.getInt(level, NEXT) - 1;
    }

    public long ticks(final int level, final boolean buy) {
        final long key = levels.get(level, KEY);
        return buy ? -key : key;
    }

    public long lots(final int level) {
        return levels.get(level, LOTS);
    }

    public int orders(final int level) {
        return levels.getInt(level, ORDERS);
    }

    public int first(final int level) {
        return levels.getInt(level, FIRST) - 1;
    }

    public int last(final int level) {
        return levels.getInt(level, LAST) - 1;
    }

    public void first(final int level, final int order) {
        levels.set(level, FIRST, order + 1L);
    }

    public void last(final int level, final int order) {
        levels.set(level, LAST, order + 1L);
    }

    public void add(final int level, final long lots, final int orders) {
        levels.add(level, LOTS, lots);
        levels.add(level, ORDERS, orders);
    }

    /** The level at that price, made when there is none. As many levels as orders have room, so there is one. */
    public int at(final int instrument, final boolean buy, final long ticks) {
        final int list = list(instrument, buy);
        final long key = buy ? -ticks : ticks;
        final int found = find(list, key);
        return found != NONE && levels.get(found, KEY) == key ? found : insert(list, key);
    }

    private int insert(final int list, final long key) {
        final int level = pool.take();
        if (level == NONE) {
            throw new InvariantViolation("more price levels than orders");
        }
        levels.set(level, KEY, key);
        levels.set(level, LOTS, 0);
        levels.set(level, ORDERS, 0);
        levels.set(level, FIRST, 0);
        levels.set(level, LAST, 0);
        final int height = height(key);
        for (int storey = 0; storey < STOREYS; storey++) {
            final long behind = storey < height ? link(list, path[storey], storey) : 0;
            levels.set(level, NEXT + storey, behind);
            if (storey < height) {
                link(list, path[storey], storey, level + 1L);
            }
        }
        return level;
    }

    /** Takes out an empty level. */
    public void remove(final int instrument, final boolean buy, final int level) {
        final int list = list(instrument, buy);
        final long key = levels.get(level, KEY);
        find(list, key);
        final int height = height(key);
        for (int storey = 0; storey < height; storey++) {
            link(list, path[storey], storey, levels.get(level, NEXT + storey));
        }
        pool.give(level);
    }

    /** Leaves in {@link #path} the last level before the key on each storey; returns the first not before it. */
    private int find(final int list, final long key) {
        int level = NONE;
        int next = NONE;
        for (int storey = STOREYS - 1; storey >= 0; storey--) {
            next = (int) link(list, level, storey) - 1;
            while (next != NONE && levels.get(next, KEY) < key) {
                level = next;
                next = levels.getInt(level, NEXT + storey) - 1;
            }
            path[storey] = level;
        }
        return next;
    }

    private long link(final int list, final int level, final int storey) {
        return level == NONE ? heads.get(list, storey) : levels.get(level, NEXT + storey);
    }

    private void link(final int list, final int level, final int storey, final long value) {
        if (level == NONE) {
            heads.set(list, storey, value);
        } else {
            levels.set(level, NEXT + storey, value);
        }
    }

    private static int height(final long key) {
        return 1 + Math.min(STOREYS - 1, Long.numberOfTrailingZeros(XxHash64.mix(key * 31 + 7)) / 2);
    }

    private static int list(final int instrument, final boolean buy) {
        return instrument * 2 + (buy ? 0 : 1);
    }

    public long hash() {
        return levels.hash() + pool.hash() + heads.hash();
    }

    public void verify() {
        levels.verify();
        pool.verify();
        heads.verify();
    }
}
