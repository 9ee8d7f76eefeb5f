package org.isochron.sequencer.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.EstablishEncoder;
import org.isochron.codecs.EstablishRejectDecoder;
import org.isochron.codecs.EventReplayEndDecoder;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NegotiateEncoder;
import org.isochron.codecs.NegotiationRejectDecoder;
import org.isochron.codecs.NegotiationResponseDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RetransmitRejectDecoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.SequenceDecoder;
import org.isochron.codecs.SequenceEncoder;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TerminateDecoder;
import org.isochron.codecs.TerminateEncoder;
import org.isochron.codecs.TransportEnvelopeDecoder;
import org.isochron.codecs.frame.EnvelopeFlags;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.sequencer.client.VenueClient.State;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.gateway.Credentials;

/**
 * One session's connection: logs on, keeps alive, ends; numbers what goes out, and hands the venue's events to their flow.
 */
final class VenueLink {
    private static final int ENVELOPE = TransportEnvelopeDecoder.ENCODED_LENGTH;
    private static final int MIN_LENGTH = ENVELOPE + MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MIN_EVENT_LENGTH = MIN_LENGTH + EventStampDecoder.ENCODED_LENGTH;
    private static final int FIRST_EVENT_TEMPLATE = 200;
    private static final int LAPSED_INTERVALS = 3;
    private static final int MESSAGES_PER_POLL = 64;
    private static final int GOODBYE_ATTEMPTS = 100;
    private static final int NO_LANE = -1;

    private static final long MS = 1_000_000L;

    /** Stands for the number of the last event when the client wants none of those before. */
    static final long FROM_NOW = -1;

