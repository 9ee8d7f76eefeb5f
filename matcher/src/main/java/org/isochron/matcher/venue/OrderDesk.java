package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ACCOUNT_IN_LIQUIDATION;
import static org.isochron.codecs.RejectCode.ALREADY_PENDING;
import static org.isochron.codecs.RejectCode.BAD_LOT;
import static org.isochron.codecs.RejectCode.BAD_TICK;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.DUPLICATE_CL_ORD_ID;
import static org.isochron.codecs.RejectCode.INSUFFICIENT_MARGIN;
import static org.isochron.codecs.RejectCode.MARKET_CLOSED;
import static org.isochron.codecs.RejectCode.NOT_SUPPORTED;
import static org.isochron.codecs.RejectCode.OPEN_ORDER_LIMIT;
import static org.isochron.codecs.RejectCode.OVERFLOW;
import static org.isochron.codecs.RejectCode.POSITION_LIMIT;
import static org.isochron.codecs.RejectCode.POST_ONLY_WOULD_CROSS;
import static org.isochron.codecs.RejectCode.PRICE_BAND;
import static org.isochron.codecs.RejectCode.QTY_TOO_BIG;
import static org.isochron.codecs.RejectCode.RISK_UNAVAILABLE;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.STALE_BY_MAX_SEQ_DELAY;
import static org.isochron.codecs.RejectCode.TOO_LATE_TO_CANCEL;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;
import static org.isochron.codecs.RejectCode.UNKNOWN_ORDER;

import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.OrderState;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Gate;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.margin.Marks;

/**
 * New orders, replaces and cancels. Every check comes before the first change, in this order: the client id is there;
 * instrument; venue and instrument take orders; account known, entitled, not being liquidated or mass-cancelled; the order
 * replaced; features this build has; delay; price; quantity; client id not used before; room and open order limits;
 * post-only; index; position limit; margin. The first that fails is the answer.
 *
 * <p>Orders that at most close the position may be entered without a valid index, and below the initial margin as long as
 * they do not raise the requirement. A replace is judged in the same way when it does not raise it.
 */
final class OrderDesk {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int SUPPORTED_FLAGS = 1;

    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Marks marks;
    private final Books books;
    private final Margin margin;
    private final Gate gate;
    private final Counters counters;
    private final EventWriter events;
    private final Reports reports;
    private final MarketData marketData;
    private final Cancels cancels;
    private final Matching matching;
    private final WorkQueue work;
    private final Refusal refusal = new Refusal();

    /** Numbers that the message on hand gives to fields which are checked alike in both. clOrdId and accountId share one. */
    private int instrumentField;

    private int priceField;
    private int quantityField;
    /** What the checks have found out about the request on hand. */
    private int instrument;

    private int account;
    private int position;
    private int order;
    private long ticks;
    private long leavesLots;

    OrderDesk(
            final Sessions sessions,
            final Ledger ledger,
            final Marks marks,
            final Books books,
            final Margin margin,
            final Gate gate,
            final Counters counters,
            final EventWriter events,
            final Reports reports,
            final MarketData marketData,
            final Cancels cancels,
            final Matching matching,
            final WorkQueue work) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.marks = marks;
        this.books = books;
        this.margin = margin;
        this.gate = gate;
        this.counters = counters;
        this.events = events;
        this.reports = reports;
        this.marketData = marketData;
        this.cancels = cancels;
        this.matching = matching;
        this.work = work;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    void onNewOrder(final Request request, final NewOrderDecoder command) {
        instrumentField = NewOrderDecoder.instrumentIdId();
        priceField = NewOrderDecoder.priceId();
        quantityField = NewOrderDecoder.quantityId();
        if (refusesNew(request.session, command)) {
            reports.reject(request, command, refusal);
            return;
        }
        final boolean buy = command.sideRaw() == Side.BUY.value();
        final boolean immediate = command.timeInForceRaw() == TimeInForce.IOC.value();
        final int holding = ledger.position(account, instrument);
        final int created = books.create(
                instrument,
                ticks,
                leavesLots,
                holding,
                request.session,
                command.clOrdId(),
                command.userTag(),
                events.nextPriority(),
                (buy ? OrderTraits.BUY : 0)
                        | (command.flags().postOnly() ? OrderTraits.POST_ONLY : 0)
                        | (immediate ? OrderTraits.IMMEDIATE : 0));
        positions.openOrder(holding);
        positions.reserve(holding, buy, ticks, leavesLots);
        sessions.recentIds().add(request.session, command.clOrdId());
        final OrderState state =
                work.isMatching(instrument) ? OrderState.QUEUED : immediate ? OrderState.DONE : OrderState.RESTING;
        reports.orderAck(request, created, state);
        matching.enter(created);
    }

