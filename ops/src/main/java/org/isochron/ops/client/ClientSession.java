package org.isochron.ops.client;

import java.util.ArrayDeque;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.InstrumentStateEncoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.MassQuoteEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.Side;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.TradingState;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.MmpLimits;
import org.isochron.sequencer.client.OrderTicket;
import org.isochron.sequencer.client.QuoteTicket;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/**
 * One session of a simulated trader, publisher or operator: remembers each request until its answer, sends again what the
 * venue was too busy for where it is told to, and hands the answers to whoever trades. Single-threaded.
 */
public final class ClientSession implements AutoCloseable {
    /** Largest instrument id: it has to fit the low byte of a clOrdId. */
    public static final int MAX_INSTRUMENT_ID = OrderIds.MAX_INSTRUMENT_ID;

    private static final int MMP_GROUP = 1;
    private static final long QUOTE_SET = 1;
    /** Every instrument here settles in the first asset. */
    private static final int SETTLE_ASSET = 1;

    /** Simulated traders share a machine with the venue: one that stands still for a while ends no session. */
    private static final int KEEP_ALIVE_MS = 10_000;

    private static final int CONNECT_TIMEOUT_MS = 60_000;
    private static final long US = 1_000L;
    private static final long MS = 1_000_000L;

    private final int sessionId;
    private final int accountId;
    private final Figures figures;
    private final VenueClock clock;
    private final OrderIds ids;
    private final RequestLog requests = new RequestLog();
    private final SessionReports reports;
    private final VenueClient client;
    private final Request draft = new Request();
    private final ArrayDeque<Request> again = new ArrayDeque<>();
    private final OrderTicket order = new OrderTicket();
    private final QuoteTicket quotes = new QuoteTicket();
    private final UnsafeBuffer stateBuffer =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + InstrumentStateEncoder.BLOCK_LENGTH]);
    private final InstrumentStateEncoder stateEncoder = new InstrumentStateEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private int mmpGroup = MassQuoteEncoder.mmpGroupNullValue();
    private boolean isPostOnly;

    /**
     * Begins to log on; {@link #poll} does the rest.
     *
     * @param transport  driven by {@link #poll}, closed by its owner.
     * @param accountId  account that trades; of no matter to a publisher or an operator.
     * @param resendBusy whether a request that the venue was too busy for is sent again, as told by {@link
     *                   OrderListener#onNotTaken} otherwise.
     */
    public ClientSession(
            final VenueAccess access,
            final Transport transport,
            final int sessionId,
            final int accountId,
            final boolean resendBusy,
            final Figures figures) {
        this.sessionId = sessionId;
        this.accountId = accountId;
        this.figures = figures;
        clock = access.clock();
        // Microseconds of the wall clock: above every id of an earlier run, and with 56 bits to spare for a long time.
        ids = new OrderIds(clock.wallNs() / US);
        reports = new SessionReports(sessionId, clock, ids, requests, resendBusy ? again : null, figures);
        final ClientConfig config =
                access.freshSession(sessionId).withKeepAliveMs(KEEP_ALIVE_MS).withConnectTimeoutMs(CONNECT_TIMEOUT_MS);
        client = VenueClient.connect(config, transport, clock, reports);
    }

    /** The way for orders of one instrument. */
    public OrderPort orders(final int instrumentId) {
        if (instrumentId < 1 || instrumentId > MAX_INSTRUMENT_ID) {
            throw new IllegalArgumentException(
                    "instrumentId is " + instrumentId + ", 1 to " + MAX_INSTRUMENT_ID + " is possible");
        }
        return new Orders(instrumentId);
    }

    /** Sends the answers to orders of that instrument there. */
    public void listen(final int instrumentId, final OrderListener listener) {
        reports.listen(instrumentId, listener);
    }

    /**
     * The way for the account's quotes.
     *
     * @param postOnly whether a side that would take liquidity is to be rejected.
     */
    public QuotePort quotes(final boolean postOnly) {
        isPostOnly = postOnly;
        return new Quotes();
    }

    /** Sends the answers to quotes there. */
    public void listen(final QuoteListener listener) {
        reports.listen(listener);
    }

    /** The way for price ticks of one source. */
    public PricePort prices(final int instrumentId, final int source) {
        return priceE9 -> {
            begin(Request.Kind.PRICE_TICK, instrumentId, 0);
            draft.priceE9 = priceE9;
            draft.source = source;
            return sendNew(clock.monotonicNs());
        };
    }

    /** Puts the account's quotes, from now on, under market maker protection; false when the way is blocked. */
    public boolean protect(final MmpLimits limits) {
        mmpGroup = MMP_GROUP;
        begin(Request.Kind.MMP_CONFIG, 0, ids.nextRequest());
        draft.limits = limits;
        return sendNew(clock.monotonicNs());
    }

    /** Has the account's orders cancelled unless this is called again in time; false when the way is blocked. */
    public boolean renewDeadMan(final long timeoutMs) {
        begin(Request.Kind.DEAD_MAN, 0, ids.nextRequest());
        draft.timeoutMs = timeoutMs;
        return sendNew(clock.monotonicNs());
    }

    /** Has an instrument enter that state, as an operator may; false when the way is blocked. */
    public boolean enter(final int instrumentId, final TradingState state) {
        begin(Request.Kind.INSTRUMENT_STATE, instrumentId, 0);
        draft.state = state;
        return sendNew(clock.monotonicNs());
    }

    /**
     * One duty cycle.
     *
     * @throws IllegalStateException when the session has ended, has lost events, so that its trader's view is wrong, or was
     *                               answered twice.
     */
    public int poll() {
        int work = client.poll();
        if (reports.ending() != null) {
            throw new IllegalStateException("session " + sessionId + " " + reports.ending());
        }
        while (!again.isEmpty() && clock.monotonicNs() - again.peek().notBeforeNs >= 0) {
            draft.set(again.peek());
            if (!transmit()) {
                break;
            }
            again.poll();
            figures.onResent();
            work++;
        }
        return work;
    }

    public boolean isEstablished() {
        return client.isEstablished();
    }

    /** Whether nothing waits to be sent again. */
    public boolean isSettled() {
        return again.isEmpty();
    }

    /** Requests that have not had their one answer. */
    public int unanswered() {
        return requests.unanswered();
    }

    private void begin(final Request.Kind kind, final int instrumentId, final long wireClOrdId) {
        draft.kind = kind;
        draft.instrumentId = instrumentId;
        draft.clOrdId = wireClOrdId;
    }

    private boolean sendNew(final long intendedNs) {
        draft.intendedNs = intendedNs;
        // What has to be sent again goes first.
        if (!again.isEmpty() || !transmit()) {
            return false;
        }
        figures.onRequest();
        if (draft.kind == Request.Kind.NEW_ORDER) {
            figures.onOrder(OrderKind.of(draft.terms));
        } else if (draft.kind == Request.Kind.MASS_QUOTE) {
            figures.onQuotes(draft.quotes);
        }
        return true;
    }

    private boolean transmit() {
        final long seqNum = client.nextSeqNum();
        final long result = switch (draft.kind) {
            case NEW_ORDER -> client.newOrder(ticket());
            // What is open, whatever trades meanwhile.
            case REPLACE ->
                client.replace(
                        accountId,
                        draft.instrumentId,
                        draft.origClOrdId,
                        draft.clOrdId,
                        draft.priceE9,
                        draft.lots,
                        QtyMode.REMAINING);
            case CANCEL -> client.cancel(accountId, draft.instrumentId, draft.origClOrdId, draft.clOrdId);
            case CANCEL_SIDE ->
                client.massCancel(accountId, MassCancelScope.SIDE, draft.instrumentId, draft.side, draft.clOrdId);
            case MASS_QUOTE -> client.massQuote(quoteTicket());
            case MMP_CONFIG -> client.mmpConfig(accountId, MMP_GROUP, SETTLE_ASSET, draft.limits, draft.clOrdId);
            case MMP_RESET -> client.mmpReset(accountId, MMP_GROUP, draft.clOrdId);
            case DEAD_MAN -> client.deadMan(accountId, draft.timeoutMs, draft.clOrdId);
            case INSTRUMENT_STATE -> client.send(encodeState(), 0, stateBuffer.capacity());
            case PRICE_TICK -> client.priceTick(draft.instrumentId, draft.priceE9, draft.source);
        };
        if (result <= 0) {
            return false;
        }
        requests.sent(draft, seqNum);
        return true;
    }

    private OrderTicket ticket() {
        final OrderTerms terms = draft.terms;
        switch (terms.type()) {
            case MARKET -> order.market(accountId, draft.instrumentId, draft.side, draft.lots, draft.clOrdId);
            case STOP ->
                order.stop(
                        accountId, draft.instrumentId, draft.side, terms.triggerPriceE9(), draft.lots, draft.clOrdId);
            case TAKE_PROFIT ->
                order.takeProfit(
                        accountId, draft.instrumentId, draft.side, terms.triggerPriceE9(), draft.lots, draft.clOrdId);
            default -> order.limit(accountId, draft.instrumentId, draft.side, draft.priceE9, draft.lots, draft.clOrdId);
        }
        order.price(draft.priceE9).timeInForce(terms.timeInForce());
        if (terms.triggerPriceE9() > 0) {
            order.triggeredBy(terms.triggerRef());
        }
        if (terms.lifeMs() > 0) {
            order.expiringAt(clock.wallNs() + terms.lifeMs() * MS);
        }
        if (terms.displayLots() > 0) {
            order.showing(terms.displayLots());
        }
        if (terms.isReduceOnly()) {
            order.reduceOnly();
        }
        switch (terms.posting()) {
            case REJECTED -> order.postOnly();
            case SLIDING -> order.postOnlySliding();
            case TAKING -> {
                // Nothing to ask for.
            }
        }
        return terms.isOfFirm() ? order.selfTradeOfFirm(terms.selfTrade()) : order.selfTrade(terms.selfTrade());
    }

    private QuoteTicket quoteTicket() {
        quotes.begin(accountId, QUOTE_SET, mmpGroup, isPostOnly, draft.clOrdId);
        for (final Quote quote : draft.quotes) {
            quotes.quote(
                    quote.entryId(),
                    quote.instrumentId(),
                    quote.bidPriceE9(),
                    quote.bidLots(),
                    quote.askPriceE9(),
                    quote.askLots());
        }
        return quotes;
    }

    private UnsafeBuffer encodeState() {
        stateEncoder
                .wrapAndApplyHeader(stateBuffer, 0, header)
                .instrumentId(draft.instrumentId)
                .state(draft.state)
                .reason(StateReason.NULL_VAL)
                .reserved16(0)
                .reserved32(0);
        return stateBuffer;
    }

    @Override
    public void close() {
        client.close();
    }

    /** Orders of one instrument. */
    private final class Orders implements OrderPort {
        private final int instrumentId;

        Orders(final int instrumentId) {
            this.instrumentId = instrumentId;
        }

        @Override
        public boolean newOrder(
                final long intendedNs,
                final long clOrdId,
                final Side side,
                final long priceE9,
                final long lots,
                final OrderTerms terms) {
            begin(Request.Kind.NEW_ORDER, instrumentId, ids.wire(instrumentId, clOrdId));
            draft.side = side;
            draft.priceE9 = priceE9;
            draft.lots = lots;
            draft.terms = terms;
            return sendNew(intendedNs);
        }

        @Override
        public boolean replace(
                final long intendedNs,
                final long clOrdId,
                final long origClOrdId,
                final long priceE9,
                final long openLots) {
            begin(Request.Kind.REPLACE, instrumentId, ids.wire(instrumentId, clOrdId));
            draft.origClOrdId = ids.wire(instrumentId, origClOrdId);
            draft.priceE9 = priceE9;
            draft.lots = openLots;
            return sendNew(intendedNs);
        }

        @Override
        public boolean cancel(final long intendedNs, final long clOrdId, final long origClOrdId) {
            begin(Request.Kind.CANCEL, instrumentId, ids.wire(instrumentId, clOrdId));
            draft.origClOrdId = ids.wire(instrumentId, origClOrdId);
            return sendNew(intendedNs);
        }

        @Override
        public boolean cancelSide(final long intendedNs, final long clOrdId, final Side side) {
            begin(Request.Kind.CANCEL_SIDE, instrumentId, ids.wire(instrumentId, clOrdId));
            draft.side = side;
            return sendNew(intendedNs);
        }
    }

    /** Quotes of the account. */
    private final class Quotes implements QuotePort {
        @Override
        public boolean quote(final long intendedNs, final List<Quote> entries) {
            begin(Request.Kind.MASS_QUOTE, 0, ids.nextRequest());
            draft.quotes = entries;
            return sendNew(intendedNs);
        }

        @Override
        public boolean unfreeze(final long intendedNs) {
            begin(Request.Kind.MMP_RESET, 0, ids.nextRequest());
            return sendNew(intendedNs);
        }
    }
}
