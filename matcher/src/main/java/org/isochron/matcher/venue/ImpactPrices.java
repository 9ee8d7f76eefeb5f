package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.funding.ImpactWalk;
import org.isochron.risk.ledger.Instruments;

/**
 * What it would cost to sell into, or to buy from, the shown book so much that it counts (rulebook 6): for premiums and
 * marks. Hidden lots do not count, so that anybody can work it out from market data.
 */
final class ImpactPrices {
    private final Books books;
    private final Instruments instruments;
    private final ImpactWalk walk = new ImpactWalk();

    ImpactPrices(final Books books, final Instruments instruments) {
        this.books = books;
        this.instruments = instruments;
    }

    /** In 1/65,536 ticks, bids rounded down and offers up; 0 when the side is not that deep. */
    long impact(final int instrument, final boolean bids, final long notional) {
        walk.begin(notional, instruments.factor(instrument), bids);
        int level = books.bestLevel(instrument, bids);
        while (level != Books.NONE && !walk.take(books.levelTicks(level), books.levelLots(level))) {
            level = books.nextLevel(level);
        }
        return walk.price();
    }
}
