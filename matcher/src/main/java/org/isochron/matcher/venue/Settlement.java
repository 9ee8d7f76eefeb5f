package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;

/** The money of a trade: lots and cash change hands, fees are charged, what has traded holds margin no longer. */
final class Settlement {
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Books books;
    private final Reservations reservations;

    Settlement(final Ledger ledger, final Books books, final Reservations reservations) {
        this.ledger = ledger;
        this.books = books;
        this.reservations = reservations;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** Cash that lots cost at a price, quanta. */
    long cash(final int instrument, final long ticks, final long lots) {
        return lots * ticks * instruments.quantaPerTickLot(instrument);
    }

    /** Fee of the side that takes, quanta, rounded up. */
    long takerFee(final int instrument, final long cash) {
        return Margin.ceilPpm(cash, instruments.takerFeePpm(instrument));
    }

    /** Fee of the side that rested, quanta: a fee rounded up, or a rebate, negative, rounded toward zero. */
    long makerFee(final int instrument, final long cash) {
        final int feePpm = instruments.makerFeePpm(instrument);
        return feePpm >= 0 ? Margin.ceilPpm(cash, feePpm) : -Margin.floorPpm(cash, -feePpm);
    }

    /** Lots pass from seller to buyer and their cash the other way; both are positions of one instrument. */
    void trade(final int buyer, final int seller, final long lots, final long cash) {
        ledger.trade(buyer, seller, lots, cash);
    }

    /** The account of a position pays a fee, or receives a rebate. */
    void charge(final int position, final long fee) {
        final int asset = instruments.asset(positions.instrument(position));
        ledger.transfer(positions.account(position), Ledger.FEE, asset, fee);
    }

    /** Lots of an order have traded; it stays open and in its queue, also with nothing left. */
    void fill(final int order, final long lots) {
        reservations.release(order, lots);
        books.fill(order, lots);
    }
}
