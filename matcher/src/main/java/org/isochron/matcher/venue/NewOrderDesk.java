package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.MARKET_CLOSED;
import static org.isochron.codecs.RejectCode.STALE_BY_MAX_SEQ_DELAY;

import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrderState;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Instruments;

/**
 * New orders. Every check comes before the first change, in this order: the client id is there and the client's to choose;
 * instrument; venue and instrument take orders; account known, entitled, not being liquidated, stopped or mass-cancelled;
 * fields that go together; delay; price and trigger; quantity; client id not used before; room and open order limits; market
 * maker protection; and of all but stops, which are asked when they fire: post-only, reduce-only, index, position limit,
 * margin. The first that fails is the answer.
 *
 * <p>Orders that at most close the position may be entered without a valid index, and below the initial margin as long as
 * they do not raise the requirement.
 */
final class NewOrderDesk {
    private static final long NANOS_PER_MICRO = 1_000;

    private final Sessions sessions;
    private final OrderChecks checks;
    private final OrderEntry entry;
    private final EventWriter events;
    private final Reports reports;
    private final Matching matching;
    private final TriggerBook triggers;
    private final Instruments instruments;
    private final WorkQueue work;
    private final OrderTerms terms = new OrderTerms();

    NewOrderDesk(
            final Sessions sessions,
            final OrderChecks checks,
            final OrderEntry entry,
            final EventWriter events,
            final Reports reports,
            final Matching matching,
            final TriggerBook triggers,
            final Instruments instruments,
            final WorkQueue work) {
        this.triggers = triggers;
        this.instruments = instruments;
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
        terms.mmpGroupField = NewOrderDecoder.mmpGroupId();
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
        if (terms.isStop()) {
            reports.orderAck(request, order, OrderState.UNTRIGGERED);
            triggers.add(order);
            return;
        }
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
        return checks.refusesNumber(terms)
                || checks.refusesMarket(terms, command.instrumentId())
                || checks.refusesAccount(terms, command.accountId())
                || NewOrderFields.refuse(terms, command, events.timestampNs())
                || refusesAuction(command)
                || refusesDelay(command.maxSeqDelayUs())
                || refusesPrices(command)
                || checks.refusesQuantity(terms, command.quantity())
                || checks.refusesClientId(terms)
                || checks.refusesRoom(terms)
                || terms.is(OrderTraits.MMP) && checks.refusesGroup(terms)
                || !terms.isStop() && checks.refusesEntry(terms);
    }

    /** An auction collects orders that may wait for it; stops do not fire meanwhile. */
    private boolean refusesAuction(final NewOrderDecoder command) {
        if (!instruments.isInAuction(terms.instrument) || !terms.is(OrderTraits.IMMEDIATE) || terms.isStop()) {
            return false;
        }
        return terms.is(OrderTraits.MARKET)
                ? terms.refusal.of(MARKET_CLOSED, NewOrderDecoder.ordTypeId(), command.ordTypeRaw())
                : terms.refusal.of(MARKET_CLOSED, NewOrderDecoder.timeInForceId(), command.timeInForceRaw());
    }

    private boolean refusesPrices(final NewOrderDecoder command) {
        if (command.price() == NewOrderDecoder.priceNullValue() && terms.is(OrderTraits.MARKET)) {
            terms.ticks = 0;
            return terms.isStop()
                    ? checks.refusesTrigger(terms, command.triggerPrice())
                    : checks.refusesProtection(terms);
        }
        return checks.refusesPrice(terms, command.price())
                || (terms.isStop() ? checks.refusesTrigger(terms, command.triggerPrice()) : checks.refusesBand(terms));
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
