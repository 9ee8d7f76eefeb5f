package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.marks.BookPrices;

/** What marks see of the books. Outside continuous trading nothing of them but the last trade is a price. */
final class BookView implements BookPrices {
    private final Instruments instruments;
    private final Books books;
    private final LastPrices lastPrices;
    private final ImpactPrices impactPrices;

    BookView(
            final Instruments instruments,
            final Books books,
            final LastPrices lastPrices,
            final ImpactPrices impactPrices) {
        this.instruments = instruments;
        this.books = books;
        this.lastPrices = lastPrices;
        this.impactPrices = impactPrices;
    }

    @Override
    public long bestBidTicks(final int instrument) {
        return instruments.isOpen(instrument) ? books.bestTicks(instrument, true) : 0;
    }

    @Override
    public long bestAskTicks(final int instrument) {
        return instruments.isOpen(instrument) ? books.bestTicks(instrument, false) : 0;
    }

    @Override
    public long lastTradeTicks(final int instrument) {
        return lastPrices.ticks(instrument);
    }

    @Override
    public long lastTradeNs(final int instrument) {
        return lastPrices.timeNs(instrument);
    }

    @Override
    public long impactTicksQ16(final int instrument, final boolean bids, final long notionalQuanta) {
        return instruments.isOpen(instrument) ? impactPrices.impact(instrument, bids, notionalQuanta) : 0;
    }
}
