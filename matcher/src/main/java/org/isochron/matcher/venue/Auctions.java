package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;
import org.isochron.codecs.Liquidity;
import org.isochron.codecs.StateReason;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;

/**
 * Holds auctions: the uncross at the head of the work queue. All trades of a crossed book are at one price, best buy with
 * best sell. Orders that may not trade after all (own orders, nothing left to reduce, the fill rule) go without trading, so
 * the book may still be crossed when nobody is left at the price: then the price is worked out anew. A price outside the
 * collar extends the auction instead.
 *
 * <p>A trade's events: the Fill of the buyer, that of the seller, Trade, then what becomes of the buyer's place in the book
 * and of the seller's.
 */
final class Auctions {
    /** Funding both had to settle, two fills, trade, three for each side's next slice, market maker protection, and the Bbo owed. */
    private static final int EVENTS_PER_PAIR = Settlement.EVENTS + 10 + MmpTriggers.EVENTS;

    private static final int NOT_KNOWN = 0;

    private final Books books;
    private final AuctionPrice price;
    private final Collars collars;
    private final TradingStates states;
    private final EventWriter events;
    private final Reports reports;
    private final MarketData marketData;
    private final Cancels cancels;
    private final Settlement settlement;
    private final MakerSide makers;
    private final SelfTrade selfTrade;
    private final ReduceOnly reduceOnly;
    private final MmpTriggers mmp;
    private final WorkQueue work;

    Auctions(
            final Books books,
            final AuctionPrice price,
            final Collars collars,
            final TradingStates states,
            final EventWriter events,
            final Reports reports,
            final MarketData marketData,
            final Cancels cancels,
            final Settlement settlement,
            final MakerSide makers,
            final SelfTrade selfTrade,
            final ReduceOnly reduceOnly,
            final MmpTriggers mmp,
            final WorkQueue work) {
        this.books = books;
        this.price = price;
        this.collars = collars;
        this.states = states;
        this.events = events;
        this.reports = reports;
        this.marketData = marketData;
        this.cancels = cancels;
        this.settlement = settlement;
        this.makers = makers;
        this.selfTrade = selfTrade;
        this.reduceOnly = reduceOnly;
        this.mmp = mmp;
        this.work = work;
    }

    /** Goes on with the uncross at the head; false when the batch filled up before its end. */
    boolean goOn() {
        if (work.head(WorkQueue.PROGRESS) == WorkQueue.CALLED_OFF) {
            return true;
        }
        final int instrument = (int) work.head(WorkQueue.INSTRUMENT) - 1;
        while (events.hasRoomFor(EVENTS_PER_PAIR)) {
            if (work.head(WorkQueue.SUBJECT) == NOT_KNOWN) {
                final long ticks = decide(instrument);
                if (ticks == NOT_KNOWN) {
                    return true;
                }
                work.head(WorkQueue.SUBJECT, ticks);
            }
            if (!uncross(instrument, work.head(WorkQueue.SUBJECT))) {
                return false;
            }
            work.head(WorkQueue.SUBJECT, NOT_KNOWN);
        }
        return false;
    }

    /** The price to trade at; or none, when the auction is over or extended. */
    private long decide(final int instrument) {
        final long reference = collars.reference(instrument);
        if (!price.find(instrument, 1, Long.MAX_VALUE, reference)) {
            states.open(instrument, StateReason.get((short) work.head(WorkQueue.REASON)));
            return NOT_KNOWN;
        }
        final long lowest = collars.lowest(instrument);
        final long highest = collars.highest(instrument);
        if (lowest <= price.ticks() && price.ticks() <= highest) {
            return price.ticks();
        }
        final long most = price.lots();
        // What an operator wants opened opens at the nearest price allowed, unless the book would stay crossed.
        if (work.head(WorkQueue.PROGRESS) != 0
                && price.find(instrument, lowest, highest, reference)
                && price.lots() == most) {
            return price.ticks();
        }
        states.extend(instrument);
        return NOT_KNOWN;
    }

    /** Pairs off everybody who wants to trade at the price; false when the rest has to wait. */
    private boolean uncross(final int instrument, final long ticks) {
        while (isWanted(instrument, ticks)) {
            if (!events.hasRoomFor(EVENTS_PER_PAIR)) {
                return false;
            }
            pair(books.best(instrument, true), books.best(instrument, false), ticks);
            if (work.isUrgent()) {
                return false;
            }
        }
        return true;
    }

    private boolean isWanted(final int instrument, final long ticks) {
        final long ask = books.bestTicks(instrument, false);
        return ask != 0 && ask <= ticks && books.bestTicks(instrument, true) >= ticks;
    }

    private void pair(final int buyer, final int seller, final long ticks) {
        final boolean buyerCameLast = books.priority(buyer) > books.priority(seller);
        final int incoming = buyerCameLast ? buyer : seller;
        final int resting = buyerCameLast ? seller : buyer;
        if (selfTrade.isOwn(incoming, resting)) {
            selfTrade.prevent(incoming, resting);
            return;
        }
        final long lots = Math.min(tradable(buyer), tradable(seller));
        if (lots == 0) {
            cancels.byVenue(tradable(buyer) == 0 ? buyer : seller, CancelReason.REDUCE_ONLY);
            return;
        }
        final long cash = settlement.cash(books.instrument(buyer), ticks, lots);
        final long fee = settlement.takerFee(books.instrument(buyer), cash);
        if (!settlement.admits(buyer, ticks, lots, fee)) {
            cancels.byVenue(buyer, CancelReason.MARGIN);
        } else if (!settlement.admits(seller, ticks, lots, fee)) {
            cancels.byVenue(seller, CancelReason.MARGIN);
        } else {
            trade(buyer, seller, ticks, lots, cash, fee);
        }
    }

    private long tradable(final int order) {
        final long leaves = books.leavesLots(order);
        return books.is(order, OrderTraits.REDUCE_ONLY) ? Math.min(leaves, reduceOnly.reducible(order)) : leaves;
    }

    private void trade(
            final int buyer, final int seller, final long ticks, final long lots, final long cash, final long fee) {
        settlement.trade(books.holding(buyer), books.holding(seller), lots, cash);
        settlement.charge(books.holding(buyer), fee);
        settlement.charge(books.holding(seller), fee);
        final long tradeId = events.nextEventId();
        fill(buyer, tradeId, ticks, lots, cash, fee);
        fill(seller, tradeId, ticks, lots, cash, fee);
        marketData.tradedInAuction(
                books.instrument(buyer), tradeId, Math.min(books.priority(buyer), books.priority(seller)), ticks, lots);
        makers.showRest(buyer);
        makers.showRest(seller);
        if (mmp.isPending()) {
            mmp.cancel();
        }
    }

    private void fill(
            final int order, final long tradeId, final long ticks, final long lots, final long cash, final long fee) {
        settlement.fill(order, lots);
        reports.fill(order, tradeId, ticks, lots, fee, Liquidity.AUCTION, mmp.onFill(order, lots, cash));
    }
}
