package org.isochron.matcher.venue;

import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.RejectCode;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Positions;

/**
 * A stop or take-profit enters: it becomes what its price says, gets a place, and is judged like a new order. One that
 * fails is cancelled; the owner has been told of its trigger before.
 */
final class Activation {
    /** OrderActivated, and either Cancelled or what it has been cut down by. */
    static final int EVENTS = 2;

    private static final int ANY_STOP = OrderTraits.STOP | OrderTraits.TAKE_PROFIT;

    private final Books books;
    private final Positions positions;
    private final OrderChecks checks;
    private final Reservations reservations;
    private final IsolatedMargin isolated;
    private final EventWriter events;
    private final Reports reports;
    private final Cancels cancels;
    private final OrderTerms terms = new OrderTerms();

    Activation(
            final Books books,
            final Positions positions,
            final OrderChecks checks,
            final Reservations reservations,
            final IsolatedMargin isolated,
            final EventWriter events,
            final Reports reports,
            final Cancels cancels) {
        this.books = books;
        this.positions = positions;
        this.checks = checks;
        this.reservations = reservations;
        this.isolated = isolated;
        this.events = events;
        this.reports = reports;
        this.cancels = cancels;
    }

    /**
     * Makes a plain order of a stop that has fired, at most {@link #EVENTS}. No other order of its instrument is being
     * matched.
     *
     * @param refTicks price that has fired it.
     * @return whether it is still open, outside the queues, and its turn has come.
     */
    boolean activate(final int order, final long refTicks) {
        terms.ofOrder(books, order);
        terms.account = positions.account(terms.position);
        terms.traits &= ~ANY_STOP;
        final boolean refused = checks.refusesActivation(terms);
        // An isolated bucket catches up with the mark first: a walk over its orders must not meet this one unreserved.
        isolated.claim(terms.position);
        books.traits(order, terms.traits);
        books.stage(order, Books.MATCHING);
        if (!refused) {
            cut(order, books.leavesLots(order) - terms.lots);
            isolated.draw(terms.position, terms.draw);
        }
        books.amend(order, terms.ticks, books.leavesLots(order), events.nextPriority());
        reservations.reserve(order);
        reports.activated(order, ActivationCause.TRIGGER, refTicks);
        if (refused) {
            cancels.byVenue(order, reason(terms.refusal.code));
        }
        return !refused;
    }

    /** A reduce-only order for more than the position has left is told so before it enters; it holds no margin. */
    private void cut(final int order, final long lots) {
        if (lots > 0) {
            books.shrink(order, lots);
            reports.reduced(order, lots, CancelReason.REDUCE_ONLY);
        }
    }

    private static CancelReason reason(final RejectCode code) {
        return switch (code) {
            case KILL_SWITCH_ON -> CancelReason.KILL;
            case ACCOUNT_IN_LIQUIDATION -> CancelReason.LIQUIDATION;
            case MMP_FROZEN -> CancelReason.MMP;
            case REDUCE_ONLY_VIOLATED -> CancelReason.REDUCE_ONLY;
            case PRICE_BAND -> CancelReason.BAND;
            case POST_ONLY_WOULD_CROSS -> CancelReason.POST_ONLY;
            default -> CancelReason.MARGIN;
        };
    }
}
