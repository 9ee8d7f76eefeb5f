package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * The margin open orders hold, as lots and prices summed up with their position. Reduce-only orders hold none, nor do
 * stops before their trigger.
 */
final class Reservations {
    private final Books books;
    private final Positions positions;
    private final Contracts contracts;
    private final IsolatedMargin isolated;

    Reservations(final Books books, final Ledger ledger, final IsolatedMargin isolated) {
        this.books = books;
        this.isolated = isolated;
        positions = ledger.positions();
        contracts = ledger.contracts();
    }

    /** A market stop that fires where the venue has no protection price ends without one: at 0 it would move the bounds. */
    boolean holdsMargin(final int order) {
        return !books.is(order, OrderTraits.REDUCE_ONLY)
                && books.stage(order) != Books.UNTRIGGERED
                && books.ticks(order) != 0;
    }

    /** All open lots of the order begin to hold margin at its price. */
    void reserve(final int order) {
        if (holdsMargin(order)) {
            final int holding = books.holding(order);
            final long before = isolated.claim(holding);
            positions.reserve(holding, books.isBuy(order), unit(order), books.leavesLots(order));
            isolated.claimed(holding, before);
        }
    }

    /** Lots of the order hold margin no longer, and have not traded. */
    void release(final int order, final long lots) {
        if (holdsMargin(order)) {
            final int holding = books.holding(order);
            final long before = isolated.claim(holding);
            positions.release(holding, books.isBuy(order), unit(order), lots);
            isolated.claimed(holding, before);
        }
    }

    /** Lots of the order have traded: what they held is for their position now. */
    void fill(final int order, final long lots) {
        if (holdsMargin(order)) {
            positions.release(books.holding(order), books.isBuy(order), unit(order), lots);
        }
    }

    /** What a lot of the order counts in its position's sums. */
    long unit(final int order) {
        return contracts.unit(books.instrument(order), books.ticks(order), books.isBuy(order));
    }
}
