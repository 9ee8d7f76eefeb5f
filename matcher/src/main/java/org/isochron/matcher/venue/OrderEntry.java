package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * Puts terms that the checks have passed into effect: a new order, or other terms for one that is open. What is written
 * about it, and its turn in {@link Matching}, is the caller's.
 */
final class OrderEntry {
    private final Ledger ledger;
    private final Positions positions;
    private final Books books;
    private final Reservations reservations;
    private final IsolatedMargin isolated;
    private final OrderTimers timers;
    private final EventWriter events;

    OrderEntry(
            final Ledger ledger,
            final Books books,
            final Reservations reservations,
            final IsolatedMargin isolated,
            final OrderTimers timers,
            final EventWriter events) {
        this.timers = timers;
        this.ledger = ledger;
        this.books = books;
        this.reservations = reservations;
        this.isolated = isolated;
        this.events = events;
        positions = ledger.positions();
    }

    /**
     * Opens an order outside the queues, counts it, reserves its margin and sets its timer; a stop waits for its trigger.
     * Returns its slot.
     */
    int open(final OrderTerms terms) {
        final int holding = ledger.position(terms.account, terms.instrument);
        final int order = books.create(
                terms.instrument,
                terms.ticks,
                terms.lots,
                holding,
                terms.session,
                terms.clientId,
                terms.tag,
                events.nextPriority(),
                terms.traits);
        if (terms.is(OrderTraits.HAS_EXTRAS)) {
            books.extras(order, terms.displayLots, terms.expireNs, terms.triggerTicks, terms.stpGroup, terms.mmpGroup);
        }
        if (terms.isStop()) {
            books.stage(order, Books.UNTRIGGERED);
        }
        if (terms.is(OrderTraits.GTT)) {
            timers.arm(order, terms.expireNs);
        }
        isolated.draw(holding, terms.draw);
        positions.openOrder(holding);
        reservations.reserve(order);
        return order;
    }

    /** Whether the terms leave a resting order its place: the same price, fewer lots. */
    boolean keepsPriority(final OrderTerms terms, final int order) {
        return terms.ticks == books.ticks(order) && terms.lots < books.leavesLots(order);
    }

    /** The order loses lots down to those of the terms, and keeps its place. */
    void shrink(final OrderTerms terms, final int order) {
        final long less = books.leavesLots(order) - terms.lots;
        reservations.release(order, less);
        books.shrink(order, less);
    }

    /** A stop takes other terms and keeps its place in the order of entry. */
    void amendStop(final OrderTerms terms, final int order) {
        books.amend(order, terms.ticks, terms.lots, books.priority(order));
    }

    /** A resting order leaves its queue and takes a new priority, price and lots; its turn is to come. */
    void requeue(final OrderTerms terms, final int order) {
        isolated.draw(books.holding(order), terms.draw);
        books.unrest(order);
        reservations.release(order, books.leavesLots(order));
        books.amend(order, terms.ticks, terms.lots, events.nextPriority());
        reservations.reserve(order);
    }
}
