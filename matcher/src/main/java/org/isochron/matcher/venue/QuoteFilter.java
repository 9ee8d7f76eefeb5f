package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Positions;

/** Which quotes of a session a QuoteCancel pulls. Reused. */
final class QuoteFilter {
    private final Positions positions;

    /** Slot. */
    int account;
    /** Slot, -1 for all. */
    int instrument;
    /** {@link Quotes#ANY_SET} for all. */
    long set;

    QuoteFilter(final Positions positions) {
        this.positions = positions;
    }

    boolean takes(final Books books, final int order) {
        return books.is(order, OrderTraits.QUOTE)
                && positions.account(books.holding(order)) == account
                && (instrument < 0 || books.instrument(order) == instrument)
                && (set == Quotes.ANY_SET || Quotes.set(books.clientId(order)) == set);
    }
}
