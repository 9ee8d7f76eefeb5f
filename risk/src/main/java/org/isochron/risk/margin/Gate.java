package org.isochron.risk.margin;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.OrdersBeyond;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.marks.Marks;

/**
 * The gate in front of orders, fills and withdrawals. What a position with its orders must hold is worked out by {@link
 * PositionMargin}; here it is compared with what the bucket has. No look at an order or a fill walks over the account's
 * positions.
 *
 * <p>For a position of many orders the requirement rests on two bounds kept with it, the lowest and the highest price of
 * its orders. They move out with every order; so that they also come back in, each order grants a few steps, and a walk
 * over the orders is made when enough have been saved up for all of them.
 */
public final class Gate {
    /**
     * What an isolated bucket is given for each lot of its orders beside their requirement, quanta: a lot may be filled on
     * its own, and rounds its fee, and in an inverse contract its price, once more.
     */
    private static final int ROUNDING_PER_LOT = 2;

    /** Orders walked over per order of a position of many, on average. */
    private static final int STEPS_PER_ORDER = 4;

    private final Margin margin;
    private final BucketTotals totals;
    private final Headroom headroom;
    private final PositionMargin scratch;
    private final MarginTerms terms;
    private final Ledger ledger;
    private final Marks marks;
    private final Instruments instruments;
    private final Contracts contracts;
    private final Positions positions;

    private long required;
    private long draw;

