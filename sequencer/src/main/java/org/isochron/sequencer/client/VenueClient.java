package org.isochron.sequencer.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.EstablishEncoder;
import org.isochron.codecs.EstablishRejectDecoder;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NegotiateEncoder;
import org.isochron.codecs.NegotiationRejectDecoder;
import org.isochron.codecs.NegotiationResponseDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.SequenceDecoder;
import org.isochron.codecs.SequenceEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TerminateDecoder;
import org.isochron.codecs.TerminateEncoder;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TransportEnvelopeDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.gateway.Credentials;

/**
 * One session with the venue: logs on, numbers commands, answers heartbeats, hands events to a {@link VenueListener}.
 * Single-threaded; {@link #poll()} drives everything and must be called at least as often as the keep-alive interval.
 *
 * <p>Commands return the seqNum they went out under, or why they did not: {@link Outbound#BACK_PRESSURED} (try again; no
 * number is used up) or {@link Outbound#NOT_CONNECTED} (the session is not established). A number returned means sent;
 * the outcome comes as exactly one report, Busy or reject with that {@code refSeqNum}. After a lost connection connect a
 * new client with the same sessionVerId, and the venue goes on where it stands.
 */
public final class VenueClient implements AutoCloseable {
    /** Where a client is in its life. */
    public enum State {
        CONNECTING,
        NEGOTIATING,
        ESTABLISHING,
        ESTABLISHED,
        TERMINATING,
        CLOSED
    }

    private static final int ENVELOPE = TransportEnvelopeDecoder.ENCODED_LENGTH;
    private static final int MIN_LENGTH = ENVELOPE + MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MIN_EVENT_LENGTH = MIN_LENGTH + EventStampDecoder.ENCODED_LENGTH;
    private static final int DROP_COPY = 1 << 1;
    private static final int FIRST_EVENT_TEMPLATE = 200;
    private static final int LAPSED_INTERVALS = 3;
    private static final int MESSAGES_PER_POLL = 64;
    private static final int GOODBYE_ATTEMPTS = 100;
    private static final int NO_LANE = -1;
    private static final long IDLE_NS = 50_000;
    private static final long MS = 1_000_000L;

