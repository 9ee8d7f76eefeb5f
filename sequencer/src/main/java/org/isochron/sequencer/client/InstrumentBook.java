package org.isochron.sequencer.client;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.isochron.codecs.Side;
import org.isochron.codecs.book.BookHash;

/**
 * One instrument's book, order by order and queue by queue, as the feed tells it; during an auction it may be crossed.
 * Prices are in units of 1e-9, quantities in lots. Grows to the most orders it has held, and allocates nothing more. Keeps
 * the hash of what it holds, to be compared with the venue's.
 */
public final class InstrumentBook {
    /** Price of a side that is empty. */
    public static final long NO_PRICE = Long.MIN_VALUE;

    /** No order. */
    public static final long NO_ORDER = 0;

    private static final int INITIAL_ORDERS = 1024;
    private static final int NONE = -1;
    private static final long MISSING = -1;

    private final long instrumentId;
    private final PriceLadder bids = new PriceLadder(1);
    private final PriceLadder asks = new PriceLadder(-1);
    private final Long2LongHashMap slots = new Long2LongHashMap(MISSING);
    private long[] prices = new long[INITIAL_ORDERS];
    private long[] quantities = new long[INITIAL_ORDERS];
    private long[] orderIds = new long[INITIAL_ORDERS];
    private long[] priorities = new long[INITIAL_ORDERS];
    private int[] ahead = new int[INITIAL_ORDERS];
    private int[] behind = new int[INITIAL_ORDERS];
    private boolean[] isBuy = new boolean[INITIAL_ORDERS];
    private int[] free = new int[INITIAL_ORDERS];
    private int freeCount;
    private int used;
    private long unknownOrders;
    private boolean isStale;
    private long tickSize;
    private long hash;
    private long hashesCompared;
    private long hashesMissed;

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

    /** First order in the queue of a level, 0 being the best; {@link #NO_ORDER} when there is none. */
    public long firstOrder(final Side side, final int depth) {
        final PriceLadder ladder = ladder(side);
        return depth < ladder.size() ? orderIds[ladder.first(depth)] : NO_ORDER;
    }

    /** Order behind this one in its queue, {@link #NO_ORDER} for the last or one that is not in the book. */
    public long orderBehind(final long orderId) {
        final long slot = slots.get(orderId);
        return slot == MISSING || behind[(int) slot] == NONE ? NO_ORDER : orderIds[behind[(int) slot]];
    }

    /** Sum of {@link BookHash#of} over the orders; 0 while the tick size is not known. */
    public long hash() {
        return hash;
    }

    /** Hashes of the venue that were compared with the book's. */
    public long hashesCompared() {
        return hashesCompared;
    }

    /** Hashes of the venue that were not the book's, 1 at most: it makes the book stale. */
    public long hashesMissed() {
        return hashesMissed;
    }

    /** Whether messages were missed, or a hash was not the book's, so that it has to be built anew. */
    public boolean isStale() {
        return isStale;
    }

    /** Changes of orders the book does not know: it was joined late, or has missed something. */
    public long unknownOrders() {
        return unknownOrders;
    }

    /** The instrument's definition says how long a tick is: from here on hashes can be compared. */
    void tickSize(final long size) {
        tickSize = size;
        hash = 0;
        for (final PriceLadder ladder : new PriceLadder[] {bids, asks}) {
            for (int depth = 0; depth < ladder.size(); depth++) {
                for (int slot = ladder.first(depth); slot != NONE; slot = behind[slot]) {
                    hash += term(slot);
                }
            }
        }
    }

    /** The venue's own hash of the book, and its number of orders; a book known to be wrong is not compared. */
    void compare(final long venueHash, final long venueOrders) {
        if (tickSize != 0 && !isStale) {
            hashesCompared++;
            if (venueHash != hash || venueOrders != orderCount()) {
                hashesMissed++;
                isStale = true;
            }
        }
    }

    private long term(final int slot) {
        return tickSize == 0 ? 0 : BookHash.of(orderIds[slot], prices[slot] / tickSize, isBuy[slot], quantities[slot]);
    }

    void add(final long orderId, final long priority, final Side side, final long price, final long quantityLots) {
        if (slots.get(orderId) != MISSING) {
            delete(orderId);
            isStale = true;
        }
        final int slot = claim();
        prices[slot] = price;
        quantities[slot] = quantityLots;
        isBuy[slot] = side == Side.BUY;
        orderIds[slot] = orderId;
        priorities[slot] = priority;
        slots.put(orderId, slot);
        enqueue(ladder(side), slot, price, quantityLots);
        hash += term(slot);
    }

    /** Queues are sorted by priority; a feed adds at the end, so the search is over at its first step. */
    private void enqueue(final PriceLadder ladder, final int slot, final long price, final long quantityLots) {
        final int last = ladder.lastAt(price);
        int before = last;
        int next = NONE;
        while (before != NONE && priorities[before] > priorities[slot]) {
            next = before;
            before = ahead[before];
        }
        ladder.add(price, quantityLots, slot);
        ahead[slot] = before;
        behind[slot] = next;
        if (before == NONE) {
            ladder.firstAt(price, slot);
        } else {
            behind[before] = slot;
        }
        if (next == NONE) {
            ladder.lastAt(price, slot);
        } else {
            ahead[next] = slot;
        }
    }

    private void dequeue(final PriceLadder ladder, final int slot) {
        if (ahead[slot] == NONE) {
            ladder.firstAt(prices[slot], behind[slot]);
        } else {
            behind[ahead[slot]] = behind[slot];
        }
        if (behind[slot] == NONE) {
            ladder.lastAt(prices[slot], ahead[slot]);
        } else {
            ahead[behind[slot]] = ahead[slot];
        }
    }

    void reduce(final long orderId, final long leavesQuantity) {
        final int slot = (int) slots.get(orderId);
        if (slot == MISSING) {
            unknownOrders++;
            return;
        }
        ladder(slot).reduce(prices[slot], quantities[slot] - leavesQuantity, false);
        hash -= term(slot);
        quantities[slot] = leavesQuantity;
        hash += term(slot);
    }

    void delete(final long orderId) {
        final int slot = (int) slots.remove(orderId);
        if (slot == MISSING) {
            unknownOrders++;
            return;
        }
        hash -= term(slot);
        dequeue(ladder(slot), slot);
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
            orderIds = Arrays.copyOf(orderIds, 2 * used);
            priorities = Arrays.copyOf(priorities, 2 * used);
            ahead = Arrays.copyOf(ahead, 2 * used);
            behind = Arrays.copyOf(behind, 2 * used);
            free = Arrays.copyOf(free, 2 * used);
        }
        return used++;
    }
}
