package org.isochron.ops.traffic;

import java.util.List;
import org.isochron.codecs.TradingState;

/**
 * What is shown of one instrument; prices in units of 1e-9, 0 for none yet.
 *
 * @param isStale whether the book has lost messages.
 */
public record MarketView(
        String symbol,
        TradingState state,
        List<Level> bids,
        List<Level> asks,
        long indexE9,
        long tradeE9,
        boolean isStale) {
    /** A price level. */
    public record Level(long priceE9, long lots, int orders) {}
}