    private boolean refusesNew(final int session, final NewOrderDecoder command) {
        return refusesMarket(command.clOrdId(), command.instrumentId())
                || refusesAccount(session, command.accountId())
                || refusesFeatures(command)
                || refusesDelay(command.maxSeqDelayUs())
                || refusesPrice(command.price())
                || refusesQuantity(command.quantity())
                || refusesClientId(session, command.clOrdId())
                || refusesRoom()
                || command.flags().postOnly() && refusesCrossing(isBuy(command))
                || refusesRisk(isBuy(command));
    }

    private static boolean isBuy(final NewOrderDecoder command) {
        return command.sideRaw() == Side.BUY.value();
    }

    // Checks new orders and replaces share. Fields go by the numbers the message on hand gives them.

    private boolean refusesMarket(final long clOrdId, final long instrumentId) {
        if (clOrdId == NewOrderDecoder.clOrdIdNullValue()) {
            return refusal.of(BAD_VALUE, NewOrderDecoder.clOrdIdId(), Refusal.NO_VALUE);
        }
        instrument = instruments.find(instrumentId);
        if (instrument < 0) {
            return refusal.of(UNKNOWN_INSTRUMENT, instrumentField, instrumentId);
        }
        return (counters.isCancelOnly() || !instruments.isOpen(instrument))
                && refusal.of(MARKET_CLOSED, instrumentField, instrumentId);
    }

    private boolean refusesAccount(final int session, final long accountId) {
        account = ledger.findAccount(accountId);
        if (account < 0) {
            return refusal.of(UNKNOWN_ACCOUNT, NewOrderDecoder.accountIdId(), accountId);
        }
        if (!sessions.isEntitled(session, account)) {
            return refusal.of(SESSION_SCOPE, NewOrderDecoder.accountIdId(), accountId);
        }
        if (ledger.isInLiquidation(account, instruments.asset(instrument))) {
            return refusal.of(ACCOUNT_IN_LIQUIDATION, NewOrderDecoder.accountIdId(), accountId);
        }
        position = positions.find(account, instrument);
        return (work.isCancellingAccount(account) || work.isCancellingSession(session))
                && refusal.of(ALREADY_PENDING, NewOrderDecoder.accountIdId(), accountId);
    }

    private boolean refusesFeatures(final NewOrderDecoder command) {
        if (command.sideRaw() == Side.NULL_VAL.value()) {
            return refusal.of(BAD_VALUE, NewOrderDecoder.sideId(), Refusal.NO_VALUE);
        }
        if (isOther(command.ordTypeRaw(), OrdType.NULL_VAL.value(), OrdType.LIMIT.value())) {
            return refusal.of(NOT_SUPPORTED, NewOrderDecoder.ordTypeId(), command.ordTypeRaw());
        }
        final short timeInForce = command.timeInForceRaw();
        if (isOther(timeInForce, TimeInForce.NULL_VAL.value(), TimeInForce.GTC.value())
                && timeInForce != TimeInForce.IOC.value()) {
            return refusal.of(NOT_SUPPORTED, NewOrderDecoder.timeInForceId(), timeInForce);
        }
        if (isOther(command.stpModeRaw(), StpMode.NULL_VAL.value(), StpMode.CANCEL_RESTING.value())) {
            return refusal.of(NOT_SUPPORTED, NewOrderDecoder.stpModeId(), command.stpModeRaw());
        }
        return refusesExtras(command);
    }

    private boolean refusesExtras(final NewOrderDecoder command) {
        if (command.triggerPrice() != NewOrderDecoder.triggerPriceNullValue()) {
            return refusal.of(NOT_SUPPORTED, NewOrderDecoder.triggerPriceId(), command.triggerPrice());
        }
        if (command.displayQuantity() != NewOrderDecoder.displayQuantityNullValue()) {
            return refusal.of(NOT_SUPPORTED, NewOrderDecoder.displayQuantityId(), command.displayQuantity());
        }
        if (command.expireTimeNs() != NewOrderDecoder.expireTimeNsNullValue()) {
            return refusal.of(NOT_SUPPORTED, NewOrderDecoder.expireTimeNsId(), command.expireTimeNs());
        }
        if (command.stpGroup() != NewOrderDecoder.stpGroupNullValue()) {
            return refusal.of(NOT_SUPPORTED, NewOrderDecoder.stpGroupId(), command.stpGroup());
        }
        if ((command.flags().getRaw() & ~SUPPORTED_FLAGS) != 0) {
            return refusal.of(
                    NOT_SUPPORTED, NewOrderDecoder.flagsId(), command.flags().getRaw());
        }
        if (command.mmpGroup() != NewOrderDecoder.mmpGroupNullValue()) {
            return refusal.of(NOT_SUPPORTED, NewOrderDecoder.mmpGroupId(), command.mmpGroup());
        }
        return command.flags().postOnly()
                && command.timeInForceRaw() == TimeInForce.IOC.value()
                && refusal.of(
                        BAD_VALUE, NewOrderDecoder.flagsId(), command.flags().getRaw());
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
                && refusal.of(
                        STALE_BY_MAX_SEQ_DELAY,
                        NewOrderDecoder.maxSeqDelayUsId(),
                        delayNs / NANOS_PER_MICRO,
                        maxSeqDelayUs);
    }

