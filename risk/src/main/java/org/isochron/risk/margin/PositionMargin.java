package org.isochron.risk.margin;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.OrdersBeyond;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.InvariantViolation;

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
 * the mark; in its place stands a bound that is never below it. With lots N, sum of lots * units T (see {@link Contracts})
 * and all units within [low, high], the sum of a convex function of the unit is largest with every lot at one of the two
 * ends, so for buys {@code loss <= (high - M) * (T - low * N) / (high - low)}, for sells mirrored.
 */
final class PositionMargin {
    /** Exposure is counted in units of 1,024 quanta, rounded up, so that a bucket's sum cannot overflow. */
    private static final int EXPOSURE_SHIFT = 10;

    /** Largest sum, over a bucket, of what each position could be worth at its instrument's largest price: 2^61 quanta. */
    static final long MAX_EXPOSURE = 1L << 61 - EXPOSURE_SHIFT;

    static final int INVALID_SHIFT = 32;

    private final Marks marks;
    private final OrderWalk walk;
    private final MarginTerms terms;
    private final Contracts contracts;
    private final Positions positions;
    private final OrdersBeyond ordersBeyond;

    /** Value at mark, signed. */
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

    PositionMargin(final Ledger ledger, final Marks marks, final RestingOrders restingOrders) {
        this.marks = marks;
        contracts = ledger.contracts();
        positions = ledger.positions();
        walk = new OrderWalk(restingOrders, contracts);
        terms = new MarginTerms(ledger, marks);
        ordersBeyond = positions.ordersBeyond();
    }

    /** What the margins are worked out from. */
    MarginTerms terms() {
        return terms;
    }

    /** Works out all of a position as it stands. */
    void of(final int position) {
        hold(position, positions.instrument(position), positions.lots(position));
        require(position);
    }

    /** Works out what a position needs together with its orders, as they stand. */
    void require(final int position) {
        final int at = terms.of(positions.instrument(position));
        final long orders = positions.openOrders(position);
        require(
                position,
                at,
                positions.lots(position),
                positions.orderLots(position, true),
                positions.orderLots(position, false),
                positions.orderUnits(position, true),
                positions.orderUnits(position, false),
                loss(position, at, true, orders),
                loss(position, at, false, orders));
    }

    /**
     * Works out what lots alone need.
     *
     * @param position row of account and instrument, for the leverage chosen, or -1 when it has none yet.
     */
    void hold(final int position, final int instrument, final long held) {
        final int at = terms.of(instrument);
        value = value(at, held);
        final long size = Math.abs(value);
        maintenance = terms.maintenance(at, held < 0, size);
        initial = initialMargin(position, at, held, size);
        closingFee = Margin.ceilPpm(size, terms.takerFeePpm(at));
    }

    // From here on {@code at} is where the terms of the position's instrument stand, brought up to date.

    /**
     * What the rates of the instrument ask for, or the leverage chosen when that is more.
     *
     * @param lots signed.
     */
    private long initialMargin(final int position, final int at, final long lots, final long size) {
        return orByLeverage(position, terms.initial(at, lots < 0, size), size);
    }

    private long orByLeverage(final int position, final long least, final long size) {
        final int leverage = position < 0 ? 0 : positions.leverage(position);
        return leverage == 0 ? least : Math.max(least, FixedPoint.ceilDiv(size, leverage));
    }

    /** The most that lots more can add to the initial margin of a position, whichever way it and its orders stand. */
    long mostAdded(final int position, final int instrument, final long lots) {
        final int at = terms.of(instrument);
        final long mark = terms.mark(at);
        final long most = Math.abs(positions.lots(position))
                + Math.max(positions.orderLots(position, true), positions.orderLots(position, false));
        final long added = contracts.notionalUp(instrument, mark, lots);
        final long before = contracts.notionalUp(instrument, mark, most);
        return orByLeverage(position, terms.mostAdded(at, before, added), added);
    }

