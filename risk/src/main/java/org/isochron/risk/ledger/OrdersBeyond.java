package org.isochron.risk.ledger;

/**
 * Per position and side the sum of {@code lots * |ticks - reference|} over the orders beyond a reference price, buys above
 * it and sells below it: what they would lose against it. Follows every order that begins or ceases to hold margin, so it
 * stays exact as long as the reference does; whoever moves the reference brings both sums. Derived, no part of the state.
 */
public final class OrdersBeyond {
    private static final int REFERENCE = 0;
    private static final int SELLS = 1;
    private static final int BUYS = 2;
    private static final int FIELDS = 3;

    private long[] cells;

    OrdersBeyond(final int capacity) {
        resize(capacity);
    }

    void resize(final int capacity) {
        cells = new long[capacity * FIELDS];
    }

    void change(final int position, final boolean buy, final long ticks, final long lots) {
        final int row = position * FIELDS;
        final long reference = cells[row + REFERENCE];
        if (buy) {
            cells[row + BUYS] += of(true, ticks, reference) * lots;
        } else {
            cells[row + SELLS] += of(false, ticks, reference) * lots;
        }
    }

    /** How far a price is beyond another, ticks: a buy's above it, a sell's below it; else 0. */
    public static long of(final boolean buy, final long ticks, final long reference) {
        return Math.max(0, buy ? ticks - reference : reference - ticks);
    }

    public long referenceTicks(final int position) {
        return cells[position * FIELDS + REFERENCE];
    }

    /** Sum over one side, ticks * lots. */
    public long tickLots(final int position, final boolean buy) {
        return cells[position * FIELDS + (buy ? BUYS : SELLS)];
    }

    public void restate(
            final int position, final long referenceTicks, final long buyTickLots, final long sellTickLots) {
        final int row = position * FIELDS;
        cells[row + REFERENCE] = referenceTicks;
        cells[row + BUYS] = buyTickLots;
        cells[row + SELLS] = sellTickLots;
    }
}
