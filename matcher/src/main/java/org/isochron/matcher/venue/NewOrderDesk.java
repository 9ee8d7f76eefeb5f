package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.NOT_SUPPORTED;
import static org.isochron.codecs.RejectCode.STALE_BY_MAX_SEQ_DELAY;

import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.OrderState;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.matcher.book.OrderTraits;

/**
 * New orders. Every check comes before the first change, in this order: the client id is there; instrument; venue and
 * instrument take orders; account known, entitled, not being liquidated or mass-cancelled; features this build has; delay;
 * price; quantity; client id not used before; room and open order limits; post-only; index; position limit; margin. The
 * first that fails is the answer.
 *
 * <p>Orders that at most close the position may be entered without a valid index, and below the initial margin as long as
 * they do not raise the requirement.
 */
final class NewOrderDesk {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int SUPPORTED_FLAGS = 1;

    private final Sessions sessions;
    private final OrderChecks checks;
    private final OrderEntry entry;
    private final EventWriter events;
    private final Reports reports;
    private final Matching matching;
    private final WorkQueue work;
    private final OrderTerms terms = new OrderTerms();

    NewOrderDesk(
            final Sessions sessions,
            final OrderChecks checks,
            final OrderEntry entry,
            final EventWriter events,
            final Reports reports,
            final Matching matching,
            final WorkQueue work) {
        this.sessions = sessions;
        this.checks = checks;
        this.entry = entry;
        this.events = events;
        this.reports = reports;
        this.matching = matching;
        this.work = work;
        terms.accountField = NewOrderDecoder.accountIdId();
        terms.instrumentField = NewOrderDecoder.instrumentIdId();
        terms.clientIdField = NewOrderDecoder.clOrdIdId();
        terms.priceField = NewOrderDecoder.priceId();
        terms.quantityField = NewOrderDecoder.quantityId();
    }

    void onNewOrder(final Request request, final NewOrderDecoder command) {
        terms.of(request.session, command.clOrdId());
        if (refuses(command)) {
            reports.reject(request, command, terms.refusal);
            return;
        }
        final int order = entry.open(terms);
        sessions.recentIds().add(terms.session, terms.clientId);
        final boolean delayed = matching.delays(order);
        reports.orderAck(request, order, state(delayed));
        if (!delayed) {
            matching.enter(order);
        }
    }

    private OrderState state(final boolean delayed) {
        if (delayed) {
            return OrderState.DELAYED;
        }
        if (work.isMatching(terms.instrument)) {
            return OrderState.QUEUED;
        }
        return terms.is(OrderTraits.IMMEDIATE) ? OrderState.DONE : OrderState.RESTING;
    }

    private boolean refuses(final NewOrderDecoder command) {
        return checks.refusesMarket(terms, command.instrumentId())
                || checks.refusesAccount(terms, command.accountId())
                || refusesFeatures(command)
                || refusesDelay(command.maxSeqDelayUs())
                || checks.refusesPrice(terms, command.price())
                || checks.refusesQuantity(terms, command.quantity())
                || checks.refusesClientId(terms)
                || checks.refusesRoom(terms)
                || terms.is(OrderTraits.POST_ONLY) && checks.refusesCrossing(terms)
                || checks.refusesRisk(terms);
    }

    private boolean refusesFeatures(final NewOrderDecoder command) {
        if (command.sideRaw() == Side.NULL_VAL.value()) {
            return terms.refusal.of(BAD_VALUE, NewOrderDecoder.sideId(), Refusal.NO_VALUE);
        }
        if (isOther(command.ordTypeRaw(), OrdType.NULL_VAL.value(), OrdType.LIMIT.value())) {
            return terms.refusal.of(NOT_SUPPORTED, NewOrderDecoder.ordTypeId(), command.ordTypeRaw());
        }
        final short timeInForce = command.timeInForceRaw();
        if (isOther(timeInForce, TimeInForce.NULL_VAL.value(), TimeInForce.GTC.value())
                && timeInForce != TimeInForce.IOC.value()) {
            return terms.refusal.of(NOT_SUPPORTED, NewOrderDecoder.timeInForceId(), timeInForce);
        }
        if (isOther(command.stpModeRaw(), StpMode.NULL_VAL.value(), StpMode.CANCEL_RESTING.value())) {
            return terms.refusal.of(NOT_SUPPORTED, NewOrderDecoder.stpModeId(), command.stpModeRaw());
        }
        return refusesExtras(command);
    }

    private boolean refusesExtras(final NewOrderDecoder command) {
        if (command.triggerPrice() != NewOrderDecoder.triggerPriceNullValue()) {
            return terms.refusal.of(NOT_SUPPORTED, NewOrderDecoder.triggerPriceId(), command.triggerPrice());
        }
        if (command.displayQuantity() != NewOrderDecoder.displayQuantityNullValue()) {
            return terms.refusal.of(NOT_SUPPORTED, NewOrderDecoder.displayQuantityId(), command.displayQuantity());
        }
        if (command.expireTimeNs() != NewOrderDecoder.expireTimeNsNullValue()) {
            return terms.refusal.of(NOT_SUPPORTED, NewOrderDecoder.expireTimeNsId(), command.expireTimeNs());
        }
        if (command.stpGroup() != NewOrderDecoder.stpGroupNullValue()) {
            return terms.refusal.of(NOT_SUPPORTED, NewOrderDecoder.stpGroupId(), command.stpGroup());
        }
        if ((command.flags().getRaw() & ~SUPPORTED_FLAGS) != 0) {
            return terms.refusal.of(
                    NOT_SUPPORTED, NewOrderDecoder.flagsId(), command.flags().getRaw());
        }
        if (command.mmpGroup() != NewOrderDecoder.mmpGroupNullValue()) {
            return terms.refusal.of(NOT_SUPPORTED, NewOrderDecoder.mmpGroupId(), command.mmpGroup());
        }
        if (command.flags().postOnly() && command.timeInForceRaw() == TimeInForce.IOC.value()) {
            return terms.refusal.of(
                    BAD_VALUE, NewOrderDecoder.flagsId(), command.flags().getRaw());
        }
        terms.tag = command.userTag();
        terms.traits = (command.sideRaw() == Side.BUY.value() ? OrderTraits.BUY : 0)
                | (command.flags().postOnly() ? OrderTraits.POST_ONLY : 0)
                | (command.timeInForceRaw() == TimeInForce.IOC.value() ? OrderTraits.IMMEDIATE : 0);
        return false;
    }

    private static boolean isOther(final short value, final short nullValue, final short supported) {
        return value != nullValue && value != supported;
    }

    private boolean refusesDelay(final long maxSeqDelayUs) {
        if (maxSeqDelayUs == NewOrderDecoder.maxSeqDelayUsNullValue()) {
            return false;
        }
        final long delayNs = events.timestampNs() - events.arrivalNs();
        return delayNs > maxSeqDelayUs * NANOS_PER_MICRO
                && terms.refusal.of(
                        STALE_BY_MAX_SEQ_DELAY,
                        NewOrderDecoder.maxSeqDelayUsId(),
                        delayNs / NANOS_PER_MICRO,
                        maxSeqDelayUs);
    }
}
