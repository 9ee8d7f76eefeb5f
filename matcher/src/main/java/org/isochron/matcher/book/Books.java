package org.isochron.matcher.book;

import org.isochron.codecs.book.BookHash;
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

    /** Stage of an open order outside the queues: it waits for its turn, or is being matched. */
    public static final int MATCHING = 1;
    /** Stage of an order in its queue. */
    public static final int RESTING = 2;
    /** Stage of a taker that is held back before its turn. */
    public static final int DELAYED = 3;
    /** Stage of a stop or take-profit that has not fired. It holds no margin. */
    public static final int UNTRIGGERED = 4;

    private static final int FREE = 0;

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
    private static final int SHOWN = 19;
    private static final int DISPLAY = 20;
    private static final int EXPIRE = 21;
    private static final int TRIGGER = 22;
    private static final int STP_GROUP = 23;
    private static final int MMP_GROUP = 24;
    private static final int FIELDS = 25;

    private static final int FIRST_OF_HOLDING = 0;
    private static final int LAST_REDUCE_ONLY = 1;

    private final StateTable orders;
    private final RowPool pool;
    private final PairIndex byClientId;
    private final PriceLevels levels;
    private final StateTable firstOfHolding;
    private final StateTable firstOfSession;
    private final StateTable ordersInBook;
    private final StateTable bookHashes;

    /** Results of the last {@link #walk}. */
    private long walkedBeyond;

    private long walkedLowest;
    private long walkedHighest;

    public Books(final Capacities capacities) {
        orders = new StateTable("orders", capacities.orders(), FIELDS);
        pool = new RowPool("orderPool", orders, BEHIND);
        byClientId = new PairIndex(orders, SESSION, CLIENT_ID);
        levels = new PriceLevels(capacities.orders(), capacities.instruments());
        firstOfHolding = new StateTable("holdingOrders", capacities.positions(), 2);
        firstOfSession = new StateTable("sessionOrders", capacities.sessions(), 1);
        ordersInBook = new StateTable("ordersInBook", capacities.instruments(), 1);
        bookHashes = new StateTable("bookHashes", capacities.instruments(), 1);
    }

    /** Takes other capacities; only while there is no order. */
    public void resize(final Capacities capacities) {
        orders.resize(capacities.orders());
        byClientId.resize();
        levels.resize(capacities.orders(), capacities.instruments());
        firstOfHolding.resize(capacities.positions());
        firstOfSession.resize(capacities.sessions());
        ordersInBook.resize(capacities.instruments());
        bookHashes.resize(capacities.instruments());
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
     * Opens an order outside the queues, in stage {@link #MATCHING}; the caller has checked that there is room.
     *
     * @param ticks    limit, or protection price of a market order; not below 0.
     * @param holding  position the order trades for.
     * @param clientId not in use by another open order of the session.
     * @param tag      the client's own, returned as it came.
     * @param priority higher than that of any order that came before: the order's public id, and its place in the queue.
     * @param traits   bits of {@link OrderTraits}. With HAS_EXTRAS, {@link #extras} is to follow.
     * @return its slot.
     */
    public int create(
            final int instrument,
            final long ticks,
            final long lots,
            final int holding,
            final int session,
            final long clientId,
            final long tag,
            final long priority,
            final int traits) {
        final int order = pool.take();
        orders.set(order, INSTRUMENT, instrument);
        orders.set(order, TICKS, ticks);
        orders.set(order, LEAVES, lots);
        orders.set(order, SHOWN, 0);
        orders.set(order, FILLED, 0);
        orders.set(order, PRIORITY, priority);
        orders.set(order, TAG, tag);
        orders.set(order, TRAITS, traits);
        orders.set(order, STATE, MATCHING);
        orders.add(order, GENERATION, 1);
        orders.set(order, HOLDING, holding);
        enterHolding(order, holding);
        enterSession(order, session, clientId);
        ordersInBook.add(instrument, 0, 1);
        extras(order, 0, 0, 0, NONE, NONE);
        return order;
    }

    /**
     * What only an order with {@link OrderTraits#HAS_EXTRAS} has.
     *
     * @param displayLots  lots an iceberg shows at once; 0 shows all.
     * @param expireNs     sequenced time of its end; 0 for none.
     * @param triggerTicks price at which a stop or take-profit enters; 0 for none.
     * @param stpGroup     self-trade prevention group, or {@link #NONE}.
     * @param mmpGroup     market maker protection group, or {@link #NONE}.
     */
    public void extras(
            final int order,
            final long displayLots,
            final long expireNs,
            final long triggerTicks,
            final int stpGroup,
            final int mmpGroup) {
        orders.set(order, DISPLAY, displayLots);
        orders.set(order, EXPIRE, expireNs);
        orders.set(order, TRIGGER, triggerTicks);
        orders.set(order, STP_GROUP, stpGroup + 1L);
        orders.set(order, MMP_GROUP, mmpGroup + 1L);
    }

    private void enterHolding(final int order, final int holding) {
        final int lastReduceOnly = firstOfHolding.getInt(holding, LAST_REDUCE_ONLY) - 1;
        final boolean reduceOnly = is(order, OrderTraits.REDUCE_ONLY);
        if (reduceOnly || lastReduceOnly == NONE) {
            push(firstOfHolding, holding, order, HOLDING_NEXT, HOLDING_BEFORE);
            if (reduceOnly && lastReduceOnly == NONE) {
                firstOfHolding.set(holding, LAST_REDUCE_ONLY, order + 1L);
            }
        } else {
            final int next = nextOfHolding(lastReduceOnly);
            orders.set(order, HOLDING_BEFORE, lastReduceOnly + 1L);
            orders.set(order, HOLDING_NEXT, next + 1L);
            orders.set(lastReduceOnly, HOLDING_NEXT, order + 1L);
            if (next != NONE) {
                orders.set(next, HOLDING_BEFORE, order + 1L);
            }
        }
    }

    private void leaveHolding(final int order) {
        final int holding = holding(order);
        if (firstOfHolding.getInt(holding, LAST_REDUCE_ONLY) - 1 == order) {
            firstOfHolding.set(holding, LAST_REDUCE_ONLY, orders.get(order, HOLDING_BEFORE));
        }
        unlink(firstOfHolding, holding, order, HOLDING_NEXT, HOLDING_BEFORE);
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

    /** Changes an order outside the queues; a new priority is higher than that of any order that came before. */
    public void amend(final int order, final long ticks, final long leaves, final long priority) {
        requireNotResting(order);
        orders.set(order, TICKS, ticks);
        orders.set(order, LEAVES, leaves);
        orders.set(order, PRIORITY, priority);
    }

    /** Changes traits other than side, reduce-only and extras: a stop that has fired goes on as a plain order. */
    public void traits(final int order, final int traits) {
        final int fixed = OrderTraits.BUY | OrderTraits.REDUCE_ONLY | OrderTraits.HAS_EXTRAS;
        if (((traits ^ traits(order)) & fixed) != 0) {
            throw new InvariantViolation("order " + id(order) + " would change side or place");
        }
        orders.set(order, TRAITS, traits);
    }

    /** Stage of an open order: {@link #MATCHING}, {@link #RESTING}, {@link #DELAYED} or {@link #UNTRIGGERED}. */
    public int stage(final int order) {
        return orders.getInt(order, STATE);
    }

    /** Moves an order outside the queues to another stage outside the queues. */
    public void stage(final int order, final int stage) {
        requireNotResting(order);
        if (stage != MATCHING && stage != DELAYED && stage != UNTRIGGERED) {
            throw new InvariantViolation("stage " + stage + " is not one of an order outside the queues");
        }
        orders.set(order, STATE, stage);
    }

    /**
     * Puts an order in stage {@link #MATCHING} at the end of the queue at its price, showing its display lots. Its priority
     * must be above that of the order before it: queues are sorted by priority, so that it alone tells the place.
     */
    public void rest(final int order) {
        requireStage(order, MATCHING);
        final int level = levels.at(instrument(order), isBuy(order), ticks(order));
        final int last = levels.last(level);
        if (last != NONE && priority(last) >= priority(order)) {
            throw new InvariantViolation("order " + id(order) + " queues behind one of a higher priority");
        }
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
        final long shown =
                displayLots(order) == 0 ? leavesLots(order) : Math.min(displayLots(order), leavesLots(order));
        orders.set(order, SHOWN, shown);
        levels.add(level, shown, 1);
        bookHashes.add(instrument(order), 0, BookHash.of(priority(order), ticks(order), isBuy(order), shown));
    }

    /** Takes a resting order out of its queue; it stays open, in stage {@link #MATCHING}. */
    public void unrest(final int order) {
        requireStage(order, RESTING);
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
        bookHashes.add(
                instrument(order), 0, -BookHash.of(priority(order), ticks(order), isBuy(order), shownLots(order)));
        levels.add(level, -shownLots(order), -1);
        orders.set(order, SHOWN, 0);
        orders.set(order, STATE, MATCHING);
        if (levels.orders(level) == 0) {
            levels.remove(instrument(order), isBuy(order), level);
        }
    }

    /**
     * The shown part of a resting order is used up: it shows its next slice, at the end of its queue.
     *
     * @param priority higher than that of any order that came before.
     */
    public void refill(final int order, final long priority) {
        if (shownLots(order) != 0 || leavesLots(order) == 0) {
            throw new InvariantViolation("order " + id(order) + " has no slice to show");
        }
        unrest(order);
        orders.set(order, PRIORITY, priority);
        rest(order);
    }

    /**
     * Lots of the order trade, of a resting one the shown ones first. It stays open, and in its queue, also with nothing
     * left or shown: {@link #remove} ends it, {@link #refill} shows more.
     */
    public void fill(final int order, final long lots) {
        lose(order, lots, Math.min(lots, shownLots(order)));
        orders.add(order, FILLED, lots);
    }

    /** The order loses lots without trading and keeps its place; of a resting one, the hidden ones first. */
    public void shrink(final int order, final long lots) {
        lose(order, lots, Math.max(0, lots - (leavesLots(order) - shownLots(order))));
    }

    private void lose(final int order, final long lots, final long shown) {
        if (orders.add(order, LEAVES, -lots) < 0) {
            throw new InvariantViolation("order " + id(order) + " has fewer than no lots left");
        }
        if (isResting(order)) {
            orders.add(order, SHOWN, -shown);
            levels.add(orders.getInt(order, LEVEL), -shown, 0);
            bookHashes.add(instrument(order), 0, -shown * BookHash.perLot(priority(order), ticks(order), isBuy(order)));
        }
    }

    /** Ends an order; its slot may be used again at once. */
    public void remove(final int order) {
        if (isResting(order)) {
            unrest(order);
        }
        requireNotResting(order);
        leaveSession(order);
        leaveHolding(order);
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

    /** Lots shown at the best price of a side. */
    public long bestLots(final int instrument, final boolean buy) {
        final int level = levels.best(instrument, buy);
        return level == NONE ? 0 : levels.lots(level);
    }

    /** Orders at the best price of a side. */
    public int bestOrders(final int instrument, final boolean buy) {
        final int level = levels.best(instrument, buy);
        return level == NONE ? 0 : levels.orders(level);
    }

    // Levels: the prices of a side at which orders rest

    /** Best level of a side, or {@link #NONE}. Valid until an order of that side rests or leaves. */
    public int bestLevel(final int instrument, final boolean buy) {
        return levels.best(instrument, buy);
    }

    /** Next worse level of the same side, or {@link #NONE}. */
    public int nextLevel(final int level) {
        return levels.next(level);
    }

    public long levelTicks(final int level) {
        return ticks(levels.first(level));
    }

    /** Lots shown at a level. */
    public long levelLots(final int level) {
        return levels.lots(level);
    }

    /** Lots of icebergs at a level that are not shown. */
    public long levelHiddenLots(final int level) {
        long hidden = 0;
        for (int order = levels.first(level); order != NONE; order = next(order)) {
            hidden += leavesLots(order) - shownLots(order);
        }
        return hidden;
    }

    /** Orders at a level; never 0. */
    public int levelOrders(final int level) {
        return levels.orders(level);
    }

    /** First order in the queue of a level. */
    public int firstOfLevel(final int level) {
        return levels.first(level);
    }

    /** Public hash of the book of an instrument, as {@link BookHash} defines it. */
    public long bookHash(final int instrument) {
        return bookHashes.get(instrument, 0);
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

    /** First open order of a holding, or {@link #NONE}. Reduce-only orders come before all others. */
    public int firstOfHolding(final int holding) {
        return firstOfHolding.getInt(holding, FIRST_OF_HOLDING) - 1;
    }

    /** Whether the holding has an open reduce-only order, which is then its first. */
    public boolean hasReduceOnly(final int holding) {
        return firstOfHolding.getInt(holding, LAST_REDUCE_ONLY) != 0;
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

    /** Bits of {@link OrderTraits}. */
    public int traits(final int order) {
        return orders.getInt(order, TRAITS);
    }

    /** Whether the order has a trait, one bit of {@link OrderTraits}. */
    public boolean is(final int order, final int trait) {
        return (traits(order) & trait) != 0;
    }

    public boolean isBuy(final int order) {
        return is(order, OrderTraits.BUY);
    }

    public boolean isPostOnly(final int order) {
        return is(order, OrderTraits.POST_ONLY);
    }

    public boolean isImmediate(final int order) {
        return is(order, OrderTraits.IMMEDIATE);
    }

    /** Lots an iceberg shows at once, 0 for all. */
    public long displayLots(final int order) {
        return orders.get(order, DISPLAY);
    }

    /** Sequenced time of the order's end, 0 for none. */
    public long expireNs(final int order) {
        return orders.get(order, EXPIRE);
    }

    /** Price at which the order enters, 0 for none. */
    public long triggerTicks(final int order) {
        return orders.get(order, TRIGGER);
    }

    /** Self-trade prevention group, or {@link #NONE}. */
    public int stpGroup(final int order) {
        return orders.getInt(order, STP_GROUP) - 1;
    }

    /** Market maker protection group, or {@link #NONE}. */
    public int mmpGroup(final int order) {
        return orders.getInt(order, MMP_GROUP) - 1;
    }

    public boolean isResting(final int order) {
        return orders.getInt(order, STATE) == RESTING;
    }

    public long ticks(final int order) {
        return orders.get(order, TICKS);
    }

    /** Open lots, shown or not. */
    public long leavesLots(final int order) {
        return orders.get(order, LEAVES);
    }

    /** Lots in the queue; 0 for an order that does not rest. */
    public long shownLots(final int order) {
        return orders.get(order, SHOWN);
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

    /** Reduce-only orders and stops that have not fired hold no margin and do not count. */
    @Override
    public void walk(final int position, final boolean buy, final long markTicks) {
        long beyond = 0;
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (int order = firstOfHolding(position); order != NONE; order = nextOfHolding(order)) {
            if (isBuy(order) == buy && !is(order, OrderTraits.REDUCE_ONLY) && stage(order) != UNTRIGGERED) {
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

    private void requireStage(final int order, final int stage) {
        if (stage(order) != stage) {
            throw new InvariantViolation(
                    "order slot " + order + " is in stage " + stage(order) + " instead of " + stage);
        }
    }

    private void requireNotResting(final int order) {
        if (stage(order) == RESTING || stage(order) == FREE) {
            throw new InvariantViolation("order slot " + order + " is free or in a queue, stage " + stage(order));
        }
    }

    /** Hash of orders, levels and queues, O(1). */
    public long hash() {
        return orders.hash()
                + pool.hash()
                + levels.hash()
                + firstOfHolding.hash()
                + firstOfSession.hash()
                + ordersInBook.hash()
                + bookHashes.hash();
    }

    /** Checks hashes and free lists against every cell. */
    public void verifyInFull() {
        orders.verify();
        pool.verify();
        levels.verify();
        firstOfHolding.verify();
        firstOfSession.verify();
        ordersInBook.verify();
        bookHashes.verify();
    }
}
