package org.isochron.sequencer.gateway;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.BusyEncoder;
import org.isochron.codecs.BusyReason;
import org.isochron.codecs.EstablishAckEncoder;
import org.isochron.codecs.EstablishRejectEncoder;
import org.isochron.codecs.EventReplayBeginEncoder;
import org.isochron.codecs.EventReplayEndEncoder;
import org.isochron.codecs.GatewayRejectEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NegotiationRejectEncoder;
import org.isochron.codecs.NegotiationResponseEncoder;
import org.isochron.codecs.NotAppliedEncoder;
import org.isochron.codecs.NotAppliedReason;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RetransmissionEncoder;
import org.isochron.codecs.RetransmitRejectCode;
import org.isochron.codecs.RetransmitRejectEncoder;
import org.isochron.codecs.SequenceEncoder;
import org.isochron.codecs.SessionOpenedDecoder;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TerminateEncoder;
import org.isochron.codecs.TransportEnvelopeEncoder;
import org.isochron.codecs.frame.EnvelopeFlags;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.event.EventSearch;

/** Encodes what a gateway says to its clients, each message behind a transport envelope. */
final class ClientPublisher {
    private static final int ENVELOPE = TransportEnvelopeEncoder.ENCODED_LENGTH;
    private static final int CREDITS_OFFSET = TransportEnvelopeEncoder.creditsLeftEncodingOffset();
    private static final int FLAGS_OFFSET = TransportEnvelopeEncoder.flagsEncodingOffset();
    private static final int MAX_CREDITS = 0xFFFE;

    private final GatewayConfig config;
    private final CycleClock clock;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Outbound.MAX_MESSAGE_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NegotiationResponseEncoder negotiationResponse = new NegotiationResponseEncoder();
    private final NegotiationRejectEncoder negotiationReject = new NegotiationRejectEncoder();
    private final EstablishAckEncoder establishAck = new EstablishAckEncoder();
    private final EstablishRejectEncoder establishReject = new EstablishRejectEncoder();
    private final TerminateEncoder terminate = new TerminateEncoder();
    private final NotAppliedEncoder notApplied = new NotAppliedEncoder();
    private final SequenceEncoder sequence = new SequenceEncoder();
    private final BusyEncoder busy = new BusyEncoder();
    private final GatewayRejectEncoder gatewayReject = new GatewayRejectEncoder();
    private final RetransmissionEncoder retransmission = new RetransmissionEncoder();
    private final RetransmitRejectEncoder retransmitReject = new RetransmitRejectEncoder();
    private final EventReplayBeginEncoder replayBegin = new EventReplayBeginEncoder();
    private final EventReplayEndEncoder replayEnd = new EventReplayEndEncoder();

    ClientPublisher(final GatewayConfig config, final CycleClock clock) {
        this.config = config;
        this.clock = clock;
    }

    void negotiationResponse(final Session session) {
        negotiationResponse
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .sessionId(unsigned(session.sessionId()))
                .partitionId(config.partitionId())
                .sessionVerId(session.sessionVerId());
        send(session, NegotiationResponseEncoder.BLOCK_LENGTH);
    }

    void negotiationReject(final Session session, final RejectCode code, final long lastSessionVerId) {
        negotiationReject
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .sessionId(unsigned(session.sessionId()))
                .code(code)
                .reserved(0)
                .lastSessionVerId(lastSessionVerId);
        send(session, NegotiationRejectEncoder.BLOCK_LENGTH);
    }

    void establishAck(final Session session, final SessionOpenedDecoder opened, final long matchSeq, final int epoch) {
        establishAck
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .sessionId(unsigned(session.sessionId()))
                .keepAliveMs(session.keepAliveMs())
                .sessionVerId(session.sessionVerId())
                .requestTimestampNs(session.requestTimestampNs())
                .nextSeqNo(session.nextOutgoing())
                .lastIncomingSeqNo(session.nextIncoming() - 1)
                .lastMatchSeq(matchSeq)
                .epoch(unsigned(epoch))
                .creditInit(opened.burst())
                .creditsPerSecond(opened.messagesPerSecond())
                .role(session.role())
                .durability(config.durability());
        send(session, EstablishAckEncoder.BLOCK_LENGTH);
    }

    void establishReject(final Session session, final RejectCode code, final long lastSessionVerId) {
        establishReject
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .sessionId(unsigned(session.sessionId()))
                .code(code)
                .reserved(0)
                .lastSessionVerId(lastSessionVerId);
        send(session, EstablishRejectEncoder.BLOCK_LENGTH);
    }

    /** The last message on a connection. */
    void terminate(final Session session, final TerminateCode code, final int refTemplateId) {
        terminate
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .sessionId(unsigned(session.sessionId()))
                .code(code)
                .reserved8((short) 0)
                .refTemplateId(refTemplateId);
        session.sendLast(buffer, seal(session, TerminateEncoder.BLOCK_LENGTH));
    }

