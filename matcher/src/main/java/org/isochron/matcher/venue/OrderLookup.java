package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.TOO_LATE_TO_CANCEL;
import static org.isochron.codecs.RejectCode.UNKNOWN_ORDER;

import org.isochron.codecs.CancelDecoder;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Positions;

/** Finds the order a Replace or Cancel means, by exactly one of its two ids. Both number their ids alike. */
final class OrderLookup {
    private final Sessions sessions;
    private final Books books;
    private final Positions positions;

    /** The order found last. */
    private int order;

    OrderLookup(final Sessions sessions, final Books books, final Positions positions) {
        this.sessions = sessions;
        this.books = books;
        this.positions = positions;
    }

    int order() {
        return order;
    }

    /**
     * Another account's order is as unknown as one that never was.
     *
     * @return whether there is no such order; why is left in the refusal.
     */
    boolean refuses(
            final Refusal refusal,
            final int session,
            final int account,
            final int instrument,
            final long origClOrdId,
            final long orderId) {
        final boolean byId = orderId != CancelDecoder.orderIdNullValue();
        final boolean byClientId = origClOrdId != CancelDecoder.origClOrdIdNullValue();
        final int fieldId = byId ? CancelDecoder.orderIdId() : CancelDecoder.origClOrdIdId();
        if (byId == byClientId) {
            return refusal.of(BAD_VALUE, CancelDecoder.origClOrdIdId(), origClOrdId);
        }
        order = byId ? books.findById(orderId) : books.findByClientId(session, origClOrdId);
        if (order == Books.NONE) {
            final boolean done = byClientId && sessions.recentIds().contains(session, origClOrdId);
            return refusal.of(done ? TOO_LATE_TO_CANCEL : UNKNOWN_ORDER, fieldId, byId ? orderId : origClOrdId);
        }
        return (positions.account(books.holding(order)) != account || books.instrument(order) != instrument)
                && refusal.of(UNKNOWN_ORDER, fieldId, byId ? orderId : origClOrdId);
    }
}
