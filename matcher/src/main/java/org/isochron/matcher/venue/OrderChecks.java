package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ACCOUNT_IN_LIQUIDATION;
import static org.isochron.codecs.RejectCode.ALREADY_PENDING;
import static org.isochron.codecs.RejectCode.BAD_LOT;
import static org.isochron.codecs.RejectCode.BAD_TICK;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.DUPLICATE_CL_ORD_ID;
import static org.isochron.codecs.RejectCode.INSUFFICIENT_MARGIN;
import static org.isochron.codecs.RejectCode.KILL_SWITCH_ON;
import static org.isochron.codecs.RejectCode.MARKET_CLOSED;
import static org.isochron.codecs.RejectCode.OPEN_ORDER_LIMIT;
import static org.isochron.codecs.RejectCode.OVERFLOW;
import static org.isochron.codecs.RejectCode.POSITION_LIMIT;
import static org.isochron.codecs.RejectCode.POST_ONLY_WOULD_CROSS;
import static org.isochron.codecs.RejectCode.PRICE_BAND;
import static org.isochron.codecs.RejectCode.QTY_TOO_BIG;
import static org.isochron.codecs.RejectCode.RISK_UNAVAILABLE;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.NewOrderDecoder;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Gate;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.margin.Marks;

/**
 * The checks that everything which enters or changes orders has in common. Each answers whether it refuses the terms, and
 * leaves the reason in their refusal; what it has looked up it leaves in the terms. None changes any state.
 */
final class OrderChecks {
    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Marks marks;
    private final Books books;
    private final Margin margin;
    private final Gate gate;
    private final Counters counters;
    private final KillSwitches kills;
    private final WorkQueue work;

    OrderChecks(
            final Sessions sessions,
            final Ledger ledger,
            final Marks marks,
            final Books books,
            final Margin margin,
            final Gate gate,
            final Counters counters,
            final KillSwitches kills,
            final WorkQueue work) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.marks = marks;
        this.books = books;
        this.margin = margin;
        this.gate = gate;
        this.counters = counters;
        this.kills = kills;
        this.work = work;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    boolean refusesMarket(final OrderTerms terms, final long instrumentId) {
        if (terms.clientId == NewOrderDecoder.clOrdIdNullValue()) {
            return terms.refusal.of(BAD_VALUE, terms.clientIdField, Refusal.NO_VALUE);
        }
        terms.instrument = instruments.find(instrumentId);
        if (terms.instrument < 0) {
            return terms.refusal.of(UNKNOWN_INSTRUMENT, terms.instrumentField, instrumentId);
        }
        return (counters.isCancelOnly() || !instruments.isOpen(terms.instrument))
                && terms.refusal.of(MARKET_CLOSED, terms.instrumentField, instrumentId);
    }

    boolean refusesAccount(final OrderTerms terms, final long accountId) {
        terms.account = ledger.findAccount(accountId);
        if (terms.account < 0) {
            return terms.refusal.of(UNKNOWN_ACCOUNT, terms.accountField, accountId);
        }
        if (!sessions.isEntitled(terms.session, terms.account)) {
            return terms.refusal.of(SESSION_SCOPE, terms.accountField, accountId);
        }
        if (ledger.isInLiquidation(terms.account, instruments.asset(terms.instrument))) {
            return terms.refusal.of(ACCOUNT_IN_LIQUIDATION, terms.accountField, accountId);
        }
        if (kills.isKilled(terms.account)) {
            return terms.refusal.of(KILL_SWITCH_ON, terms.accountField, accountId);
        }
        terms.position = positions.find(terms.account, terms.instrument);
        return (work.isCancellingAccount(terms.account) || work.isCancellingSession(terms.session))
                && terms.refusal.of(ALREADY_PENDING, terms.accountField, accountId);
    }

    boolean refusesPrice(final OrderTerms terms, final long price) {
        final long tickSize = instruments.tickSize(terms.instrument);
        if (price <= 0 || price % tickSize != 0) {
            return terms.refusal.of(BAD_TICK, terms.priceField, price, tickSize);
        }
        terms.ticks = price / tickSize;
        final long largest = instruments.maxPriceTicks(terms.instrument);
        return terms.ticks > largest && terms.refusal.of(PRICE_BAND, terms.priceField, price, largest * tickSize);
    }

