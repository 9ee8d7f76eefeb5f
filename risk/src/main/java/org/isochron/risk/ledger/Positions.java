package org.isochron.risk.ledger;

import java.util.Arrays;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * One row for each (account, instrument) ever used: signed lots, what they cost, and sums over the account's open orders.
 * Rows are linked per account and per instrument, newest first, and never leave. Part of the ledger.
 */
public final class Positions implements StateOwner, DerivedState {
    /** What the orders of a position with no more open orders would lose against the mark is kept exactly. */
    public static final int FEW_ORDERS = 32;

    private static final int NONE = -1;

    // What every order and fill looks at comes first, side by side.
    private static final int ACCOUNT = 0;
    private static final int INSTRUMENT = 1;
    private static final int LOTS = 2;
    private static final int OPEN_ORDERS = 3;
    /** Buys, and one field on, the same for sells. */
    private static final int ORDER_LOTS = 4;

    private static final int ORDER_UNITS = 6;
    private static final int HIGHEST_UNIT = 8;
    private static final int LOWEST_UNIT = 10;
    private static final int ENTRY_COST = 12;
    private static final int REALISED = 13;
    private static final int NEXT_OF_ACCOUNT = 14;
    private static final int NEXT_OF_INSTRUMENT = 15;
    private static final int WALK_CREDIT = 16;
    private static final int BUCKET = 17;
    /** Of an isolated bucket, 0 for a position in cross margin. */
    private static final int CASH = 18;

    private static final int IN_LIQUIDATION = 19;
    /** Cumulative funding index at which the lots were settled last. */
    private static final int FUNDING_INDEX = 20;

    /** Leverage its owner has chosen, 0 for the largest the instrument allows. */
    private static final int LEVERAGE = 21;

    /** Of an isolated position: margin that orders no longer need and that has not gone back to cross margin yet. */
    private static final int FREED = 22;

    /** Number of the opening of its lots among all openings: the lower, the older. */
    private static final int OPENED = 23;

    /** Round of its bucket's liquidation in which it was offered to the book last. */
    private static final int OFFERED = 24;

    private static final int FIELDS = 25;

    private final StateTable table;
    /** One cell: openings so far. */
    private final StateTable openings = new StateTable("positionOpenings", 1, 1);

    private final PairIndex byPair;
    /** Per instrument, derived: sum of all lots, which must be 0, and of the positive ones. */
    private long[] totalLots;

    private long[] openInterestLots;
    private int unbalancedInstruments;
    private final ChangedPositions changed;
    private final OrdersBeyond ordersBeyond;
    private final FundingPool funding;

    // The reservation that has been foreseen last.
    private int foreseenPosition = NONE;
    private boolean foreseenBuy;
    private long foreseenUnit;
    private long foreseenLots;

    Positions(final int capacity, final int accounts, final int instruments, final FundingPool funding) {
        this.funding = funding;
        table = new StateTable("positions", capacity, FIELDS);
        byPair = new PairIndex(table, ACCOUNT, INSTRUMENT);
        totalLots = new long[instruments];
        openInterestLots = new long[instruments];
        changed = new ChangedPositions(capacity, accounts);
        ordersBeyond = new OrdersBeyond(capacity);
    }

    /** For figures that follow the positions. */
    public ChangedPositions changed() {
        return changed;
    }

    /** For the loss that open orders would make against the mark. */
    public OrdersBeyond ordersBeyond() {
        return ordersBeyond;
    }

    /** Row of the pair, or -1 when it was never used. */
    public int find(final int account, final int instrument) {
        return byPair.find(account, instrument);
    }

    public int count() {
        return byPair.size();
    }

    public boolean isFull() {
        return count() == table.rows();
    }

    int add(
            final int account,
            final int instrument,
            final int bucket,
            final int nextOfAccount,
            final int nextOfInstrument) {
        final int position = count();
        table.set(position, ACCOUNT, account);
        table.set(position, INSTRUMENT, instrument);
        table.set(position, BUCKET, bucket);
        table.set(position, NEXT_OF_ACCOUNT, nextOfAccount + 1L);
        table.set(position, NEXT_OF_INSTRUMENT, nextOfInstrument + 1L);
        byPair.insert(position);
        disturb(position);
        return position;
    }