    /**
     * The most that an order which joins the others of its position can add to what the position needs, whichever way it
     * and its orders stand; of a position whose losses stay exact, in an instrument without tiers. Margin, loss and fee of
     * both are no more than those of each together, and what is rounded up at once not more than what is rounded up twice.
     *
     * @param unit of its price, see {@link Contracts}.
     */
    long mostRequired(final int position, final int at, final boolean buy, final long unit, final long lots) {
        final long factor = terms.factor(at);
        final long size = Contracts.notionalUpBy(factor, terms.mark(at), lots);
        final long margin = orByLeverage(position, terms.mostAdded(at, 0, size), size);
        final long loss = OrdersBeyond.of(buy, unit, terms.reference(at, buy)) * lots * Contracts.unitQuantaBy(factor);
        final long units = lots * unit;
        final long side = Contracts.largerSideBy(factor, lots, units, units);
        return margin + loss + Margin.ceilPpm(side, terms.takerFeePpm(at));
    }

    /** Exposure of so many lots, which is also the most they can add to that of a position. */
    long exposureOf(final int at, final long lots) {
        return terms.largestOfLot(at) * lots + (1L << EXPOSURE_SHIFT) - 1 >> EXPOSURE_SHIFT;
    }

    /**
     * The larger initial margin of two ends between which a position passes as an order fills, where the margin may jump
     * in between; of the end alone where it grows ever faster, so that the beginning has been asked about already.
     */
    long initialMarginOnTheWay(final int position, final int at, final long from, final long to) {
        final long atEnd = initialMargin(position, at, to, size(at, to));
        return terms.isConvex(at) ? atEnd : Math.max(atEnd, initialMargin(position, at, from, size(at, from)));
    }

    long initialPpm(final int instrument, final long size) {
        return terms.initialPpm(terms.of(instrument), size);
    }

    /** Signed worth of lots at mark. */
    long value(final int at, final long held) {
        return Contracts.cashBy(terms.factor(at), terms.mark(at), held);
    }

    private long size(final int at, final long lots) {
        return Math.abs(value(at, lots));
    }

    /** 1 when there are lots, and 1 from bit 32 on when moreover the mark is not valid. */
    long counts(final int instrument, final long held) {
        return held == 0 ? 0 : marks.isValid(instrument) ? 1 : 1L << INVALID_SHIFT | 1;
    }

    /** Works out what lots and orders together need; orders' prices and losses in units of {@link Contracts}. */
    void require(
            final int position,
            final int at,
            final long held,
            final long buys,
            final long sells,
            final long buyUnits,
            final long sellUnits,
            final long buyLoss,
            final long sellLoss) {
        final long factor = terms.factor(at);
        final long unitQuanta = Contracts.unitQuantaBy(factor);
        final long ifBought = held + buys;
        final long ifSold = held - sells;
        final long buyMargin = initialMargin(position, at, ifBought, size(at, ifBought)) + buyLoss * unitQuanta;
        final long sellMargin = initialMargin(position, at, ifSold, size(at, ifSold)) + sellLoss * unitQuanta;
        final long larger = Contracts.largerSideBy(factor, buys, buyUnits, sellUnits);
        orderFee = Margin.ceilPpm(larger, terms.takerFeePpm(at));
        requirement = Math.max(buyMargin, sellMargin) + orderFee;
        exposure = exposureOf(at, Math.max(Math.abs(ifBought), Math.abs(ifSold)));
    }

    /** Units * lots that the orders of one side would lose against the mark, or a bound on it. */
    long loss(final int position, final int at, final boolean buy, final long orders) {
        if (orders <= Positions.FEW_ORDERS) {
            final long buyReference = terms.reference(at, true);
            final long sellReference = terms.reference(at, false);
            if (!ordersBeyond.isAgainst(position, buyReference, sellReference)) {
                restateLosses(position, buyReference, sellReference);
            }
            return ordersBeyond.units(position, buy);
        }
        return mostLoss(
                buy,
                terms.reference(at, buy),
                positions.orderLots(position, buy),
                positions.orderUnits(position, buy),
                positions.lowestOrderUnit(position, buy),
                positions.highestOrderUnit(position, buy));
    }

