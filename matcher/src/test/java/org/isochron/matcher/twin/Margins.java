package org.isochron.matcher.twin;

import java.math.BigInteger;
import org.isochron.codecs.RejectCode;

/**
 * The margin rules, from the definition each time. A bucket is one account in one settlement asset. Per instrument it must
 * hold {@code max(IM(|q+B|) + loss of buys above M, IM(|q-S|) + loss of sells below M) + taker fee of the larger side}.
 */
final class Margins {
    /** A position and its orders as they would stand. */
    private record Holding(
            Instrument instrument,
            long lots,
            long buys,
            long sells,
            long buyTickLots,
            long sellTickLots,
            long buysBeyond,
            long sellsBeyond) {

        static Holding of(final Position position) {
            Holding holding = new Holding(position.instrument, position.lots, 0, 0, 0, 0, 0, 0);
            for (final Order order : position.orders) {
                if (order.holdsMargin()) {
                    holding = holding.with(order.buy, order.ticks, order.leaves);
                }
            }
            return holding;
        }

        Holding with(final boolean buy, final long ticks, final long more) {
            final long mark = instrument.markTicks;
            final long beyond = Math.max(0, buy ? ticks - mark : mark - ticks) * more;
            return buy
                    ? new Holding(
                            instrument,
                            lots,
                            buys + more,
                            sells,
                            buyTickLots + ticks * more,
                            sellTickLots,
                            buysBeyond + beyond,
                            sellsBeyond)
                    : new Holding(
                            instrument,
                            lots,
                            buys,
                            sells + more,
                            buyTickLots,
                            sellTickLots + ticks * more,
                            buysBeyond,
                            sellsBeyond + beyond);
        }

        Holding moved(final long change) {
            return new Holding(
                    instrument, lots + change, buys, sells, buyTickLots, sellTickLots, buysBeyond, sellsBeyond);
        }

        boolean isEmpty() {
            return lots == 0 && buys == 0 && sells == 0;
        }

        long fee() {
            return isEmpty()
                    ? 0
                    : Exact.ceilPpm(Math.max(buyTickLots, sellTickLots) * instrument.quanta, instrument.takerFeePpm);
        }

        long marginWithoutFee() {
            final long perLot = instrument.markTicks * instrument.quanta;
            final long ifBought = Exact.ceilPpm(Math.abs(lots + buys) * perLot, instrument.initialPpm)
                    + buysBeyond * instrument.quanta;
            final long ifSold = Exact.ceilPpm(Math.abs(lots - sells) * perLot, instrument.initialPpm)
                    + sellsBeyond * instrument.quanta;
            return isEmpty() ? 0 : Math.max(ifBought, ifSold);
        }

        long margin() {
            return marginWithoutFee() + fee();
        }

        long value() {
            return lots * instrument.markTicks * instrument.quanta;
        }

        long maintenance() {
            return Exact.ceilPpm(Math.abs(value()), instrument.maintenancePpm);
        }
    }

    /** What the gate has found: null when the order may pass. */
    record Verdict(RejectCode code, long required, long equity) {}

    long equity(final Account account, final long asset) {
        long equity = account.cash(asset);
        for (final Position position : account.positions) {
            if (position.instrument.asset == asset) {
                equity += Holding.of(position).value();
            }
        }
        return equity;
    }

    private long maintenance(final Account account, final long asset) {
        long sum = 0;
        for (final Position position : account.positions) {
            if (position.instrument.asset == asset) {
                sum += Holding.of(position).maintenance();
            }
        }
        return sum;
    }

    /** Initial margin of the whole bucket, open orders included. */
    long requirement(final Account account, final long asset) {
        return requirementWithout(account, asset, null);
    }

    private long requirementWithout(final Account account, final long asset, final Instrument excluded) {
        long sum = 0;
        for (final Position position : account.positions) {
            if (position.instrument.asset == asset && position.instrument != excluded) {
                sum += Holding.of(position).margin();
            }
        }
        return sum;
    }

    /** Whether the lots, with all others of their side, can at most close the position. */
    static boolean reduces(final Position position, final boolean buy, final long lots) {
        if (position == null) {
            return false;
        }
        final long open = position.orderLots(buy) + lots;
        return buy ? position.lots < 0 && open <= -position.lots : position.lots > 0 && open <= position.lots;
    }

    /**
     * The gate: may the account enter an order, in place of {@code replaced} if that is not null?
     *
     * @return null when it may.
     */
    Verdict judge(
            final Account account,
            final Instrument instrument,
            final boolean buy,
            final long ticks,
            final long lots,
            final Order replaced) {
        final Position position = account.positionIn(instrument);
        final Holding before = position == null ? new Holding(instrument, 0, 0, 0, 0, 0, 0, 0) : Holding.of(position);
        final long removed = replaced == null ? 0 : replaced.leaves;
        Holding after = before.with(buy, ticks, lots);
        if (replaced != null) {
            after = after.with(buy, replaced.ticks, -removed);
        }
        final long required = requirementWithout(account, instrument.asset, instrument) + after.margin();
        final long equity = equity(account, instrument.asset);
        if (equity >= required) {
            return null;
        }
        final boolean lighter = reduces(position, buy, lots - removed)
                ? after.marginWithoutFee() <= before.marginWithoutFee()
                : replaced != null && after.margin() <= before.margin();
        return lighter ? null : new Verdict(RejectCode.INSUFFICIENT_MARGIN, required, equity);
    }