    public int account(final int position) {
        return table.getInt(position, ACCOUNT);
    }

    public int instrument(final int position) {
        return table.getInt(position, INSTRUMENT);
    }

    /**
     * Leverage the account has chosen for the instrument: its initial margin is at least the notional divided by it; 0 when
     * it has chosen none.
     */
    public int leverage(final int position) {
        return table.getInt(position, LEVERAGE);
    }

    public void leverage(final int position, final int leverage) {
        table.set(position, LEVERAGE, leverage);
        disturb(position);
    }

    /** Whether the position has neither lots nor open orders. */
    public boolean isIdle(final int position) {
        return lots(position) == 0 && openOrders(position) == 0;
    }

    /**
     * Of an isolated position: what its orders have been given and need no longer, quanta, and what goes back to cross
     * margin before the command ends. Negative when they need more than they were given.
     */
    public long freed(final int position) {
        return table.get(position, FREED);
    }

    public void freed(final int position, final long freed) {
        table.set(position, FREED, freed);
    }

    /**
     * Round of liquidation in which the position was offered last: sequence of the command that began it, negative when a
     * full batch has interrupted the offer.
     */
    public long offered(final int position) {
        return table.get(position, OFFERED);
    }

    public void offered(final int position, final long round) {
        table.set(position, OFFERED, round);
    }

    /** Handle of the bucket the position is margined in, see {@link Ledger#bucketOf}. */
    int bucket(final int position) {
        return table.getInt(position, BUCKET);
    }

    void bucket(final int position, final int bucket) {
        table.set(position, BUCKET, bucket);
        disturb(position);
    }

    /** Cash of the position's isolated bucket. */
    long cash(final int position) {
        return table.get(position, CASH);
    }

    void cash(final int position, final long cash) {
        table.set(position, CASH, cash);
    }

    /** Whether the position's isolated bucket is being liquidated. */
    boolean isInLiquidation(final int position) {
        return table.get(position, IN_LIQUIDATION) != 0;
    }

    void inLiquidation(final int position, final boolean inLiquidation) {
        table.set(position, IN_LIQUIDATION, inLiquidation ? 1 : 0);
    }

    /** Next position of the same account, or -1. */
    public int nextOfAccount(final int position) {
        return table.getInt(position, NEXT_OF_ACCOUNT) - 1;
    }

    /** Next position in the same instrument, or -1. */
    public int nextOfInstrument(final int position) {
        return table.getInt(position, NEXT_OF_INSTRUMENT) - 1;
    }

    /** Signed lots. */
    public long lots(final int position) {
        return table.get(position, LOTS);
    }

    /** f: the cumulative funding index up to which the lots have paid, units of {@link FundingScale}. */
    public long fundingIndex(final int position) {
        return table.get(position, FUNDING_INDEX);
    }

    void fundingIndex(final int position, final long index) {
        final int instrument = table.getInt(position, INSTRUMENT);
        funding.hold(instrument, lots(position), index - fundingIndex(position));
        table.set(position, FUNDING_INDEX, index);
        disturb(position);
    }

    /** What the open lots cost, quanta, signed like them; its rounding never touches cash. */
    public long entryCost(final int position) {
        return table.get(position, ENTRY_COST);
    }

    /**
     * Number of the opening of the present lots among all openings of the venue, from 1: the lower, the older. A position
     * opens when it has been flat, or changes its sign; one that has been closed keeps the number of its last opening.
     */
    public long opened(final int position) {
        return table.get(position, OPENED);
    }

    /** Profit made by closing, quanta, fees not counted; for reports. */
    public long realised(final int position) {
        return table.get(position, REALISED);
    }

    /** Open orders of both sides, those without margin included. */
    public long openOrders(final int position) {
        return table.get(position, OPEN_ORDERS);
    }

