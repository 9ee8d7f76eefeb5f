package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Gate;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Whether a fill-or-kill order can be filled as the book stands: all its lots, in this command, whatever the fill rule says
 * on the way. Counted are orders that are sure to trade, icebergs in full: not own ones, not reduce-only ones, and only
 * those of accounts that can afford all the lots, see {@link Gate#affords}. Any fill may trigger market maker protection: of
 * a group only what its first order shows is sure, and an order of a group is filled by one other order or not at all.
 * Sufficient, not necessary: an order may be cancelled that luck would have filled.
 */
final class FillOrKill {
    static final int CANNOT = 0;
    static final int CAN = 1;
    /** The book has the lots, but the batch no room for the fills: the order's turn comes again with the next command. */
    static final int WAITS = 2;

    /** Events at the beginning of a command that are not another order's work; waiting for fewer would last for ever. */
    private static final int FRESH_EVENTS = 64;

    /** More fills than any command has room for. */
    private static final long TOO_MANY = EventBatch.MAX_EVENTS / Matching.EVENTS_PER_TRADE;

    private final Books books;
    private final Ledger ledger;
    private final Positions positions;
    private final Gate gate;
    private final Settlement settlement;
    private final SelfTrade selfTrade;
    private final EventWriter events;

    /** Market maker protection groups of the orders met so far. */
    private final int[] groups = new int[(int) TOO_MANY];

    private int groupCount;
    /** Orders at most that protection may take away before the last fill. */
    private long cancels;

    FillOrKill(
            final Books books,
            final Ledger ledger,
            final Gate gate,
            final Settlement settlement,
            final SelfTrade selfTrade,
            final EventWriter events) {
        this.books = books;
        this.gate = gate;
        this.settlement = settlement;
        this.selfTrade = selfTrade;
        this.events = events;
        this.ledger = ledger;
        positions = ledger.positions();
    }

    /** Judges an order whose turn has come: {@link #CAN}, {@link #CANNOT} or {@link #WAITS}. */
    int judge(final int order) {
        final long lots = books.leavesLots(order);
        final long fills = isCovered(order, lots) ? fills(order, lots) : TOO_MANY;
        final long needed = fills * Matching.EVENTS_PER_TRADE + cancels * Cancels.EVENTS_PER_CANCEL;
        if (fills >= TOO_MANY || needed > EventBatch.MAX_EVENTS) {
            return CANNOT;
        }
        if (events.hasRoomFor((int) needed)) {
            return CAN;
        }
        return events.count() > FRESH_EVENTS ? WAITS : CANNOT;
    }

    /**
     * Orders and slices the order would meet until it is filled; {@link #TOO_MANY} when it cannot be. The hidden lots of an
     * iceberg come behind the whole of its level, which is then met to its end.
     */
    private long fills(final int order, final long lots) {
        final boolean buy = books.isBuy(order);
        final boolean passesOwn = OrderTraits.stpMode(books.traits(order)) == OrderTraits.CANCEL_RESTING;
        long missing = lots;
        long fills = 0;
        long hiddenAtTicks = 0;
        groupCount = 0;
        cancels = 0;
        int maker = books.best(books.instrument(order), !buy);
        while (maker != Books.NONE && (missing > 0 || books.ticks(maker) == hiddenAtTicks)) {
            final boolean own = selfTrade.isOwn(order, maker);
            if (fills >= TOO_MANY || own && !passesOwn || !reaches(buy, books.ticks(order), books.ticks(maker))) {
                return TOO_MANY;
            }
            final int groupsBefore = groupCount;
            missing -= own ? 0 : sureLots(maker, lots);
            final boolean mayBeLast = missing <= 0 && books.ticks(maker) != hiddenAtTicks;
            cancels += groupCount == groupsBefore || mayBeLast ? 0 : openOrders(maker);
            fills += slices(maker);
            if (books.leavesLots(maker) != books.shownLots(maker)) {
                hiddenAtTicks = books.ticks(maker);
            }
            maker = books.behind(maker);
        }
        return missing > 0 || fills > 1 && books.is(order, OrderTraits.MMP) ? TOO_MANY : fills;
    }

    /** Open orders of the account behind an order, those of its group among them. */
    private long openOrders(final int order) {
        long sum = 0;
        for (int position = ledger.firstPosition(positions.account(books.holding(order)));
                position >= 0;
                position = positions.nextOfAccount(position)) {
            sum += positions.openOrders(position);
        }
        return sum;
    }

    private long sureLots(final int maker, final long lots) {
        final boolean isProtected = books.is(maker, OrderTraits.MMP);
        if (isProtected && !isFirstOfGroup(books.mmpGroup(maker)) || !isSure(maker, lots)) {
            return 0;
        }
        return isProtected ? books.shownLots(maker) : books.leavesLots(maker);
    }

    /** Whether no order of the group has been met before; there are no more groups than orders met. */
    private boolean isFirstOfGroup(final int group) {
        for (int i = 0; i < groupCount; i++) {
            if (groups[i] == group) {
                return false;
            }
        }
        groups[groupCount++] = group;
        return true;
    }

    private static boolean reaches(final boolean buy, final long limitTicks, final long ticks) {
        return buy ? ticks <= limitTicks : ticks >= limitTicks;
    }

    private boolean isSure(final int maker, final long lots) {
        final int instrument = books.instrument(maker);
        final long ticks = books.ticks(maker);
        final long fee = Math.max(0, settlement.makerFee(instrument, settlement.cash(instrument, ticks, lots)));
        return !books.is(maker, OrderTraits.REDUCE_ONLY)
                && gate.affords(books.holding(maker), books.isBuy(maker), ticks, lots, fee);
    }

    private long slices(final int maker) {
        final long display = books.displayLots(maker);
        return display == 0 ? 1 : 1 + books.leavesLots(maker) / display;
    }

    /** Whether the order's own account passes the fill rule in whatever portions it trades. */
    private boolean isCovered(final int order, final long lots) {
        final int position = books.holding(order);
        final int instrument = books.instrument(order);
        final boolean buy = books.isBuy(order);
        final long ticks = books.ticks(order);
        if (books.is(order, OrderTraits.REDUCE_ONLY)) {
            // Equity less requirement is a concave function of the lots filled: what holds at both ends holds between.
            final long fee = settlement.takerFee(instrument, settlement.cash(instrument, ticks, lots));
            return reducesAll(order, lots)
                    && gate.spare(ledger.bucketOf(position)) >= lots
                    && gate.admitsFill(position, buy, ticks, lots, fee, ticks, false);
        }
        return gate.admitsWholeReserved(position, buy, ticks, lots, lots);
    }

    private boolean reducesAll(final int order, final long lots) {
        return ReduceOnly.reducible(positions.lots(books.holding(order)), books.isBuy(order)) >= lots;
    }
}
