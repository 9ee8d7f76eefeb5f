package org.isochron.matcher.venue;

import org.isochron.codecs.SecurityStatusEncoder;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.TradingState;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.rules.ClosedRules;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * In which state each instrument is and what moves it (rulebook 9): OPEN, LIMIT while the best price stands at the band,
 * HALT when it has stood there too long, AUCTION after the halt, and OPEN again; CLOSED and everything else at an
 * operator's command. One timer per instrument, in sequenced time. A state that ends on a crossed book ends with an
 * uncross, which is work for the queue: until it is done the state stays. Part of the noun BOOKS.
 */
final class TradingStates implements StateOwner {
    private static final int EXTENSIONS = 0;
    /** 1 when the state is a halt that began with the close of the primary market and ends when that opens. */
    private static final int HALTED_BY_CLOSE = 1;

    private static final int FIELDS = 2;

    private final Instruments instruments;
    private final Books books;
    private final ClosedRules closedRules;
    private final Bands bands;
    private final Counters counters;
    private final MarketData marketData;
    private final ChangedInstruments changed;
    private final WorkQueue work;
    private final ScanWatch scanWatch;
    private final TimerHeap timers;
    private final StateTable table;

    TradingStates(
            final Ledger ledger,
            final Books books,
            final Bands bands,
            final Counters counters,
            final MarketData marketData,
            final ChangedInstruments changed,
            final WorkQueue work,
            final ScanWatch scanWatch,
            final int capacity) {
        instruments = ledger.instruments();
        closedRules = ledger.rules().closed();
        this.books = books;
        this.bands = bands;
        this.counters = counters;
        this.marketData = marketData;
        this.changed = changed;
        this.work = work;
        this.scanWatch = scanWatch;
        timers = new TimerHeap("stateTimers", capacity);
        table = new StateTable("tradingStates", capacity, FIELDS);
    }

    /** Takes another capacity; only while no instrument is defined. */
    void resize(final int capacity) {
        timers.resize(capacity);
        table.resize(capacity);
    }

    /** Whether new orders are taken: to match in OPEN and LIMIT, to be collected in AUCTION. */
    boolean takes(final int instrument) {
        return instruments.isOpen(instrument) || instruments.isInAuction(instrument);
    }

    /** How often the auction going on has been extended for its collar. */
    int extensions(final int instrument) {
        return table.getInt(instrument, EXTENSIONS);
    }

    // By command

    /** An operator sets a state other than LIMIT; no uncross is under way. */
    void set(final int instrument, final TradingState state, final StateReason reason) {
        switch (state) {
            case OPEN -> openAtCommand(instrument, reason);
            case AUCTION -> {
                if (!instruments.isInAuction(instrument)) {
                    collect(instrument, reason);
                }
            }
            // The timer of a halt that came by itself stops as well.
            default -> {
                if (instruments.state(instrument) != state.value() || timers.isArmed(instrument)) {
                    enter(instrument, state, reason, 0);
                }
            }
        }
    }

    private void openAtCommand(final int instrument, final StateReason reason) {
        switch (instruments.state(instrument)) {
            case Instruments.OPEN -> {
                // It is what it shall be.
            }
            case Instruments.LIMIT -> enter(instrument, TradingState.OPEN, reason, 0);
            default -> reopen(instrument, reason, true);
        }
    }

    /** The venue has failed on a command about it: halted until an operator opens it, whatever was under way. */
    void fail(final int instrument) {
        if (work.callOffUncross(instrument)) {
            enter(instrument, TradingState.HALT, StateReason.FAULT, 0);
        } else {
            set(instrument, TradingState.HALT, StateReason.FAULT);
        }
    }

    /** The market is settled: closed until an operator opens it. */
    void settle(final int instrument) {
        work.callOffUncross(instrument);
        enter(instrument, TradingState.CLOSED, StateReason.SETTLED, 0);
    }

    // With the primary market

    /**
     * The session of the primary market is another one, which is told in any case. At the close the rule HALT leaves cancels
     * only; whatever the rule, what trades or was halted by the close opens by way of an auction: the one that is being held,
     * if one is.
     */
    void primaryChanged(final int instrument, final boolean wasOpen, final boolean isOpen, final StateReason reason) {
        if (wasOpen && !isOpen && closedRules.rule(instrument) == ClosedRules.HALT && isToTradeAgain(instrument)) {
            enter(instrument, TradingState.HALT, reason, 0);
            table.set(instrument, HALTED_BY_CLOSE, 1);
        } else if (!wasOpen && isOpen && isToOpenAgain(instrument)) {
            collect(instrument, reason);
        } else {
            tell(instrument, reason);
        }
    }

