package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.EXPIRY_INVALID;
import static org.isochron.codecs.RejectCode.MARKET_CLOSED;
import static org.isochron.codecs.RejectCode.POST_ONLY_WOULD_CROSS;
import static org.isochron.codecs.RejectCode.REDUCE_ONLY_VIOLATED;
import static org.isochron.codecs.RejectCode.RISK_UNAVAILABLE;
import static org.isochron.codecs.RejectCode.STALE_BY_MAX_SEQ_DELAY;

import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.OrderState;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;

/** New orders: every check in its order, then what becomes of the order. */
final class OrderEntry {
    private static final long NANOS_PER_MICRO = 1_000;

    private final World world;
    private final Reports reports;
    private final Lifecycle lifecycle;
    private final Matching matching;
    private final Arrivals arrivals;
    private final Checks checks;
    private final Timers timers;

    OrderEntry(
            final World world,
            final Reports reports,
            final Lifecycle lifecycle,
            final Matching matching,
            final Arrivals arrivals,
            final Checks checks,
            final Timers timers) {
        this.world = world;
        this.reports = reports;
        this.lifecycle = lifecycle;
        this.matching = matching;
        this.arrivals = arrivals;
        this.checks = checks;
        this.timers = timers;
    }

    void onNewOrder(final Session session, final long seqNum, final NewOrderDecoder command) {
        Checks.clOrdId(command.clOrdId());
        final Instrument instrument = checks.instrument(command.instrumentId(), NewOrderDecoder.instrumentIdId());
        Checks.takesOrders(instrument, NewOrderDecoder.instrumentIdId());
        final Account account = checks.account(session, command.accountId());
        Checks.notKilled(account);
        checkFields(command);
        checkAuction(instrument, command);
        checkDelay(command.maxSeqDelayUs());
        final Order order = draft(account, instrument, command);
        checkPrices(order, command);
        Checks.quantity(instrument, command.quantity(), NewOrderDecoder.quantityId());
        Checks.fresh(session, command.clOrdId());
        Checks.room(account, instrument);
        checkGroup(order, command);
        checkPostOnly(order);
        checkReduceOnly(order);
        checkRisk(order);
        accept(order, session, seqNum, command.clOrdId());
    }

    private static OrdType type(final NewOrderDecoder command) {
        return command.ordType() == OrdType.NULL_VAL ? OrdType.LIMIT : command.ordType();
    }

    private static boolean isStop(final NewOrderDecoder command) {
        return type(command) == OrdType.STOP || type(command) == OrdType.TAKE_PROFIT;
    }

    private static boolean hasPrice(final NewOrderDecoder command) {
        return command.price() != Line.NONE;
    }

    /** Without a limit of its own, now or when triggered. */
    private static boolean isMarket(final NewOrderDecoder command) {
        return type(command) == OrdType.MARKET || isStop(command) && !hasPrice(command);
    }

    private static TimeInForce timeInForce(final NewOrderDecoder command) {
        return command.timeInForce() == TimeInForce.NULL_VAL ? TimeInForce.GTC : command.timeInForce();
    }

    private static boolean mayRest(final NewOrderDecoder command) {
        return !isMarket(command)
                && (timeInForce(command) == TimeInForce.GTC || timeInForce(command) == TimeInForce.GTT);
    }

    private static void badValue(final boolean fails, final int fieldId, final long value) {
        Refused.when(fails, BAD_VALUE, fieldId, value);
    }

    /** Fields that do not go together: the first in this order is the one refused. */
    private void checkFields(final NewOrderDecoder command) {
        badValue(command.side() == Side.NULL_VAL, NewOrderDecoder.sideId(), Line.NONE);
        checkTimeInForce(command);
        checkTrigger(command);
        checkExpiry(command);
        final boolean passive = command.flags().postOnly() || command.flags().postOnlySlide();
        badValue(
                passive && !mayRest(command)
                        || command.flags().postOnly() && command.flags().postOnlySlide(),
                NewOrderDecoder.flagsId(),
                command.flags().getRaw());
        checkDisplay(command);
        badValue(
                command.stpGroup() != Line.NO_U32 && !command.flags().stpScopeFirm(),
                NewOrderDecoder.stpGroupId(),
                command.stpGroup());
        final boolean grouped = command.mmpGroup() != Line.NO_U16;
        badValue(
                command.flags().mmp() != grouped,
                NewOrderDecoder.mmpGroupId(),
                grouped ? command.mmpGroup() : Line.NONE);
    }