    /** @param margin of the ledger, by which everything is judged. */
    public Gate(final Ledger ledger, final Marks marks, final Margin margin) {
        this.ledger = ledger;
        this.marks = marks;
        this.margin = margin;
        totals = margin.totals();
        headroom = totals.headroom();
        scratch = margin.scratch();
        terms = scratch.terms();
        instruments = ledger.instruments();
        contracts = ledger.contracts();
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
     * May the account enter an order, in place of one it has? Not to be asked for orders that hold no margin.
     *
     * @param position    row of account and instrument, or -1 when it has none yet.
     * @param removeTicks price of the order that goes, with {@code removeLots} open lots; 0 lots for none.
     * @param replaces    an order takes another's place: admitted as well when it does not raise the requirement.
     * @return the verdict; of one that is not admitted {@link #required()} and {@link Margin#equity()} say by what figures.
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
        draw = 0;
        if (position >= 0) {
            if (isWithinHeadroom(account, instrument, position, buy, ticks, lots)) {
                return Verdict.ADMITTED;
            }
            drawIn(position, instrument);
        }
        final int bucket = ledger.bucketOf(account, instrument, position);
        margin.judge(bucket);
        requireWith(instrument, position, buy, ticks, lots, removeTicks, removeLots);
        final long before = position < 0 ? 0 : totals.share(position, BucketTotals.REQUIREMENT);
        final long exposureBefore = position < 0 ? 0 : totals.share(position, BucketTotals.EXPOSURE);
        required = margin.requirement() - before + scratch.requirement;
        final long exposure = margin.exposure() - exposureBefore + scratch.exposure;
        if (exposure > PositionMargin.MAX_EXPOSURE) {
            return Verdict.OVERFLOW;
        }
        if (ledger.isIsolated(bucket)) {
            return judgeIsolated(position, buy, lots - removeLots, before, replaces);
        }
        if (margin.equity() >= required) {
            if (position >= 0) {
                headroom.put(totals.row(bucket), account, instrument, margin.equity() - required, exposure);
                positions.foresee(position, buy, contracts.unit(instrument, ticks, buy), lots);
            }
            return Verdict.ADMITTED;
        }
        return isLighter(position, buy, lots - removeLots, before, replaces)
                ? Verdict.ADMITTED
                : Verdict.INSUFFICIENT_MARGIN;
    }

    /** Whether the bucket can surely spare all the order may need: then the exact figures, too, would admit it. */
    private boolean isWithinHeadroom(
            final int account,
            final int instrument,
            final int position,
            final boolean buy,
            final long ticks,
            final long lots) {
        final int bucket = ledger.bucketOf(position);
        if (ledger.isIsolated(bucket)
                || ledger.firstPledge(account) != Collaterals.NONE
                || positions.openOrders(position) >= Positions.FEW_ORDERS) {
            return false;
        }
        final int row = totals.row(bucket);
        final int at = terms.of(instrument);
        if (!headroom.isKnown(row, account, instrument) || terms.isTiered(at)) {
            return false;
        }
        final long unit = Contracts.unitBy(terms.factor(at), ticks, buy);
        final long required = scratch.mostRequired(position, at, buy, unit, lots);
        if (!headroom.take(row, required, scratch.exposureOf(at, lots))) {
            return false;
        }
        positions.foresee(position, buy, unit, lots);
        return true;
    }

    /**
     * The increase of what an isolated bucket needs comes from cross margin, by the rule for withdrawals, or the order is
     * not admitted; one that is lighter is, with what there is.
     */
    private Verdict judgeIsolated(
            final int position, final boolean buy, final long lots, final long before, final boolean replaces) {
        final long increase = scratch.requirement - before + ROUNDING_PER_LOT * lots;
        final long wanted = Math.max(0, increase - Math.max(0, positions.freed(position)));
        final boolean lighter = isLighter(position, buy, lots, before, replaces);
        final boolean covered = margin.equity() + wanted >= required;
        final int cross = ledger.crossOf(position);
        final long free = wanted == 0 || ledger.isInLiquidation(cross) ? 0 : withdrawable(cross);
        // The verdict is told with the figures of the bucket it was about.
        margin.judge(ledger.bucketOf(position));
        draw = Math.min(wanted, free);
        return lighter || covered && wanted == draw ? Verdict.ADMITTED : Verdict.INSUFFICIENT_MARGIN;
    }

    /** What the order admitted last moves from cross margin to the isolated bucket of its position; else 0. */
    public long draw() {
        return draw;
    }

    /** What the bucket of an isolated position holds for it and its orders. */
    public long claim(final int position) {
        margin.judge(ledger.bucketOf(position));
        return margin.requirement()
                + ROUNDING_PER_LOT * (positions.orderLots(position, true) + positions.orderLots(position, false));
    }

    /**
     * What an isolated bucket could give back to cross margin without falling below what it holds for its position and
     * orders, the fee of closing included, by the cautious equity that rules withdrawals.
     */
    public long releasable(final int position) {
        final long kept = claim(position) + margin.closingFee();
        return Math.max(0, margin.cautiousEquity(ledger.bucketOf(position)) - kept);
    }

    /** Whether a bucket has what it must hold, its open orders included. */
    public boolean isCovered(final int bucket) {
        margin.judge(bucket);
        return margin.equity() >= margin.requirement();
    }

    /**
     * Whether the order worked out last may be entered though equity is below the requirement. The fee of closing is owed
     * with or without it, and the trigger counts it: it does not stand in the way of an order that reduces.
     */
    private boolean isLighter(
            final int position, final boolean buy, final long lots, final long before, final boolean replaces) {
        final long after = scratch.requirement;
        final long feeAfter = scratch.orderFee;
        if (!reduces(position, buy, lots)) {
            return replaces && after <= before;
        }
        scratch.of(position);
        return after - feeAfter <= before - scratch.orderFee;
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

    /** What the equity of a bucket exceeds its requirement by, all its open orders included; negative when it is short. */
    public long spare(final int bucket) {
        margin.judge(bucket);
        return margin.equity() - margin.requirement();
    }

    /**
     * The fill rule (rulebook 7), for maker and taker alike: a fill may happen when it leaves {@code E1 >= IM1}, the
     * bucket's remaining orders included; or when it reduces the position without crossing zero, at {@code E1 >= 0} and
     * {@code E1 * MM0 >= E0 * MM1}, which is a price no worse than the account's zero price.
     *
     * @param position   of the account that trades, before the fill.
     * @param ticks      price of the fill.
     * @param fee        quanta the fill will cost the account; negative for a rebate.
     * @param orderTicks price at which the order's lots are reserved.
     * @param reserved   whether the order holds margin, so that the filled lots leave the sums.
     */
    public boolean admitsFill(
            final int position,
            final boolean buy,
            final long ticks,
            final long lots,
            final long fee,
            final long orderTicks,
            final boolean reserved) {
        final int instrument = positions.instrument(position);
        margin.judge(ledger.bucketOf(position));
        final long held = positions.lots(position);
        final long after = buy ? held + lots : held - lots;
        requireAfter(terms.of(instrument), position, buy, after, orderTicks, reserved ? lots : 0);
        scratch.hold(position, instrument, after);
        final long cash = contracts.cash(instrument, ticks, lots);
        final long gain = scratch.value - totals.share(position, BucketTotals.VALUE) - (buy ? cash : -cash);
        final long equity = margin.equity() + gain - fee;
        final long required =
                margin.requirement() - totals.share(position, BucketTotals.REQUIREMENT) + scratch.requirement;
        if (equity >= required) {
            return true;
        }
        final boolean reduces = buy ? held < 0 && after <= 0 : held > 0 && after >= 0;
        if (!reduces || equity < 0) {
            return false;
        }
        final long maintenance =
                margin.maintenance() - totals.share(position, BucketTotals.MAINTENANCE) + scratch.maintenance;
        return FixedPoint.compareProducts(equity, margin.maintenance(), margin.equity(), maintenance) >= 0;
    }

    /**
     * Whether an account has so much to spare that no fills of its resting orders in an instrument, of so many lots in all
     * and at no worse a price, could fail the fill rule, whatever its orders on both sides are. Sufficient, far from
     * necessary: a fill of k lots raises the margin of either side by no more than that of k lots, loses no more than their
     * distance from the mark, and costs its fee with a quantum of rounding for each fill; that it also frees what its own
     * order had reserved is not counted.
     *
     * @param position of the account in the instrument.
     * @param buy      side of the resting orders.
     * @param ticks    the worst price among them.
     * @param fee      what all of it may cost at most, quanta.
     */
    public boolean affords(final int position, final boolean buy, final long ticks, final long lots, final long fee) {
        final int instrument = positions.instrument(position);
        final int at = terms.of(instrument);
        final long loss = lossOf(at, buy, ticks) * lots * Contracts.unitQuantaBy(terms.factor(at));
        return spare(ledger.bucketOf(position)) >= scratch.mostAdded(position, instrument, lots) + loss + fee + lots;
    }

    /**
     * Whether every fill of an order that is not in yet would pass the fill rule, in whatever portions up to {@code fills}
     * it trades, at its limit or better: for an order that must fill whole or not at all. Sufficient, and short of
     * necessary only by what a better price than the limit would bring.
     *
     * <p>Why: let a buy of n lots at limit L stand beside buys B (its own n included), sells S, both sums of units * lots
     * TB and TS, and let k lots be filled, each at L or below; l = max(0, L - M) * K. Then {@code E(k) >= E - k*l - fees};
     * the buy side of the requirement has fallen by exactly k*l, for q + B is unchanged; the sell side, {@code IM(|q+k-S|)
     * + loss of sells}, grows in k no faster than convexly, as does k*l, so their sum is largest at k = 0 or k = n. Fees
     * paid are at most t*k*L*K and one quantum of rounding for each fill, the fee still reserved {@code t * K * max(TB -
     * k*L, TS)}: together at most {@code t * K * max(TB, TS + n*L)} and the roundings. So it is enough that E covers the
     * largest of the three margins, that fee, and one quantum for each fill. A sell is the mirror image; above its limit it
     * gains more than the fee on the difference.
     *
     * <p>The plain {@code spare >= fills} is enough when the order's own side has the larger sum of units * lots after it
     * has gone too, and nothing on the other side would lose at the mark: then none of the extra terms arises.
     *
     * @param position row of account and instrument, or -1 when it has none yet.
     */
    public boolean admitsWhole(
            final int account,
            final int instrument,
            final int position,
            final boolean buy,
            final long ticks,
            final long lots,
            final long fills) {
        return admitsWhole(account, instrument, position, buy, ticks, lots, fills, false);
    }

    /** The same of an order that is in and has reserved its margin. */
    public boolean admitsWholeReserved(
            final int position, final boolean buy, final long ticks, final long lots, final long fills) {
        return admitsWhole(
                positions.account(position), positions.instrument(position), position, buy, ticks, lots, fills, true);
    }

    private boolean admitsWhole(
            final int account,
            final int instrument,
            final int position,
            final boolean buy,
            final long ticks,
            final long lots,
            final long fills,
            final boolean reserved) {
        final long ownLots = reserved ? lots : 0;
        margin.judge(ledger.bucketOf(account, instrument, position));
        requireWith(instrument, position, buy, ticks, lots, ticks, ownLots);
        final long both = scratch.requirement - scratch.orderFee;
        final int at = terms.of(instrument);
        final long unitQuanta = Contracts.unitQuantaBy(terms.factor(at));
        final long unit = Contracts.unitBy(terms.factor(at), ticks, buy);
        final long known = position < 0 ? 0 : 1;
        final long held = known == 0 ? 0 : positions.lots(position);
        final long other = known == 0 ? 0 : positions.orderLots(position, !buy);
        final long otherUnits = known == 0 ? 0 : positions.orderUnits(position, !buy);
        final long same = known == 0 ? 0 : positions.orderLots(position, buy) - ownLots;
        final long sameUnits = known == 0 ? 0 : positions.orderUnits(position, buy) - ownLots * unit;
        final long orders = known == 0 ? 1 : positions.openOrders(position) + (reserved ? 0 : 1);
        final long otherLoss = known == 0 ? 0 : scratch.loss(position, at, !buy, orders);
        final long filled = buy ? held + lots - other : held - lots + other;
        final long unfilled = buy ? held - other : held + other;
        final long loss = lossOf(at, buy, ticks) * lots;
        final long whenFilled =
                scratch.initialMarginOnTheWay(position, at, unfilled, filled) + (otherLoss + loss) * unitQuanta;
        final long standing = Contracts.largerSideBy(
                terms.factor(at), buy ? same : other, buy ? sameUnits : otherUnits, buy ? otherUnits : sameUnits);
        final long traded = Contracts.largerSideBy(terms.factor(at), lots, lots * unit, lots * unit);
        final long fee = Margin.ceilPpm(standing + traded, instruments.takerFeePpm(instrument));
        final long before = position < 0 ? 0 : totals.share(position, BucketTotals.REQUIREMENT);
        return margin.equity() - (margin.requirement() - before) >= Math.max(both, whenFilled) + fee + fills;
    }

    /**
     * What may leave a bucket (rulebook 7): {@code min over R of E(R) - max(order margin, ceil(notional / 10)) - closing
     * fee}, R being mark, index and the index's average, gains in instruments that are not open or not valid left out; and
     * nothing that only pledged collateral covers. Not below 0.
     */
    public long withdrawable(final int bucket) {
        return Math.max(0, Math.min(free(bucket), margin.cautiousEquity(bucket) - margin.credit()));
    }

    /** The same with pledged collateral counted as if it were cash: what a release of collateral may cost in credit. */
    public long free(final int bucket) {
        margin.judge(bucket);
        final long tenth = (margin.notional() + 9) / 10;
        return margin.cautiousEquity(bucket) - Math.max(margin.requirement(), tenth) - margin.closingFee();
    }

    /** Works out the requirement of a position if lots left one order and others came in with a new one. */
    private void requireWith(
            final int instrument,
            final int position,
            final boolean buy,
            final long ticks,
            final long lots,
            final long removeTicks,
            final long removeLots) {
        final int at = terms.of(instrument);
        final long unit = Contracts.unitBy(terms.factor(at), ticks, buy);
        if (position < 0) {
            final long loss = lossOf(at, buy, ticks) * lots;
            final long units = lots * unit;
            scratch.require(
                    position,
                    at,
                    0,
                    buy ? lots : 0,
                    buy ? 0 : lots,
                    buy ? units : 0,
                    buy ? 0 : units,
                    buy ? loss : 0,
                    buy ? 0 : loss);
            return;
        }
        final long orders = positions.openOrders(position) + (removeLots == 0 ? 1 : 0);
        final long removeUnit = removeLots == 0 ? 0 : Contracts.unitBy(terms.factor(at), removeTicks, buy);
        final long same = scratch.lossWith(position, at, buy, orders, unit, lots, removeUnit, removeLots);
        final long other = scratch.loss(position, at, !buy, orders);
        final long lotsChange = lots - removeLots;
        final long unitsChange = lots * unit - removeLots * removeUnit;
        require(at, position, buy, positions.lots(position), lotsChange, unitsChange, same, other);
    }

    /** What a lot bought or sold at a price loses against the mark, units. */
    private long lossOf(final int at, final boolean buy, final long ticks) {
        return OrdersBeyond.of(buy, Contracts.unitBy(terms.factor(at), ticks, buy), terms.reference(at, buy));
    }

    /** Works out the requirement of a position after a fill that takes lots off an order. */
    private void requireAfter(
            final int at,
            final int position,
            final boolean buy,
            final long held,
            final long orderTicks,
            final long lots) {
        final long orders = positions.openOrders(position);
        final long unit = Contracts.unitBy(terms.factor(at), orderTicks, buy);
        final long same = scratch.lossWith(position, at, buy, orders, 0, 0, unit, lots);
        final long other = scratch.loss(position, at, !buy, orders);
        require(at, position, buy, held, -lots, -lots * unit, same, other);
    }

    private void require(
            final int at,
            final int position,
            final boolean buy,
            final long held,
            final long lotsChange,
            final long unitsChange,
            final long sameLoss,
            final long otherLoss) {
        scratch.require(
                position,
                at,
                held,
                positions.orderLots(position, true) + (buy ? lotsChange : 0),
                positions.orderLots(position, false) + (buy ? 0 : lotsChange),
                positions.orderUnits(position, true) + (buy ? unitsChange : 0),
                positions.orderUnits(position, false) + (buy ? 0 : unitsChange),
                buy ? sameLoss : otherLoss,
                buy ? otherLoss : sameLoss);
    }

    private void drawIn(final int position, final int instrument) {
        final long open = positions.openOrders(position);
        if (open <= Positions.FEW_ORDERS) {
            return;
        }
        final int at = terms.of(instrument);
        final boolean buysMayLose = scratch.mayLose(position, true, terms.reference(at, true));
        final boolean sellsMayLose = scratch.mayLose(position, false, terms.reference(at, false));
        if (!buysMayLose && !sellsMayLose) {
            return;
        }
        final long credit = positions.walkCredit(position) + STEPS_PER_ORDER;
        positions.walkCredit(position, credit >= open ? 0 : credit);
        if (credit >= open) {
            if (buysMayLose) {
                scratch.drawIn(position, instrument, true);
            }
            if (sellsMayLose) {
                scratch.drawIn(position, instrument, false);
            }
        }
    }
}