    private final ClientConfig config;
    private final Transport transport;
    private final VenueClock clock;
    private final VenueListener listener;
    private final Outbound gateway;
    private final Inbound response;
    private final MessageHandler handler = this::onMessage;
    private final ReportAdapter reports;
    private final EventFlow events;
    private final ResendRequests resends;
    private final long lastSeen;
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Frame.MAX_PAYLOAD_LENGTH]);

    private final TransportEnvelopeDecoder envelope = new TransportEnvelopeDecoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SequenceEncoder sequence = new SequenceEncoder();
    private final TerminateEncoder terminateEncoder = new TerminateEncoder();
    private final TerminateDecoder terminate = new TerminateDecoder();
    private final EstablishAckDecoder establishAck = new EstablishAckDecoder();
    private final NegotiationRejectDecoder negotiationReject = new NegotiationRejectDecoder();
    private final EstablishRejectDecoder establishReject = new EstablishRejectDecoder();
    private final RetransmitRejectDecoder retransmitReject = new RetransmitRejectDecoder();
    private final EventReplayEndDecoder replayEnd = new EventReplayEndDecoder();

    private State state = State.CONNECTING;
    private boolean isEstablishOwed;
    private boolean isPolling;
    private boolean isDropCopy;
    private int venueLane = NO_LANE;
    private long startedNs;
    private long lastSentNs;
    private long lastHeardNs;
    private long nextSeqNum = 1;
    private int creditsLeft;
    private long gwTxTimeNs;

    /**
     * Begins to log on.
     *
     * @param lastSeen number of the last event that the client has had, or {@link #FROM_NOW}.
     */
    VenueLink(
            final ClientConfig config,
            final Transport transport,
            final VenueClock clock,
            final long lastSeen,
            final VenueListener listener) {
        this.lastSeen = lastSeen;
        this.config = config;
        this.transport = transport;
        this.clock = clock;
        this.listener = listener;
        reports = new ReportAdapter(listener);
        events = new EventFlow(listener, reports, lastSeen);
        response = transport.subscribe(config.response(), new ResponseLanes());
        gateway = publishOrClose(response);
        resends = new ResendRequests(gateway, clock, events, listener);
        startedNs = clock.monotonicNs();
        lastSentNs = startedNs;
        lastHeardNs = startedNs;
    }

    /** The transport is the caller's: what is open by then would stay so when the rest fails. */
    private Outbound publishOrClose(final Inbound opened) {
        try {
            return transport.publish(config.gateway());
        } catch (final RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * One duty cycle: receives what has come, sends what is due.
     *
     * @return work done, 0 when idle or closed.
     */
    int poll() {
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
                work += keepAlive(nowNs) + askForMissing(nowNs);
                break;
            case TERMINATING:
            case CLOSED:
            default:
                break;
        }
        return work + checkTimeout(nowNs);
    }

    State state() {
        return state;
    }

    /** Number the next command will carry. */
    long nextSeqNum() {
        return nextSeqNum;
    }

    int creditsLeft() {
        return creditsLeft;
    }

    long gwTxTimeNs() {
        return gwTxTimeNs;
    }

    EventFlow events() {
        return events;
    }

    long terminate() {
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
    void close() {
        if (state == State.ESTABLISHED) {
            for (int i = 0; i < GOODBYE_ATTEMPTS && offerTerminate() == Outbound.BACK_PRESSURED; i++) {
                transport.doWork();
                Thread.onSpinWait();
            }
        }
        release();
    }

    /**
     * Sends a command that carries {@link #nextSeqNum}.
     *
     * @return that number, or why it was not sent.
     * @throws IllegalStateException when the numbers of this sessionVerId are used up: the venue would take what carries one
     *                               from the beginning again for a duplicate.
     */
    long send(final DirectBuffer message, final int length) {
        if (state != State.ESTABLISHED) {
            return Outbound.NOT_CONNECTED;
        }
        if (nextSeqNum > SessionMessage.LAST_SEQ_NUM) {
            throw new IllegalStateException("session " + Integer.toUnsignedString(config.sessionId())
                    + " has used up the numbers of sessionVerId " + config.sessionVerId()
                    + ", log on under a higher sessionVerId");
        }
        final long result = gateway.offer(message, 0, length);
        if (result <= 0) {
            return result;
        }
        lastSentNs = clock.monotonicNs();
        return nextSeqNum++;
    }

    long wallNs() {
        return clock.wallNs();
    }

    private int negotiate(final long nowNs) {
        if (!gateway.isConnected()) {
            return 0;
        }
        final long timestampNs = clock.wallNs();
        final byte[] signature = Credentials.sign(
                config.secret(),
                config.sessionId(),
                config.sessionVerId(),
                timestampNs,
                config.response().uri(),
                config.response().streamId());
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

    private int askForMissing(final long nowNs) {
        final int sent = resends.work(nowNs);
        if (sent > 0) {
            lastSentNs = nowNs;
        }
        return sent;
    }

    /** Asks for a replay; false when it has to wait. */
    boolean replay(final long accountId, final long fromMatchSeq, final int fromSubSeq, final int count) {
        return state == State.ESTABLISHED && resends.replay(accountId, fromMatchSeq, fromSubSeq, count);
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
        final boolean isFlagged = (envelope.flags() & EnvelopeFlags.DROP_COPY) != 0;
        if ((envelope.flags() & EnvelopeFlags.POSS_RESEND) != 0) {
            resends.progressed();
            if (resends.isReplaying()) {
                listener.onReplayed(templateId, buffer, offset, length);
            } else {
                events.onResent(templateId, buffer, offset, length);
            }
        } else if (isFlagged == isDropCopy) {
            events.onEvent(templateId, buffer, offset, length);
        } else if (isFlagged) {
            listener.onDropCopy(templateId, buffer, offset, length);
        } else {
            // What a drop copy's own session is told is no part of the firm's flow.
            reports.onEvent(templateId, buffer, offset, length);
        }
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
            case RetransmitRejectDecoder.TEMPLATE_ID:
                retransmitReject.wrapAndApplyHeader(buffer, offset, header);
                resends.onReject(retransmitReject.refTemplateId(), retransmitReject.code());
                break;
            case EventReplayEndDecoder.TEMPLATE_ID:
                onReplayEnd(replayEnd.wrapAndApplyHeader(buffer, offset, header));
                break;
            case SequenceDecoder.TEMPLATE_ID:
                onHeartbeat(buffer.getLong(offset + MessageShape.HEADER_LENGTH, LITTLE_ENDIAN));
                break;
            default:
                reports.onGatewayMessage(templateId, buffer, offset);
                break;
        }
    }

    private void onHeartbeat(final long nextSeqNo) {
        if (state == State.ESTABLISHED) {
            events.knownUpTo(nextSeqNo);
        }
    }

    private void onReplayEnd(final EventReplayEndDecoder end) {
        if (resends.isReplaying()) {
            resends.onReplayEnd();
            listener.onReplayEnd(end.nextMatchSeq(), end.nextSubSeq(), end.isComplete() == 1);
        }
    }

    private void established(final EstablishAckDecoder ack) {
        nextSeqNum = ack.lastIncomingSeqNo() + 1;
        isDropCopy = ack.roleRaw() == Role.DROP_COPY.value();
        events.startAt(isDropCopy, lastSeen == FROM_NOW ? ack.nextSeqNo() - 1 : lastSeen, ack.nextSeqNo());
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
