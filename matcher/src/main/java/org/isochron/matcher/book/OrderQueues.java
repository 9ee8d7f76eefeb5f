package org.isochron.matcher.book;

import org.isochron.codecs.book.BookHash;
import org.isochron.risk.state.InvariantViolation;

/** Orders at their prices, in the order of their priorities; what stands at each price, and the public hash of it. */
final class OrderQueues {
    private static final int NONE = Books.NONE;

    private final Orders orders;
    private final OrderExtras extras;
    private final Levels levels;
    private final Ladders ladders;
    private final int[] restingInBook;
    private final long[] bookHashes;
    /** Sum of all book hashes. */
    private long restingHash;

    /** @param places of orders, and behind them of as many levels. */
    OrderQueues(
            final Orders orders,
            final OrderExtras extras,
            final int[] places,
            final int capacity,
            final int instruments) {
        this.orders = orders;
        this.extras = extras;
        levels = new Levels(capacity, places);
        ladders = new Ladders(levels, capacity, instruments);
        restingInBook = new int[instruments];
        bookHashes = new long[instruments];
    }

    Levels levels() {
        return levels;
    }

    Ladders ladders() {
        return ladders;
    }

    int resting(final int instrument) {
        return restingInBook[instrument];
    }

    long bookHash(final int instrument) {
        return bookHashes[instrument];
    }

    long restingHash() {
        return restingHash;
    }

    /** Lots of a resting order that are not shown. */
    long hidden(final int order) {
        return (orders.traits(order) & OrderTraits.HAS_EXTRAS) != 0 ? extras.hidden(order) : 0;
    }

    /** Puts an order at the end of the queue at its price; its priority must be above that of the one before it. */
    void join(final int order) {
        final int instrument = orders.instrument(order);
        final int traits = orders.traits(order);
        final boolean buy = (traits & OrderTraits.BUY) != 0;
        final long ticks = orders.ticks(order);
        final long priority = orders.priority(order);
        final long leaves = orders.leaves(order);
        final long shown = (traits & OrderTraits.HAS_EXTRAS) == 0 ? leaves : extras.showSlice(order, leaves);
        final int level = ladders.at(Ladders.list(instrument, buy), ticks);
        enqueue(order, level, priority);
        levels.join(level, shown, leaves - shown);
        restingInBook[instrument]++;
        addToHash(instrument, BookHash.of(priority, ticks, buy, shown));
    }

    private void enqueue(final int order, final int level, final long priority) {
        // The level tells, mostly, without a look at the last order.
        if (levels.newest(level) >= priority && orders.priority(levels.last(level)) >= priority) {
            throw new InvariantViolation("order " + orders.id(order) + " queues behind one of a higher priority");
        }
        levels.newest(level, priority);
        orders.enqueue(order, level);
    }

    private void addToHash(final int instrument, final long change) {
        bookHashes[instrument] += change;
        restingHash += change;
    }

    /** Takes an order out of the queue of a level, and the level when it was the last; where it now is, is the caller's. */
    void leave(final int order, final int level) {
        final long hidden = hidden(order);
        final long shown = orders.leaves(order) - hidden;
        final int instrument = orders.instrument(order);
        addToHash(instrument, -BookHash.of(orders.priority(order), orders.ticks(order), isBuy(order), shown));
        restingInBook[instrument]--;
        orders.dequeue(order);
        if (hidden != 0) {
            extras.hidden(order, 0);
        }
        if (levels.leave(level, shown, hidden)) {
            ladders.remove(level);
        }
    }

    /** Takes lots off a level, some of them shown ones, and what is not shown off the order's hidden lots. */
    void take(final int order, final int level, final long shown, final long lots) {
        levels.add(level, -shown, shown - lots);
        if (shown != lots) {
            extras.hidden(order, extras.hidden(order) + shown - lots);
        }
        addToHash(
                orders.instrument(order),
                -shown * BookHash.perLot(orders.priority(order), orders.ticks(order), isBuy(order)));
    }

    private boolean isBuy(final int order) {
        return (orders.traits(order) & OrderTraits.BUY) != 0;
    }

    /** Order behind this one: at the same price, or the first at the next; {@link #NONE} at the end of the side. */
    int behind(final int order) {
        final int behind = orders.behind(order);
        return behind != NONE ? behind : first(ladders.worse(orders.level(order)));
    }

    /** First order of a level; {@link #NONE} of none. */
    int first(final int level) {
        return level == NONE ? NONE : levels.first(level);
    }

    /** Best level of a side, or {@link #NONE}. */
    int best(final int instrument, final boolean buy) {
        return ladders.best(Ladders.list(instrument, buy));
    }

    boolean crosses(final int instrument, final boolean buy, final long ticks) {
        final int list = Ladders.list(instrument, !buy);
        final int level = ladders.best(list);
        // Keys rise from best to worst on either side, so no branch on the side.
        return level != NONE && Ladders.flip(list, ticks) >= levels.key(level);
    }

    /** The queue of an order that comes from a snapshot and stands first in it; orders know their neighbours. */
    void adopt(final int first) {
        final int instrument = orders.instrument(first);
        final boolean buy = isBuy(first);
        final long ticks = orders.ticks(first);
        final int level = ladders.at(Ladders.list(instrument, buy), ticks);
        int behind = first;
        for (int order = first; order != NONE; order = behind) {
            behind = orders.behind(order);
            final long hidden = hidden(order);
            final long shown = orders.leaves(order) - hidden;
            enqueue(order, level, orders.priority(order));
            levels.join(level, shown, hidden);
            restingInBook[instrument]++;
            addToHash(instrument, BookHash.of(orders.priority(order), ticks, buy, shown));
        }
    }

    /** Holds what is known of the queues against the orders. */
    void verify(final BooksAudit audit) {
        BooksAudit.require(audit.instruments(bookHashes.length) == restingHash, "sum of book hashes", restingHash);
        ladders.verify();
    }
}
