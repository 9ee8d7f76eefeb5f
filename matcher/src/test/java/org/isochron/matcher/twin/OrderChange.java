package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.POST_ONLY_WOULD_CROSS;
import static org.isochron.codecs.RejectCode.REDUCE_ONLY_VIOLATED;
import static org.isochron.codecs.RejectCode.TAKER_DELAY_AMEND_FORBIDDEN;
import static org.isochron.codecs.RejectCode.TOO_LATE_TO_CANCEL;
import static org.isochron.codecs.RejectCode.UNKNOWN_ORDER;

import java.util.function.LongToIntFunction;
import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.ReplaceDecoder;

/** Replace and Cancel of one order. Both number the ids of the order alike. */
final class OrderChange {
    private static final int ORIG_CL_ORD_ID = CancelDecoder.origClOrdIdId();

    private final World world;
    private final Reports reports;
    private final Lifecycle lifecycle;
    private final Matching matching;
    private final Arrivals arrivals;
    private final Checks checks;
    /** Number of the order that the venue calls by that id, or -1. */
    private final LongToIntFunction numberOf;

    OrderChange(
            final World world,
            final Reports reports,
            final Lifecycle lifecycle,
            final Matching matching,
            final Arrivals arrivals,
            final Checks checks,
            final LongToIntFunction numberOf) {
        this.world = world;
        this.reports = reports;
        this.lifecycle = lifecycle;
        this.matching = matching;
        this.arrivals = arrivals;
        this.checks = checks;
        this.numberOf = numberOf;
    }

    void onCancel(final Session session, final long seqNum, final CancelDecoder command) {
        final Instrument instrument = checks.instrument(command.instrumentId(), CancelDecoder.instrumentIdId());
        final Account account = checks.account(session, command.accountId());
        final Order order = find(session, account, instrument, command.origClOrdId(), command.orderId());
        lifecycle.cancelByRequest(order, session, command.clOrdId(), seqNum);
    }

    /** By exactly one of its two ids. Another account's order is as unknown as one that never was. */
    private Order find(
            final Session session,
            final Account account,
            final Instrument instrument,
            final long origClOrdId,
            final long orderId) {
        final boolean byId = orderId != Line.NO_ID;
        Refused.when(byId == (origClOrdId != Line.NO_ID), BAD_VALUE, ORIG_CL_ORD_ID, origClOrdId);
        final int fieldId = byId ? CancelDecoder.orderIdId() : ORIG_CL_ORD_ID;
        final long id = byId ? orderId : origClOrdId;
        final Order order = byId ? world.orders.get(numberOf.applyAsInt(orderId)) : session.byClientId.get(origClOrdId);
        Refused.when(order == null && !byId && session.isRecent(origClOrdId), TOO_LATE_TO_CANCEL, fieldId, id);
        Refused.when(
                order == null || order.account() != account || order.instrument() != instrument,
                UNKNOWN_ORDER,
                fieldId,
                id);
        return order;
    }

    void onReplace(final Session session, final long seqNum, final ReplaceDecoder command) {
        Checks.clOrdId(command.clOrdId());
        final Instrument instrument = checks.instrument(command.instrumentId(), ReplaceDecoder.instrumentIdId());
        Checks.takesOrders(instrument, ReplaceDecoder.instrumentIdId());
        final Account account = checks.account(session, command.accountId());
        Checks.notKilled(account);
        final Order order = find(session, account, instrument, command.origClOrdId(), command.orderId());
        Refused.when(
                order.quote,
                UNKNOWN_ORDER,
                command.orderId() != Line.NO_ID ? ReplaceDecoder.orderIdId() : ReplaceDecoder.origClOrdIdId(),
                command.orderId() != Line.NO_ID ? command.orderId() : command.origClOrdId());
        Refused.when(order.stage == Order.Stage.DELAYED, TAKER_DELAY_AMEND_FORBIDDEN);
        long ticks = ticks(order, command);
        if (ticks != order.ticks && !order.isStop()) {
            Checks.band(instrument, ticks, ReplaceDecoder.priceId());
        }
        final long quantity = openQuantity(order, command);
        Checks.quantity(instrument, quantity, ReplaceDecoder.quantityId());
        Checks.fresh(session, command.clOrdId());
        checks.thawed(order.mmp, ReplaceDecoder.orderIdId());
        if (order.stage == Order.Stage.UNTRIGGERED) {
            changeStop(order, session, seqNum, command.clOrdId(), ticks, quantity);
            return;
        }
        if (world.priorityRule.keepsPlace(order, ticks, quantity)) {
            keepPlace(order, session, seqNum, command.clOrdId(), quantity);
            return;
        }
        ticks = passive(order, ticks);
        final long leaves = clipped(order, quantity);
        if (!order.reduceOnly) {
            checks.risk(account, instrument, order.buy, ticks, leaves, order, ReplaceDecoder.quantityId());
        }
        takeNewPlace(order, session, seqNum, command.clOrdId(), ticks, leaves);
    }

