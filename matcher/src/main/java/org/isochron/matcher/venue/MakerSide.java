package org.isochron.matcher.venue;

import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.Liquidity;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/** The resting side of a trade: how many lots an order has to give, its fill, and what the market sees of it afterwards. */
final class MakerSide implements StateOwner {
    private final Books books;
    private final EventWriter events;
    private final Reports reports;
    private final MarketData marketData;
    private final Cancels cancels;
    private final Settlement settlement;
    private final ReduceOnly reduceOnly;
    private final MmpTriggers mmp;
    /** Row: instrument * 2, + 1 for sells; priority of the slice refilled last. Part of the noun BOOKS. */
    private final StateTable refilled;

    MakerSide(
            final Capacities capacities,
            final Books books,
            final EventWriter events,
            final Reports reports,
            final MarketData marketData,
            final Cancels cancels,
            final Settlement settlement,
            final ReduceOnly reduceOnly,
            final MmpTriggers mmp) {
        this.mmp = mmp;
        this.books = books;
        this.events = events;
        this.reports = reports;
        this.marketData = marketData;
        this.cancels = cancels;
        this.settlement = settlement;
        this.reduceOnly = reduceOnly;
        refilled = new StateTable("refilled", 2 * capacities.instruments(), 1);
    }

    void resize(final Capacities capacities) {
        refilled.resize(2 * capacities.instruments());
    }

    /**
     * What a resting order gives to one trade: of an iceberg the slice it shows, of a reduce-only order no more than it
     * may. One with nothing left to reduce is cancelled.
     *
     * @return lots, at most those wanted; 0 when the order is gone.
     */
    long offer(final int maker, final long wantedLots) {
        final long lots = Math.min(wantedLots, books.shownLots(maker));
        if (!books.is(maker, OrderTraits.REDUCE_ONLY)) {
            return lots;
        }
        final long reducible = reduceOnly.reducible(maker);
        if (reducible == 0) {
            cancels.byVenue(maker, CancelReason.REDUCE_ONLY);
        }
        return Math.min(lots, reducible);
    }

    /** The fill rule for the resting side: an order that fails it is cancelled. */
    boolean admits(final int maker, final long lots, final long fee) {
        final boolean admitted = settlement.admits(maker, books.ticks(maker), lots, fee);
        if (!admitted) {
            cancels.byVenue(maker, CancelReason.MARGIN);
        }
        return admitted;
    }

    /**
     * Fills a resting order after the money has moved, and tells the market: at most 5 events. What market maker protection
     * makes of it is the caller's to carry out.
     */
    void complete(
            final int maker,
            final long tradeId,
            final long lots,
            final long cash,
            final long fee,
            final boolean liquidation) {
        final int instrument = books.instrument(maker);
        final long ticks = books.ticks(maker);
        settlement.fill(maker, lots);
        reports.fill(maker, tradeId, ticks, lots, fee, Liquidity.MAKER, mmp.onFill(maker, lots, cash));
        marketData.traded(instrument, tradeId, books.priority(maker), ticks, lots, !books.isBuy(maker), liquidation);
        showRest(maker);
    }

    /** What the market sees of a resting order that has traded: 1 event, or 3 when an iceberg shows its next slice. */
    void showRest(final int order) {
        if (books.shownLots(order) != 0) {
            marketData.reduced(order);
            return;
        }
        marketData.deleted(books.instrument(order), books.priority(order));
        if (books.leavesLots(order) == 0) {
            cancels.end(order);
        } else {
            refill(order);
        }
    }

    /** An iceberg whose slice is used up, and told as deleted, shows the next at the end of its queue: 2 events. */
    void refill(final int order) {
        final long priority = events.nextPriority();
        books.refill(order, priority);
        refilled.set(row(order), 0, priority);
        reports.activated(order, ActivationCause.REFILL, 0);
        marketData.added(order);
    }

    /** Whether a slice on the order's side has been refilled since the order took its priority. */
    boolean isOvertaken(final int order) {
        return refilled.get(row(order), 0) > books.priority(order);
    }

    private int row(final int order) {
        return 2 * books.instrument(order) + (books.isBuy(order) ? 0 : 1);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(refilled);
    }
}