    void notApplied(final Session session, final long fromSeqNo, final long count) {
        notApplied
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .fromSeqNo(fromSeqNo)
                .count(count)
                .reason(NotAppliedReason.GAP);
        send(session, NotAppliedEncoder.BLOCK_LENGTH);
    }

    void heartbeat(final Session session) {
        sequence.wrapAndApplyHeader(buffer, ENVELOPE, header).nextSeqNo(session.nextOutgoing());
        send(session, SequenceEncoder.BLOCK_LENGTH);
    }

    void busy(
            final Session session,
            final long refSeqNum,
            final int refTemplateId,
            final long clOrdId,
            final BusyReason reason,
            final long retryAfterUs,
            final long queueDepth) {
        busy.wrapAndApplyHeader(buffer, ENVELOPE, header)
                .refSeqNum(refSeqNum)
                .retryAfterUs(retryAfterUs)
                .clOrdId(clOrdId)
                .queueDepth(queueDepth)
                .refTemplateId(refTemplateId)
                .reason(reason)
                .reserved8((short) 0);
        send(session, BusyEncoder.BLOCK_LENGTH);
    }

    void gatewayReject(
            final Session session,
            final long refSeqNum,
            final int refTemplateId,
            final long clOrdId,
            final RejectCode code) {
        gatewayReject
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .refSeqNum(refSeqNum)
                .code(code)
                .refTemplateId(refTemplateId)
                .clOrdId(clOrdId);
        send(session, GatewayRejectEncoder.BLOCK_LENGTH);
    }

    /** Sends a private event, its bytes unchanged. */
    void event(
            final Session session,
            final DirectBuffer event,
            final int offset,
            final int length,
            final boolean isDropCopy) {
        buffer.putBytes(ENVELOPE, event, offset, length);
        putEnvelope(session, isDropCopy ? EnvelopeFlags.DROP_COPY : 0);
        session.send(buffer, ENVELOPE + length, clock.monotonicNs());
    }

    /** Sends an event out of an event journal. */
    void resentEvent(
            final Session session,
            final DirectBuffer event,
            final int offset,
            final int length,
            final boolean isDropCopy) {
        buffer.putBytes(ENVELOPE, event, offset, length);
        putEnvelope(
                session, isDropCopy ? EnvelopeFlags.DROP_COPY | EnvelopeFlags.POSS_RESEND : EnvelopeFlags.POSS_RESEND);
        session.send(buffer, ENVELOPE + length, clock.monotonicNs());
    }

    void retransmission(final Session session, final Resend resend) {
        retransmission
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .requestTimestampNs(resend.requestTimestampNs())
                .fromSeqNo(resend.next())
                .count(resend.left())
                .reserved32(0);
        send(session, RetransmissionEncoder.BLOCK_LENGTH);
    }

    void retransmitReject(
            final Session session,
            final int refTemplateId,
            final long requestTimestampNs,
            final long fromSeqNo,
            final RetransmitRejectCode code) {
        retransmitReject
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .requestTimestampNs(requestTimestampNs)
                .fromSeqNo(fromSeqNo)
                .refTemplateId(refTemplateId)
                .code(code)
                .reserved8((short) 0)
                .reserved32(0);
        send(session, RetransmitRejectEncoder.BLOCK_LENGTH);
    }

    void replayBegin(final Session session, final Resend resend) {
        replayBegin
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .requestTimestampNs(resend.requestTimestampNs())
                .fromMatchSeq(EventSearch.matchSeqOf(resend.next()))
                .accountId(resend.accountId())
                .fromSubSeq(EventSearch.subSeqOf(resend.next()))
                .reserved16(0);
        send(session, EventReplayBeginEncoder.BLOCK_LENGTH);
    }

    void replayEnd(final Session session, final Resend resend, final boolean isComplete) {
        replayEnd
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .requestTimestampNs(resend.requestTimestampNs())
                .nextMatchSeq(EventSearch.matchSeqOf(resend.next()))
                .count(resend.sent())
                .nextSubSeq(EventSearch.subSeqOf(resend.next()))
                .isComplete((short) (isComplete ? 1 : 0))
                .reserved8((short) 0);
        send(session, EventReplayEndEncoder.BLOCK_LENGTH);
    }

    private void send(final Session session, final int blockLength) {
        session.send(buffer, seal(session, blockLength), clock.monotonicNs());
    }

    /** Puts the envelope in front of an encoded message and returns the length of both. */
    private int seal(final Session session, final int blockLength) {
        putEnvelope(session, (byte) 0);
        return ENVELOPE + MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
    }

    private void putEnvelope(final Session session, final int flags) {
        final long credits =
                session.isOpen() ? Math.min(MAX_CREDITS, session.throttle().credits()) : 0;
        buffer.putLong(0, clock.wallNs(), LITTLE_ENDIAN);
        buffer.putLong(CREDITS_OFFSET, 0, LITTLE_ENDIAN);
        buffer.putShort(CREDITS_OFFSET, (short) credits, LITTLE_ENDIAN);
        buffer.putByte(FLAGS_OFFSET, (byte) flags);
    }

    private static long unsigned(final int id) {
        return id & 0xFFFF_FFFFL;
    }
}