    /** A stop keeps its price when none is given; one that becomes a market order has none to change. */
    private static long ticks(final Order order, final ReplaceDecoder command) {
        if (order.isStop() && command.price() == Line.NONE) {
            return order.ticks;
        }
        Refused.when(order.isStop() && order.market, BAD_VALUE, ReplaceDecoder.priceId(), command.price());
        Checks.tick(order.instrument(), command.price(), ReplaceDecoder.priceId());
        return command.price() / order.instrument().tickSize;
    }

    /** Open lots asked for; none or less when as many have traded already. */
    private static long openQuantity(final Order order, final ReplaceDecoder command) {
        final boolean remaining = command.qtyMode() == QtyMode.REMAINING || command.quantity() <= 0;
        return remaining ? command.quantity() : command.quantity() - order.filled;
    }

    private static long clipped(final Order order, final long lots) {
        if (!order.reduceOnly) {
            return lots;
        }
        final long reducible = order.position.reducibleLots(order.buy);
        Refused.when(reducible == 0, REDUCE_ONLY_VIOLATED, ReplaceDecoder.quantityId(), lots, reducible);
        return Math.min(lots, reducible);
    }

    /** Limit of a post-only order that must not take; the one asked for otherwise. */
    private static long passive(final Order order, final long ticks) {
        final Instrument instrument = order.instrument();
        if (!instrument.isTrading() || !instrument.crosses(order.buy, ticks)) {
            return ticks;
        }
        if (order.postOnly) {
            Checks.passive(order, ticks, ReplaceDecoder.priceId());
        }
        if (!order.slide) {
            return ticks;
        }
        final long touch = instrument.queue(!order.buy).bestTicks();
        final long behind = order.buy ? touch - 1 : touch + 1;
        Refused.when(behind < 1 || behind > instrument.maxTicks, POST_ONLY_WOULD_CROSS);
        return behind;
    }

    /** The session's own order keeps its place in the session's list, another session's becomes its newest. */
    private long rename(final Order order, final Session session, final long clOrdId) {
        final long before = order.clientId;
        if (order.session == session) {
            session.rename(order, clOrdId);
        } else {
            order.session.leave(order);
            session.enter(order, clOrdId);
        }
        session.remember(clOrdId);
        return before;
    }

    private void changeStop(
            final Order order,
            final Session session,
            final long seqNum,
            final long clOrdId,
            final long ticks,
            final long leaves) {
        final long before = rename(order, session, clOrdId);
        order.ticks = ticks;
        order.leaves = leaves;
        reports.replaced(order, before, seqNum, true, Line.NO_ID);
    }

    private void keepPlace(
            final Order order, final Session session, final long seqNum, final long clOrdId, final long leaves) {
        final long before = rename(order, session, clOrdId);
        final long shown = order.shown;
        lifecycle.shrink(order, order.leaves - leaves);
        reports.replaced(order, before, seqNum, true, order.priority);
        if (order.shown != shown) {
            reports.shrunk(order);
        }
    }

    private void takeNewPlace(
            final Order order,
            final Session session,
            final long seqNum,
            final long clOrdId,
            final long ticks,
            final long leaves) {
        final long before = rename(order, session, clOrdId);
        final long publicId = order.priority;
        lifecycle.unrest(order);
        order.ticks = ticks;
        order.leaves = leaves;
        order.priority = world.nextPriority();
        final boolean delayed = Arrivals.isDelayed(order);
        reports.replaced(order, before, seqNum, false, delayed ? Line.NO_ID : order.priority);
        reports.deleted(order.instrument(), publicId);
        if (delayed) {
            arrivals.delay(order);
        } else {
            matching.match(order);
        }
    }
}
