package org.isochron.ops.client;

import java.util.ArrayDeque;
import org.agrona.collections.Int2ObjectHashMap;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.CancelRejectDecoder;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.Liquidity;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.ReplaceAckDecoder;
import org.isochron.codecs.ReplaceRejectDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TimeInForce;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/**
 * One session of a simulated trader or publisher. Times each order from its intended send to its acknowledgement, counts
 * what has no effect, and tells the answers to whoever trades that instrument. Single-threaded.
 *
 * <p>A trader's ids count from 1 in each instrument; on the wire they count on from the time of logon and carry the
 * instrument in their low byte, so they are unique in the session, run after run, and every answer finds its trader.
 */
public final class ClientSession implements VenueListener, AutoCloseable {
    /** Largest instrument id: it has to fit the low byte of a clOrdId. */
    public static final int MAX_INSTRUMENT_ID = 0xFF;

    private static final int INSTRUMENT_BITS = 8;
    private static final int REMEMBERED = 1 << 16;
    private static final long US = 1_000L;

    private final int sessionId;
    private final int accountId;
    private final boolean resendBusy;
    private final Figures figures;
    private final VenueClock clock;
    private final long firstId;
    private final VenueClient client;
    private final Int2ObjectHashMap<OrderListener> listeners = new Int2ObjectHashMap<>();
    private final Request[] sent = new Request[REMEMBERED];
    private final Request draft = new Request();
    private final ArrayDeque<Request> again = new ArrayDeque<>();
    private String ending;

    /**
     * Begins to log on; {@link #poll} does the rest.
     *
     * @param transport  driven by {@link #poll}, closed by its owner.
     * @param accountId  account that trades; of no matter to a publisher.
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
        this.resendBusy = resendBusy;
        this.figures = figures;
        this.clock = access.clock();
        // Microseconds of the wall clock: above every id of an earlier run, and with 56 bits to spare for a long time.
        this.firstId = clock.wallNs() / US;
        for (int i = 0; i < sent.length; i++) {
            sent[i] = new Request();
        }
        // The wall clock as sessionVerId: higher than whatever an earlier run has used.
        final ClientConfig config = ClientConfig.of(
                sessionId, clock.wallNs(), access.secret(sessionId), access.ingress(), access.responses(sessionId));
        this.client = VenueClient.connect(config, transport, clock, this);
    }

    /** The way for orders of one instrument, and where their answers go. */
    public OrderPort orders(final int instrumentId) {
        if (instrumentId < 1 || instrumentId > MAX_INSTRUMENT_ID) {
            throw new IllegalArgumentException(
                    "instrumentId is " + instrumentId + ", 1 to " + MAX_INSTRUMENT_ID + " is possible");
        }
        return new Orders(instrumentId);
    }

    /** Sends the answers to orders of that instrument there. */
    public void listen(final int instrumentId, final OrderListener listener) {
        listeners.put(instrumentId, listener);
    }

    /** The way for price ticks of one source. */
    public PricePort prices(final int instrumentId, final int source) {
        return priceE9 -> {
            draft.kind = Request.Kind.PRICE_TICK;
            draft.instrumentId = instrumentId;
            draft.clOrdId = 0;
            draft.priceE9 = priceE9;
            draft.source = source;
            return sendNew(clock.monotonicNs());
        };
    }