    private static void checkTrigger(final NewOrderDecoder command) {
        if (!isStop(command)) {
            badValue(command.triggerPrice() != Line.NONE, NewOrderDecoder.triggerPriceId(), command.triggerPrice());
            badValue(
                    command.triggerRef() != TriggerRef.NULL_VAL,
                    NewOrderDecoder.triggerRefId(),
                    command.triggerRefRaw());
        }
    }

    private static void checkDisplay(final NewOrderDecoder command) {
        final long display = command.displayQuantity();
        final boolean fits = mayRest(command) && !isStop(command) && display >= 1 && display <= command.quantity();
        Refused.when(
                display != Line.NONE && !fits,
                BAD_VALUE,
                NewOrderDecoder.displayQuantityId(),
                display,
                command.quantity());
    }

    private static void checkTimeInForce(final NewOrderDecoder command) {
        final TimeInForce given = timeInForce(command);
        final boolean fits = switch (type(command)) {
            case MARKET ->
                command.timeInForce() == TimeInForce.NULL_VAL || given == TimeInForce.IOC || given == TimeInForce.FOK;
            case STOP, TAKE_PROFIT -> given != TimeInForce.FOK;
            default -> true;
        };
        badValue(!fits, NewOrderDecoder.timeInForceId(), command.timeInForceRaw());
    }

    private void checkExpiry(final NewOrderDecoder command) {
        final long expiry = command.expireTimeNs();
        if (timeInForce(command) == TimeInForce.GTT) {
            Refused.when(expiry <= world.nowNs, EXPIRY_INVALID, NewOrderDecoder.expireTimeNsId(), expiry, world.nowNs);
        } else {
            badValue(expiry != Line.NO_ID, NewOrderDecoder.expireTimeNsId(), expiry);
        }
    }

    /** An auction takes what can wait for it. */
    private static void checkAuction(final Instrument instrument, final NewOrderDecoder command) {
        if (instrument.collects() && !isStop(command)) {
            Refused.when(
                    type(command) == OrdType.MARKET, MARKET_CLOSED, NewOrderDecoder.ordTypeId(), command.ordTypeRaw());
            Refused.when(!mayRest(command), MARKET_CLOSED, NewOrderDecoder.timeInForceId(), command.timeInForceRaw());
        }
    }

    private void checkDelay(final long maxSeqDelayUs) {
        final long delayNs = world.nowNs - world.arrivalNs;
        Refused.when(
                maxSeqDelayUs != Line.NO_U32 && delayNs > maxSeqDelayUs * NANOS_PER_MICRO,
                STALE_BY_MAX_SEQ_DELAY,
                NewOrderDecoder.maxSeqDelayUsId(),
                delayNs / NANOS_PER_MICRO,
                maxSeqDelayUs);
    }

    /** The order as its fields have it, not open yet. */
    private static Order draft(final Account account, final Instrument instrument, final NewOrderDecoder command) {
        final Position position = account.positionIn(instrument);
        final Order order =
                new Order(position == null ? new Position(account, instrument) : position, command.side() == Side.BUY);
        order.tag = command.userTag();
        order.leaves = command.quantity();
        order.postOnly = command.flags().postOnly();
        order.slide = command.flags().postOnlySlide();
        order.reduceOnly = command.flags().reduceOnly();
        order.market = isMarket(command);
        order.fillOrKill = timeInForce(command) == TimeInForce.FOK;
        order.immediate = order.market || order.fillOrKill || timeInForce(command) == TimeInForce.IOC;
        order.display = displayed(command);
        order.stpMode = command.stpMode() == StpMode.NULL_VAL ? StpMode.CANCEL_RESTING : command.stpMode();
        order.stpFirm = command.flags().stpScopeFirm();
        order.stpGroup = command.stpGroup() == Line.NO_U32 ? Order.NO_GROUP : command.stpGroup();
        order.expireNs = timeInForce(command) == TimeInForce.GTT ? command.expireTimeNs() : 0;
        order.kind = isStop(command) ? type(command) : OrdType.LIMIT;
        order.triggerRef = command.triggerRef() == TriggerRef.NULL_VAL ? TriggerRef.MARK : command.triggerRef();
        return order;
    }