    boolean refusesQuantity(final OrderTerms terms, final long lots) {
        if (lots <= 0) {
            return terms.refusal.of(BAD_LOT, terms.quantityField, lots, 1);
        }
        terms.lots = lots;
        final long largest = instruments.maxOrderLots(terms.instrument);
        return lots > largest && terms.refusal.of(QTY_TOO_BIG, terms.quantityField, lots, largest);
    }

    boolean refusesClientId(final OrderTerms terms) {
        return (sessions.recentIds().contains(terms.session, terms.clientId)
                        || books.findByClientId(terms.session, terms.clientId) != Books.NONE)
                && terms.refusal.of(DUPLICATE_CL_ORD_ID, terms.clientIdField, terms.clientId);
    }

    boolean refusesRoom(final OrderTerms terms) {
        final long open = terms.position < 0 ? 0 : positions.openOrders(terms.position);
        final long largest = instruments.maxOpenOrders(terms.instrument);
        if (open >= largest) {
            return terms.refusal.of(OPEN_ORDER_LIMIT, Refusal.NO_FIELD, open, largest);
        }
        if (books.isFull()) {
            return terms.refusal.of(OPEN_ORDER_LIMIT, Refusal.NO_FIELD, books.openOrders(), books.openOrders());
        }
        return (terms.position < 0 && positions.isFull() || !work.hasClientRoom(1)) && terms.refusal.of(CAPACITY);
    }

    /** Behind an unfinished sweep nobody can say what the order will meet, so post-only has to wait. */
    boolean refusesCrossing(final OrderTerms terms) {
        if (work.isMatching(terms.instrument)) {
            return terms.refusal.of(ALREADY_PENDING);
        }
        return books.crosses(terms.instrument, terms.isBuy(), terms.ticks)
                && terms.refusal.of(
                        POST_ONLY_WOULD_CROSS,
                        terms.priceField,
                        terms.ticks * instruments.tickSize(terms.instrument),
                        books.bestTicks(terms.instrument, !terms.isBuy()) * instruments.tickSize(terms.instrument));
    }

    /** Index, position limit and margin of a new order. */
    boolean refusesRisk(final OrderTerms terms) {
        return refusesRisk(terms, 0, 0, false);
    }

    /** The same of an order that takes the place of one with other terms. */
    boolean refusesRisk(final OrderTerms terms, final int replaced) {
        return refusesRisk(terms, books.ticks(replaced), books.leavesLots(replaced), true);
    }

    private boolean refusesRisk(
            final OrderTerms terms, final long removeTicks, final long removeLots, final boolean replaces) {
        final boolean buy = terms.isBuy();
        if (!marks.isValid(terms.instrument) && !gate.reduces(terms.position, buy, terms.lots - removeLots)) {
            return terms.refusal.of(RISK_UNAVAILABLE);
        }
        final long held = terms.position < 0 ? 0 : positions.lots(terms.position);
        final long open = (terms.position < 0 ? 0 : positions.orderLots(terms.position, buy)) - removeLots + terms.lots;
        final long reach = buy ? held + open : open - held;
        final long largest = instruments.maxPositionLots(terms.instrument);
        if (reach > largest) {
            return terms.refusal.of(POSITION_LIMIT, terms.quantityField, reach, largest);
        }
        return refusesMargin(terms, removeTicks, removeLots, replaces);
    }

    private boolean refusesMargin(
            final OrderTerms terms, final long removeTicks, final long removeLots, final boolean replaces) {
        final Gate.Verdict verdict = gate.judgeOrder(
                terms.account,
                terms.instrument,
                terms.position,
                terms.isBuy(),
                terms.ticks,
                terms.lots,
                removeTicks,
                removeLots,
                replaces);
        return switch (verdict) {
            case ADMITTED -> false;
            case INSUFFICIENT_MARGIN ->
                terms.refusal.of(INSUFFICIENT_MARGIN, Refusal.NO_FIELD, gate.required(), margin.equity());
            case OVERFLOW -> terms.refusal.of(OVERFLOW);
        };
    }
}