    /**
     * The fill rule: afterwards E1 &gt;= IM1 with the remaining orders; or the fill reduces without crossing zero, E1 &gt;= 0
     * and E1 * MM0 &gt;= E0 * MM1.
     */
    boolean admitsFill(final Order order, final long lots, final long ticks, final long fee) {
        final Account account = order.account();
        final Instrument instrument = order.instrument();
        final Holding before = Holding.of(order.position);
        final long change = order.buy ? lots : -lots;
        Holding after = before.moved(change);
        if (order.holdsMargin()) {
            after = after.with(order.buy, order.ticks, -lots);
        }
        final long equityBefore = equity(account, instrument.asset);
        final long equityAfter =
                equityBefore - before.value() + after.value() - change * ticks * instrument.quanta - fee;
        final long initialAfter = requirementWithout(account, instrument.asset, instrument) + after.margin();
        if (equityAfter >= initialAfter) {
            return true;
        }
        final boolean reduces =
                Math.abs(after.lots) < Math.abs(before.lots) && (long) Long.signum(before.lots) * after.lots >= 0;
        final long maintenanceBefore = maintenance(account, instrument.asset);
        final long maintenanceAfter = maintenanceBefore - before.maintenance() + after.maintenance();
        return reduces
                && equityAfter >= 0
                && product(equityAfter, maintenanceBefore).compareTo(product(equityBefore, maintenanceAfter)) >= 0;
    }

    /** What the equity of the position's bucket exceeds its requirement by. */
    long spare(final Position position) {
        final long asset = position.instrument.asset;
        return equity(position.account, asset) - requirement(position.account, asset);
    }

    /** Whether the resting order's account could afford that many lots at its price whatever its orders are. */
    boolean affords(final Order maker, final long lots) {
        final Instrument instrument = maker.instrument();
        final long mark = instrument.markTicks;
        final long beyond = Math.max(0, maker.buy ? maker.ticks - mark : mark - maker.ticks);
        final long initial = Exact.ceilPpm(lots * mark * instrument.quanta, instrument.initialPpm);
        final long fee = Math.max(0, Matching.makerFee(maker, lots));
        return spare(maker.position) >= initial + beyond * lots * instrument.quanta + fee + lots;
    }

    /**
     * Whether every fill of an open order would pass the fill rule, in whatever portions it trades: the bucket covers the
     * larger margin of before and after all its fills, the fee on everything, and a quantum for each lot.
     */
    boolean admitsWhole(final Order order) {
        final Instrument instrument = order.instrument();
        final Account account = order.account();
        final boolean buy = order.buy;
        final long lots = order.leaves;
        final Holding with = Holding.of(order.position);
        final Holding before = with.with(buy, order.ticks, -lots);
        final long filled = buy ? before.lots + lots - before.sells : before.lots - lots + before.buys;
        final long beyond = Math.max(0, buy ? order.ticks - instrument.markTicks : instrument.markTicks - order.ticks);
        final long loss = (buy ? before.sellsBeyond : before.buysBeyond) + beyond * lots;
        final long whenFilled =
                Exact.ceilPpm(Math.abs(filled) * instrument.markTicks * instrument.quanta, instrument.initialPpm)
                        + loss * instrument.quanta;
        final long feeTickLots = Math.max(before.buyTickLots, before.sellTickLots) + lots * order.ticks;
        final long fee = Exact.ceilPpm(feeTickLots * instrument.quanta, instrument.takerFeePpm);
        final long needed = requirementWithout(account, instrument.asset, instrument)
                + Math.max(with.marginWithoutFee(), whenFilled)
                + fee
                + lots;
        return equity(account, instrument.asset) >= needed;
    }

    private static BigInteger product(final long a, final long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    /**
     * {@code E - max(order margin, ceil(notional / 10)) - closing fee}, every position at the worst of mark, index and its
     * average, uncertain gains left out; not below 0.
     */
    long withdrawable(final Account account, final long asset) {
        long notional = 0;
        long closingFee = 0;
        long doubt = 0;
        for (final Position position : account.positions) {
            final Instrument instrument = position.instrument;
            if (instrument.asset != asset || position.lots == 0) {
                continue;
            }
            final long value = Holding.of(position).value();
            notional += Math.abs(value);
            closingFee += Exact.ceilPpm(Math.abs(value), instrument.takerFeePpm);
            final long perTick = position.lots * instrument.quanta;
            long worst =
                    Math.min(value, Math.min(perTick * instrument.indexTicks, perTick * instrument.indexAverageTicks));
            if (!instrument.valid || !instrument.isTrading()) {
                worst = Math.min(worst, position.entryCost);
            }
            doubt += value - worst;
        }
        final long kept = Math.max(requirement(account, asset), Exact.ceilDiv(notional, 10)) + closingFee + doubt;
        return Math.max(0, equity(account, asset) - kept);
    }
}
