package org.isochron.risk.margin;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.OrdersBeyond;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.marks.Marks;

/**
 * What one position, with the open orders beside it, adds to its bucket: the one place where that is worked out, for the
 * gate, the fill rule, liquidation and the scan, from running totals and from full walks alike. A function of the state
 * alone; the results are the fields, valid until the next call. All amounts are quanta.
 *
 * <p>Requirement per instrument: {@code max(IM(|q+B|) + loss of buys above M, IM(|q-S|) + loss of sells below M) + taker
 * fee of the larger side}, B and S being the open buys and sells that hold margin (rulebook 7). Fees are taken at the
 * limit: a sell that trades higher gains more than the fee on the difference.
 *
 * <p>The loss is exact for a position of few orders. For many, finding it would take a walk over them after every move of
 * the mark; in its place stands a bound that is never below it. With lots N, sum of lots * ticks T and all prices within
 * [low, high], the sum of a convex function of the price is largest with every lot at one of the two ends, so for buys
 * {@code loss <= (high - M) * (T - low * N) / (high - low)}, for sells mirrored.
 */
final class PositionMargin {
    /** The losses of a position with no more open orders are exact. */
    static final int FEW_ORDERS = 32;

    /** Exposure is counted in units of 1,024 quanta, rounded up, so that a bucket's sum cannot overflow. */
    static final int EXPOSURE_SHIFT = 10;

    static final int INVALID_SHIFT = 32;

    private final Marks marks;
    private final RestingOrders restingOrders;
    private final Instruments instruments;
    private final Positions positions;
    private final OrdersBeyond ordersBeyond;

    /** Value at mark, signed: q * M * K. */
    long value;

    long maintenance;
    long initial;
    /** Taker fee of closing at mark. */
    long closingFee;

    /** Initial margin with orders, the orders' losses and the taker fee of the larger side. */
    long requirement;
    /** The taker fee in the requirement. */
    long orderFee;
    /** What the position could be worth at the largest price. */
    long exposure;

    PositionMargin(
            final Marks marks,
            final RestingOrders restingOrders,
            final Instruments instruments,
            final Positions positions) {
        this.marks = marks;
        this.restingOrders = restingOrders;
        this.instruments = instruments;
        this.positions = positions;
        ordersBeyond = positions.ordersBeyond();
    }

    /** Works out all of a position as it stands. */
    void of(final int position) {
        hold(positions.instrument(position), positions.lots(position));
        require(position);
    }

    /** Works out what a position needs together with its orders, as they stand. */
    void require(final int position) {
        final int instrument = positions.instrument(position);
        final long held = positions.lots(position);
        final long orders = positions.openOrders(position);
        require(
                instrument,
                held,
                positions.orderLots(position, true),
                positions.orderLots(position, false),
                positions.orderTickLots(position, true),
                positions.orderTickLots(position, false),
                loss(position, true, orders),
                loss(position, false, orders));
    }

    /** Works out what lots alone need. */
    void hold(final int instrument, final long held) {
        value = value(instrument, held);
        final long size = Math.abs(value);
        maintenance = Margin.ceilPpm(size, instruments.maintenanceMarginPpm(instrument));
        initial = Margin.ceilPpm(size, instruments.initialMarginPpm(instrument));
        closingFee = Margin.ceilPpm(size, instruments.takerFeePpm(instrument));
    }

    long value(final int instrument, final long held) {
        return held * marks.markTicks(instrument) * instruments.quantaPerTickLot(instrument);
    }

    /** 1 when there are lots, and 1 from bit 32 on when moreover the mark is not valid. */
    long counts(final int instrument, final long held) {
        return held == 0 ? 0 : marks.isValid(instrument) ? 1 : 1L << INVALID_SHIFT | 1;
    }