    private final ClientConfig config;
    private final Transport transport;
    private final VenueClock clock;
    private final VenueListener listener;
    private final Outbound gateway;
    private final Inbound response;
    private final MessageHandler handler = this::onMessage;
    private final ReportAdapter reports;
    private final OrderEntryEncoder encoder = new OrderEntryEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Frame.MAX_PAYLOAD_LENGTH]);

    private final TransportEnvelopeDecoder envelope = new TransportEnvelopeDecoder();
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SequenceEncoder sequence = new SequenceEncoder();
    private final TerminateEncoder terminateEncoder = new TerminateEncoder();
    private final TerminateDecoder terminate = new TerminateDecoder();
    private final EstablishAckDecoder establishAck = new EstablishAckDecoder();
    private final NegotiationRejectDecoder negotiationReject = new NegotiationRejectDecoder();
    private final EstablishRejectDecoder establishReject = new EstablishRejectDecoder();

    private State state = State.CONNECTING;
    private boolean isEstablishOwed;
    private boolean isPolling;
    private int venueLane = NO_LANE;
    private long startedNs;
    private long lastSentNs;
    private long lastHeardNs;
    private long nextSeqNum = 1;
    private long nextSessionSeq = 1;
    private long duplicates;
    private int creditsLeft;
    private long gwTxTimeNs;

    private VenueClient(
            final ClientConfig config,
            final Transport transport,
            final VenueClock clock,
            final VenueListener listener) {
        this.config = config;
        this.transport = transport;
        this.clock = clock;
        this.listener = listener;
        reports = new ReportAdapter(listener);
        response = transport.subscribe(config.response(), new ResponseLanes());
        gateway = transport.publish(config.gateway());
        startedNs = clock.monotonicNs();
        lastSentNs = startedNs;
        lastHeardNs = startedNs;
    }

    /**
     * Begins to log on and returns at once; {@link #poll()} does the rest.
     *
     * @param transport the caller's own; driven by {@link #poll()}, not closed with the client.
     */
    public static VenueClient connect(
            final ClientConfig config,
            final Transport transport,
            final VenueClock clock,
            final VenueListener listener) {
        return new VenueClient(config, transport, clock, listener);
    }

    /**
     * Polls until the session is established.
     *
     * @return false when the venue refused it or the time is over.
     */
    public boolean awaitEstablished(final long timeoutMs) {
        final long deadlineNs = System.nanoTime() + timeoutMs * MS;
        while (state != State.ESTABLISHED && state != State.CLOSED && System.nanoTime() - deadlineNs < 0) {
            if (poll() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        return state == State.ESTABLISHED;
    }

    /**
     * One duty cycle: receives what has come, sends what is due.
     *
     * @return work done, 0 when idle or closed.
     */
    public int poll() {
        if (state == State.CLOSED) {
            return 0;
        }
        isPolling = true;
        int work = transport.doWork();
        work += response.poll(handler, MESSAGES_PER_POLL);
        work += onState();
        isPolling = false;
        if (state == State.CLOSED) {
            closeChannels();
        }
        return work;
    }

    private int onState() {
        int work = 0;
        final long nowNs = clock.monotonicNs();
        switch (state) {
            case CONNECTING:
                work += negotiate(nowNs);
                break;
            case NEGOTIATING:
            case ESTABLISHING:
                work += establishWhenOwed(nowNs);
                break;
            case ESTABLISHED:
                work += keepAlive(nowNs);
                break;
            case TERMINATING:
            case CLOSED:
            default:
                break;
        }
        return work + checkTimeout(nowNs);
    }

    public State state() {
        return state;
    }

    public boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    /** Number the next command will carry. */
    public long nextSeqNum() {
        return nextSeqNum;
    }

    /** Commands the session could still send at once, as the last message from the gateway said. */
    public int creditsLeft() {
        return creditsLeft;
    }

    /** When the gateway sent the message that a listener is being told of, or told of last. */
    public long gwTxTimeNs() {
        return gwTxTimeNs;
    }

    /** Events received twice and dropped. */
    public long duplicates() {
        return duplicates;
    }

    /**
     * Enters a limit order.
     *
     * @param priceE9      in units of 1e-9 of the quote currency.
     * @param quantityLots whole lots.
     * @return the seqNum, or why it was not sent.
     */
    public long newOrder(
            final long accountId,
            final long instrumentId,
            final Side side,
            final long priceE9,
            final long quantityLots,
            final TimeInForce timeInForce,
            final boolean postOnly,
            final long clOrdId) {
        return sendNumbered(encoder.newOrder(
                nextSeqNum,
                clock.wallNs(),
                accountId,
                instrumentId,
                side,
                priceE9,
                quantityLots,
                timeInForce,
                postOnly,
                clOrdId));
    }

    /**
     * Changes a live order.
     *
     * @param origClOrdId  the order's client id now.
     * @param clOrdId      its client id afterwards.
     * @param quantityLots new total quantity, fills so far included.
     * @return the seqNum, or why it was not sent.
     */
    public long replace(
            final long accountId,
            final long instrumentId,
            final long origClOrdId,
            final long clOrdId,
            final long priceE9,
            final long quantityLots) {
        return sendNumbered(encoder.replace(
                nextSeqNum, clock.wallNs(), accountId, instrumentId, origClOrdId, clOrdId, priceE9, quantityLots));
    }

    /**
     * Cancels a live order.
     *
     * @param origClOrdId the order's client id.
     * @param clOrdId     id of this request, echoed.
     * @return the seqNum, or why it was not sent.
     */
    public long cancel(final long accountId, final long instrumentId, final long origClOrdId, final long clOrdId) {
        return sendNumbered(encoder.cancel(nextSeqNum, clock.wallNs(), accountId, instrumentId, origClOrdId, clOrdId));
    }

    /**
     * Cancels many orders.
     *
     * @param accountId    null value of the schema with scope FIRM.
     * @param instrumentId null value of the schema where the scope has none.
     * @param side         {@link Side#NULL_VAL} where the scope has none.
     * @return the seqNum, or why it was not sent.
     */
    public long massCancel(
            final long accountId,
            final MassCancelScope scope,
            final long instrumentId,
            final Side side,
            final long clOrdId) {
        return sendNumbered(
                encoder.massCancel(nextSeqNum, clock.wallNs(), accountId, scope, instrumentId, side, clOrdId));
    }

    /**
     * Publishes a price of the underlying, for a session of role PUBLISHER.
     *
     * @param source 0 to 15, one that the session may use.
     * @return the seqNum, or why it was not sent.
     */
    public long priceTick(final long instrumentId, final long priceE9, final int source) {
        return sendNumbered(encoder.priceTick(nextSeqNum, clock.wallNs(), instrumentId, priceE9, source));
    }

    /**
     * Sends any command of the schema. The bytes are copied, and the seqNum is filled in on the way.
     *
     * @param message an SBE message with its header.
     * @return the seqNum, or why it was not sent.
     * @throws IllegalArgumentException when it is longer than a frame can carry, or shorter than its seqNum.
     */
    public long send(final DirectBuffer message, final int offset, final int length) {
        if (length > Frame.MAX_PAYLOAD_LENGTH || length < MessageShape.HEADER_LENGTH + Integer.BYTES) {
            throw new IllegalArgumentException("a command of " + length + " bytes, "
                    + (MessageShape.HEADER_LENGTH + Integer.BYTES) + " to " + Frame.MAX_PAYLOAD_LENGTH
                    + " are possible");
        }
        scratch.putBytes(0, message, offset, length);
        OrderEntryEncoder.putSeqNum(scratch, nextSeqNum);
        return sendNumbered(scratch, length);
    }

    /** Begins to end the session politely; {@link VenueListener#onTerminated} tells when it has ended. */
    public long terminate() {
        if (state != State.ESTABLISHED) {
            return Outbound.NOT_CONNECTED;
        }
        final long result = offerTerminate();
        if (result > 0) {
            state = State.TERMINATING;
            startedNs = clock.monotonicNs();
        }
        return result;
    }

    /** Says goodbye when the session is open, without waiting for the answer, and closes the channels. */
    @Override
    public void close() {
        if (state == State.ESTABLISHED) {
            for (int i = 0; i < GOODBYE_ATTEMPTS && offerTerminate() == Outbound.BACK_PRESSURED; i++) {
                transport.doWork();
                Thread.onSpinWait();
            }
        }
        release();
    }

    private long sendNumbered(final DirectBuffer message) {
        return sendNumbered(message, message.capacity());
    }

    private long sendNumbered(final DirectBuffer message, final int length) {
        if (state != State.ESTABLISHED) {
            return Outbound.NOT_CONNECTED;
        }
        final long result = gateway.offer(message, 0, length);
        if (result <= 0) {
            return result;
        }
        lastSentNs = clock.monotonicNs();
        return nextSeqNum++;
    }

    private int negotiate(final long nowNs) {
        if (!gateway.isConnected()) {
            return 0;
        }
        final long timestampNs = clock.wallNs();
        final byte[] signature =
                Credentials.sign(config.secret(), config.sessionId(), config.sessionVerId(), timestampNs);
        final byte[] uri = config.response().uri().getBytes(StandardCharsets.US_ASCII);
        final NegotiateEncoder negotiate = new NegotiateEncoder();
        negotiate
                .wrapAndApplyHeader(scratch, 0, headerEncoder)
                .sessionId(config.sessionId() & 0xFFFF_FFFFL)
                .responseStreamId(config.response().streamId() & 0xFFFF_FFFFL)
                .sessionVerId(config.sessionVerId())
                .timestampNs(timestampNs);
        for (int i = 0; i < signature.length; i++) {
            negotiate.signature(i, (short) (signature[i] & 0xFF));
        }
        negotiate.putResponseChannel(uri, 0, uri.length);
        return advance(MessageShape.HEADER_LENGTH + negotiate.encodedLength(), State.NEGOTIATING, nowNs);
    }

    private int establishWhenOwed(final long nowNs) {
        if (!isEstablishOwed) {
            return 0;
        }
        new EstablishEncoder()
                .wrapAndApplyHeader(scratch, 0, headerEncoder)
                .sessionId(config.sessionId() & 0xFFFF_FFFFL)
                .keepAliveMs(config.keepAliveMs())
                .sessionVerId(config.sessionVerId())
                .timestampNs(clock.wallNs())
                .nextSeqNo(nextSeqNum)
                .codWindowMs(config.codWindowMs())
                .lastMatchSeqSeen(0)
                .codType(config.codType());
        final int work = advance(MessageShape.HEADER_LENGTH + EstablishEncoder.BLOCK_LENGTH, State.ESTABLISHING, nowNs);
        isEstablishOwed = work == 0;
        return work;
    }

    /** Offers what stands in the scratch buffer, and enters the state when it was taken. */
    private int advance(final int length, final State next, final long nowNs) {
        if (gateway.offer(scratch, 0, length) <= 0) {
            return 0;
        }
        lastSentNs = nowNs;
        state = next;
        return 1;
    }

    private int keepAlive(final long nowNs) {
        if (nowNs - lastSentNs < config.keepAliveMs() * MS / 2) {
            return 0;
        }
        sequence.wrapAndApplyHeader(scratch, 0, headerEncoder).nextSeqNo(nextSeqNum);
        return advance(MessageShape.HEADER_LENGTH + SequenceEncoder.BLOCK_LENGTH, State.ESTABLISHED, nowNs);
    }

    private int checkTimeout(final long nowNs) {
        switch (state) {
            case ESTABLISHED:
                if (nowNs - lastHeardNs > LAPSED_INTERVALS * config.keepAliveMs() * MS) {
                    return ended(TerminateCode.KEEP_ALIVE_LAPSED);
                }
                return 0;
            case CLOSED:
                return 0;
            case CONNECTING:
            case NEGOTIATING:
            case ESTABLISHING:
            case TERMINATING:
            default:
                if (nowNs - startedNs > config.connectTimeoutMs() * MS) {
                    return ended(state == State.TERMINATING ? TerminateCode.FINISHED : TerminateCode.DISCONNECTED);
                }
                return 0;
        }
    }

    private long offerTerminate() {
        terminateEncoder
                .wrapAndApplyHeader(scratch, 0, headerEncoder)
                .sessionId(config.sessionId() & 0xFFFF_FFFFL)
                .code(TerminateCode.FINISHED)
                .reserved8((short) 0)
                .refTemplateId(TerminateEncoder.refTemplateIdNullValue());
        return gateway.offer(scratch, 0, MessageShape.HEADER_LENGTH + TerminateEncoder.BLOCK_LENGTH);
    }

    private boolean onMessage(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        if (state == State.CLOSED || length < MIN_LENGTH || !isVenue(lane, buffer, offset)) {
            return true;
        }
        lastHeardNs = clock.monotonicNs();
        envelope.wrap(buffer, offset);
        gwTxTimeNs = envelope.gwTxTimeNs();
        creditsLeft = envelope.creditsLeft();
        final int message = offset + ENVELOPE;
        final int templateId = MessageShape.templateId(buffer, message);
        if (templateId < FIRST_EVENT_TEMPLATE) {
            onSessionMessage(templateId, buffer, message);
        } else if (!reports.onGatewayMessage(templateId, buffer, message) && length >= MIN_EVENT_LENGTH) {
            onEvent(templateId, buffer, message, length - ENVELOPE);
        }
        return true;
    }

    /**
     * Whether a lane is the one the gateway answered on. Another may linger from a connection before this one, and its
     * messages and its end mean nothing here.
     */
    private boolean isVenue(final int lane, final DirectBuffer buffer, final int offset) {
        if (venueLane == NO_LANE && state == State.NEGOTIATING) {
            final int templateId = MessageShape.templateId(buffer, offset + ENVELOPE);
            if (templateId == NegotiationResponseDecoder.TEMPLATE_ID
                    || templateId == NegotiationRejectDecoder.TEMPLATE_ID) {
                venueLane = lane;
            }
        }
        return lane == venueLane;
    }

    private void onEvent(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        if ((envelope.flags() & DROP_COPY) != 0) {
            listener.onDropCopy(templateId, buffer, offset, length);
            return;
        }
        stamp.wrap(buffer, offset + MessageShape.HEADER_LENGTH);
        final long sessionSeq = stamp.sessionSeq();
        if (sessionSeq != 0) {
            if (sessionSeq < nextSessionSeq) {
                duplicates++;
                return;
            }
            if (sessionSeq > nextSessionSeq) {
                listener.onGap(nextSessionSeq, sessionSeq - 1);
            }
            nextSessionSeq = sessionSeq + 1;
        }
        reports.onEvent(templateId, buffer, offset, length);
    }

    private void onSessionMessage(final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case NegotiationResponseDecoder.TEMPLATE_ID:
                isEstablishOwed = state == State.NEGOTIATING;
                break;
            case NegotiationRejectDecoder.TEMPLATE_ID:
                negotiationReject.wrapAndApplyHeader(buffer, offset, header);
                refused(negotiationReject.code(), negotiationReject.lastSessionVerId());
                break;
            case EstablishRejectDecoder.TEMPLATE_ID:
                establishReject.wrapAndApplyHeader(buffer, offset, header);
                refused(establishReject.code(), establishReject.lastSessionVerId());
                break;
            case EstablishAckDecoder.TEMPLATE_ID:
                established(establishAck.wrapAndApplyHeader(buffer, offset, header));
                break;
            case TerminateDecoder.TEMPLATE_ID:
                ended(terminate.wrapAndApplyHeader(buffer, offset, header).code());
                break;
            case SequenceDecoder.TEMPLATE_ID:
                onHeartbeat(buffer.getInt(offset + MessageShape.HEADER_LENGTH, LITTLE_ENDIAN) & 0xFFFF_FFFFL);
                break;
            default:
                reports.onGatewayMessage(templateId, buffer, offset);
                break;
        }
    }

    /** The venue's next event would carry that number: what is missing before it was lost on the way. */
    private void onHeartbeat(final long nextSeqNo) {
        if (state == State.ESTABLISHED && nextSeqNo > nextSessionSeq) {
            listener.onGap(nextSessionSeq, nextSeqNo - 1);
            nextSessionSeq = nextSeqNo;
        }
    }

    private void established(final EstablishAckDecoder ack) {
        nextSeqNum = ack.lastIncomingSeqNo() + 1;
        nextSessionSeq = ack.nextSeqNo();
        state = State.ESTABLISHED;
        listener.onEstablished(ack);
    }

    private void refused(final RejectCode code, final long lastSessionVerId) {
        release();
        listener.onRefused(code, lastSessionVerId);
    }

    private int ended(final TerminateCode code) {
        release();
        listener.onTerminated(code);
        return 1;
    }

    private void release() {
        state = State.CLOSED;
        if (!isPolling) {
            closeChannels();
        }
    }

    /** Never from inside a poll of the very channel. */
    private void closeChannels() {
        gateway.close();
        response.close();
    }

    /** The gateway's end of the response channel. */
    private final class ResponseLanes implements LaneListener {
        @Override
        public void onLaneClosed(final int lane) {
            if (state != State.CLOSED && lane == venueLane) {
                ended(state == State.TERMINATING ? TerminateCode.FINISHED : TerminateCode.DISCONNECTED);
            }
        }
    }
}
