package org.isochron.matcher.book;

import org.isochron.risk.margin.RestingOrders;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateCheck;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateSum;
import org.isochron.risk.state.StateVisitor;

/**
 * The open orders of the venue and the queues they stand in. An order is known by its slot, valid until {@link #remove};
 * its id is never given to another order, so an id of an order that is gone is never taken for its successor.
 *
 * <p>An order is created open but outside the queues; {@link #rest} puts it at the end of the queue at its price. Each
 * order is in the list of its holding (the position it trades for) and of its session. The two sides of an instrument are
 * independent and may cross.
 */
public final class Books implements RestingOrders, StateOwner, DerivedState {
    /** No order. */
    public static final int NONE = -1;

    /** Stage of an open order outside the queues: it waits for its turn, or is being matched. */
    public static final int MATCHING = 0;
    /** Stage of a taker that is held back before its turn. */
    public static final int DELAYED = 1;
    /** Stage of a stop or take-profit that has not fired. It holds no margin. */
    public static final int UNTRIGGERED = 2;
    /** Stage of an order in its queue. */
    public static final int RESTING = 3;

    /** Traits that decide where an order stands. */
    private static final int FIXED_TRAITS = OrderTraits.BUY | OrderTraits.REDUCE_ONLY | OrderTraits.HAS_EXTRAS;
    /** Instruments and sessions are kept in 16 bits of an order's row. */
    private static final int MAX_OWNERS = 1 << 16;

    private Orders orders;
    private OrderExtras extras;
    private OrderQueues queues;
    private OrderOwners owners;
    private QueueSums sums;
    private Levels levels;
    private Ladders ladders;
    private int[] ordersInBook;

    private final StateSum sum = new StateSum();

    public Books(final Capacities capacities) {
        allocate(capacities);
    }

    /** Takes other capacities; only before the first order. */
    public void resize(final Capacities capacities) {
        if (orders.everUsed() > 0) {
            throw new IllegalStateException("orders: capacities cannot change after the first order");
        }
        allocate(capacities);
    }

    private void allocate(final Capacities capacities) {
        if (capacities.instruments() > MAX_OWNERS / 2 || capacities.sessions() > MAX_OWNERS) {
            throw new IllegalArgumentException("orders: " + capacities + " has more instruments than " + MAX_OWNERS / 2
                    + " or more sessions than " + MAX_OWNERS);
        }
        final int capacity = capacities.orders();
        final int[] links = new int[Math.multiplyExact(2, capacity) << OrderLists.WIDTH_SHIFT];
        orders = new Orders(capacity, links);
        extras = new OrderExtras(capacity);
        queues = new OrderQueues(orders, extras, links, capacity, capacities.instruments());
        owners = new OrderOwners(orders, links, capacities);
        sums = new QueueSums(queues, owners);
        levels = queues.levels();
        ladders = queues.ladders();
        ordersInBook = new int[capacities.instruments()];
    }

    public boolean isFull() {
        return orders.isFull();
    }

    /** Open orders in all, those outside the queues included. */
    public int openOrders() {
        return orders.inUse();
    }

    /** Open orders of one instrument, those outside the queues included. */
    public int openOrders(final int instrument) {
        return ordersInBook[instrument];
    }

    /** Orders of one instrument in its queues. */
    public int restingOrders(final int instrument) {
        return queues.resting(instrument);
    }

    /**
     * Opens an order outside the queues, in stage {@link #MATCHING}; the caller has checked that there is room.
     *
     * @param ticks    limit, or protection price of a market order; not below 0.
     * @param holding  position the order trades for.
     * @param clientId not in use by another open order of the session.
     * @param tag      the client's own, returned as it came.
     * @param priority not below 0, and higher than any before: the public id, and the place in the queue.
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
        final int order = orders.create(instrument, ticks, lots, holding, session, clientId, tag, priority, traits);
        if ((traits & OrderTraits.HAS_EXTRAS) != 0) {
            extras.clear(order);
        }
        owners.enter(order, holding, session, clientId, traits);
        ordersInBook[instrument]++;
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
        extras.set(order, displayLots, expireNs, triggerTicks, stpGroup, mmpGroup);
    }

    /** The order is from now on known to a session under a new client id. */
    public void rename(final int order, final int session, final long clientId) {
        owners.rename(order, session, clientId);
    }

    /** Changes an order outside the queues; a new priority is higher than that of any order that came before. */
    public void amend(final int order, final long ticks, final long leaves, final long priority) {
        requireNotResting(order);
        orders.ticks(order, ticks);
        orders.leaves(order, leaves);
        orders.priority(order, priority);
    }

    /** Changes traits other than side, reduce-only and extras: a stop that has fired goes on as a plain order. */
    public void traits(final int order, final int traits) {
        if (((traits ^ traits(order)) & FIXED_TRAITS) != 0) {
            throw new InvariantViolation("order " + id(order) + " would change side or place");
        }
        orders.traits(order, traits, orders.waitsFor(order));
    }

    /** Stage of an open order: {@link #MATCHING}, {@link #RESTING}, {@link #DELAYED} or {@link #UNTRIGGERED}. */
    public int stage(final int order) {
        return isResting(order) ? RESTING : orders.waitsFor(order);
    }