    /** All of it is no iceberg. */
    private static long displayed(final NewOrderDecoder command) {
        final boolean all = command.displayQuantity() == Line.NONE || command.displayQuantity() == command.quantity();
        return all ? 0 : command.displayQuantity();
    }

    private static void checkPrices(final Order order, final NewOrderDecoder command) {
        final Instrument instrument = order.instrument();
        final boolean protectedByVenue = order.market && !hasPrice(command);
        if (!protectedByVenue) {
            Checks.tick(instrument, command.price(), NewOrderDecoder.priceId());
            order.ticks = command.price() / instrument.tickSize;
        }
        if (order.isStop()) {
            Checks.tick(instrument, command.triggerPrice(), NewOrderDecoder.triggerPriceId());
            order.triggerTicks = command.triggerPrice() / instrument.tickSize;
        } else if (protectedByVenue) {
            badValue(instrument.protectionPpm == 0, NewOrderDecoder.priceId(), Line.NONE);
            Refused.when(!instrument.valid, RISK_UNAVAILABLE);
            order.ticks = Bands.protection(instrument, order.buy);
        } else {
            Checks.band(instrument, order.ticks, NewOrderDecoder.priceId());
        }
    }

    private void checkGroup(final Order order, final NewOrderDecoder command) {
        if (command.flags().mmp()) {
            order.mmp = order.account().groups.get(command.mmpGroup());
            badValue(
                    order.mmp == null || order.mmp.asset != order.instrument().asset,
                    NewOrderDecoder.mmpGroupId(),
                    command.mmpGroup());
            checks.thawed(order.mmp, NewOrderDecoder.mmpGroupId());
        }
    }

    /** Orders that can trade on arrival. */
    private static boolean matchesNow(final Order order) {
        return !order.isStop() && order.instrument().isTrading();
    }

    private static void checkPostOnly(final Order order) {
        if (!matchesNow(order) || !order.instrument().crosses(order.buy, order.ticks)) {
            return;
        }
        if (order.postOnly) {
            Checks.passive(order, order.ticks, NewOrderDecoder.priceId());
        }
        if (order.slide) {
            final Instrument instrument = order.instrument();
            final long limit = order.ticks;
            final long touch = instrument.queue(!order.buy).bestTicks();
            Refused.when(
                    !Arrivals.slides(order),
                    POST_ONLY_WOULD_CROSS,
                    NewOrderDecoder.priceId(),
                    instrument.price(limit),
                    instrument.price(touch));
        }
    }

    /** What is above the position is cut off at once. */
    private static void checkReduceOnly(final Order order) {
        if (order.reduceOnly && !order.isStop()) {
            final long reducible = order.position.reducibleLots(order.buy);
            Refused.when(
                    reducible == 0 || order.fillOrKill && order.leaves > reducible,
                    REDUCE_ONLY_VIOLATED,
                    NewOrderDecoder.quantityId(),
                    order.leaves,
                    reducible);
            order.leaves = Math.min(order.leaves, reducible);
        }
    }

    private void checkRisk(final Order order) {
        if (!order.reduceOnly && !order.isStop()) {
            checks.risk(
                    order.account(),
                    order.instrument(),
                    order.buy,
                    order.ticks,
                    order.leaves,
                    null,
                    NewOrderDecoder.quantityId());
        }
    }

    private void accept(final Order draft, final Session session, final long seqNum, final long clOrdId) {
        final Order order = draft;
        lifecycle.open(order, session, clOrdId);
        session.remember(clOrdId);
        if (order.isStop()) {
            arrivals.waitForTrigger(order);
        } else if (Arrivals.isDelayed(order)) {
            arrivals.delay(order);
        }
        timers.arm(order);
        reports.acknowledged(order, seqNum, state(order));
        if (order.stage == Order.Stage.MATCHING) {
            matching.match(order);
        }
    }

    private static OrderState state(final Order order) {
        return switch (order.stage) {
            case UNTRIGGERED -> OrderState.UNTRIGGERED;
            case DELAYED -> OrderState.DELAYED;
            default -> order.immediate ? OrderState.DONE : OrderState.RESTING;
        };
    }
}
