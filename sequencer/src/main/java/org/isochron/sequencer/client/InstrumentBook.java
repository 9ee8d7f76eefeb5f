package org.isochron.sequencer.client;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.isochron.codecs.Side;

/**
 * One instrument's book, order by order, as the feed tells it. Prices are in units of 1e-9, quantities in lots. Grows to
 * the most orders it has held, and allocates nothing more.
 */
public final class InstrumentBook {
    /** Price of a side that is empty. */
    public static final long NO_PRICE = Long.MIN_VALUE;

    private static final int INITIAL_ORDERS = 1024;
    private static final long MISSING = -1;

    private final long instrumentId;
    private final PriceLadder bids = new PriceLadder(1);
    private final PriceLadder asks = new PriceLadder(-1);
    private final Long2LongHashMap slots = new Long2LongHashMap(MISSING);
    private long[] prices = new long[INITIAL_ORDERS];
    private long[] quantities = new long[INITIAL_ORDERS];
    private boolean[] isBuy = new boolean[INITIAL_ORDERS];
    private int[] free = new int[INITIAL_ORDERS];
    private int freeCount;
    private int used;
    private long unknownOrders;
    private boolean isStale;

    InstrumentBook(final long instrumentId) {
        this.instrumentId = instrumentId;
    }

    public long instrumentId() {
        return instrumentId;
    }

    /** Levels of one side. */
    public int levels(final Side side) {
        return ladder(side).size();
    }

    /** Price of a level, 0 being the best; {@link #NO_PRICE} when there is none. */
    public long price(final Side side, final int depth) {
        final PriceLadder ladder = ladder(side);
        return depth < ladder.size() ? ladder.price(depth) : NO_PRICE;
    }

    /** Lots at a level, 0 being the best; 0 when there is none. */
    public long quantity(final Side side, final int depth) {
        final PriceLadder ladder = ladder(side);
        return depth < ladder.size() ? ladder.quantity(depth) : 0;
    }

    /** Orders at a level, 0 being the best; 0 when there is none. */
    public int orders(final Side side, final int depth) {
        final PriceLadder ladder = ladder(side);
        return depth < ladder.size() ? ladder.orders(depth) : 0;
    }

    /** Orders in the book. */
    public int orderCount() {
        return slots.size();
    }

    /** Lots left of an order, 0 when it is not in the book. */
    public long leavesQuantity(final long orderId) {
        final long slot = slots.get(orderId);
        return slot == MISSING ? 0 : quantities[(int) slot];
    }

    /** Whether messages were missed, so that the book may be wrong. */
    public boolean isStale() {
        return isStale;
    }

    /** Changes of orders the book does not know: it was joined late, or has missed something. */
    public long unknownOrders() {
        return unknownOrders;
    }

    void add(final long orderId, final Side side, final long price, final long quantityLots) {
        if (slots.get(orderId) != MISSING) {
            delete(orderId);
            isStale = true;
        }
        final int slot = claim();
        prices[slot] = price;
        quantities[slot] = quantityLots;
        isBuy[slot] = side == Side.BUY;
        slots.put(orderId, slot);
        ladder(side).add(price, quantityLots);
    }

    void reduce(final long orderId, final long leavesQuantity) {
        final int slot = (int) slots.get(orderId);
        if (slot == MISSING) {
            unknownOrders++;
            return;
        }
        ladder(slot).reduce(prices[slot], quantities[slot] - leavesQuantity, false);
        quantities[slot] = leavesQuantity;
    }

    void delete(final long orderId) {
        final int slot = (int) slots.remove(orderId);
        if (slot == MISSING) {
            unknownOrders++;
            return;
        }
        ladder(slot).reduce(prices[slot], quantities[slot], true);
        free[freeCount++] = slot;
    }

    void stale() {
        isStale = true;
    }

    private PriceLadder ladder(final Side side) {
        return side == Side.BUY ? bids : asks;
    }

    private PriceLadder ladder(final int slot) {
        return isBuy[slot] ? bids : asks;
    }

    private int claim() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (used == prices.length) {
            prices = Arrays.copyOf(prices, 2 * used);
            quantities = Arrays.copyOf(quantities, 2 * used);
            isBuy = Arrays.copyOf(isBuy, 2 * used);
            free = Arrays.copyOf(free, 2 * used);
        }
        return used++;
    }
}