    /** Moves an order outside the queues to another stage outside the queues. */
    public void stage(final int order, final int stage) {
        requireNotResting(order);
        if (stage < MATCHING || stage > UNTRIGGERED) {
            throw new InvariantViolation("stage " + stage + " is not one of an order outside the queues");
        }
        orders.traits(order, orders.traits(order), stage);
    }

    /**
     * Puts an order in stage {@link #MATCHING} at the end of the queue at its price, showing its display lots. Its priority
     * must be above that of the order before it: queues are sorted by priority, so that it alone tells the place.
     */
    public void rest(final int order) {
        requireStage(order, MATCHING);
        queues.join(order);
    }

    /** Takes a resting order out of its queue; it stays open, in stage {@link #MATCHING}. */
    public void unrest(final int order) {
        requireStage(order, RESTING);
        queues.leave(order, orders.level(order));
        orders.level(order, NONE);
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
        orders.priority(order, priority);
        rest(order);
    }

    /**
     * Lots of the order trade, of a resting one the shown ones first. It stays open, and in its queue, also with nothing
     * left or shown: {@link #remove} ends it, {@link #refill} shows more.
     */
    public void fill(final int order, final long lots) {
        final long leaves = orders.leaves(order);
        requireNoMore(order, lots, leaves);
        orders.fill(order, lots);
        final int level = orders.level(order);
        if (level >= 0) {
            queues.take(order, level, Math.min(lots, leaves - queues.hidden(order)), lots);
        }
    }

    /** The order loses lots without trading and keeps its place; of a resting one, the hidden ones first. */
    public void shrink(final int order, final long lots) {
        final long leaves = orders.leaves(order);
        requireNoMore(order, lots, leaves);
        orders.leaves(order, leaves - lots);
        final int level = orders.level(order);
        if (level >= 0) {
            queues.take(order, level, Math.max(0, lots - queues.hidden(order)), lots);
        }
    }

    private void requireNoMore(final int order, final long lots, final long leaves) {
        if (lots < 0 || lots > leaves) {
            throw new InvariantViolation(
                    "order " + id(order) + " has " + leaves + " lots left, " + lots + " are too many");
        }
    }

    /** Ends an order; its slot may be used again at once. */
    public void remove(final int order) {
        final int level = orders.level(order);
        if (level >= 0) {
            queues.leave(order, level);
        } else {
            requireNotResting(order);
        }
        owners.leave(order);
        ordersInBook[instrument(order)]--;
        orders.give(order);
    }

    /** First order at the best price of a side, or {@link #NONE}. */
    public int best(final int instrument, final boolean buy) {
        return queues.first(queues.best(instrument, buy));
    }

    /** Whether an order would trade with the other side of the book. */
    public boolean crosses(final int instrument, final boolean buy, final long ticks) {
        return queues.crosses(instrument, buy, ticks);
    }

    /** Best price of a side, or 0 when it is empty. */
    public long bestTicks(final int instrument, final boolean buy) {
        final int level = queues.best(instrument, buy);
        return level == NONE ? 0 : ladders.ticks(level);
    }

    /** Lots shown at the best price of a side. */
    public long bestLots(final int instrument, final boolean buy) {
        final int level = queues.best(instrument, buy);
        return level == NONE ? 0 : levels.shownLots(level);
    }

    /** Orders at the best price of a side. */
    public int bestOrders(final int instrument, final boolean buy) {
        final int level = queues.best(instrument, buy);
        return level == NONE ? 0 : levels.orders(level);
    }

    // Levels: the prices of a side at which orders rest

    /** Best level of a side, or {@link #NONE}. Valid until an order of that side rests or leaves. */
    public int bestLevel(final int instrument, final boolean buy) {
        return queues.best(instrument, buy);
    }

    /** Next worse level of the same side, or {@link #NONE}. */
    public int nextLevel(final int level) {
        return ladders.worse(level);
    }

    public long levelTicks(final int level) {
        return ladders.ticks(level);
    }

    /** Lots shown at a level. */
    public long levelLots(final int level) {
        return levels.shownLots(level);
    }

    /** Lots of icebergs at a level that are not shown. */
    public long levelHiddenLots(final int level) {
        return levels.hiddenLots(level);
    }

    /** Orders at a level; never 0. */
    public int levelOrders(final int level) {
        return levels.orders(level);
    }

    /** First order in the queue of a level. */
    public int firstOfLevel(final int level) {
        return levels.first(level);
    }

    /** Public hash of the book of an instrument, as {@link org.isochron.codecs.book.BookHash} defines it. */
    public long bookHash(final int instrument) {
        return queues.bookHash(instrument);
    }

    /** Order behind this one: at the same price, or the first at the next; {@link #NONE} at the end of the side. */
    public int behind(final int order) {
        return queues.behind(order);
    }

    /** Open order with that client id, or {@link #NONE}. */
    public int findByClientId(final int session, final long clientId) {
        return owners.find(session, clientId);
    }

    /** Open order with that id, or {@link #NONE}. */
    public int findById(final long orderId) {
        return orders.find(orderId);
    }