    /** A halt or close of an operator stays what it is; a halt that would end by itself does not. */
    private boolean isToTradeAgain(final int instrument) {
        return takes(instrument) || timers.isArmed(instrument);
    }

    private boolean isToOpenAgain(final int instrument) {
        final boolean haltedByClose = table.get(instrument, HALTED_BY_CLOSE) != 0;
        return (instruments.isOpen(instrument) || haltedByClose) && !work.isUncrossing(instrument);
    }

    // By themselves

    /** LIMIT begins when the best bid or offer stands at the band, or beyond, and ends when neither does. */
    void checkBand(final int instrument) {
        final int state = instruments.state(instrument);
        if (state == Instruments.OPEN && isAtBand(instrument)) {
            enter(instrument, TradingState.LIMIT, StateReason.BAND, instruments.limitNs(instrument));
        } else if (state == Instruments.LIMIT && !isAtBand(instrument)) {
            enter(instrument, TradingState.OPEN, StateReason.RECOVERED, 0);
        }
    }

    private boolean isAtBand(final int instrument) {
        if (!bands.isDefined(instrument)) {
            return false;
        }
        final long bid = books.bestTicks(instrument, true);
        final long ask = books.bestTicks(instrument, false);
        return bid != 0 && bid >= bands.highest(instrument) || ask != 0 && ask <= bands.lowest(instrument);
    }

    /** When the first state ends, {@link TimerHeap#NEVER} while none does by itself. */
    long nextDueNs() {
        return timers.nextDueNs();
    }

    /** Ends the state that is due first. */
    void fireNext() {
        final int instrument = timers.first();
        switch (instruments.state(instrument)) {
            case Instruments.LIMIT ->
                enter(instrument, TradingState.HALT, StateReason.BAND, instruments.haltNs(instrument));
            case Instruments.HALT -> collect(instrument, StateReason.TIMER);
            default -> reopen(instrument, StateReason.TIMER, false);
        }
    }

    private void collect(final int instrument, final StateReason reason) {
        table.set(instrument, EXTENSIONS, 0);
        enter(instrument, TradingState.AUCTION, reason, instruments.auctionNs(instrument));
    }

    /** To OPEN, by way of an uncross when the book is crossed. */
    private void reopen(final int instrument, final StateReason reason, final boolean atCommand) {
        if (isCrossed(instrument)) {
            timers.disarm(instrument);
            work.pushUncross(instrument, reason.value(), atCommand);
        } else {
            open(instrument, reason);
        }
    }

    private boolean isCrossed(final int instrument) {
        final long ask = books.bestTicks(instrument, false);
        return ask != 0 && books.bestTicks(instrument, true) >= ask;
    }

    /** The book is not crossed, or not any more. */
    void open(final int instrument, final StateReason reason) {
        enter(instrument, TradingState.OPEN, reason, 0);
    }

    /** The auction price lies outside the collar: collecting goes on, with a collar twice as wide. */
    void extend(final int instrument) {
        table.add(instrument, EXTENSIONS, 1);
        enter(instrument, TradingState.AUCTION, StateReason.AUCTION_EXTENDED, instruments.auctionNs(instrument));
    }

    private void enter(
            final int instrument, final TradingState state, final StateReason reason, final long durationNs) {
        instruments.state(instrument, state.value());
        table.set(instrument, HALTED_BY_CLOSE, 0);
        changed.note(instrument);
        if (durationNs == 0) {
            timers.disarm(instrument);
        } else {
            timers.arm(instrument, counters.nowNs() + durationNs, instrument);
        }
        tell(instrument, reason);
    }

    /** Tells the state as it is, for a reason that may lie elsewhere. */
    void tell(final int instrument, final StateReason reason) {
        final long nextChangeNs =
                timers.isArmed(instrument) ? timers.dueNs(instrument) : SecurityStatusEncoder.nextChangeNsNullValue();
        marketData.securityStatus(
                instrument,
                TradingState.get((short) instruments.state(instrument)),
                scanWatch.isLate(),
                reason,
                nextChangeNs);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        timers.visit(visitor);
        visitor.part(table);
    }
}
