package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;

/**
 * Offers positions under liquidation to the book, and what the fund works off. The closing side has no order and asks no fill rule: it is the venue's own
 * doing. The resting side is treated as in any trade.
 */
final class TrancheSweep {
    private final Books books;
    private final Ledger ledger;
    private final Margin margin;
    private final Instruments instruments;
    private final Positions positions;
    private final EventWriter events;
    private final Reports reports;
    private final Settlement settlement;
    private final MakerSide makers;
    private final MmpTriggers mmp;

    TrancheSweep(
            final Books books,
            final Ledger ledger,
            final Margin margin,
            final EventWriter events,
            final Reports reports,
            final Settlement settlement,
            final MakerSide makers,
            final MmpTriggers mmp) {
        this.mmp = mmp;
        this.books = books;
        this.ledger = ledger;
        this.margin = margin;
        this.events = events;
        this.reports = reports;
        this.settlement = settlement;
        this.makers = makers;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /**
     * Sweeps the book, immediate or cancel at the tranche's limit; false when the batch filled up before the book was
     * exhausted.
     *
     * @param reserve events the caller still has to write.
     */
    boolean run(final Tranche tranche, final int reserve) {
        final int instrument = positions.instrument(tranche.position);
        boolean goesOn = true;
        while (goesOn
                && tranche.filledLots < tranche.lots
                && books.crosses(instrument, tranche.buy, tranche.limitTicks)) {
            if (!events.hasRoomFor(Matching.EVENTS_PER_TRADE + reserve)) {
                return false;
            }
            goesOn = meet(tranche, books.best(instrument, !tranche.buy), instrument)
                    && (!mmp.isPending() || protect(reserve));
        }
        return goesOn;
    }

    /** Market maker protection of a resting order; leaves the room the caller still needs. */
    private boolean protect(final int reserve) {
        events.reserveMore(reserve);
        final boolean done = mmp.cancel();
        events.reserveMore(-reserve);
        return done;
    }

    /**
     * Whether a rebate is paid shows only with the fill, so the fill rule counts none.
     *
     * @return false when the fund can afford no further fill.
     */
    private boolean meet(final Tranche tranche, final int maker, final int instrument) {
        long lots = makers.offer(maker, tranche.lots - tranche.filledLots);
        if (lots != 0 && tranche.isFunds) {
            lots = affordable(tranche, books.ticks(maker), lots);
            if (lots == 0) {
                return false;
            }
        }
        if (lots != 0) {
            final long cash = settlement.cash(instrument, books.ticks(maker), lots);
            if (makers.admits(maker, lots, Math.max(0, settlement.makerFee(instrument, cash)))) {
                trade(tranche, maker, lots, cash);
            }
        }
        return true;
    }

    /** How many lots leave the fund worth no less than nothing: what it loses others would have to pay. */
    private long affordable(final Tranche tranche, final long ticks, final long lots) {
        margin.judge(ledger.bucketOf(tranche.position));
        final long worth = margin.equity() - margin.value(tranche.position);
        long sure = 0;
        long doubtful = lots;
        while (sure < doubtful) {
            final long tried = doubtful - (doubtful - sure) / 2;
            if (worth + worthOf(tranche, ticks, tried) >= 0) {
                sure = tried;
            } else {
                doubtful = tried - 1;
            }
        }
        return sure;
    }

    /** The position after some lots were filled, and what they bring. */
    private long worthOf(final Tranche tranche, final long ticks, final long lots) {
        final int instrument = positions.instrument(tranche.position);
        final long cash = settlement.cash(instrument, ticks, lots);
        return margin.valueWith(tranche.position, positions.lots(tranche.position) + (tranche.buy ? lots : -lots))
                + (tranche.buy ? -cash : cash)
                - settlement.takerFee(instrument, cash);
    }

    private void trade(final Tranche tranche, final int maker, final long lots, final long cash) {
        final int instrument = positions.instrument(tranche.position);
        final int holding = books.holding(maker);
        settlement.trade(
                tranche.buy ? tranche.position : holding, tranche.buy ? holding : tranche.position, lots, cash);
        tranche.filledLots += lots;
        tranche.notional += Math.abs(cash);
        tranche.received += tranche.buy ? -cash : cash;
        final long makerFee = chargeMaker(tranche, maker, cash, instrument);
        final long takerFee = tranche.isFunds ? settlement.takerFee(instrument, cash) : 0;
        settlement.charge(tranche.position, takerFee);
        final long tradeId = events.nextEventId();
        reports.liquidationFill(
                tranche.position,
                tranche.buy,
                tradeId,
                books.ticks(maker),
                lots,
                tranche.lots - tranche.filledLots,
                tranche.filledLots,
                takerFee);
        makers.complete(maker, tradeId, lots, cash, makerFee, true);
    }

    /**
     * A rebate in a liquidation comes out of the liquidation fee, as far as that has grown, or is not paid at all. The fee
     * only grows with further fills, none of which is worse than the limit.
     */
    private long chargeMaker(final Tranche tranche, final int maker, final long cash, final int instrument) {
        final long fee = settlement.makerFee(instrument, cash);
        final int asset = instruments.asset(instrument);
        final int bucket = ledger.bucketOf(books.holding(maker));
        if (fee >= 0 || tranche.isFunds) {
            ledger.transfer(bucket, ledger.crossBucket(Ledger.FEE, asset), fee);
            return fee;
        }
        if (tranche.rebates - fee > tranche.fee(instruments.liquidationFeePpm(instrument))) {
            return 0;
        }
        tranche.rebates -= fee;
        ledger.transfer(ledger.crossBucket(Ledger.INSURANCE, asset), bucket, -fee);
        return fee;
    }
}
