package org.isochron.matcher.twin;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.Liquidity;

/** Price-time matching of an order that has its turn. */
final class Matching {
    private final World world;
    private final Events events;
    private final Reports reports;
    private final Lifecycle lifecycle;
    private final SelfTrade selfTrade;
    private final FillOrKill fillOrKill;
    private final Margins margins;
    private final Protection protection;
    /** Positions that this command has changed, in order of their first change. */
    private final Set<Position> changed = new LinkedHashSet<>();

    Matching(
            final World world,
            final Events events,
            final Reports reports,
            final Lifecycle lifecycle,
            final Margins margins,
            final Protection protection) {
        this.world = world;
        this.events = events;
        this.reports = reports;
        this.lifecycle = lifecycle;
        this.margins = margins;
        this.protection = protection;
        selfTrade = new SelfTrade(lifecycle);
        fillOrKill = new FillOrKill(selfTrade, margins);
    }

    /** Matches an order to its end: done, cancelled or resting. */
    void match(final Order taker) {
        final Instrument instrument = taker.instrument();
        if (!isOpen(taker)) {
            return;
        }
        if (!instrument.isTrading()) {
            enterWithoutMatching(taker);
            return;
        }
        if (taker.fillOrKill && !fillOrKill.canFill(taker)) {
            lifecycle.cancel(taker, CancelReason.FOK);
            return;
        }
        while (isOpen(taker) && taker.leaves > 0 && instrument.crosses(taker.buy, taker.ticks)) {
            final Order maker = instrument.queue(!taker.buy).best();
            if (selfTrade.isOwn(taker, maker)) {
                selfTrade.prevent(taker, maker);
            } else {
                meet(taker, maker);
            }
        }
        if (!isOpen(taker)) {
            return;
        }
        if (taker.leaves == 0) {
            lifecycle.end(taker);
        } else if (taker.immediate) {
            lifecycle.cancel(taker, CancelReason.IOC);
        } else {
            lifecycle.rest(taker);
        }
    }

    /** An auction collects what may rest; any other state takes nothing. */
    private void enterWithoutMatching(final Order order) {
        if (order.instrument().collects() && !order.immediate) {
            lifecycle.rest(order);
        } else {
            lifecycle.cancel(order, CancelReason.INSTRUMENT_HALT);
        }
    }

    private static boolean isOpen(final Order order) {
        return order.stage != Order.Stage.ENDED;
    }

    /** The best resting order and the taker come to a trade, or one of them goes. */
    private void meet(final Order taker, final Order maker) {
        long lots = Math.min(taker.leaves, maker.shown);
        if (maker.reduceOnly) {
            lots = Math.min(lots, maker.position.reducibleLots(maker.buy));
            if (lots == 0) {
                lifecycle.cancel(maker, CancelReason.REDUCE_ONLY);
                return;
            }
        }
        if (taker.reduceOnly) {
            lots = Math.min(lots, taker.position.reducibleLots(taker.buy));
            if (lots == 0) {
                lifecycle.cancel(taker, CancelReason.REDUCE_ONLY);
                return;
            }
        }
        if (!margins.admitsFill(maker, lots, maker.ticks, makerFee(maker, lots))) {
            lifecycle.cancel(maker, CancelReason.MARGIN);
            return;
        }
        if (margins.admitsFill(taker, lots, maker.ticks, takerFee(taker, maker.ticks, lots))) {
            trade(taker, maker, lots);
            return;
        }
        final long closing = taker.position.reducibleLots(taker.buy);
        if (closing > 0
                && closing < lots
                && margins.admitsFill(taker, closing, maker.ticks, takerFee(taker, maker.ticks, closing))) {
            trade(taker, maker, closing);
        }
        if (isOpen(taker)) {
            lifecycle.cancel(taker, CancelReason.MARGIN);
        }
    }

    static long cash(final Instrument instrument, final long ticks, final long lots) {
        return lots * ticks * instrument.quanta;
    }

    static long takerFee(final Order taker, final long ticks, final long lots) {
        return Exact.ceilPpm(cash(taker.instrument(), ticks, lots), taker.instrument().takerFeePpm);
    }

    /** Fees round up, rebates toward zero. */
    static long makerFee(final Order maker, final long lots) {
        final long cash = cash(maker.instrument(), maker.ticks, lots);
        final long ppm = maker.instrument().makerFeePpm;
        return ppm >= 0 ? Exact.ceilPpm(cash, ppm) : -Exact.floorPpm(cash, -ppm);
    }

    private void trade(final Order taker, final Order maker, final long lots) {
        final Instrument instrument = taker.instrument();
        final long ticks = maker.ticks;
        final long tradeId = events.nextEventId();
        final long takerFee = takerFee(taker, ticks, lots);
        final long makerFee = makerFee(maker, lots);
        noteChange(taker.buy ? taker : maker, taker.buy ? maker : taker);
        settle(taker, ticks, lots, takerFee);
        settle(maker, ticks, lots, makerFee);
        maker.shown -= lots;
        instrument.lastTicks = ticks;

        final boolean takerTriggers = protection.counts(taker, ticks, lots);
        final boolean makerTriggers = protection.counts(maker, ticks, lots);
        reports.filled(taker, tradeId, ticks, lots, takerFee, Liquidity.TAKER, takerTriggers);
        reports.filled(maker, tradeId, ticks, lots, makerFee, Liquidity.MAKER, makerTriggers);
        reports.traded(instrument, tradeId, maker.priority, ticks, lots, Reports.side(taker.buy));
        afterTrade(maker);
        protection.trigger(takerTriggers ? taker : null, makerTriggers ? maker : null);
    }

    /** What a resting order shows after it has traded. */
    void afterTrade(final Order order) {
        if (order.shown > 0) {
            reports.shrunk(order);
            return;
        }
        reports.deleted(order.instrument(), order.priority);
        if (order.leaves > 0) {
            lifecycle.refill(order);
        } else {
            lifecycle.end(order);
        }
    }

    /** Positions of both sides change: the buyer's comes first. */
    void noteChange(final Order buyer, final Order seller) {
        for (final Order order : List.of(buyer, seller)) {
            if (order.position.orders.stream().anyMatch(other -> other.reduceOnly)) {
                changed.add(order.position);
            }
        }
    }

    /** Lots, cash and fee of one side. */
    void settle(final Order order, final long ticks, final long lots, final long fee) {
        final Instrument instrument = order.instrument();
        final long cash = (order.buy ? -1 : 1) * cash(instrument, ticks, lots);
        order.leaves -= lots;
        order.filled += lots;
        order.position.trade(order.buy ? lots : -lots, cash);
        order.account().addCash(instrument.asset, cash - fee);
        world.fees.addCash(instrument.asset, fee);
    }

    /** Reduce-only orders shrink with the positions that this command has changed. */
    void shrinkSiblings() {
        for (final Position position : changed) {
            for (final Order order : List.copyOf(position.orders)) {
                if (order.reduceOnly && isOpen(order) && order.stage != Order.Stage.UNTRIGGERED) {
                    fit(order, position.reducibleLots(order.buy));
                }
            }
        }
        changed.clear();
    }

    private void fit(final Order order, final long reducible) {
        if (reducible == 0) {
            lifecycle.cancel(order, CancelReason.REDUCE_ONLY);
        } else if (order.leaves > reducible) {
            lifecycle.reduce(order, order.leaves - reducible, CancelReason.REDUCE_ONLY);
        }
    }
}