    /**
     * The loss of a side if some lots left it and others joined, as {@link #loss} would find it afterwards.
     *
     * @param orders open orders the position would have.
     */
    long lossWith(
            final int position,
            final int at,
            final boolean buy,
            final long orders,
            final long unit,
            final long lots,
            final long removeUnit,
            final long removeLots) {
        final long reference = terms.reference(at, buy);
        if (orders <= Positions.FEW_ORDERS) {
            return loss(position, at, buy, orders)
                    + OrdersBeyond.of(buy, unit, reference) * lots
                    - OrdersBeyond.of(buy, removeUnit, reference) * removeLots;
        }
        final long left = positions.orderLots(position, buy) - removeLots;
        final long leftUnits = positions.orderUnits(position, buy) - removeLots * removeUnit;
        final long lowest = positions.lowestOrderUnit(position, buy);
        final long highest = positions.highestOrderUnit(position, buy);
        if (lots == 0) {
            return mostLoss(buy, reference, left, leftUnits, lowest, highest);
        }
        return mostLoss(
                buy,
                reference,
                left + lots,
                leftUnits + lots * unit,
                left == 0 ? unit : Math.min(lowest, unit),
                left == 0 ? unit : Math.max(highest, unit));
    }

    private static long mostLoss(
            final boolean buy,
            final long mark,
            final long lots,
            final long units,
            final long lowest,
            final long highest) {
        if (lots == 0 || OrdersBeyond.of(buy, buy ? highest : lowest, mark) == 0) {
            return 0;
        }
        if (buy ? mark <= lowest : mark >= highest) {
            return buy ? units - mark * lots : mark * lots - units;
        }
        final long atFarEnd = buy ? units - lowest * lots : highest * lots - units;
        return FixedPoint.mulDivCeil(atFarEnd, buy ? highest - mark : mark - lowest, highest - lowest);
    }

    /**
     * Holds the losses kept of a position, where they are against the mark as it stands, against walks over its orders.
     *
     * @throws InvariantViolation when one differs.
     */
    void verifyLosses(final int position) {
        final int at = terms.of(positions.instrument(position));
        if (ordersBeyond.isAgainst(position, terms.reference(at, true), terms.reference(at, false))) {
            verifyLoss(position, true, terms.reference(at, true));
            verifyLoss(position, false, terms.reference(at, false));
        }
    }

    private void verifyLoss(final int position, final boolean buy, final long reference) {
        final long kept = ordersBeyond.units(position, buy);
        final long walked = walked(position, positions.instrument(position), buy, reference);
        if (kept != walked) {
            throw new InvariantViolation("position " + position + ": the loss of its " + (buy ? "buys" : "sells")
                    + " is kept as " + kept + " units, a walk gives " + walked);
        }
    }

    /** Finds the exact losses of a position by walks over its orders. */
    void restateLosses(final int position) {
        final int at = terms.of(positions.instrument(position));
        restateLosses(position, terms.reference(at, true), terms.reference(at, false));
    }

    private void restateLosses(final int position, final long buyReference, final long sellReference) {
        final int instrument = positions.instrument(position);
        ordersBeyond.restate(
                position,
                buyReference,
                sellReference,
                walked(position, instrument, true, buyReference),
                walked(position, instrument, false, sellReference));
    }

    /** Exact loss of a side, by a walk when its bounds leave room for any. */
    private long walked(final int position, final int instrument, final boolean buy, final long reference) {
        if (!mayLose(position, buy, reference)) {
            return 0;
        }
        walk.over(position, instrument, buy, reference);
        return walk.beyond;
    }

    boolean mayLose(final int position, final boolean buy, final long reference) {
        final long outermost =
                buy ? positions.highestOrderUnit(position, true) : positions.lowestOrderUnit(position, false);
        return positions.orderLots(position, buy) != 0 && OrdersBeyond.of(buy, outermost, reference) != 0;
    }

    /** Draws the bounds of one side in to what its orders are. */
    void drawIn(final int position, final int instrument, final boolean buy) {
        walk.over(position, instrument, buy, terms.reference(terms.of(instrument), buy));
        positions.tighten(position, buy, walk.lowest, walk.highest);
    }
}
