package org.isochron.ops.traffic;

import java.util.List;

/**
 * What is shown of one instrument; prices in units of 1e-9, 0 for none yet.
 *
 * @param isStale whether the book has lost messages.
 */
public record MarketView(
        String symbol, List<Level> bids, List<Level> asks, long indexE9, long tradeE9, boolean isStale) {
    /** A price level. */
    public record Level(long priceE9, long lots, int orders) {}
}
