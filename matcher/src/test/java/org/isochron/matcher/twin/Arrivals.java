package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.KILL_SWITCH_ON;
import static org.isochron.codecs.RejectCode.POST_ONLY_WOULD_CROSS;
import static org.isochron.codecs.RejectCode.PRICE_BAND;
import static org.isochron.codecs.RejectCode.REDUCE_ONLY_VIOLATED;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.RejectCode;

/** Orders that get their turn: on entry, out of their taker delay, or because their trigger was reached. */
final class Arrivals {
    private final World world;
    private final Reports reports;
    private final Lifecycle lifecycle;
    private final Matching matching;
    private final Checks checks;
    private final Timers timers;
    /** A stop whose trigger has been reached, and the price that did it. */
    private record Fired(Order order, long refTicks) {}

    /** Stops that have not fired, by entry. */
    private final Map<Long, Order> stops = new TreeMap<>();

    Arrivals(
            final World world,
            final Reports reports,
            final Lifecycle lifecycle,
            final Matching matching,
            final Checks checks,
            final Timers timers) {
        this.world = world;
        this.reports = reports;
        this.lifecycle = lifecycle;
        this.matching = matching;
        this.checks = checks;
        this.timers = timers;
    }

    /** Whether an order would take liquidity and has to wait before it may. */
    static boolean isDelayed(final Order order) {
        final Instrument instrument = order.instrument();
        return instrument.takerDelayNs > 0
                && instrument.isTrading()
                && !order.postOnly
                && !order.slide
                && instrument.crosses(order.buy, order.ticks);
    }

    void delay(final Order order) {
        order.stage = Order.Stage.DELAYED;
        order.releaseNs = world.nowNs + order.instrument().takerDelayNs;
        timers.arm(order);
    }

    /** Its delay is over: it takes its turn, behind work that waits, which may be its own cancel. */
    void release(final Order order) {
        order.releaseNs = 0;
        order.stage = Order.Stage.MATCHING;
        final Instrument instrument = order.instrument();
        final boolean mayRest = instrument.collects() && !order.immediate;
        if (!instrument.isTrading() && !mayRest) {
            lifecycle.cancel(order, CancelReason.INSTRUMENT_HALT);
            return;
        }
        order.priority = world.nextPriority();
        timers.arm(order);
        reports.activated(order, ActivationCause.TAKER_DELAY, 0);
        if (world.work.isEmpty()) {
            matching.match(order);
        } else {
            world.work.addLast(() -> goOn(order));
        }
    }

    /** An order that has waited queues behind the slices that were refilled meanwhile, for theirs is the higher priority. */
    private void goOn(final Order order) {
        final boolean overtaken = order.instrument().queue(order.buy).lastRefill > order.priority;
        if (order.stage != Order.Stage.ENDED && overtaken && !order.immediate) {
            order.priority = world.nextPriority();
            reports.activated(order, ActivationCause.QUEUE, 0);
        }
        matching.match(order);
    }

    void waitForTrigger(final Order order) {
        order.stage = Order.Stage.UNTRIGGERED;
        stops.put(order.entry, order);
    }

    /** Fires, once, every stop whose condition holds now, in order of entry. */
    void fireStops() {
        stops.values().removeIf(order -> order.stage != Order.Stage.UNTRIGGERED);
        final List<Fired> firing = new ArrayList<>();
        for (final Order order : stops.values()) {
            if (order.instrument().isTrading() && isReached(order)) {
                firing.add(new Fired(order, reference(order)));
            }
        }
        for (final Fired fired : firing) {
            if (fired.order.stage == Order.Stage.UNTRIGGERED) {
                fire(fired.order, fired.refTicks);
            }
        }
    }

    /** Price the order looks at, 0 while there is none that counts. */
    private static long reference(final Order order) {
        final Instrument instrument = order.instrument();
        return switch (order.triggerRef) {
            case LAST -> instrument.lastTicks;
            case INDEX -> instrument.valid ? instrument.indexTicks : 0;
            default -> instrument.valid ? instrument.markTicks : 0;
        };
    }

    private static boolean isReached(final Order order) {
        final long reference = reference(order);
        final boolean upwards = order.buy == (order.kind == OrdType.STOP);
        return reference != 0 && (upwards ? reference >= order.triggerTicks : reference <= order.triggerTicks);
    }

    private void fire(final Order order, final long refTicks) {
        order.kind = OrdType.LIMIT;
        CancelReason reason = null;
        try {
            checkActivation(order);
        } catch (final Refused refused) {
            reason = reason(refused.code);
        }
        order.stage = Order.Stage.MATCHING;
        order.priority = world.nextPriority();
        reports.activated(order, ActivationCause.TRIGGER, refTicks);
        if (reason != null) {
            lifecycle.cancel(order, reason);
        } else if (isDelayed(order)) {
            delay(order);
        } else {
            matching.match(order);
        }
    }

    /** All that a new order is asked and a stop was not; works out price and lots on the way. */
    private void checkActivation(final Order order) {
        final Instrument instrument = order.instrument();
        Refused.when(order.account().isKilled(), KILL_SWITCH_ON);
        checks.thawed(order.mmp, Refused.NO_FIELD);
        final long reducible = order.position.reducibleLots(order.buy);
        Refused.when(order.reduceOnly && reducible == 0, REDUCE_ONLY_VIOLATED);
        final long lots = order.reduceOnly ? Math.min(order.leaves, reducible) : order.leaves;
        if (order.market) {
            Refused.when(instrument.protectionPpm == 0 || !instrument.valid, PRICE_BAND);
            order.ticks = Bands.protection(instrument, order.buy);
        } else {
            Checks.band(instrument, order.ticks, Refused.NO_FIELD);
        }
        final boolean passive = order.postOnly || order.slide;
        Refused.when(passive && instrument.crosses(order.buy, order.ticks) && !slides(order), POST_ONLY_WOULD_CROSS);
        if (!order.reduceOnly) {
            checks.risk(order.account(), instrument, order.buy, order.ticks, lots, null, Refused.NO_FIELD);
        }
        final long cut = order.leaves - lots;
        order.leaves = lots;
        if (cut > 0) {
            reports.lost(order, cut, CancelReason.REDUCE_ONLY);
        }
    }

    private static CancelReason reason(final RejectCode code) {
        return switch (code) {
            case KILL_SWITCH_ON -> CancelReason.KILL;
            case MMP_FROZEN -> CancelReason.MMP;
            case REDUCE_ONLY_VIOLATED -> CancelReason.REDUCE_ONLY;
            case PRICE_BAND -> CancelReason.BAND;
            case POST_ONLY_WOULD_CROSS -> CancelReason.POST_ONLY;
            default -> CancelReason.MARGIN;
        };
    }

    /** A sliding post-only order that would trade goes one tick behind the touch, where there is a price. */
    static boolean slides(final Order order) {
        final Instrument instrument = order.instrument();
        final long touch = instrument.queue(!order.buy).bestTicks();
        final long behind = order.buy ? touch - 1 : touch + 1;
        if (!order.slide || behind < 1 || behind > instrument.maxTicks || Bands.passed(instrument, behind) != 0) {
            return false;
        }
        order.ticks = behind;
        return true;
    }
}
