package org.isochron.replay.check;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAddDecoder;
import org.isochron.codecs.OrderDeleteDecoder;
import org.isochron.codecs.OrderReduceDecoder;
import org.isochron.codecs.SecurityStatusDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TradeDecoder;
import org.isochron.codecs.TradingState;
import org.isochron.codecs.book.BookHash;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/**
 * The books as market data tells them, built naively: they are the core's books; while an instrument
 * matches (neither in an auction nor stopped) they are not crossed after any command, and every trade takes the first order of the best price.
 */
public final class PublicBook extends Invariant {
    private record Entry(long orderId, long price, long priority, boolean buy, long[] lots) {}

    private static final Comparator<Entry> BEST_FIRST = Comparator.<Entry>comparingLong(
                    entry -> entry.buy ? -entry.price : entry.price)
            .thenComparingLong(Entry::priority);

    /** One instrument's. */
    private static final class Book {
        private final Map<Long, Entry> byId = new TreeMap<>();
        private final TreeMap<Entry, Entry> bids = new TreeMap<>(BEST_FIRST);
        private final TreeMap<Entry, Entry> asks = new TreeMap<>(BEST_FIRST);
        private boolean matches = true;
        private boolean touched;

        private TreeMap<Entry, Entry> side(final boolean buy) {
            return buy ? bids : asks;
        }
    }

    private final EventCursor cursor = new EventCursor();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderAddDecoder add = new OrderAddDecoder();
    private final OrderReduceDecoder reduce = new OrderReduceDecoder();
    private final OrderDeleteDecoder delete = new OrderDeleteDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final SecurityStatusDecoder status = new SecurityStatusDecoder();
    private final Map<Long, Book> books = new TreeMap<>();
    private final long tickSize;
    private long sequence;

    /** @param tickSize of all instruments, in units of 1e-9. */
    public PublicBook(final long tickSize) {
        super("public-book");
        this.tickSize = tickSize;
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        sequence = frame.sequence();
        cursor.over(events);
        while (cursor.advance()) {
            if (!cursor.isPrivate()) {
                onPublic();
            }
        }
        books.forEach(this::checkCrossed);
    }

    private void onPublic() {
        final Book book = books.computeIfAbsent(cursor.publicStamp().instrumentId(), id -> new Book());
        switch (cursor.templateId()) {
            case OrderAddDecoder.TEMPLATE_ID -> onAdd(book);
            case OrderReduceDecoder.TEMPLATE_ID -> {
                reduce.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
                final Entry entry = find(book, reduce.orderId());
                if (reduce.leavesQuantity() <= 0 || reduce.leavesQuantity() >= entry.lots[0]) {
                    throw broken("command " + sequence + " reduces public order " + entry.orderId + " of "
                            + entry.lots[0] + " lots to " + reduce.leavesQuantity());
                }
                entry.lots[0] = reduce.leavesQuantity();
            }
            case OrderDeleteDecoder.TEMPLATE_ID -> {
                delete.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
                final Entry entry = find(book, delete.orderId());
                book.byId.remove(entry.orderId);
                book.side(entry.buy).remove(entry);
                book.touched = true;
            }
            case TradeDecoder.TEMPLATE_ID -> onTrade(book);
            case SecurityStatusDecoder.TEMPLATE_ID -> {
                status.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
                book.matches = status.state() == TradingState.OPEN || status.state() == TradingState.LIMIT;
                book.touched = true;
            }
            default -> {
                // Does not change a book.
            }
        }
    }

    private void onAdd(final Book book) {
        add.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        final boolean buy = add.side() == Side.BUY;
        final Entry entry = new Entry(add.orderId(), add.price(), add.priority(), buy, new long[] {add.quantity()});
        if (add.quantity() <= 0 || add.price() <= 0 || book.byId.put(entry.orderId, entry) != null) {
            throw broken("command " + sequence + " adds public order " + entry.orderId + " of " + add.quantity()
                    + " lots at " + add.price() + " to a book that may hold it already");
        }
        book.side(buy).put(entry, entry);
        book.touched = true;
    }

    private void onTrade(final Book book) {
        trade.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        final Entry entry = book.byId.get(trade.restingOrderId());
        if (entry == null || !book.matches) {
            return;
        }
        final boolean aggressorBuys = trade.aggressorSide() == Side.BUY;
        if (aggressorBuys == entry.buy || trade.aggressorSide() == Side.NULL_VAL) {
            return;
        }
        final Entry first = book.side(entry.buy).firstKey();
        if (first != entry) {
            throw broken("command " + sequence + " trades with public order " + entry.orderId + " at " + entry.price
                    + ", order " + first.orderId + " at " + first.price + " stands before it");
        }
        if (trade.price() != entry.price || trade.quantity() > entry.lots[0]) {
            throw broken("command " + sequence + " trades " + trade.quantity() + " lots at " + trade.price()
                    + " with public order " + entry.orderId + " of " + entry.lots[0] + " at " + entry.price);
        }
    }

    private Entry find(final Book book, final long orderId) {
        final Entry entry = book.byId.get(orderId);
        if (entry == null) {
            throw broken("command " + sequence + " tells of public order " + orderId + ", which is not in the book");
        }
        return entry;
    }

    private void checkCrossed(final long instrumentId, final Book book) {
        if (!book.touched) {
            return;
        }
        book.touched = false;
        if (book.matches && !book.bids.isEmpty() && !book.asks.isEmpty()) {
            final long bid = book.bids.firstKey().price;
            final long ask = book.asks.firstKey().price;
            if (bid >= ask) {
                throw broken("the book of instrument " + instrumentId + " is crossed after command " + sequence
                        + ": bid " + bid + ", ask " + ask);
            }
        }
    }

    @Override
    protected void onAudit(final long atSequence, final Venue venue) {
        compare(venue);
    }

    @Override
    protected void onRest(final long atSequence, final Venue venue) {
        compare(venue);
    }

    private void compare(final Venue venue) {
        books.forEach((instrumentId, book) -> {
            long hash = 0;
            for (final Entry entry : book.byId.values()) {
                hash += BookHash.of(entry.orderId, entry.price / tickSize, entry.buy, entry.lots[0]);
            }
            if (hash != venue.inspection().bookHash(instrumentId)) {
                throw broken("the book of instrument " + instrumentId + " by market data is not the core's after "
                        + sequence);
            }
        });
    }
}
