package org.isochron.sequencer.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MassQuoteEncoder;
import org.isochron.codecs.MassQuoteEncoder.EntriesEncoder;
import org.isochron.codecs.MessageHeaderEncoder;

/**
 * Up to {@value #MAX_ENTRIES} two-sided quotes, filled in by their owner and sent by {@link
 * VenueClient#massQuote(QuoteTicket)}, which copies them: one ticket serves any number of mass quotes, and allocates
 * nothing. Begin each with {@link #begin}, which forgets the one before. A quote is known to the venue by set and entry; a
 * side that is sent as it stands keeps its place in the queue.
 *
 * <p>Prices are in units of 1e-9 of the quote currency, quantities whole open lots. Single-threaded.
 */
public final class QuoteTicket {
    /** Entries of one message. */
    public static final int MAX_ENTRIES = 16;

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int COUNT_OFFSET = HEADER + MassQuoteEncoder.BLOCK_LENGTH + Short.BYTES;
    private static final int ENTRIES_OFFSET = HEADER + MassQuoteEncoder.BLOCK_LENGTH + EntriesEncoder.HEADER_SIZE;
    private static final long NO_PRICE = EntriesEncoder.bidPriceNullValue();

    private final UnsafeBuffer buffer =
            new UnsafeBuffer(new byte[ENTRIES_OFFSET + MAX_ENTRIES * EntriesEncoder.sbeBlockLength()]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MassQuoteEncoder quotes = new MassQuoteEncoder();
    private EntriesEncoder entries;
    private int count;

    /** An empty ticket. */
    public QuoteTicket() {
        begin(0, 0, 0);
    }

    /**
     * Begins a mass quote without protection, whose sides may take liquidity.
     *
     * @param quoteSetId set its entries belong to, 0 to 1,073,741,823.
     * @param clOrdId    id of this request, echoed.
     */
    public QuoteTicket begin(final long accountId, final long quoteSetId, final long clOrdId) {
        return begin(accountId, quoteSetId, MassQuoteEncoder.mmpGroupNullValue(), false, clOrdId);
    }

    /**
     * Begins a mass quote.
     *
     * @param mmpGroup market maker protection group, the null value of the schema for none.
     * @param postOnly whether a side that would take liquidity is rejected.
     */
    public QuoteTicket begin(
            final long accountId,
            final long quoteSetId,
            final int mmpGroup,
            final boolean postOnly,
            final long clOrdId) {
        quotes.wrapAndApplyHeader(buffer, 0, header)
                .accountId(accountId)
                .clOrdId(clOrdId)
                .quoteSetId(quoteSetId)
                .mmpGroup(mmpGroup)
                .reserved8((short) 0);
        quotes.flags().clear().postOnly(postOnly);
        entries = quotes.entriesCount(MAX_ENTRIES);
        count = 0;
        return this;
    }

    /** Adds an entry that quotes both sides; 0 lots pull a side. */
    public QuoteTicket quote(
            final int entryId,
            final long instrumentId,
            final long bidPriceE9,
            final long bidLots,
            final long askPriceE9,
            final long askLots) {
        if (isFull()) {
            throw new IllegalStateException(
                    "a mass quote of more than " + MAX_ENTRIES + " entries; begin another one for entry " + entryId);
        }
        entries.next()
                .bidPrice(bidPriceE9)
                .bidQuantity(bidLots)
                .askPrice(askPriceE9)
                .askQuantity(askLots)
                .instrumentId(instrumentId)
                .entryId(entryId)
                .reserved16(0);
        count++;
        return this;
    }

    /** Adds an entry that quotes or, with 0 lots, pulls its bid, and leaves its offer as it is. */
    public QuoteTicket bid(final int entryId, final long instrumentId, final long priceE9, final long lots) {
        return quote(entryId, instrumentId, priceE9, lots, NO_PRICE, 0);
    }

    /** Adds an entry that quotes or, with 0 lots, pulls its offer, and leaves its bid as it is. */
    public QuoteTicket ask(final int entryId, final long instrumentId, final long priceE9, final long lots) {
        return quote(entryId, instrumentId, NO_PRICE, 0, priceE9, lots);
    }

    /** Entries so far. */
    public int count() {
        return count;
    }

    /** Whether no entry can be added. */
    public boolean isFull() {
        return count == MAX_ENTRIES;
    }

    /** The encoded message; its seqNum and send time are filled in by whoever sends it. */
    UnsafeBuffer message() {
        // The group was begun for as many entries as there can be; those that came are known only now.
        buffer.putShort(COUNT_OFFSET, (short) count, LITTLE_ENDIAN);
        return buffer;
    }

    /** Length of the encoded message. */
    int length() {
        return ENTRIES_OFFSET + count * EntriesEncoder.sbeBlockLength();
    }
}
