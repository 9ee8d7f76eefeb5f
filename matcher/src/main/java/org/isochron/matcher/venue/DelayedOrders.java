package org.isochron.matcher.venue;

import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.TradingState;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Instruments;

/** What becomes of orders that {@link TakerDelay} has held back, when their time is over. */
final class DelayedOrders {
    /** OrderActivated and OrderAdd, or Cancelled, and the Bbo either may owe. */
    private static final int EVENTS = 3;

    private static final int AUCTION = TradingState.AUCTION.value();

    private final Instruments instruments;
    private final Books books;
    private final OrderChecks checks;
    private final OrderTimers timers;
    private final EventWriter events;
    private final Reports reports;
    private final Cancels cancels;
    private final Matching matching;
    private final WorkQueue work;

    DelayedOrders(
            final Instruments instruments,
            final Books books,
            final OrderChecks checks,
            final OrderTimers timers,
            final EventWriter events,
            final Reports reports,
            final Cancels cancels,
            final Matching matching,
            final WorkQueue work) {
        this.instruments = instruments;
        this.books = books;
        this.checks = checks;
        this.timers = timers;
        this.events = events;
        this.reports = reports;
        this.cancels = cancels;
        this.matching = matching;
        this.work = work;
    }

    /** Whether an order whose timer is due has been held back, and does not end at that time anyway. */
    boolean isDelayed(final int order) {
        return books.stage(order) == Books.DELAYED
                && (books.expireNs(order) == 0 || timers.dueNs(order) < books.expireNs(order));
    }

    /**
     * Lets an order that was held back take its turn with a new priority; where the instrument does not trade any more it
     * joins the auction or ends, and it ends where it would open while risk nodes are silent.
     *
     * @return false when there is no room for it in this command.
     */
    boolean release(final int order) {
        if (!events.hasRoomFor(EVENTS) || !work.hasClientRoom(1)) {
            return false;
        }
        final int state = instruments.state(books.instrument(order));
        final boolean joinsAuction = state == AUCTION && !books.isImmediate(order);
        if (checks.refusesRelease(order)) {
            cancels.byVenue(order, CancelReason.MARGIN);
        } else if (TakerDelay.isTrading(state) || joinsAuction) {
            activate(order);
        } else {
            cancels.byVenue(order, CancelReason.INSTRUMENT_HALT);
        }
        return true;
    }

    private void activate(final int order) {
        timers.disarm(order);
        books.stage(order, Books.MATCHING);
        books.amend(order, books.ticks(order), books.leavesLots(order), events.nextPriority());
        if (books.is(order, OrderTraits.GTT)) {
            timers.arm(order, books.expireNs(order));
        }
        reports.activated(order, ActivationCause.TAKER_DELAY, 0);
        matching.release(order);
    }
}