    private boolean refusesPrice(final long price) {
        final long tickSize = instruments.tickSize(instrument);
        if (price <= 0 || price % tickSize != 0) {
            return refusal.of(BAD_TICK, priceField, price, tickSize);
        }
        ticks = price / tickSize;
        final long largest = instruments.maxPriceTicks(instrument);
        return ticks > largest && refusal.of(PRICE_BAND, priceField, price, largest * tickSize);
    }

    private boolean refusesQuantity(final long lots) {
        if (lots <= 0) {
            return refusal.of(BAD_LOT, quantityField, lots, 1);
        }
        leavesLots = lots;
        final long largest = instruments.maxOrderLots(instrument);
        return lots > largest && refusal.of(QTY_TOO_BIG, quantityField, lots, largest);
    }

    private boolean refusesClientId(final int session, final long clOrdId) {
        return (sessions.recentIds().contains(session, clOrdId) || books.findByClientId(session, clOrdId) != Books.NONE)
                && refusal.of(DUPLICATE_CL_ORD_ID, NewOrderDecoder.clOrdIdId(), clOrdId);
    }

    private boolean refusesRoom() {
        final long open = position < 0 ? 0 : positions.openOrders(position);
        final long largest = instruments.maxOpenOrders(instrument);
        if (open >= largest) {
            return refusal.of(OPEN_ORDER_LIMIT, Refusal.NO_FIELD, open, largest);
        }
        if (books.isFull()) {
            return refusal.of(OPEN_ORDER_LIMIT, Refusal.NO_FIELD, books.openOrders(), books.openOrders());
        }
        return (position < 0 && positions.isFull() || !work.hasClientRoom(1)) && refusal.of(CAPACITY);
    }

    /** Behind an unfinished sweep nobody can say what the order will meet, so post-only has to wait. */
    private boolean refusesCrossing(final boolean buy) {
        if (work.isMatching(instrument)) {
            return refusal.of(ALREADY_PENDING);
        }
        return books.crosses(instrument, buy, ticks)
                && refusal.of(
                        POST_ONLY_WOULD_CROSS,
                        priceField,
                        ticks * instruments.tickSize(instrument),
                        books.bestTicks(instrument, !buy) * instruments.tickSize(instrument));
    }

    private boolean refusesRisk(final boolean buy) {
        if (!marks.isValid(instrument) && !gate.reduces(position, buy, leavesLots)) {
            return refusal.of(RISK_UNAVAILABLE);
        }
        return refusesExposure(buy, 0, 0, false);
    }

    private boolean refusesExposure(
            final boolean buy, final long removeTicks, final long removeLots, final boolean replaces) {
        final long held = position < 0 ? 0 : positions.lots(position);
        final long open = (position < 0 ? 0 : positions.orderLots(position, buy)) - removeLots + leavesLots;
        final long reach = buy ? held + open : open - held;
        final long largest = instruments.maxPositionLots(instrument);
        if (reach > largest) {
            return refusal.of(POSITION_LIMIT, quantityField, reach, largest);
        }
        return switch (gate.judgeOrder(
                account, instrument, position, buy, ticks, leavesLots, removeTicks, removeLots, replaces)) {
            case ADMITTED -> false;
            case INSUFFICIENT_MARGIN ->
                refusal.of(INSUFFICIENT_MARGIN, Refusal.NO_FIELD, gate.required(), margin.equity());
            case OVERFLOW -> refusal.of(OVERFLOW);
        };
    }

    // Replace

    void onReplace(final Request request, final ReplaceDecoder command) {
        instrumentField = ReplaceDecoder.instrumentIdId();
        priceField = ReplaceDecoder.priceId();
        quantityField = ReplaceDecoder.quantityId();
        if (refusesReplace(request.session, command)) {
            reports.replaceReject(request, command, refusal);
            return;
        }
        final long before = books.clientId(order);
        books.rename(order, request.session, command.clOrdId());
        sessions.recentIds().add(request.session, command.clOrdId());
        if (keepsPriority()) {
            shrink();
            reports.replaceAck(request, order, before, true);
            marketData.reduced(order);
        } else {
            final long publicId = books.priority(order);
            requeue();
            reports.replaceAck(request, order, before, false);
            marketData.deleted(instrument, publicId);
            matching.enter(order);
        }
    }

