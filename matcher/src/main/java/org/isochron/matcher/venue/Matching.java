package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;
import org.isochron.codecs.Liquidity;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.ZeroPrice;

/**
 * Price-time matching, and the money of every trade. A resting order of the same account in the way is cancelled and
 * matching goes on (CANCEL_RESTING). A trade's events: the taker's Fill, the maker's Fill, Trade, then OrderReduce or
 * OrderDelete.
 */
final class Matching {
    /**
     * Two fills, trade, reduce, the Bbo owed, what market maker protection has to tell, and what becomes of the remainder
     * (Cancelled or OrderAdd).
     */
    static final int EVENTS_PER_TRADE = 6 + MmpTriggers.EVENTS;

    /** Cancelled or OrderAdd, and the Bbo it may owe. */
    private static final int EVENTS_FOR_REMAINDER = 2;

    /** How a sweep ends: the batch is full, the remainder is to be settled, or the order is no longer the sweep's. */
    private static final int WAITS = 0;

    private static final int SWEPT = 1;
    private static final int GONE = 2;

    private final Books books;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final EventWriter events;
    private final Reports reports;
    private final MarketData marketData;
    private final Cancels cancels;
    private final Settlement settlement;
    private final MmpTriggers mmp;
    private final TakerDelay takerDelay;
    private final WorkQueue work;
    private final Tranche tranche = new Tranche();

