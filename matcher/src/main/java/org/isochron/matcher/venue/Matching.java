package org.isochron.matcher.venue;

import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.Liquidity;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;

/**
 * Price-time matching of orders whose turn has come. Where two meet, it is asked in this order: are they of one owner; what
 * may the resting order give, what may the incoming one take, where either only reduces; does the fill rule let the
 * resting account trade, does it let the incoming one. What fails is cancelled, and matching goes on as long as the
 * incoming order is open. A trade's events: the taker's Fill, the maker's Fill, Trade, then OrderReduce, or OrderDelete and
 * the next slice of an iceberg (OrderActivated, OrderAdd).
 */
final class Matching {
    /**
     * What funding either side had to settle, two fills, trade, delete, a slice's two, the Bbo owed, what market maker protection has to tell, and what becomes of
     * the remainder (Cancelled or OrderAdd). Whatever else two orders do to each other takes fewer.
     */
    static final int EVENTS_PER_TRADE = Settlement.EVENTS + 8 + MmpTriggers.EVENTS;

    /** OrderActivated, Cancelled or OrderAdd, and the Bbo it may owe. */
    private static final int EVENTS_FOR_REMAINDER = 3;

    /** Orders that are judged once more when their turn comes. */
    private static final int JUDGED_AT_TURN = OrderTraits.POST_ONLY | OrderTraits.FILL_OR_KILL;

    /** What a step leaves of an order: nothing, or nothing that is the step's to settle. */
    private static final int ENDED = 0;

    private static final int OPEN = 1;
    /** It goes on with the next command. */
    private static final int INTERRUPTED = 2;

    private final Books books;
    private final Instruments instruments;
    private final EventWriter events;
    private final Reports reports;
    private final MarketData marketData;
    private final Cancels cancels;
    private final Settlement settlement;
    private final MakerSide makers;
    private final SelfTrade selfTrade;
    private final ReduceOnly reduceOnly;
    private final FillOrKill fillOrKill;
    private final MmpTriggers mmp;
    private final TakerDelay takerDelay;
    private final WorkQueue work;