    private boolean refusesReplace(final int session, final ReplaceDecoder command) {
        return refusesMarket(command.clOrdId(), command.instrumentId())
                || refusesAccount(session, command.accountId())
                || refusesOrder(session, command.origClOrdId(), command.orderId())
                || refusesPending()
                || refusesPrice(command.price())
                || refusesQuantity(openQuantity(command))
                || refusesClientId(session, command.clOrdId())
                || !keepsPriority() && refusesNewPlace();
    }

    private boolean refusesPending() {
        return (!books.isResting(order) || !work.hasClientRoom(1)) && refusal.of(ALREADY_PENDING);
    }

    private boolean refusesNewPlace() {
        final boolean buy = books.isBuy(order);
        if (books.isPostOnly(order) && refusesCrossing(buy)) {
            return true;
        }
        final long removeTicks = books.ticks(order);
        final long removeLots = books.leavesLots(order);
        if (!marks.isValid(instrument) && !gate.reduces(position, buy, leavesLots - removeLots)) {
            return refusal.of(RISK_UNAVAILABLE);
        }
        return refusesExposure(buy, removeTicks, removeLots, true);
    }

    /** Open lots the replace asks for; 0 or less when as many have traded already. */
    private long openQuantity(final ReplaceDecoder command) {
        final long quantity = command.quantity();
        return command.qtyModeRaw() == QtyMode.REMAINING.value() || quantity <= 0
                ? quantity
                : quantity - books.filledLots(order);
    }

    private boolean keepsPriority() {
        return ticks == books.ticks(order) && leavesLots < books.leavesLots(order);
    }

    private void shrink() {
        final long less = books.leavesLots(order) - leavesLots;
        positions.release(position, books.isBuy(order), ticks, less);
        books.shrink(order, less);
    }

    private void requeue() {
        final boolean buy = books.isBuy(order);
        books.unrest(order);
        positions.release(position, buy, books.ticks(order), books.leavesLots(order));
        books.amend(order, ticks, leavesLots, events.nextPriority());
        positions.reserve(position, buy, ticks, leavesLots);
    }

    // Cancel

    void onCancel(final Request request, final CancelDecoder command) {
        if (refusesCancel(request.session, command)) {
            reports.cancelReject(request, command, refusal);
        } else {
            cancels.byRequest(request, order, command.clOrdId());
        }
    }

    /** Fields are named as Cancel numbers them. */
    private boolean refusesCancel(final int session, final CancelDecoder command) {
        instrument = instruments.find(command.instrumentId());
        if (instrument < 0) {
            return refusal.of(UNKNOWN_INSTRUMENT, CancelDecoder.instrumentIdId(), command.instrumentId());
        }
        account = ledger.findAccount(command.accountId());
        if (account < 0) {
            return refusal.of(UNKNOWN_ACCOUNT, CancelDecoder.accountIdId(), command.accountId());
        }
        if (!sessions.isEntitled(session, account)) {
            return refusal.of(SESSION_SCOPE, CancelDecoder.accountIdId(), command.accountId());
        }
        return refusesOrder(session, command.origClOrdId(), command.orderId());
    }

    /**
     * Finds the order a replace or cancel means, by exactly one of its two ids. Another account's order is as unknown as
     * one that never was. Replace and Cancel number both ids alike.
     */
    private boolean refusesOrder(final int session, final long origClOrdId, final long orderId) {
        final boolean byId = orderId != CancelDecoder.orderIdNullValue();
        final boolean byClientId = origClOrdId != CancelDecoder.origClOrdIdNullValue();
        final int fieldId = byId ? CancelDecoder.orderIdId() : CancelDecoder.origClOrdIdId();
        if (byId == byClientId) {
            return refusal.of(BAD_VALUE, CancelDecoder.origClOrdIdId(), origClOrdId);
        }
        order = byId ? books.findById(orderId) : books.findByClientId(session, origClOrdId);
        if (order == Books.NONE) {
            final boolean done = byClientId && sessions.recentIds().contains(session, origClOrdId);
            return refusal.of(done ? TOO_LATE_TO_CANCEL : UNKNOWN_ORDER, fieldId, byId ? orderId : origClOrdId);
        }
        position = books.holding(order);
        return (positions.account(position) != account || books.instrument(order) != instrument)
                && refusal.of(UNKNOWN_ORDER, fieldId, byId ? orderId : origClOrdId);
    }
}