    Matching(
            final Books books,
            final Ledger ledger,
            final EventWriter events,
            final Reports reports,
            final MarketData marketData,
            final Cancels cancels,
            final Settlement settlement,
            final MmpTriggers mmp,
            final TakerDelay takerDelay,
            final WorkQueue work) {
        this.books = books;
        this.ledger = ledger;
        this.events = events;
        this.reports = reports;
        this.marketData = marketData;
        this.cancels = cancels;
        this.settlement = settlement;
        this.mmp = mmp;
        this.takerDelay = takerDelay;
        this.work = work;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** What a liquidation offers to the book, and what has come of it. Reused. */
    static final class Tranche {
        int position;
        boolean buy;
        long limitTicks;
        long lots;
        /** b: the cash that all lots together must bring. */
        long cash;

        long filledLots;
        /** Signed cash the fills have brought. */
        long received;

        long notional;
        /** Rebates of makers, paid by INSURANCE out of the fee. */
        long rebates;

        void of(final int position, final boolean buy, final long limitTicks, final long lots, final long cash) {
            this.position = position;
            this.buy = buy;
            this.limitTicks = limitTicks;
            this.lots = lots;
            this.cash = cash;
            filledLots = 0;
            received = 0;
            notional = 0;
            rebates = 0;
        }

        long fee(final int feePpm) {
            return filledLots == 0
                    ? 0
                    : ZeroPrice.fee(notional, feePpm, received - ZeroPrice.share(cash, filledLots, lots));
        }
    }

    /** The tranche being worked on, to be set before {@link #sweep(Tranche)}. */
    Tranche tranche() {
        return tranche;
    }

    /**
     * Holds an order outside the queues back, in stage DELAYED, when its turn has come and it would take liquidity where
     * takers are delayed; to be asked before {@link #enter}.
     */
    boolean delays(final int order) {
        if (work.isMatching(books.instrument(order)) || !takerDelay.holds(order)) {
            return false;
        }
        takerDelay.hold(order);
        return true;
    }

    /** An acknowledged order outside the queues takes its turn: at once, or behind those that wait in its instrument. */
    void enter(final int order) {
        final int instrument = books.instrument(order);
        if (work.isMatching(instrument)) {
            work.pushMatch(books.id(order), instrument, false);
        } else if (!match(order)) {
            work.pushMatch(books.id(order), instrument, true);
        }
    }

    /** An order whose delay is over takes its turn, behind all work that waits: that may be its own cancel. */
    void release(final int order) {
        if (!work.isEmpty() || !match(order)) {
            work.pushMatch(books.id(order), books.instrument(order), true);
        }
    }

    /** An order of the work queue takes its turn, unless it had it; false when the batch filled up before its end. */
    boolean goOn(final int order, final boolean hadTurn) {
        if (!hadTurn && takerDelay.holds(order)) {
            takerDelay.hold(order);
            return true;
        }
        return match(order);
    }

    /** Matches an order to its end; false when the batch filled up before. */
    private boolean match(final int order) {
        final int end = sweep(order);
        if (end == SWEPT) {
            settleRemainder(order);
        }
        return end != WAITS;
    }

    private void settleRemainder(final int order) {
        if (books.leavesLots(order) == 0) {
            cancels.end(order);
        } else if (books.isImmediate(order)) {
            cancels.byVenue(order, CancelReason.IOC);
        } else {
            books.rest(order);
            marketData.added(order);
        }
    }

    private int sweep(final int taker) {
        final int instrument = books.instrument(taker);
        final boolean buy = books.isBuy(taker);
        final long ticks = books.ticks(taker);
        final int position = books.holding(taker);
        while (books.leavesLots(taker) > 0 && books.crosses(instrument, buy, ticks)) {
            if (!events.hasRoomFor(EVENTS_PER_TRADE)) {
                return WAITS;
            }
            final int maker = books.best(instrument, !buy);
            if (books.holding(maker) == position) {
                cancels.byVenue(maker, CancelReason.STP);
            } else if (trade(taker, maker)) {
                return GONE;
            } else if (work.isUrgent()) {
                return WAITS;
            }
        }
        return events.hasRoomFor(EVENTS_FOR_REMAINDER) ? SWEPT : WAITS;
    }

    /** Trades what both have; true when market maker protection has taken the incoming order out of the sweep's hands. */
    private boolean trade(final int taker, final int maker) {
        final int instrument = books.instrument(taker);
        final int position = books.holding(taker);
        final long lots = Math.min(books.leavesLots(taker), books.leavesLots(maker));
        final long ticks = books.ticks(maker);
        final long cash = settlement.cash(instrument, ticks, lots);
        final long takerFee = settlement.takerFee(instrument, cash);
        final long makerFee = settlement.makerFee(instrument, cash);
        settle(position, books.holding(maker), books.isBuy(taker), lots, cash);
        settlement.charge(position, takerFee);
        settlement.charge(books.holding(maker), makerFee);
        settlement.fill(taker, lots);
        final long tradeId = events.nextEventId();
        final boolean triggers = mmp.onFill(taker, lots, cash);
        reports.fill(taker, tradeId, ticks, lots, takerFee, Liquidity.TAKER, triggers);
        completeMaker(maker, tradeId, lots, cash, makerFee, false);
        if (mmp.isPending()) {
            protect(taker, triggers);
        }
        return triggers;
    }

    private void protect(final int taker, final boolean ofItsGroup) {
        if (ofItsGroup && books.leavesLots(taker) == 0) {
            cancels.end(taker);
        }
        mmp.cancel();
    }

    /**
     * Offers a liquidated position to the book, immediate or cancel at the tranche's limit; false when the batch filled up
     * before the book was exhausted.
     *
     * @param reserve events the caller still has to write.
     */
    boolean sweep(final Tranche tranche, final int reserve) {
        final int instrument = positions.instrument(tranche.position);
        boolean goesOn = true;
        while (goesOn
                && tranche.filledLots < tranche.lots
                && books.crosses(instrument, tranche.buy, tranche.limitTicks)) {
            if (!events.hasRoomFor(EVENTS_PER_TRADE + reserve)) {
                return false;
            }
            trade(tranche, books.best(instrument, !tranche.buy));
            goesOn = !mmp.isPending() || protect(reserve);
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

    private void trade(final Tranche tranche, final int maker) {
        final int instrument = positions.instrument(tranche.position);
        final long lots = Math.min(tranche.lots - tranche.filledLots, books.leavesLots(maker));
        final long ticks = books.ticks(maker);
        final long cash = settlement.cash(instrument, ticks, lots);
        settle(tranche.position, books.holding(maker), tranche.buy, lots, cash);
        tranche.filledLots += lots;
        tranche.notional += cash;
        tranche.received += tranche.buy ? -cash : cash;
        final long makerFee = makerFee(tranche, maker, cash, instrument);
        final long tradeId = events.nextEventId();
        reports.liquidationFill(
                tranche.position,
                tranche.buy,
                tradeId,
                ticks,
                lots,
                tranche.lots - tranche.filledLots,
                tranche.filledLots);
        completeMaker(maker, tradeId, lots, cash, makerFee, true);
    }

    /**
     * A rebate in a liquidation comes out of the liquidation fee, as far as that has grown, or is not paid at all. The fee
     * only grows with further fills, none of which is worse than the limit.
     */
    private long makerFee(final Tranche tranche, final int maker, final long cash, final int instrument) {
        final long fee = settlement.makerFee(instrument, cash);
        final int asset = instruments.asset(instrument);
        final int account = positions.account(books.holding(maker));
        if (fee >= 0) {
            ledger.transfer(account, Ledger.FEE, asset, fee);
            return fee;
        }
        if (tranche.rebates - fee > tranche.fee(instruments.liquidationFeePpm(instrument))) {
            return 0;
        }
        tranche.rebates -= fee;
        ledger.transfer(Ledger.INSURANCE, account, asset, -fee);
        return fee;
    }

    private void settle(final int taker, final int maker, final boolean buy, final long lots, final long cash) {
        settlement.trade(buy ? taker : maker, buy ? maker : taker, lots, cash);
    }

    private void completeMaker(
            final int maker,
            final long tradeId,
            final long lots,
            final long cash,
            final long fee,
            final boolean liquidation) {
        final int instrument = books.instrument(maker);
        final boolean buy = books.isBuy(maker);
        final long ticks = books.ticks(maker);
        final long publicId = books.priority(maker);
        settlement.fill(maker, lots);
        reports.fill(maker, tradeId, ticks, lots, fee, Liquidity.MAKER, mmp.onFill(maker, lots, cash));
        marketData.traded(instrument, tradeId, publicId, ticks, lots, !buy, liquidation);
        if (books.leavesLots(maker) == 0) {
            marketData.deleted(instrument, publicId);
            cancels.end(maker);
        } else {
            marketData.reduced(maker);
        }
    }
}
