package org.isochron.ops.client;

import org.isochron.codecs.MassQuoteEncoder;

/**
 * One entry of a mass quote. Prices are units of 1e-9, quantities whole open lots, 0 to pull a side.
 *
 * @param entryId    0 to 65,534, unique among the account's quotes.
 * @param bidPriceE9 {@link #UNTOUCHED} leaves the side as it is.
 * @param askPriceE9 as {@code bidPriceE9}.
 */
public record Quote(int entryId, int instrumentId, long bidPriceE9, long bidLots, long askPriceE9, long askLots) {
    /** Price of a side that the entry does not speak of. */
    public static final long UNTOUCHED = MassQuoteEncoder.EntriesEncoder.bidPriceNullValue();

    /** Sides it would have stand in the book. */
    int sides() {
        return (bidPriceE9 != UNTOUCHED && bidLots > 0 ? 1 : 0) + (askPriceE9 != UNTOUCHED && askLots > 0 ? 1 : 0);
    }
}
