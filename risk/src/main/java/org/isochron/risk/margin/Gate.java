package org.isochron.risk.margin;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * The gate in front of orders and withdrawals. Per instrument an account must hold {@code max(IM(|q+B|) + loss of buys
 * above M, IM(|q-S|) + loss of sells below M) + taker fee of the larger side}, B and S being its open buys and sells
 * (rulebook 7). Fees are taken at the limit: a sell that trades higher gains more than the fee on the difference.
 *
 * <p>The loss is 0 while the bounds kept with the position show no order beyond the mark, and exact for a position of few
 * orders: they are walked over. For many orders a walk would make every order wait, so each look grants a few steps and a
 * walk is made, and the bounds drawn in, when enough have been saved up for all orders; in between stands a bound that is
 * never below the loss. With lots N, sum of lots * ticks T and all prices within [low, high], the sum of a convex function
 * of the price is largest with every lot at one of the two ends, so for buys {@code loss <= (high - M) * (T - low * N) /
 * (high - low)}, for sells mirrored.
 */
public final class Gate {
    /** Largest sum, over a bucket, of what each position could be worth at its instrument's largest price. */
    public static final long MAX_EXPOSURE = 1L << 61;

    /** Positions with no more open orders are always walked over: their figures are exact. */
    public static final int FEW_ORDERS = 32;

    /** Orders walked over per look at a position of many, on average. */
    private static final int STEPS_PER_LOOK = 4;

    private final Ledger ledger;
    private final Marks marks;
    private final Margin margin;
    private final RestingOrders restingOrders;
    private final Instruments instruments;
    private final Positions positions;

    private final boolean readOnly;

    private long required;
    private long exposure;
    /** The part of the order margin worked out last that is the taker fee. */
    private long fee;

    /** Sum of lots * ticks beyond the mark on each side of the position looked at last. */
    private long buysBeyond;

    private long sellsBeyond;

    /** The gate of the core: looking at a position may draw in its bounds, which are state. */
    public Gate(final Ledger ledger, final Marks marks, final Margin margin, final RestingOrders restingOrders) {
        this(ledger, marks, margin, restingOrders, false);
    }

    /** A gate for queries: it changes nothing, and always walks, so its figures are exact. */
    public static Gate readOnly(
            final Ledger ledger, final Marks marks, final Margin margin, final RestingOrders restingOrders) {
        return new Gate(ledger, marks, margin, restingOrders, true);
    }

