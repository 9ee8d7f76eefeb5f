package org.isochron.matcher.book;

import org.isochron.risk.margin.RestingOrders;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.RowPool;
import org.isochron.risk.state.StateTable;

/**
 * The open orders of the venue and the queues they stand in. An order is known by its slot, valid until {@link #remove};
 * its id carries the slot's generation, so an id of an order that is gone is never taken for its successor.
 *
 * <p>An order is created open but outside the queues; {@link #rest} puts it at the end of the queue at its price. Each
 * order is in the list of its holding (the position it trades for) and of its session.
 */
public final class Books implements RestingOrders {
    /** No order. */
    public static final int NONE = -1;

    private static final int FREE = 0;
    /** Open, but not in a queue: it waits for its turn, or is being matched. */
    private static final int WAITING = 1;

    private static final int RESTING = 2;

    private static final int SESSION = 0;
    private static final int CLIENT_ID = 1;
    private static final int TICKS = 2;
    private static final int LEAVES = 3;
    private static final int FILLED = 4;
    private static final int PRIORITY = 5;
    private static final int TAG = 6;
    private static final int INSTRUMENT = 7;
    private static final int HOLDING = 8;
    private static final int TRAITS = 9;
    private static final int STATE = 10;
    private static final int GENERATION = 11;
    private static final int LEVEL = 12;
    private static final int AHEAD = 13;
    private static final int BEHIND = 14;
    private static final int HOLDING_NEXT = 15;
    private static final int HOLDING_BEFORE = 16;
    private static final int SESSION_NEXT = 17;
    private static final int SESSION_BEFORE = 18;
    private static final int FIELDS = 19;

    /** Traits of an order: bit 0 buy, bit 1 post-only, bit 2 immediate or cancel. */
    private static final int BUY = 1;

    private static final int POST_ONLY = 2;
    private static final int IMMEDIATE = 4;

    private final StateTable orders;
    private final RowPool pool;
    private final PairIndex byClientId;
    private final PriceLevels levels;
    private final StateTable firstOfHolding;
    private final StateTable firstOfSession;
    private final StateTable ordersInBook;

    /** Results of the last {@link #walk}. */
    private long walkedBeyond;

    private long walkedLowest;
    private long walkedHighest;

    public Books(final Capacities capacities) {
        orders = new StateTable("orders", capacities.orders(), FIELDS);
        pool = new RowPool("orderPool", orders, BEHIND);
        byClientId = new PairIndex(orders, SESSION, CLIENT_ID);
        levels = new PriceLevels(capacities.orders(), capacities.instruments());
        firstOfHolding = new StateTable("holdingOrders", capacities.positions(), 1);
        firstOfSession = new StateTable("sessionOrders", capacities.sessions(), 1);
        ordersInBook = new StateTable("ordersInBook", capacities.instruments(), 1);
    }

    /** Takes other capacities; only while there is no order. */
    public void resize(final Capacities capacities) {
        orders.resize(capacities.orders());
        byClientId.resize();
        levels.resize(capacities.orders(), capacities.instruments());
        firstOfHolding.resize(capacities.positions());
        firstOfSession.resize(capacities.sessions());
        ordersInBook.resize(capacities.instruments());
    }

    public boolean isFull() {
        return pool.isFull();
    }

    /** Open orders in all, those outside the queues included. */
    public int openOrders() {
        return pool.inUse();
    }

    /** Open orders of one instrument, those outside the queues included. */
    public int openOrders(final int instrument) {
        return ordersInBook.getInt(instrument, 0);
    }

    /**
     * Opens an order outside the queues; the caller has checked that there is room.
     *
     * @param clientId   not in use by another open order of the session.
     * @param immediate  never to rest.
     * @return its slot.
     */
    public int create(
            final int instrument,
            final boolean buy,
            final long ticks,
            final long lots,
            final int holding,
            final int session,
            final long clientId,
            final long tag,
            final long priority,
            final boolean postOnly,
            final boolean immediate) {
        final int order = pool.take();
        orders.set(order, INSTRUMENT, instrument);
        orders.set(order, TICKS, ticks);
        orders.set(order, LEAVES, lots);
        orders.set(order, FILLED, 0);
        orders.set(order, PRIORITY, priority);
        orders.set(order, TAG, tag);
        orders.set(order, TRAITS, (buy ? BUY : 0) | (postOnly ? POST_ONLY : 0) | (immediate ? IMMEDIATE : 0));
        orders.set(order, STATE, WAITING);
        orders.add(order, GENERATION, 1);
        orders.set(order, HOLDING, holding);
        push(firstOfHolding, holding, order, HOLDING_NEXT, HOLDING_BEFORE);
        enterSession(order, session, clientId);
        ordersInBook.add(instrument, 0, 1);
        return order;
    }

