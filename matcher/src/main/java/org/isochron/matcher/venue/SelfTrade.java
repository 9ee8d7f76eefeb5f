package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.state.InvariantViolation;

/**
 * Self-trade prevention: what happens when an order meets one of the same owner. The incoming order's mode and scope
 * decide. One account's orders are always own; with the scope of the firm, so are those of the firm's other accounts,
 * narrowed to the incoming order's group when it names one.
 */
final class SelfTrade {
    private final Ledger ledger;
    private final Positions positions;
    private final Books books;
    private final Cancels cancels;

    SelfTrade(final Ledger ledger, final Books books, final Cancels cancels) {
        this.ledger = ledger;
        this.books = books;
        this.cancels = cancels;
        positions = ledger.positions();
    }

    /** Whether the two orders, of one instrument, must not trade. */
    boolean isOwn(final int incoming, final int resting) {
        return books.holding(incoming) == books.holding(resting)
                || books.is(incoming, OrderTraits.STP_FIRM) && isOfFirm(incoming, resting);
    }

    private boolean isOfFirm(final int incoming, final int resting) {
        final int firm = ledger.firm(positions.account(books.holding(incoming)));
        final int group = books.stpGroup(incoming);
        return firm == ledger.firm(positions.account(books.holding(resting)))
                && (group == Books.NONE || group == books.stpGroup(resting));
    }

    /**
     * Keeps two own orders from trading, at most 4 events.
     *
     * @return whether the incoming order is still open; otherwise its slot is free.
     */
    boolean prevent(final int incoming, final int resting) {
        final int mode = OrderTraits.stpMode(books.traits(incoming));
        switch (mode) {
            case OrderTraits.CANCEL_RESTING -> {
                cancels.byVenue(resting, CancelReason.STP);
                return true;
            }
            case OrderTraits.CANCEL_AGGRESSOR -> {
                cancels.byVenue(incoming, CancelReason.STP);
                return false;
            }
            case OrderTraits.CANCEL_BOTH -> {
                cancels.byVenue(resting, CancelReason.STP);
                cancels.byVenue(incoming, CancelReason.STP);
                return false;
            }
            case OrderTraits.DECREMENT -> {
                return decrement(incoming, resting);
            }
            default -> throw new InvariantViolation("self-trade prevention of mode " + mode);
        }
    }

    private boolean decrement(final int incoming, final int resting) {
        final long lots = Math.min(books.leavesLots(incoming), books.leavesLots(resting));
        cancels.reduce(resting, lots, CancelReason.STP);
        return cancels.reduce(incoming, lots, CancelReason.STP);
    }
}