    /**
     * One duty cycle.
     *
     * @throws IllegalStateException when the session has ended, or has lost events, so that its trader's view is wrong.
     */
    public int poll() {
        int work = client.poll();
        if (ending != null) {
            throw new IllegalStateException("session " + sessionId + " " + ending);
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

    private boolean sendNew(final long intendedNs) {
        draft.intendedNs = intendedNs;
        // What has to be sent again goes first.
        if (!again.isEmpty() || !transmit()) {
            return false;
        }
        figures.onRequest();
        if (draft.kind == Request.Kind.NEW_ORDER) {
            figures.onOrder();
        }
        return true;
    }

    private boolean transmit() {
        final long seqNum = client.nextSeqNum();
        final long result = switch (draft.kind) {
            case NEW_ORDER ->
                client.newOrder(
                        accountId,
                        draft.instrumentId,
                        draft.side,
                        draft.priceE9,
                        draft.lots,
                        draft.timeInForce,
                        draft.postOnly,
                        draft.clOrdId);
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
            case PRICE_TICK -> client.priceTick(draft.instrumentId, draft.priceE9, draft.source);
        };
        if (result <= 0) {
            return false;
        }
        draft.seqNum = seqNum;
        sent[slot(seqNum)].set(draft);
        return true;
    }

    @Override
    public void onOrderAck(final OrderAckDecoder ack) {
        final Request request = sent[slot(ack.refSeqNum())];
        if (request.seqNum == ack.refSeqNum()) {
            figures.onAck(request.intendedNs, clock.monotonicNs());
        }
        listenerOf(ack.clOrdId()).onAck(localId(ack.clOrdId()), ack.quantity());
    }

    @Override
    public void onReplaceAck(final ReplaceAckDecoder ack) {
        listenerOf(ack.clOrdId())
                .onReplaced(localId(ack.clOrdId()), localId(ack.origClOrdId()), ack.price(), ack.leavesQuantity());
    }

    @Override
    public void onFill(final FillDecoder fill) {
        // Every match has one resting order, so the makers' fills count each match once, liquidations included.
        if (fill.liquidity() == Liquidity.MAKER) {
            figures.onTrade();
        }
        if (fill.clOrdId() != FillDecoder.clOrdIdNullValue()) {
            listenerOf(fill.clOrdId()).onFill(localId(fill.clOrdId()), fill.leavesQuantity(), fill.positionAfter());
        }
    }

    @Override
    public void onCancelled(final CancelledDecoder cancelled) {
        listenerOf(cancelled.clOrdId())
                .onCancelled(
                        localId(cancelled.clOrdId()),
                        cancelled.requestClOrdId() != CancelledDecoder.requestClOrdIdNullValue());
    }

    @Override
    public void onReject(final RejectDecoder reject) {
        figures.onReject(reject.code().name());
        listenerOf(reject.clOrdId()).onRejected(localId(reject.clOrdId()), reject.code());
    }

    @Override
    public void onReplaceReject(final ReplaceRejectDecoder reject) {
        figures.onReject("REPLACE_" + reject.code().name());
        listenerOf(reject.clOrdId())
                .onReplaceRejected(localId(reject.clOrdId()), localId(reject.origClOrdId()), reject.code());
    }

    @Override
    public void onCancelReject(final CancelRejectDecoder reject) {
        figures.onReject("CANCEL_" + reject.code().name());
        listenerOf(reject.clOrdId())
                .onCancelRejected(localId(reject.clOrdId()), localId(reject.origClOrdId()), reject.code());
    }

    @Override
    public void onBusinessReject(final BusinessRejectDecoder reject) {
        figures.onReject("BUSINESS_" + reject.code().name());
        notTaken(reject.refSeqNum());
    }

    @Override
    public void onBusy(final BusyDecoder busy) {
        figures.onReject("BUSY_" + busy.reason().name());
        final Request request = sent[slot(busy.refSeqNum())];
        if (resendBusy && request.seqNum == busy.refSeqNum()) {
            final Request copy = request.copy();
            copy.notBeforeNs = clock.monotonicNs() + busy.retryAfterUs() * US;
            again.add(copy);
        } else {
            notTaken(busy.refSeqNum());
        }
    }

    @Override
    public void onGatewayReject(final GatewayRejectDecoder reject) {
        figures.onReject("GATEWAY_" + reject.code().name());
        notTaken(reject.refSeqNum());
    }

    @Override
    public void onNotApplied(final long fromSeqNum, final long count) {
        for (long seqNum = fromSeqNum; seqNum < fromSeqNum + count; seqNum++) {
            figures.onReject("NOT_APPLIED");
            notTaken(seqNum);
        }
    }

    private void notTaken(final long seqNum) {
        final Request request = sent[slot(seqNum)];
        if (request.seqNum == seqNum && request.kind != Request.Kind.PRICE_TICK) {
            listenerOf(request.clOrdId).onNotTaken(localId(request.clOrdId));
        }
    }

    @Override
    public void onRefused(final RejectCode code, final long lastSessionVerId) {
        ending = "is refused by the venue: " + code;
    }

    @Override
    public void onTerminated(final TerminateCode code) {
        ending = "was ended by the venue: " + code;
    }

    @Override
    public void onGap(final long fromSessionSeq, final long toSessionSeq) {
        ending = "lost its events " + fromSessionSeq + " to " + toSessionSeq;
    }

    private OrderListener listenerOf(final long wireClOrdId) {
        final OrderListener listener = listeners.get((int) (wireClOrdId & MAX_INSTRUMENT_ID));
        if (listener == null) {
            throw new IllegalStateException("session " + sessionId + " was told of order " + wireClOrdId
                    + ", which is of none of its instruments");
        }
        return listener;
    }

    private long localId(final long wireClOrdId) {
        return (wireClOrdId >>> INSTRUMENT_BITS) - firstId;
    }

    private static int slot(final long seqNum) {
        return (int) (seqNum & (REMEMBERED - 1));
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
                final TimeInForce timeInForce,
                final boolean postOnly) {
            begin(Request.Kind.NEW_ORDER, clOrdId);
            draft.side = side;
            draft.priceE9 = priceE9;
            draft.lots = lots;
            draft.timeInForce = timeInForce;
            draft.postOnly = postOnly;
            return sendNew(intendedNs);
        }

        @Override
        public boolean replace(
                final long intendedNs,
                final long clOrdId,
                final long origClOrdId,
                final long priceE9,
                final long openLots) {
            begin(Request.Kind.REPLACE, clOrdId);
            draft.origClOrdId = wireId(origClOrdId);
            draft.priceE9 = priceE9;
            draft.lots = openLots;
            return sendNew(intendedNs);
        }

        @Override
        public boolean cancel(final long intendedNs, final long clOrdId, final long origClOrdId) {
            begin(Request.Kind.CANCEL, clOrdId);
            draft.origClOrdId = wireId(origClOrdId);
            return sendNew(intendedNs);
        }

        @Override
        public boolean cancelSide(final long intendedNs, final long clOrdId, final Side side) {
            begin(Request.Kind.CANCEL_SIDE, clOrdId);
            draft.side = side;
            return sendNew(intendedNs);
        }

        private void begin(final Request.Kind kind, final long clOrdId) {
            draft.kind = kind;
            draft.instrumentId = instrumentId;
            draft.clOrdId = wireId(clOrdId);
        }

        private long wireId(final long clOrdId) {
            return clOrdId + firstId << INSTRUMENT_BITS | instrumentId;
        }
    }
}
