package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.OrdType;

/** Orders that get their turn: on entry, out of their taker delay, or because their trigger was reached. */
final class Arrivals {
    private final World world;
    private final Reports reports;
    private final Lifecycle lifecycle;
    private final Matching matching;
    private final Margins margins;
    private final Timers timers;
    /** Stops that have not fired, by entry. */
    private final Map<Long, Order> stops = new TreeMap<>();

    Arrivals(
            final World world,
            final Reports reports,
            final Lifecycle lifecycle,
            final Matching matching,
            final Margins margins,
            final Timers timers) {
        this.world = world;
        this.reports = reports;
        this.lifecycle = lifecycle;
        this.matching = matching;
        this.margins = margins;
        this.timers = timers;
    }

    /** Whether an order would take liquidity and has to wait before it may. */
    static boolean isDelayed(final Order order) {
        final Instrument instrument = order.instrument();
        return Features.DELAY
                && instrument.takerDelayNs > 0
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

    /** Its delay is over. */
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
        matching.match(order);
    }

    void waitForTrigger(final Order order) {
        order.stage = Order.Stage.UNTRIGGERED;
        stops.put(order.entry, order);
    }

    /** Fires, once, every stop whose condition holds now, in order of entry. */
    void fireStops() {
        stops.values().removeIf(order -> order.stage != Order.Stage.UNTRIGGERED);
        final List<Order> firing = new ArrayList<>();
        for (final Order order : stops.values()) {
            if (order.instrument().isTrading() && isReached(order)) {
                firing.add(order);
            }
        }
        for (final Order order : firing) {
            if (order.stage == Order.Stage.UNTRIGGERED) {
                fire(order);
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

    private void fire(final Order order) {
        final long reference = reference(order);
        order.kind = OrdType.LIMIT;
        order.stage = Order.Stage.MATCHING;
        order.priority = world.nextPriority();
        if (order.market) {
            order.ticks = Bands.protection(order.instrument(), order.buy);
            order.immediate = true;
        }
        reports.activated(order, ActivationCause.TRIGGER, reference);
        final CancelReason reason = refusal(order);
        if (reason != null) {
            lifecycle.cancel(order, reason);
        } else if (isDelayed(order)) {
            delay(order);
        } else {
            matching.match(order);
        }
    }

    /** Why a stop that has fired may not go on; null when it may. */
    private CancelReason refusal(final Order order) {
        final Instrument instrument = order.instrument();
        if (order.account().isKilled()) {
            return CancelReason.KILL;
        }
        if (order.mmp != null && order.mmp.isFrozen(world.nowNs)) {
            return CancelReason.MMP;
        }
        if (order.reduceOnly) {
            final long reducible = order.position.reducibleLots(order.buy);
            if (reducible == 0) {
                return CancelReason.REDUCE_ONLY;
            }
            if (order.leaves > reducible) {
                lifecycle.reduce(order, order.leaves - reducible, CancelReason.REDUCE_ONLY);
            }
        }
        if (Bands.passed(instrument, order.ticks) != 0) {
            return CancelReason.BAND;
        }
        if ((order.postOnly || order.slide) && instrument.crosses(order.buy, order.ticks) && !slides(order)) {
            return CancelReason.POST_ONLY;
        }
        return null;
    }

    /** A sliding post-only order that would trade goes one tick behind the touch, where there is a price. */
    static boolean slides(final Order order) {
        final Instrument instrument = order.instrument();
        final long touch = instrument.queue(!order.buy).bestTicks();
        final long behind = order.buy ? touch - 1 : touch + 1;
        if (!order.slide || behind < 1 || behind > instrument.maxTicks) {
            return false;
        }
        order.ticks = behind;
        return true;
    }
}