    private Gate(
            final Ledger ledger,
            final Marks marks,
            final Margin margin,
            final RestingOrders restingOrders,
            final boolean readOnly) {
        this.readOnly = readOnly;
        this.ledger = ledger;
        this.marks = marks;
        this.margin = margin;
        this.restingOrders = restingOrders;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** What a verdict says. */
    public enum Verdict {
        ADMITTED,
        /** Equity is below the requirement. */
        INSUFFICIENT_MARGIN,
        /** The bucket could come to be worth more than 64 bits hold. */
        OVERFLOW
    }

    /**
     * May the account enter an order, in place of one it has?
     *
     * @param position    row of account and instrument, or -1 when it has none yet.
     * @param removeTicks price of the order that goes, with {@code removeLots} open lots; 0 lots for none.
     * @param replaces    an order takes another's place: admitted as well when it does not raise the requirement.
     * @return the verdict; {@link #required()} and {@link Margin#equity()} say by what figures.
     */
    public Verdict judgeOrder(
            final int account,
            final int instrument,
            final int position,
            final boolean buy,
            final long ticks,
            final long lots,
            final long removeTicks,
            final long removeLots,
            final boolean replaces) {
        final int asset = instruments.asset(instrument);
        margin.judge(account, asset);
        final long others = sumOthers(account, asset, position);
        lookAt(position);
        final long before = position < 0 ? 0 : orderMargin(position);
        final long feeBefore = position < 0 ? 0 : fee;
        final long after = orderMarginWith(instrument, position, buy, ticks, lots, removeTicks, removeLots);
        required = others + after;
        if (exposure > MAX_EXPOSURE) {
            return Verdict.OVERFLOW;
        }
        if (margin.equity() >= required) {
            return Verdict.ADMITTED;
        }
        // The fee of closing is owed with or without the order, and the trigger counts it: it does not stand in the
        // way.
        final boolean lighter = reduces(position, buy, lots - removeLots)
                ? after - fee <= before - feeBefore
                : replaces && after <= before;
        return lighter ? Verdict.ADMITTED : Verdict.INSUFFICIENT_MARGIN;
    }

    /** Whether the order, with all others of its side, can at most close the position. */
    public boolean reduces(final int position, final boolean buy, final long lots) {
        if (position < 0) {
            return false;
        }
        final long held = positions.lots(position);
        final long open = positions.orderLots(position, buy) + lots;
        return buy ? held < 0 && open <= -held : held > 0 && open <= held;
    }

    /** What the last bucket judged must hold, the order in question included. */
    public long required() {
        return required;
    }

    /** Requirement of the whole bucket as it stands, open orders included. */
    public long requirement(final int account, final int asset) {
        return sumOthers(account, asset, -1);
    }

    /**
     * What may be withdrawn: {@code E - max(order margin, ceil(notional / 10)) - closing fee}, gains in instruments that
     * are not open or not valid left out; not below 0.
     */
    public long withdrawable(final int account, final int asset) {
        margin.judge(account, asset);
        final long tenth = (margin.notional() + 9) / 10;
        final long kept = Math.max(requirement(account, asset), tenth) + margin.closingFee() + margin.uncertainGain();
        return Math.max(0, margin.equity() - kept);
    }

    private long sumOthers(final int account, final int asset, final int excluded) {
        long sum = 0;
        exposure = 0;
        for (int position = ledger.firstPosition(account);
                position >= 0;
                position = positions.nextOfAccount(position)) {
            if (position != excluded && instruments.asset(positions.instrument(position)) == asset) {
                lookAt(position);
                sum += orderMargin(position);
            }
        }
        return sum;
    }

    /** Of the position looked at last. */
    private long orderMargin(final int position) {
        final long buys = positions.orderLots(position, true);
        final long sells = positions.orderLots(position, false);
        final long held = positions.lots(position);
        if (held == 0 && buys == 0 && sells == 0) {
            return 0;
        }
        return orderMargin(
                positions.instrument(position),
                held,
                buys,
                sells,
                positions.orderTickLots(position, true),
                positions.orderTickLots(position, false),
                buysBeyond,
                sellsBeyond);
    }

    private long orderMarginWith(
            final int instrument,
            final int position,
            final boolean buy,
            final long ticks,
            final long lots,
            final long removeTicks,
            final long removeLots) {
        final long lotsChange = lots - removeLots;
        final long tickLotsChange = lots * ticks - removeLots * removeTicks;
        final long mark = marks.markTicks(instrument);
        final long beyondChange = beyond(buy, ticks, mark) * lots - beyond(buy, removeTicks, mark) * removeLots;
        final boolean known = position >= 0;
        return orderMargin(
                instrument,
                known ? positions.lots(position) : 0,
                (known ? positions.orderLots(position, true) : 0) + (buy ? lotsChange : 0),
                (known ? positions.orderLots(position, false) : 0) + (buy ? 0 : lotsChange),
                (known ? positions.orderTickLots(position, true) : 0) + (buy ? tickLotsChange : 0),
                (known ? positions.orderTickLots(position, false) : 0) + (buy ? 0 : tickLotsChange),
                buysBeyond + (buy ? beyondChange : 0),
                sellsBeyond + (buy ? 0 : beyondChange));
    }

    private long orderMargin(
            final int instrument,
            final long held,
            final long buys,
            final long sells,
            final long buyTickLots,
            final long sellTickLots,
            final long buyTickLotsBeyond,
            final long sellTickLotsBeyond) {
        final long quanta = instruments.quantaPerTickLot(instrument);
        final long perLot = marks.markTicks(instrument) * quanta;
        final int initialPpm = instruments.initialMarginPpm(instrument);
        final long ifBought = Math.abs(held + buys);
        final long ifSold = Math.abs(held - sells);
        exposure = Math.min(
                MAX_EXPOSURE + 1,
                exposure + Math.max(ifBought, ifSold) * instruments.maxPriceTicks(instrument) * quanta);
        final long buyMargin = Margin.ceilPpm(ifBought * perLot, initialPpm) + buyTickLotsBeyond * quanta;
        final long sellMargin = Margin.ceilPpm(ifSold * perLot, initialPpm) + sellTickLotsBeyond * quanta;
        fee = Margin.ceilPpm(Math.max(buyTickLots, sellTickLots) * quanta, instruments.takerFeePpm(instrument));
        return Math.max(buyMargin, sellMargin) + fee;
    }

    private void lookAt(final int position) {
        buysBeyond = position < 0 ? 0 : tickLotsBeyond(position, true);
        sellsBeyond = position < 0 ? 0 : tickLotsBeyond(position, false);
    }

    private long tickLotsBeyond(final int position, final boolean buy) {
        final long mark = marks.markTicks(positions.instrument(position));
        final long lowest = positions.lowestOrderTicks(position, buy);
        final long highest = positions.highestOrderTicks(position, buy);
        if (highest == 0 || beyond(buy, buy ? highest : lowest, mark) == 0) {
            return 0;
        }
        if (readOnly || mayWalk(position)) {
            restingOrders.walk(position, buy, mark);
            if (!readOnly) {
                positions.tighten(position, buy, restingOrders.lowestTicks(), restingOrders.highestTicks());
            }
            return restingOrders.tickLotsBeyond();
        }
        return mostBeyond(position, buy, mark, lowest, highest);
    }

    private boolean mayWalk(final int position) {
        final long open = positions.openOrders(position);
        if (open <= FEW_ORDERS) {
            return true;
        }
        final long credit = positions.walkCredit(position) + STEPS_PER_LOOK;
        final boolean enough = credit >= open;
        positions.walkCredit(position, enough ? 0 : credit);
        return enough;
    }

    private long mostBeyond(
            final int position, final boolean buy, final long mark, final long lowest, final long highest) {
        final long lots = positions.orderLots(position, buy);
        final long tickLots = positions.orderTickLots(position, buy);
        if (buy ? mark <= lowest : mark >= highest) {
            return buy ? tickLots - mark * lots : mark * lots - tickLots;
        }
        final long atFarEnd = buy ? tickLots - lowest * lots : highest * lots - tickLots;
        return FixedPoint.mulDivCeil(atFarEnd, buy ? highest - mark : mark - lowest, highest - lowest);
    }

    private static long beyond(final boolean buy, final long ticks, final long mark) {
        return Math.max(0, buy ? ticks - mark : mark - ticks);
    }
}
