package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Gate;
import org.isochron.risk.margin.Margin;

/** The money of a trade: lots and cash change hands, fees are charged, what has traded holds margin no longer. */
final class Settlement {
    /** A payment of funding on either side. */
    static final int EVENTS = 2;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Contracts contracts;
    private final Positions positions;
    private final Books books;
    private final Gate gate;
    private final Reservations reservations;
    private final ReduceOnly reduceOnly;
    private final FundingSettlement funding;

    Settlement(
            final Ledger ledger,
            final Books books,
            final Gate gate,
            final Reservations reservations,
            final ReduceOnly reduceOnly,
            final FundingSettlement funding) {
        this.ledger = ledger;
        this.books = books;
        this.gate = gate;
        this.reservations = reservations;
        this.reduceOnly = reduceOnly;
        this.funding = funding;
        instruments = ledger.instruments();
        contracts = ledger.contracts();
        positions = ledger.positions();
    }

    /** Cash that lots cost their buyer at a price, quanta; negative when their buyer receives it. */
    long cash(final int instrument, final long ticks, final long lots) {
        return contracts.cash(instrument, ticks, lots);
    }

    /** Fee of the side that takes, quanta, rounded up; of the cash that changes hands, whichever way. */
    long takerFee(final int instrument, final long cash) {
        return Margin.ceilPpm(Math.abs(cash), instruments.takerFeePpm(instrument));
    }

    /** Fee of the side that rested, quanta: a fee rounded up, or a rebate, negative, rounded toward zero. */
    long makerFee(final int instrument, final long cash) {
        final int feePpm = instruments.makerFeePpm(instrument);
        final long notional = Math.abs(cash);
        return feePpm >= 0 ? Margin.ceilPpm(notional, feePpm) : -Margin.floorPpm(notional, -feePpm);
    }

    /**
     * The fill rule: whether an order's account may trade lots at a price (rulebook 7).
     *
     * @param fee quanta, negative for a rebate.
     */
    boolean admits(final int order, final long ticks, final long lots, final long fee) {
        return gate.admitsFill(
                books.holding(order),
                books.isBuy(order),
                ticks,
                lots,
                fee,
                books.ticks(order),
                reservations.holdsMargin(order));
    }

    /**
     * Lots pass from seller to buyer and their cash the other way; both are positions of one instrument. Reduce-only orders
     * of either are looked at before the command ends. At most {@value #EVENTS} events: what they had to settle.
     */
    void trade(final int buyer, final int seller, final long lots, final long cash) {
        funding.settle(buyer);
        funding.settle(seller);
        ledger.trade(buyer, seller, lots, cash);
        reduceOnly.changed(buyer);
        reduceOnly.changed(seller);
    }

    /** The account of a position pays a fee, or receives a rebate. */
    void charge(final int position, final long fee) {
        final int asset = instruments.asset(positions.instrument(position));
        ledger.transfer(ledger.bucketOf(position), ledger.crossBucket(Ledger.FEE, asset), fee);
    }

    /** Lots of an order have traded; it stays open and in its queue, also with nothing left. */
    void fill(final int order, final long lots) {
        reservations.fill(order, lots);
        books.fill(order, lots);
    }
}
