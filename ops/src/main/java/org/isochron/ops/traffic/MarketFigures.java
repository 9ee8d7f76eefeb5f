package org.isochron.ops.traffic;

import java.util.Map;

/**
 * What public market data has told.
 *
 * @param states             changes of trading state, by the state entered and the reason, of all instruments together.
 * @param auctionTrades      matches made in auctions.
 * @param fundingRates       moves of cumulative funding indices.
 * @param liquidations       prints of liquidations, by the way the lots went; markets settled as a last resort.
 * @param bookHashes         hashes of the feed that the books built from it were compared with.
 * @param bookHashMismatches those that differed: a book built from the feed is not the venue's.
 * @param lostMessages       messages that neither feed brought.
 */
public record MarketFigures(
        Map<String, Long> states,
        long auctionTrades,
        long fundingRates,
        Map<String, Long> liquidations,
        long bookHashes,
        long bookHashMismatches,
        long lostMessages) {
    public MarketFigures {
        states = Map.copyOf(states);
        liquidations = Map.copyOf(liquidations);
    }

    /** Whether every book that could be compared was right. */
    public boolean areBooksRight() {
        return bookHashMismatches == 0;
    }
}