    private void enterSession(final int order, final int session, final long clientId) {
        orders.set(order, SESSION, session);
        orders.set(order, CLIENT_ID, clientId);
        byClientId.insert(order);
        push(firstOfSession, session, order, SESSION_NEXT, SESSION_BEFORE);
    }

    private void leaveSession(final int order) {
        byClientId.remove(order);
        unlink(firstOfSession, session(order), order, SESSION_NEXT, SESSION_BEFORE);
    }

    /** The order is from now on known to a session under a new client id. */
    public void rename(final int order, final int session, final long clientId) {
        leaveSession(order);
        enterSession(order, session, clientId);
    }

    /** Changes an order outside the queues. */
    public void amend(final int order, final long ticks, final long leaves, final long priority) {
        requireState(order, WAITING);
        orders.set(order, TICKS, ticks);
        orders.set(order, LEAVES, leaves);
        orders.set(order, PRIORITY, priority);
    }

    /** Puts a waiting order at the end of the queue at its price. */
    public void rest(final int order) {
        requireState(order, WAITING);
        final int level = levels.at(instrument(order), isBuy(order), ticks(order));
        final int last = levels.last(level);
        orders.set(order, LEVEL, level);
        orders.set(order, AHEAD, last + 1L);
        orders.set(order, BEHIND, 0);
        orders.set(order, STATE, RESTING);
        if (last == NONE) {
            levels.first(level, order);
        } else {
            orders.set(last, BEHIND, order + 1L);
        }
        levels.last(level, order);
        levels.add(level, leavesLots(order), 1);
    }

    /** Takes a resting order out of its queue; it stays open. */
    public void unrest(final int order) {
        requireState(order, RESTING);
        final int level = orders.getInt(order, LEVEL);
        final int ahead = orders.getInt(order, AHEAD) - 1;
        final int behind = next(order);
        if (ahead == NONE) {
            levels.first(level, behind);
        } else {
            orders.set(ahead, BEHIND, behind + 1L);
        }
        if (behind == NONE) {
            levels.last(level, ahead);
        } else {
            orders.set(behind, AHEAD, ahead + 1L);
        }
        levels.add(level, -leavesLots(order), -1);
        orders.set(order, STATE, WAITING);
        if (levels.orders(level) == 0) {
            levels.remove(instrument(order), isBuy(order), level);
        }
    }

    /** Lots of the order trade. It stays open, also with nothing left: {@link #remove} ends it. */
    public void fill(final int order, final long lots) {
        shrink(order, lots);
        orders.add(order, FILLED, lots);
    }

    /** The order loses lots without trading and keeps its place. */
    public void shrink(final int order, final long lots) {
        if (orders.add(order, LEAVES, -lots) < 0) {
            throw new InvariantViolation("order " + id(order) + " has fewer than no lots left");
        }
        if (isResting(order)) {
            levels.add(orders.getInt(order, LEVEL), -lots, 0);
        }
    }

    /** Ends an order; its slot may be used again at once. */
    public void remove(final int order) {
        if (isResting(order)) {
            unrest(order);
        }
        requireState(order, WAITING);
        leaveSession(order);
        unlink(firstOfHolding, holding(order), order, HOLDING_NEXT, HOLDING_BEFORE);
        ordersInBook.add(instrument(order), 0, -1);
        orders.set(order, STATE, FREE);
        pool.give(order);
    }

    /** First order at the best price of a side, or {@link #NONE}. */
    public int best(final int instrument, final boolean buy) {
        final int level = levels.best(instrument, buy);
        return level == NONE ? NONE : levels.first(level);
    }

    /** Whether an order would trade with the other side of the book. */
    public boolean crosses(final int instrument, final boolean buy, final long ticks) {
        final int level = levels.best(instrument, !buy);
        if (level == NONE) {
            return false;
        }
        final long best = levels.ticks(level, !buy);
        return buy ? ticks >= best : ticks <= best;
    }

    /** Best price of a side, or 0 when it is empty. */
    public long bestTicks(final int instrument, final boolean buy) {
        final int level = levels.best(instrument, buy);
        return level == NONE ? 0 : levels.ticks(level, buy);
    }

    /** Lots at the best price of a side. */
    public long bestLots(final int instrument, final boolean buy) {
        final int level = levels.best(instrument, buy);
        return level == NONE ? 0 : levels.lots(level);
    }

    /** Orders at the best price of a side. */
    public int bestOrders(final int instrument, final boolean buy) {
        final int level = levels.best(instrument, buy);
        return level == NONE ? 0 : levels.orders(level);
    }

    /** Order behind this one: at the same price, or the first at the next; {@link #NONE} at the end of the side. */
    public int behind(final int order) {
        final int next = next(order);
        if (next != NONE) {
            return next;
        }
        final int level = levels.next(orders.getInt(order, LEVEL));
        return level == PriceLevels.NONE ? NONE : levels.first(level);
    }