    Matching(
            final Books books,
            final Ledger ledger,
            final EventWriter events,
            final Reports reports,
            final MarketData marketData,
            final Cancels cancels,
            final Settlement settlement,
            final MakerSide makers,
            final SelfTrade selfTrade,
            final ReduceOnly reduceOnly,
            final FillOrKill fillOrKill,
            final MmpTriggers mmp,
            final TakerDelay takerDelay,
            final WorkQueue work) {
        this.books = books;
        this.events = events;
        this.reports = reports;
        this.marketData = marketData;
        this.cancels = cancels;
        this.settlement = settlement;
        this.makers = makers;
        this.selfTrade = selfTrade;
        this.reduceOnly = reduceOnly;
        this.fillOrKill = fillOrKill;
        this.mmp = mmp;
        this.takerDelay = takerDelay;
        this.work = work;
        instruments = ledger.instruments();
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

    /**
     * An order of the work queue takes its turn, unless it had it; false when the batch filled up before its end. Slices
     * refilled while it waited have a higher priority and stand where it may come to rest: it takes a new one behind them.
     */
    boolean goOn(final int order, final boolean hadTurn) {
        if (!hadTurn && takerDelay.holds(order)) {
            takerDelay.hold(order);
            return true;
        }
        if (events.hasRoomFor(EVENTS_FOR_REMAINDER) && makers.isOvertaken(order) && !books.isImmediate(order)) {
            books.amend(order, books.ticks(order), books.leavesLots(order), events.nextPriority());
            reports.activated(order, ActivationCause.QUEUE, 0);
        }
        // Cancels that its last trade has set off stand at the head now, and go first.
        return match(order) && !work.isUrgent();
    }

    /** Matches an order to its end; false when the batch filled up before. */
    private boolean match(final int order) {
        if (!events.hasRoomFor(EVENTS_FOR_REMAINDER)) {
            return false;
        }
        if (!instruments.isOpen(books.instrument(order))) {
            enterWithoutMatching(order);
            return true;
        }
        int outcome = books.is(order, JUDGED_AT_TURN) ? judgeAtTurn(order) : OPEN;
        if (outcome == OPEN) {
            outcome = sweep(order);
        }
        if (outcome == OPEN) {
            complete(order);
        }
        // While a triggered group still has orders its cancel stands at the head of the queue: the order's item stays.
        return outcome != INTERRUPTED && !work.isUrgent();
    }

    /** The instrument has left continuous trading since the order was accepted, or collects orders for an auction. */
    private void enterWithoutMatching(final int order) {
        final boolean collects = instruments.isInAuction(books.instrument(order));
        if (collects && !books.isImmediate(order)) {
            rest(order);
        } else {
            cancels.byVenue(order, CancelReason.INSTRUMENT_HALT);
        }
    }

    /**
     * A post-only order was judged when it was accepted; only one that has waited since may cross. A fill-or-kill order
     * that can be filled goes on as an immediate one.
     */
    private int judgeAtTurn(final int order) {
        if (books.isPostOnly(order)) {
            if (!books.crosses(books.instrument(order), books.isBuy(order), books.ticks(order))) {
                return OPEN;
            }
            cancels.byVenue(order, CancelReason.POST_ONLY);
            return ENDED;
        }
        final int verdict = fillOrKill.judge(order);
        if (verdict == FillOrKill.CANNOT) {
            cancels.byVenue(order, CancelReason.FOK);
            return ENDED;
        }
        if (verdict == FillOrKill.WAITS) {
            return INTERRUPTED;
        }
        books.traits(order, books.traits(order) & ~OrderTraits.FILL_OR_KILL);
        return OPEN;
    }

    private void complete(final int order) {
        if (books.leavesLots(order) == 0) {
            cancels.end(order);
        } else if (books.isImmediate(order)) {
            cancels.byVenue(order, CancelReason.IOC);
        } else {
            rest(order);
        }
    }

    private void rest(final int order) {
        books.rest(order);
        marketData.added(order);
    }

    private int sweep(final int taker) {
        final int instrument = books.instrument(taker);
        final boolean buy = books.isBuy(taker);
        final long ticks = books.ticks(taker);
        while (books.leavesLots(taker) > 0 && books.crosses(instrument, buy, ticks)) {
            if (!events.hasRoomFor(EVENTS_PER_TRADE)) {
                return INTERRUPTED;
            }
            final int maker = books.best(instrument, !buy);
            final boolean open = selfTrade.isOwn(taker, maker) ? selfTrade.prevent(taker, maker) : meet(taker, maker);
            if (!open) {
                return ENDED;
            }
            if (work.isUrgent()) {
                return INTERRUPTED;
            }
        }
        return events.hasRoomFor(EVENTS_FOR_REMAINDER) ? OPEN : INTERRUPTED;
    }

    /** Two orders that may trade meet; returns whether the taker is still open. */
    private boolean meet(final int taker, final int maker) {
        final long offered = makers.offer(maker, books.leavesLots(taker));
        if (offered == 0) {
            return true;
        }
        final long lots =
                books.is(taker, OrderTraits.REDUCE_ONLY) ? Math.min(offered, reduceOnly.reducible(taker)) : offered;
        if (lots == 0) {
            cancels.byVenue(taker, CancelReason.REDUCE_ONLY);
            return false;
        }
        final int instrument = books.instrument(taker);
        final long ticks = books.ticks(maker);
        final long cash = settlement.cash(instrument, ticks, lots);
        final long makerFee = settlement.makerFee(instrument, cash);
        if (!makers.admits(maker, lots, makerFee)) {
            return true;
        }
        final long takerFee = settlement.takerFee(instrument, cash);
        if (!settlement.admits(taker, ticks, lots, takerFee)) {
            return tradeWhatCloses(taker, maker, lots);
        }
        return trade(taker, maker, lots, cash, takerFee, makerFee);
    }

    /**
     * The taker's account may not trade the lots. Where they would take it through zero, it may still close its position;
     * whatever is left of the order goes. Returns whether the taker is still open.
     */
    private boolean tradeWhatCloses(final int taker, final int maker, final long refusedLots) {
        final long lots = reduceOnly.reducible(taker);
        if (lots > 0 && lots < refusedLots) {
            final int instrument = books.instrument(taker);
            final long ticks = books.ticks(maker);
            final long cash = settlement.cash(instrument, ticks, lots);
            final long makerFee = settlement.makerFee(instrument, cash);
            final long takerFee = settlement.takerFee(instrument, cash);
            if (!makers.admits(maker, lots, makerFee)) {
                return true;
            }
            if (settlement.admits(taker, ticks, lots, takerFee)
                    && !trade(taker, maker, lots, cash, takerFee, makerFee)) {
                return false;
            }
        }
        cancels.byVenue(taker, CancelReason.MARGIN);
        return false;
    }

    /** Returns whether the taker is still open, and not about to be cancelled with its group. */
    private boolean trade(
            final int taker,
            final int maker,
            final long lots,
            final long cash,
            final long takerFee,
            final long makerFee) {
        final int takes = books.holding(taker);
        final int gives = books.holding(maker);
        final boolean buy = books.isBuy(taker);
        settlement.trade(buy ? takes : gives, buy ? gives : takes, lots, cash);
        settlement.charge(takes, takerFee);
        settlement.charge(gives, makerFee);
        settlement.fill(taker, lots);
        final long tradeId = events.nextEventId();
        final boolean triggers = mmp.onFill(taker, lots, cash);
        reports.fill(taker, tradeId, books.ticks(maker), lots, takerFee, Liquidity.TAKER, triggers);
        makers.complete(maker, tradeId, lots, cash, makerFee, false);
        if (mmp.isPending()) {
            protect(taker, triggers);
        }
        return !triggers;
    }

    private void protect(final int taker, final boolean ofItsGroup) {
        if (ofItsGroup && books.leavesLots(taker) == 0) {
            cancels.end(taker);
        }
        // Whatever is left of the taker may still have to be told.
        events.reserveMore(EVENTS_FOR_REMAINDER);
        mmp.cancel();
        events.reserveMore(-EVENTS_FOR_REMAINDER);
    }
}