    /** Works out what lots and orders together need. */
    void require(
            final int instrument,
            final long held,
            final long buys,
            final long sells,
            final long buyTickLots,
            final long sellTickLots,
            final long buyLoss,
            final long sellLoss) {
        final long quanta = instruments.quantaPerTickLot(instrument);
        final long perLot = marks.markTicks(instrument) * quanta;
        final int initialPpm = instruments.initialMarginPpm(instrument);
        final long ifBought = Math.abs(held + buys);
        final long ifSold = Math.abs(held - sells);
        final long buyMargin = Margin.ceilPpm(ifBought * perLot, initialPpm) + buyLoss * quanta;
        final long sellMargin = Margin.ceilPpm(ifSold * perLot, initialPpm) + sellLoss * quanta;
        orderFee = Margin.ceilPpm(Math.max(buyTickLots, sellTickLots) * quanta, instruments.takerFeePpm(instrument));
        requirement = Math.max(buyMargin, sellMargin) + orderFee;
        final long largest = Math.max(ifBought, ifSold) * instruments.maxPriceTicks(instrument) * quanta;
        exposure = largest + (1L << EXPOSURE_SHIFT) - 1 >> EXPOSURE_SHIFT;
    }

    /** Ticks * lots that the orders of one side would lose against the mark, or a bound on it. */
    long loss(final int position, final boolean buy, final long orders) {
        final long mark = marks.markTicks(positions.instrument(position));
        if (orders <= FEW_ORDERS) {
            if (ordersBeyond.referenceTicks(position) != mark) {
                restateLosses(position, mark);
            }
            return ordersBeyond.tickLots(position, buy);
        }
        return mostLoss(
                buy,
                mark,
                positions.orderLots(position, buy),
                positions.orderTickLots(position, buy),
                positions.lowestOrderTicks(position, buy),
                positions.highestOrderTicks(position, buy));
    }

    /**
     * The loss of a side if some lots left it and others joined, as {@link #loss} would find it afterwards.
     *
     * @param orders open orders the position would have.
     */
    long lossWith(
            final int position,
            final boolean buy,
            final long orders,
            final long ticks,
            final long lots,
            final long removeTicks,
            final long removeLots) {
        final long mark = marks.markTicks(positions.instrument(position));
        if (orders <= FEW_ORDERS) {
            return loss(position, buy, orders)
                    + OrdersBeyond.of(buy, ticks, mark) * lots
                    - OrdersBeyond.of(buy, removeTicks, mark) * removeLots;
        }
        final long left = positions.orderLots(position, buy) - removeLots;
        final long leftTickLots = positions.orderTickLots(position, buy) - removeLots * removeTicks;
        final long lowest = positions.lowestOrderTicks(position, buy);
        final long highest = positions.highestOrderTicks(position, buy);
        if (lots == 0) {
            return mostLoss(buy, mark, left, leftTickLots, lowest, highest);
        }
        return mostLoss(
                buy,
                mark,
                left + lots,
                leftTickLots + lots * ticks,
                left == 0 ? ticks : Math.min(lowest, ticks),
                left == 0 ? ticks : Math.max(highest, ticks));
    }

    private static long mostLoss(
            final boolean buy,
            final long mark,
            final long lots,
            final long tickLots,
            final long lowest,
            final long highest) {
        if (lots == 0 || OrdersBeyond.of(buy, buy ? highest : lowest, mark) == 0) {
            return 0;
        }
        if (buy ? mark <= lowest : mark >= highest) {
            return buy ? tickLots - mark * lots : mark * lots - tickLots;
        }
        final long atFarEnd = buy ? tickLots - lowest * lots : highest * lots - tickLots;
        return FixedPoint.mulDivCeil(atFarEnd, buy ? highest - mark : mark - lowest, highest - lowest);
    }

    /** Finds the exact losses of a position by walks over its orders. */
    void restateLosses(final int position) {
        restateLosses(position, marks.markTicks(positions.instrument(position)));
    }

    private void restateLosses(final int position, final long mark) {
        ordersBeyond.restate(position, mark, walked(position, true, mark), walked(position, false, mark));
    }

    /** Exact loss of a side, by a walk when its bounds leave room for any. */
    private long walked(final int position, final boolean buy, final long mark) {
        if (!mayLose(position, buy, mark)) {
            return 0;
        }
        restingOrders.walk(position, buy, mark);
        return restingOrders.tickLotsBeyond();
    }

    boolean mayLose(final int position, final boolean buy, final long mark) {
        final long outermost =
                buy ? positions.highestOrderTicks(position, true) : positions.lowestOrderTicks(position, false);
        return positions.orderLots(position, buy) != 0 && OrdersBeyond.of(buy, outermost, mark) != 0;
    }
}