    /** Lots of open orders of one side that hold margin. */
    public long orderLots(final int position, final boolean buy) {
        return table.get(position, side(ORDER_LOTS, buy));
    }

    /** Sum of lots * {@link Contracts#unit} of their price over open orders of one side that hold margin. */
    public long orderUnits(final int position, final boolean buy) {
        return table.get(position, side(ORDER_UNITS, buy));
    }

    /**
     * No open order of the side that holds margin is above this unit; 0 when there is none. A bound, not a price: it moves
     * out with every order, and back in only when the side is empty or {@link #tighten} is called.
     */
    public long highestOrderUnit(final int position, final boolean buy) {
        return table.get(position, side(HIGHEST_UNIT, buy));
    }

    /** No open order of the side that holds margin is below this unit; 0 when there is none. A bound like the highest. */
    public long lowestOrderUnit(final int position, final boolean buy) {
        return table.get(position, side(LOWEST_UNIT, buy));
    }

    /** Sets both bounds to the units they were found to be. */
    public void tighten(final int position, final boolean buy, final long lowestUnit, final long highestUnit) {
        table.set(position, side(LOWEST_UNIT, buy), lowestUnit);
        table.set(position, side(HIGHEST_UNIT, buy), highestUnit);
        change(position);
    }

    /** Steps that walks over the position's open orders have been granted and not taken. */
    public long walkCredit(final int position) {
        return table.get(position, WALK_CREDIT);
    }

    public void walkCredit(final int position, final long steps) {
        table.set(position, WALK_CREDIT, steps);
    }

    /** Another open order, whether or not it holds margin: it counts against the limit on open orders. */
    public void openOrder(final int position) {
        if (table.add(position, OPEN_ORDERS, 1) > FEW_ORDERS) {
            disturb(position);
        } else {
            change(position);
        }
    }

    /** An open order is gone; what it held in margin has been released before. */
    public void endOrder(final int position) {
        if (table.add(position, OPEN_ORDERS, -1) < 0) {
            throw new InvariantViolation("position " + position + " has fewer than no open orders");
        }
        change(position);
    }

    /**
     * What an order holds from its entry on is counted already in what its bucket can spare: if the next reservation is
     * this one it disturbs nobody.
     *
     * @param unit as in {@link #reserve}.
     */
    public void foresee(final int position, final boolean buy, final long unit, final long lots) {
        foreseenPosition = position;
        foreseenBuy = buy;
        foreseenUnit = unit;
        foreseenLots = lots;
    }

    private boolean isForeseen(final int position, final boolean buy, final long unit, final long lots) {
        return position == foreseenPosition && buy == foreseenBuy && unit == foreseenUnit && lots == foreseenLots;
    }

    /**
     * Lots of an order begin to hold margin. Not for reduce-only orders, nor for stops before their trigger: they hold
     * none.
     *
     * @param unit of its price, a buy's rounded up, a sell's down.
     */
    public void reserve(final int position, final boolean buy, final long unit, final long lots) {
        // 0 is a unit like any other, no sign that there is none.
        final boolean first = orderLots(position, buy) == 0;
        if (first || unit < lowestOrderUnit(position, buy)) {
            table.set(position, side(LOWEST_UNIT, buy), unit);
        }
        if (first || unit > highestOrderUnit(position, buy)) {
            table.set(position, side(HIGHEST_UNIT, buy), unit);
        }
        changeOrderLots(position, buy, unit, lots);
        if (!isForeseen(position, buy, unit, lots)) {
            disturb(position);
        }
        foreseenPosition = NONE;
    }

    /** Lots of an order, reserved at that unit, hold margin no longer: filled or cancelled. */
    public void release(final int position, final boolean buy, final long unit, final long lots) {
        changeOrderLots(position, buy, unit, -lots);
    }

    private void changeOrderLots(final int position, final boolean buy, final long unit, final long lots) {
        change(position);
        ordersBeyond.change(position, buy, unit, lots);
        table.add(position, side(ORDER_UNITS, buy), unit * lots);
        if (table.add(position, side(ORDER_LOTS, buy), lots) == 0) {
            tighten(position, buy, 0, 0);
        }
    }