    private int next(final int order) {
        return orders.getInt(order, BEHIND) - 1;
    }

    /** Open order with that client id, or {@link #NONE}. */
    public int findByClientId(final int session, final long clientId) {
        return byClientId.find(session, clientId);
    }

    /** Open order with that id, or {@link #NONE}. */
    public int findById(final long orderId) {
        final long slot = orderId & 0xFFFF_FFFFL;
        if (slot >= orders.rows()) {
            return NONE;
        }
        final int order = (int) slot;
        return orders.getInt(order, STATE) != FREE && id(order) == orderId ? order : NONE;
    }

    /** First open order of a holding, or {@link #NONE}. */
    public int firstOfHolding(final int holding) {
        return firstOfHolding.getInt(holding, 0) - 1;
    }

    public int nextOfHolding(final int order) {
        return orders.getInt(order, HOLDING_NEXT) - 1;
    }

    /** First open order of a session, or {@link #NONE}. */
    public int firstOfSession(final int session) {
        return firstOfSession.getInt(session, 0) - 1;
    }

    /** generation &lt;&lt; 32 | slot; never 0. */
    public long id(final int order) {
        return orders.get(order, GENERATION) << 32 | order;
    }

    public int instrument(final int order) {
        return orders.getInt(order, INSTRUMENT);
    }

    public boolean isBuy(final int order) {
        return (orders.get(order, TRAITS) & BUY) != 0;
    }

    public boolean isPostOnly(final int order) {
        return (orders.get(order, TRAITS) & POST_ONLY) != 0;
    }

    public boolean isImmediate(final int order) {
        return (orders.get(order, TRAITS) & IMMEDIATE) != 0;
    }

    public boolean isResting(final int order) {
        return orders.getInt(order, STATE) == RESTING;
    }

    public long ticks(final int order) {
        return orders.get(order, TICKS);
    }

    public long leavesLots(final int order) {
        return orders.get(order, LEAVES);
    }

    public long filledLots(final int order) {
        return orders.get(order, FILLED);
    }

    public long priority(final int order) {
        return orders.get(order, PRIORITY);
    }

    public int holding(final int order) {
        return orders.getInt(order, HOLDING);
    }

    public int session(final int order) {
        return orders.getInt(order, SESSION);
    }

    public long clientId(final int order) {
        return orders.get(order, CLIENT_ID);
    }

    public long tag(final int order) {
        return orders.get(order, TAG);
    }

    @Override
    public void walk(final int position, final boolean buy, final long markTicks) {
        long beyond = 0;
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (int order = firstOfHolding(position); order != NONE; order = nextOfHolding(order)) {
            if (isBuy(order) == buy) {
                final long ticks = ticks(order);
                beyond += Math.max(0, buy ? ticks - markTicks : markTicks - ticks) * leavesLots(order);
                lowest = Math.min(lowest, ticks);
                highest = Math.max(highest, ticks);
            }
        }
        walkedBeyond = beyond;
        walkedLowest = highest == 0 ? 0 : lowest;
        walkedHighest = highest;
    }

    @Override
    public long tickLotsBeyond() {
        return walkedBeyond;
    }

    @Override
    public long lowestTicks() {
        return walkedLowest;
    }

    @Override
    public long highestTicks() {
        return walkedHighest;
    }

    private void push(
            final StateTable heads, final int list, final int order, final int nextField, final int beforeField) {
        final int first = heads.getInt(list, 0) - 1;
        orders.set(order, nextField, first + 1L);
        orders.set(order, beforeField, 0);
        if (first != NONE) {
            orders.set(first, beforeField, order + 1L);
        }
        heads.set(list, 0, order + 1L);
    }

    private void unlink(
            final StateTable heads, final int list, final int order, final int nextField, final int beforeField) {
        final int next = orders.getInt(order, nextField) - 1;
        final int before = orders.getInt(order, beforeField) - 1;
        if (before == NONE) {
            heads.set(list, 0, next + 1L);
        } else {
            orders.set(before, nextField, next + 1L);
        }
        if (next != NONE) {
            orders.set(next, beforeField, before + 1L);
        }
    }

    private void requireState(final int order, final int state) {
        if (orders.getInt(order, STATE) != state) {
            throw new InvariantViolation(
                    "order slot " + order + " is in state " + orders.getInt(order, STATE) + " instead of " + state);
        }
    }

    /** Hash of orders, levels and queues, O(1). */
    public long hash() {
        return orders.hash()
                + pool.hash()
                + levels.hash()
                + firstOfHolding.hash()
                + firstOfSession.hash()
                + ordersInBook.hash();
    }

    /** Checks hashes and free lists against every cell. */
    public void verifyInFull() {
        orders.verify();
        pool.verify();
        levels.verify();
        firstOfHolding.verify();
        firstOfSession.verify();
        ordersInBook.verify();
    }
}
