package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/** Ends open orders, or takes lots from them: one, or many within the room of a batch. */
final class Cancels {
    /** Cancelled, OrderDelete, and the Bbo they may owe. */
    static final int EVENTS_PER_CANCEL = 3;

    private final Books books;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Reservations reservations;
    private final IsolatedMargin isolated;
    private final EventWriter events;
    private final Reports reports;
    private final MarketData marketData;
    private final OrderTimers timers;
    private final TriggerBook triggers;

    Cancels(
            final Books books,
            final Ledger ledger,
            final Reservations reservations,
            final IsolatedMargin isolated,
            final EventWriter events,
            final Reports reports,
            final MarketData marketData,
            final OrderTimers timers,
            final TriggerBook triggers) {
        this.books = books;
        this.ledger = ledger;
        this.reservations = reservations;
        this.isolated = isolated;
        this.events = events;
        this.reports = reports;
        this.marketData = marketData;
        this.timers = timers;
        this.triggers = triggers;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    void byRequest(final Request request, final int order, final long requestClOrdId) {
        reports.cancelledByRequest(request, order, requestClOrdId);
        remove(order);
    }

    void byVenue(final int order, final CancelReason reason) {
        reports.cancelled(order, reason);
        remove(order);
    }

    /**
     * The order loses lots without trading and keeps its place, or ends when it has no more than those: at most 2 events.
     *
     * @return whether it is still open; otherwise its slot is free.
     */
    boolean reduce(final int order, final long lots, final CancelReason reason) {
        if (lots >= books.leavesLots(order)) {
            byVenue(order, reason);
            return false;
        }
        final long shown = books.shownLots(order);
        reservations.release(order, lots);
        books.shrink(order, lots);
        reports.reduced(order, lots, reason);
        if (books.shownLots(order) != shown) {
            marketData.reduced(order);
        }
        return true;
    }

    private void remove(final int order) {
        if (books.isResting(order)) {
            marketData.deleted(books.instrument(order), books.priority(order));
        }
        end(order);
    }

    /** Takes an order with all its open lots off the sums of its position, and out of the books. */
    void end(final int order) {
        timers.disarm(order);
        if (books.stage(order) == Books.UNTRIGGERED) {
            triggers.remove(order);
        }
        final int holding = books.holding(order);
        reservations.release(order, books.leavesLots(order));
        positions.endOrder(holding);
        isolated.look(holding);
        books.remove(order);
    }

    /** How many orders of the account a mass cancel takes. */
    int count(final int account, final MassCancelFilter filter) {
        int count = 0;
        for (int position = ledger.firstPosition(account);
                position >= 0;
                position = positions.nextOfAccount(position)) {
            if (filter.instrument >= 0 && positions.instrument(position) != filter.instrument) {
                continue;
            }
            for (int order = books.firstOfHolding(position); order >= 0; order = books.nextOfHolding(order)) {
                count += filter.takes(books, order) ? 1 : 0;
            }
        }
        return count;
    }

    /** Cancels what a mass cancel takes; false when the batch filled up before the end. */
    boolean ofAccount(final int account, final MassCancelFilter filter, final CancelReason reason) {
        for (int position = ledger.firstPosition(account);
                position >= 0;
                position = positions.nextOfAccount(position)) {
            final boolean concerned = filter.instrument < 0 || positions.instrument(position) == filter.instrument;
            if (concerned && !ofPosition(position, filter, reason)) {
                return false;
            }
        }
        return true;
    }

    private boolean ofPosition(final int position, final MassCancelFilter filter, final CancelReason reason) {
        int order = books.firstOfHolding(position);
        while (order >= 0) {
            final int next = books.nextOfHolding(order);
            if (filter.takes(books, order)) {
                if (!events.hasRoomFor(EVENTS_PER_CANCEL)) {
                    return false;
                }
                byVenue(order, reason);
            }
            order = next;
        }
        return true;
    }

    /** How many open orders a session has. */
    int countOfSession(final int session) {
        int count = 0;
        for (int order = books.firstOfSession(session); order >= 0; order = books.nextOfSession(order)) {
            count++;
        }
        return count;
    }

    /** Cancels every order that a session entered; false when the batch filled up before the end. */
    boolean ofSession(final int session, final CancelReason reason) {
        for (int order = books.firstOfSession(session); order >= 0; order = books.firstOfSession(session)) {
            if (!events.hasRoomFor(EVENTS_PER_CANCEL)) {
                return false;
            }
            byVenue(order, reason);
        }
        return true;
    }

    /** Pulls quotes of a session; false when the batch filled up before the end. */
    boolean ofQuotes(final int session, final QuoteFilter filter) {
        int order = books.firstOfSession(session);
        while (order >= 0) {
            final int next = books.nextOfSession(order);
            if (filter.takes(books, order)) {
                if (!events.hasRoomFor(EVENTS_PER_CANCEL)) {
                    return false;
                }
                byVenue(order, CancelReason.USER);
            }
            order = next;
        }
        return true;
    }

    /** Cancels every order of a bucket that is liquidated; false when the batch filled up before the end. */
    boolean ofBucket(final int bucket) {
        for (int position = ledger.firstPosition(ledger.bucketAccount(bucket));
                position >= 0;
                position = positions.nextOfAccount(position)) {
            if (ledger.bucketOf(position) == bucket) {
                for (int order = books.firstOfHolding(position); order >= 0; order = books.firstOfHolding(position)) {
                    if (!events.hasRoomFor(EVENTS_PER_CANCEL)) {
                        return false;
                    }
                    byVenue(order, CancelReason.LIQUIDATION);
                }
            }
        }
        return true;
    }
}