    /**
     * Moves lots in for cash out, or the other way.
     *
     * @param lots signed change of the position.
     * @param cash signed change of the account's cash that paid for it.
     */
    void move(final int position, final long lots, final long cash) {
        final long before = lots(position);
        final long after = Math.addExact(before, lots);
        if (before == 0 || before > 0 == lots > 0) {
            table.add(position, ENTRY_COST, -cash);
        } else {
            close(position, before, lots, cash);
        }
        final int instrument = table.getInt(position, INSTRUMENT);
        table.set(position, LOTS, after);
        if (after != 0 && (before == 0 || before > 0 != after > 0)) {
            table.set(position, OPENED, openings.add(0, 0, 1));
        }
        disturb(position);
        count(instrument, before, after);
        funding.hold(instrument, lots, fundingIndex(position));
    }

    /** Average cost: the closed part takes its share of the cost along; what goes beyond zero opens anew. */
    private void close(final int position, final long before, final long lots, final long cash) {
        final long held = Math.abs(before);
        final long closed = Math.min(held, Math.abs(lots));
        final long cost = FixedPoint.mulDivTrunc(entryCost(position), closed, held);
        final long proceeds = FixedPoint.mulDivTrunc(cash, closed, Math.abs(lots));
        table.add(position, REALISED, proceeds - cost);
        table.add(position, ENTRY_COST, -cost - (cash - proceeds));
    }

    private void count(final int instrument, final long before, final long after) {
        final boolean balanced = totalLots[instrument] == 0;
        totalLots[instrument] += after - before;
        openInterestLots[instrument] += Math.max(after, 0) - Math.max(before, 0);
        if (balanced != (totalLots[instrument] == 0)) {
            unbalancedInstruments += balanced ? 1 : -1;
        }
    }

    /** Sum of all long positions, which is that of all short ones, lots. */
    public long openInterestLots(final int instrument) {
        return openInterestLots[instrument];
    }

    int unbalancedInstruments() {
        return unbalancedInstruments;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
        visitor.part(openings);
        visitor.part(byPair);
        visitor.derived(this);
    }

    @Override
    public void rebuild() {
        Arrays.fill(totalLots, 0);
        Arrays.fill(openInterestLots, 0);
        for (int position = 0; position < count(); position++) {
            totalLots[instrument(position)] += lots(position);
            openInterestLots[instrument(position)] += Math.max(lots(position), 0);
        }
        unbalancedInstruments = 0;
        for (final long total : totalLots) {
            unbalancedInstruments += total == 0 ? 0 : 1;
        }
    }

    @Override
    public void verify() {
        final long[] lots = new long[totalLots.length];
        final long[] longs = new long[totalLots.length];
        for (int position = 0; position < count(); position++) {
            lots[instrument(position)] += lots(position);
            longs[instrument(position)] += Math.max(lots(position), 0);
        }
        for (int instrument = 0; instrument < lots.length; instrument++) {
            if (lots[instrument] != 0
                    || totalLots[instrument] != 0
                    || longs[instrument] != openInterestLots[instrument]) {
                throw new InvariantViolation("instrument slot " + instrument + ": positions sum to " + lots[instrument]
                        + ", running total " + totalLots[instrument] + ", open interest " + longs[instrument]
                        + " counted as " + openInterestLots[instrument]);
            }
        }
    }

    void resize(final int capacity, final int accounts, final int instruments) {
        table.resize(capacity);
        byPair.resize();
        totalLots = new long[instruments];
        openInterestLots = new long[instruments];
        changed.resize(capacity, accounts);
        ordersBeyond.resize(capacity);
    }

    private void change(final int position) {
        changed.add(account(position), position);
    }

    private void disturb(final int position) {
        change(position);
        changed.disturb(account(position));
    }

    private static int side(final int field, final boolean buy) {
        return buy ? field : field + 1;
    }
}