    /** First open order of a holding, or {@link #NONE}. Reduce-only orders come before all others. */
    public int firstOfHolding(final int holding) {
        return owners.firstOfHolding(holding);
    }

    /** Whether the holding has an open reduce-only order, which is then its first. */
    public boolean hasReduceOnly(final int holding) {
        return owners.hasReduceOnly(holding);
    }

    public int nextOfHolding(final int order) {
        return owners.nextOfHolding(order);
    }

    /** First open order of a session, or {@link #NONE}. */
    public int firstOfSession(final int session) {
        return owners.firstOfSession(session);
    }

    /** Next open order of the same session, or {@link #NONE}. */
    public int nextOfSession(final int order) {
        return owners.nextOfSession(order);
    }

    /** Never 0, and never that of another order. */
    public long id(final int order) {
        return orders.id(order);
    }

    public int instrument(final int order) {
        return orders.instrument(order);
    }

    /** Bits of {@link OrderTraits}. */
    public int traits(final int order) {
        return orders.traits(order);
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
        return is(order, OrderTraits.HAS_EXTRAS) ? extras.displayLots(order) : 0;
    }

    /** Sequenced time of the order's end, 0 for none. */
    public long expireNs(final int order) {
        return is(order, OrderTraits.HAS_EXTRAS) ? extras.expireNs(order) : 0;
    }

    /** Price at which the order enters, 0 for none. */
    public long triggerTicks(final int order) {
        return is(order, OrderTraits.HAS_EXTRAS) ? extras.triggerTicks(order) : 0;
    }

    /** Self-trade prevention group, or {@link #NONE}. */
    public int stpGroup(final int order) {
        return is(order, OrderTraits.HAS_EXTRAS) ? extras.stpGroup(order) : NONE;
    }

    /** Market maker protection group, or {@link #NONE}. */
    public int mmpGroup(final int order) {
        return is(order, OrderTraits.HAS_EXTRAS) ? extras.mmpGroup(order) : NONE;
    }

    public boolean isResting(final int order) {
        return orders.level(order) >= 0;
    }

    public long ticks(final int order) {
        return orders.ticks(order);
    }

    /** Open lots, shown or not. */
    public long leavesLots(final int order) {
        return orders.leaves(order);
    }

    /** Lots in the queue; 0 for an order that does not rest. */
    public long shownLots(final int order) {
        return isResting(order) ? orders.leaves(order) - queues.hidden(order) : 0;
    }

    public long filledLots(final int order) {
        return orders.filled(order);
    }

    public long priority(final int order) {
        return orders.priority(order);
    }

    public int holding(final int order) {
        return orders.holding(order);
    }

    public int session(final int order) {
        return orders.session(order);
    }

    public long clientId(final int order) {
        return orders.clientId(order);
    }

    public long tag(final int order) {
        return orders.tag(order);
    }

    /** Reduce-only orders and stops that have not fired hold no margin and are not shown. */
    @Override
    public void walk(final int position, final boolean buy, final Visitor visitor) {
        for (int order = owners.firstHoldingMargin(position); order != NONE; order = nextOfHolding(order)) {
            if (isBuy(order) == buy && stage(order) != UNTRIGGERED) {
                visitor.onOrder(ticks(order), leavesLots(order));
            }
        }
    }

    private void requireStage(final int order, final int stage) {
        if (stage(order) != stage) {
            throw new InvariantViolation(
                    "order slot " + order + " is in stage " + stage(order) + " instead of " + stage);
        }
    }

    private void requireNotResting(final int order) {
        if (!orders.isOpen(order) || isResting(order)) {
            throw new InvariantViolation("order slot " + order + " is free or in a queue");
        }
    }

    /**
     * Hash of what decides the future of the books, O(1). Orders, their extras and free rows go in cell by cell; that an
     * order rests, through its term in the book hash, whose id is in the order's row too. Not the links: a queue is sorted
     * by priority, levels by price, the lists of holdings and sessions by id, reduce-only orders first, and where orders
     * have come from another session, the history of such moves is in the hash. Not the directories either, as their
     * answers do not depend on the way they are built.
     */
    public long hash() {
        return sum.of(this);
    }

    /**
     * Holds hashes, links, sums and directories against the rows.
     *
     * @throws InvariantViolation when something does not follow from them.
     */
    public void verifyInFull() {
        StateCheck.verify(this);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(orders);
        visitor.part(extras.table());
        visitor.part(sums);
        visitor.derived(this);
    }

    @Override
    public void verify() {
        final BooksAudit audit = new BooksAudit(this, orders, levels, ladders);
        queues.verify(audit);
        owners.verify(audit);
        audit.counts(ordersInBook.length);
    }

    /** Orders know their neighbours in all lists; heads, levels, directories and sums are found anew. */
    @Override
    public void rebuild() {
        for (int order = 0; order < orders.everUsed(); order++) {
            if (orders.isOpen(order)) {
                owners.adopt(order);
                ordersInBook[instrument(order)]++;
                if (orders.level(order) >= 0 && orders.ahead(order) == NONE) {
                    queues.adopt(order);
                }
            }
        }
    }
}
