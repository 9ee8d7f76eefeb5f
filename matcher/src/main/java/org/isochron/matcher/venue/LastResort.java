package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;
import org.isochron.codecs.InsuranceReason;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.AccountOrder;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.MarketSettlement;
import org.isochron.risk.liquidation.SettledBuckets;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * When nobody can take the rest of a liquidation its market is settled (rulebook 8.7): closed, every position at the mark,
 * and the deficit shared out as {@link MarketSettlement} has it. A deficit without a position is shared out likewise,
 * without a market. There is no choice in any of it, and all of it is published.
 *
 * <p>All money moves in one command, which tells the sums. To tell every owner and to cancel the orders in the market
 * takes as many more as it takes, ahead of any other work that is left over; nothing else is settled before. An operator
 * may open the market again. Part of the noun BOOKS.
 */
final class LastResort implements StateOwner {
    /** No market was settled, only a deficit shared out. */
    static final int NO_INSTRUMENT = -1;

    /** Most events of a settlement itself: the market's new state, funding of the fund, MarketSettled and its movements. */
    static final int EVENTS = 5;

    private static final int IS_TELLING = 0;
    /** Instrument + 1, 0 for none. */
    private static final int INSTRUMENT = 1;

    private static final int ASSET = 2;
    private static final int MARK_TICKS = 3;
    private static final int SEQUENCE = 4;
    /** In the order of accounts, of the one to be told next. */
    private static final int PLACE = 5;

    private static final int FIELDS = 6;

    private final Ledger ledger;
    private final AccountOrder accounts;
    private final Instruments instruments;
    private final Positions positions;
    private final Marks marks;
    private final MarketSettlement settlement;
    private final SettledBuckets settled;
    private final TradingStates states;
    private final Books books;
    private final Cancels cancels;
    private final FundingSettlement funding;
    private final IsolatedMargin isolated;
    private final EventWriter events;
    private final SettlementReports reports;
    private final OpenBooks openBooks;
    private final StateTable table = new StateTable("lastResort", 1, FIELDS);

    LastResort(
            final Ledger ledger,
            final Marks marks,
            final MarketSettlement settlement,
            final SettledBuckets settled,
            final TradingStates states,
            final Books books,
            final Cancels cancels,
            final FundingSettlement funding,
            final IsolatedMargin isolated,
            final EventWriter events,
            final SettlementReports reports,
            final OpenBooks openBooks) {
        this.ledger = ledger;
        this.marks = marks;
        this.settlement = settlement;
        this.settled = settled;
        this.states = states;
        this.books = books;
        this.cancels = cancels;
        this.funding = funding;
        this.isolated = isolated;
        this.events = events;
        this.reports = reports;
        this.openBooks = openBooks;
        accounts = ledger.accountOrder();
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** Takes other capacities; only while nothing is defined. */
    void resize(final Capacities capacities) {
        settled.resize(capacities);
    }

    /**
     * Settles a market: at most {@value #EVENTS} events. Everybody is to be told before anything else goes on.
     *
     * @throws InvariantViolation when another settlement is still being told.
     */
    void settle(final int instrument) {
        final int asset = instruments.asset(instrument);
        begin(instrument, asset);
        states.settle(instrument);
        final int fund = positions.find(Ledger.INSURANCE, instrument);
        final boolean fundHolds = fund >= 0 && positions.lots(fund) != 0;
        if (fundHolds) {
            funding.settle(fund);
            openBooks.fundMoved(asset, instrument, InsuranceReason.FUNDING);
        }
        settlement.settle(instrument, events.timestampNs());
        reports.market(instrument, asset, table.get(0, MARK_TICKS), settlement.openInterest(), settlement.burden());
        if (fundHolds) {
            openBooks.fundTraded(instrument, InsuranceReason.SETTLEMENT);
        } else {
            openBooks.fundMoved(asset, instrument, InsuranceReason.SETTLEMENT);
        }
    }

    /**
     * Shares out what a bucket without lots owes and INSURANCE cannot pay: at most 2 events.
     *
     * @throws InvariantViolation when another settlement is still being told.
     */
    void payDeficit(final int bucket) {
        final int asset = ledger.bucketAsset(bucket);
        begin(NO_INSTRUMENT, asset);
        settlement.payDeficit(bucket);
        reports.market(NO_INSTRUMENT, asset, 0, 0, settlement.burden());
        openBooks.fundMoved(asset, OpenBooks.NO_INSTRUMENT, InsuranceReason.SETTLEMENT);
    }

    private void begin(final int instrument, final int asset) {
        if (isTelling()) {
            throw new InvariantViolation("the settlement of command " + table.get(0, SEQUENCE) + " is not told yet");
        }
        table.set(0, IS_TELLING, 1);
        table.set(0, INSTRUMENT, instrument + 1L);
        table.set(0, ASSET, asset);
        table.set(0, MARK_TICKS, instrument == NO_INSTRUMENT ? 0 : marks.markTicks(instrument));
        table.set(0, SEQUENCE, events.sequence());
    }

    /** Whether owners are still to be told of a settlement. */
    boolean isTelling() {
        return table.get(0, IS_TELLING) != 0;
    }

    /** Whether the settlement being told is that of the market. */
    boolean isSettling(final int instrument) {
        return isTelling() && table.getInt(0, INSTRUMENT) == instrument + 1;
    }

    /** Goes on telling; false when the batch filled up before the end. */
    boolean tell() {
        while (isTelling()) {
            final int place = table.getInt(0, PLACE);
            if (place == accounts.size()) {
                end();
            } else if (tell(accounts.account(place))) {
                // Accounts that are defined meanwhile only move others back: nobody is left out.
                table.set(0, PLACE, place + 1L);
            } else {
                return false;
            }
        }
        return true;
    }

    private void end() {
        for (int field = 0; field < FIELDS; field++) {
            table.set(0, field, 0);
        }
    }

    private boolean tell(final int account) {
        final int asset = table.getInt(0, ASSET);
        if (!cancelOrders(account) || !tellBucket(ledger.crossBucket(account, asset))) {
            return false;
        }
        for (int position = ledger.firstPosition(account);
                position >= 0;
                position = positions.nextOfAccount(position)) {
            if (ledger.isIsolated(ledger.bucketOf(position))
                    && instruments.asset(positions.instrument(position)) == asset) {
                if (!tellBucket(ledger.bucketOf(position))) {
                    return false;
                }
                isolated.look(position);
            }
        }
        return true;
    }

    private boolean cancelOrders(final int account) {
        final int instrument = table.getInt(0, INSTRUMENT) - 1;
        final int position = instrument == NO_INSTRUMENT ? -1 : positions.find(account, instrument);
        if (position < 0) {
            return true;
        }
        for (int order = books.firstOfHolding(position); order != Books.NONE; order = books.firstOfHolding(position)) {
            if (!events.hasRoomFor(Cancels.EVENTS_PER_CANCEL)) {
                return false;
            }
            cancels.byVenue(order, CancelReason.ADL);
        }
        return true;
    }

    private boolean tellBucket(final int bucket) {
        if (!settled.has(bucket)) {
            return true;
        }
        if (!events.hasRoomFor(1)) {
            return false;
        }
        // What becomes of the venue's own accounts is public.
        if (ledger.bucketAccount(bucket) >= Ledger.SYSTEM_ACCOUNTS) {
            reports.bucket(
                    bucket, settled, table.getInt(0, INSTRUMENT) - 1, table.get(0, MARK_TICKS), table.get(0, SEQUENCE));
        }
        settled.clear(bucket);
        return true;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
        settled.visit(visitor);
    }
}
