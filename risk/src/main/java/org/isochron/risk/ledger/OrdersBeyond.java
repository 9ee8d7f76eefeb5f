package org.isochron.risk.ledger;

/**
 * Per position and side the sum of {@code lots * |unit - reference|} over the orders beyond a reference, buys above it and
 * sells below it: what they would lose against it, in units of {@link Contracts}. Each side has a reference of its own, the
 * mark rounded away from its orders. Follows every order that begins or ceases to hold margin, so it stays exact as long
 * as the references do; whoever moves them brings both sums. Derived, no part of the state.
 */
public final class OrdersBeyond {
    private static final int SELL_REFERENCE = 0;
    private static final int BUY_REFERENCE = 1;
    private static final int SELLS = 2;
    private static final int BUYS = 3;
    private static final int FIELDS = 4;

    private long[] cells;

    OrdersBeyond(final int capacity) {
        resize(capacity);
    }

    void resize(final int capacity) {
        cells = new long[capacity * FIELDS];
    }

    void change(final int position, final boolean buy, final long unit, final long lots) {
        final int row = position * FIELDS;
        if (buy) {
            cells[row + BUYS] += of(true, unit, cells[row + BUY_REFERENCE]) * lots;
        } else {
            cells[row + SELLS] += of(false, unit, cells[row + SELL_REFERENCE]) * lots;
        }
    }

    /** How far a unit is beyond another: a buy's above it, a sell's below it; else 0. */
    public static long of(final boolean buy, final long unit, final long reference) {
        return Math.max(0, buy ? unit - reference : reference - unit);
    }

    /** Whether the sums are against these references. */
    public boolean isAgainst(final int position, final long buyReference, final long sellReference) {
        final int row = position * FIELDS;
        return cells[row + BUY_REFERENCE] == buyReference && cells[row + SELL_REFERENCE] == sellReference;
    }

    /** Sum over one side, units * lots. */
    public long units(final int position, final boolean buy) {
        return cells[position * FIELDS + (buy ? BUYS : SELLS)];
    }

    public void restate(
            final int position,
            final long buyReference,
            final long sellReference,
            final long buyUnits,
            final long sellUnits) {
        final int row = position * FIELDS;
        cells[row + BUY_REFERENCE] = buyReference;
        cells[row + SELL_REFERENCE] = sellReference;
        cells[row + BUYS] = buyUnits;
        cells[row + SELLS] = sellUnits;
    }
}
