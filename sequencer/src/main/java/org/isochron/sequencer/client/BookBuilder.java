package org.isochron.sequencer.client;

import org.agrona.collections.Long2ObjectHashMap;
import org.isochron.codecs.BookHashDecoder;
import org.isochron.codecs.OrderAddDecoder;
import org.isochron.codecs.OrderDeleteDecoder;
import org.isochron.codecs.OrderReduceDecoder;
import org.isochron.codecs.SecurityDefinitionDecoder;

/**
 * Builds every instrument's book from the feed's adds, reduces and deletes, each queue in its order, and compares it with
 * every hash the venue tells. After a gap all books are marked stale, those that are first heard of behind it as well, after
 * another hash than the venue's that book, and stay so: this build has no snapshots to recover them from.
 */
public final class BookBuilder implements MarketDataListener {
    private final Long2ObjectHashMap<InstrumentBook> books = new Long2ObjectHashMap<>();
    private boolean hasGap;

    /** The instrument's book; null before its first message. */
    public InstrumentBook book(final long instrumentId) {
        return books.get(instrumentId);
    }

    /**
     * Tells the tick of an instrument whose definition came before this client did: hashes are compared from here on.
     *
     * @param tickSizeE9 as the instrument's definition has it.
     */
    public void define(final long instrumentId, final long tickSizeE9) {
        bookOf(instrumentId).tickSize(tickSizeE9);
    }

    @Override
    public void onOrderAdd(final OrderAddDecoder add) {
        bookOf(add.stamp().instrumentId()).add(add.orderId(), add.priority(), add.side(), add.price(), add.quantity());
    }

    @Override
    public void onOrderReduce(final OrderReduceDecoder reduce) {
        bookOf(reduce.stamp().instrumentId()).reduce(reduce.orderId(), reduce.leavesQuantity());
    }

    @Override
    public void onOrderDelete(final OrderDeleteDecoder delete) {
        bookOf(delete.stamp().instrumentId()).delete(delete.orderId());
    }

    @Override
    public void onSecurityDefinition(final SecurityDefinitionDecoder definition) {
        bookOf(definition.stamp().instrumentId()).tickSize(definition.tickSize());
    }

    @Override
    public void onBookHash(final BookHashDecoder hash) {
        bookOf(hash.stamp().instrumentId()).compare(hash.bookHash(), hash.orders());
    }

    @Override
    public void onGap(final long fromSeqNum, final long toSeqNum) {
        hasGap = true;
        for (final InstrumentBook book : books.values()) {
            book.stale();
        }
    }

    private InstrumentBook bookOf(final long instrumentId) {
        InstrumentBook book = books.get(instrumentId);
        if (book == null) {
            book = new InstrumentBook(instrumentId);
            books.put(instrumentId, book);
            if (hasGap) {
                // What came first of it may be what was missed.
                book.stale();
            }
        }
        return book;
    }
}
