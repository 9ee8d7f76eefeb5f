package org.isochron.matcher.book;

import org.isochron.codecs.book.BookHash;
import org.isochron.risk.state.InvariantViolation;

/** Works out again from the rows of orders what is kept beside them: queues, levels, lists, sums, hashes, directories. */
final class BooksAudit {
    private static final int NONE = Books.NONE;

    private final Books books;
    private final Orders orders;
    private final Levels levels;
    private final Ladders ladders;

    BooksAudit(final Books books, final Orders orders, final Levels levels, final Ladders ladders) {
        this.books = books;
        this.orders = orders;
        this.levels = levels;
        this.ladders = ladders;
    }

    /**
     * Queues, levels and book hashes of all instruments.
     *
     * @return sum of the book hashes.
     */
    long instruments(final int instruments) {
        long sum = 0;
        int inLevels = 0;
        int levelsFound = 0;
        for (int instrument = 0; instrument < instruments; instrument++) {
            final int before = inLevels;
            long hash = 0;
            for (int list = 2 * instrument; list < 2 * instrument + 2; list++) {
                int better = NONE;
                for (int level = ladders.best(list); level != NONE; level = ladders.worse(level)) {
                    place(list, level, better);
                    hash += queue(list, level);
                    inLevels += levels.orders(level);
                    levelsFound++;
                    better = level;
                }
            }
            require(inLevels - before == books.restingOrders(instrument), "resting orders of instrument", instrument);
            require(hash == books.bookHash(instrument), "book hash of instrument", instrument);
            sum += hash;
        }
        require(levelsFound == levels.inUse(), "number of levels in lists", levelsFound);
        require(inLevels == resting(), "number of orders in queues", inLevels);
        return sum;
    }

    private void place(final int list, final int level, final int better) {
        require(levels.list(level) == list, "list of level", level);
        require(better == NONE || levels.key(better) < levels.key(level), "price of level", level);
        require(ladders.finds(level), "page or tree entry of level", level);
    }

    private long queue(final int list, final int level) {
        long hash = 0;
        long shown = 0;
        long hidden = 0;
        int count = 0;
        int ahead = NONE;
        for (int order = levels.first(level); order != NONE; order = orders.behind(order)) {
            require(orders.level(order) == level, "level of order", order);
            require(orders.ahead(order) == ahead, "order ahead of order", order);
            require(ahead == NONE || orders.priority(ahead) < orders.priority(order), "priority of order", order);
            require(orders.ticks(order) == ladders.ticks(level), "price of order", order);
            final boolean buy = books.isBuy(order);
            require(Ladders.list(orders.instrument(order), buy) == list, "side of order", order);
            hash += BookHash.of(orders.priority(order), orders.ticks(order), buy, books.shownLots(order));
            shown += books.shownLots(order);
            hidden += orders.leaves(order) - books.shownLots(order);
            count++;
            ahead = order;
        }
        require(count > 0 && count == levels.orders(level), "number of orders at level", level);
        require(levels.last(level) == ahead, "last order of level", level);
        require(levels.shownLots(level) == shown && levels.hiddenLots(level) == hidden, "lots at level", level);
        return hash;
    }

    private int resting() {
        int resting = 0;
        for (int order = 0; order < orders.everUsed(); order++) {
            resting += orders.isOpen(order) && orders.level(order) >= 0 ? 1 : 0;
        }
        return resting;
    }

    /** Lists of holdings: by id, newest first, reduce-only orders before all others. */
    void holdings(final OrderLists lists, final int[] lastReduceOnly) {
        int listed = 0;
        for (int holding = 0; holding < lists.lists(); holding++) {
            int before = NONE;
            int last = NONE;
            for (int order = lists.first(holding); order != NONE; order = lists.next(order)) {
                final boolean reduceOnly = books.is(order, OrderTraits.REDUCE_ONLY);
                require(orders.isOpen(order) && orders.holding(order) == holding, "holding of order", order);
                require(lists.before(order) == before, "order before order", order);
                require(before == NONE || follows(before, order), "place among its holding's of order", order);
                last = reduceOnly ? order : last;
                before = order;
                listed++;
            }
            require(lastReduceOnly[holding] == last, "last reduce-only order of holding", holding);
        }
        require(listed == orders.inUse(), "number of orders in lists of holdings", listed);
    }

    private boolean follows(final int before, final int order) {
        final boolean reduceOnly = books.is(order, OrderTraits.REDUCE_ONLY);
        return reduceOnly == books.is(before, OrderTraits.REDUCE_ONLY)
                ? orders.id(before) >>> Orders.ROW_BITS > orders.id(order) >>> Orders.ROW_BITS
                : !reduceOnly;
    }

    void sessions(final OrderLists lists, final RowDirectory byClientId) {
        int listed = 0;
        for (int session = 0; session < lists.lists(); session++) {
            int before = NONE;
            for (int order = lists.first(session); order != NONE; order = lists.next(order)) {
                require(orders.isOpen(order) && orders.session(order) == session, "session of order", order);
                require(lists.before(order) == before, "order before order", order);
                require(books.findByClientId(session, orders.clientId(order)) == order, "client id of order", order);
                before = order;
                listed++;
            }
        }
        require(listed == orders.inUse(), "number of orders in lists of sessions", listed);
        require(listed == byClientId.size(), "number of client ids", byClientId.size());
    }

    void counts(final int instruments) {
        final int[] counts = new int[instruments];
        for (int order = 0; order < orders.everUsed(); order++) {
            if (orders.isOpen(order)) {
                counts[orders.instrument(order)]++;
            }
        }
        for (int instrument = 0; instrument < instruments; instrument++) {
            require(counts[instrument] == books.openOrders(instrument), "open orders of instrument", instrument);
        }
    }

    static void require(final boolean holds, final String what, final long which) {
        if (!holds) {
            throw new InvariantViolation(what + " " + which + " does not follow from the orders");
        }
    }
}
