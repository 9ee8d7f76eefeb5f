package org.isochron.sequencer.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CodType;
import org.isochron.codecs.EstablishEncoder;
import org.isochron.codecs.EstablishRejectDecoder;
import org.isochron.codecs.EventReplayRequestEncoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NegotiateEncoder;
import org.isochron.codecs.NegotiationRejectDecoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.NotAppliedDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.RetransmissionDecoder;
import org.isochron.codecs.RetransmitRejectDecoder;
import org.isochron.codecs.RetransmitRequestEncoder;
import org.isochron.codecs.SequenceEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateDecoder;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TransportEnvelopeDecoder;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.memory.MemoryTransport;

/** A client that says what it is told to, however wrong, and reads only when asked. */
final class RawClient {
    final MemoryTransport transport;
    final Outbound gateway;
    final Channel responseChannel;
    final Inbound response;
    final List<String> heard = new ArrayList<>();
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1400]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();

    RawClient(final TestVenue venue, final String name) {
        transport = new MemoryTransport(venue.world);
        gateway = transport.publish(TestVenue.INGRESS);
        responseChannel = new Channel("memory:client-" + name, 20);
        response = transport.subscribe(responseChannel, LaneListener.NONE);
    }

    void send(final int length) {
        final long result = gateway.offer(buffer, 0, length);
        if (result <= 0) {
            throw new AssertionError("not sent: " + result);
        }
    }

    void negotiate(final int sessionId, final long sessionVerId, final byte[] secret, final long timestampNs) {
        negotiate(sessionId, sessionVerId, secret, timestampNs, responseChannel.uri());
    }

    void negotiate(
            final int sessionId,
            final long sessionVerId,
            final byte[] secret,
            final long timestampNs,
            final String uri) {
        negotiate(sessionId, sessionVerId, secret, timestampNs, uri, uri);
    }

    /** @param signedUri the address that the signature is over. */
    void negotiate(
            final int sessionId,
            final long sessionVerId,
            final byte[] secret,
            final long timestampNs,
            final String uri,
            final String signedUri) {
        final NegotiateEncoder encoder = new NegotiateEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .responseStreamId(responseChannel.streamId())
                .sessionVerId(sessionVerId)
                .timestampNs(timestampNs);
        final byte[] signature =
                Credentials.sign(secret, sessionId, sessionVerId, timestampNs, signedUri, responseChannel.streamId());
        for (int i = 0; i < signature.length; i++) {
            encoder.signature(i, (short) (signature[i] & 0xFF));
        }
        final byte[] text = uri.getBytes(StandardCharsets.US_ASCII);
        encoder.putResponseChannel(text, 0, text.length);
        send(MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    void establish(final int sessionId, final long sessionVerId, final int keepAliveMs, final int codWindowMs) {
        new EstablishEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .keepAliveMs(keepAliveMs)
                .sessionVerId(sessionVerId)
                .timestampNs(1)
                .nextSeqNo(1)
                .codWindowMs(codWindowMs)
                .lastMatchSeqSeen(0)
                .codType(CodType.NULL_VAL);
        send(MessageHeaderEncoder.ENCODED_LENGTH + EstablishEncoder.BLOCK_LENGTH);
    }

    /** Logs on as far as the gateway and the core let it. */
    void open(final TestVenue venue, final int sessionId) {
        negotiate(sessionId, 1, TestVenue.secret(sessionId), venue.clock.wallNs());
        establish(sessionId, 1, 1000, 0);
        venue.run();
    }

    /** An order whose other fields are null. */
    int encodeOrder(final long seqNum, final long clOrdId) {
        buffer.setMemory(MessageHeaderEncoder.ENCODED_LENGTH, NewOrderEncoder.BLOCK_LENGTH, (byte) 0xFF);
        new NewOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .seqNum(seqNum)
                .accountId(1)
                .clientSendTimeNs(0)
                .clOrdId(clOrdId)
                .price(1)
                .quantity(1)
                .instrumentId(1)
                .side(Side.BUY)
                .timeInForce(TimeInForce.GTC)
                .flags()
                .clear();
        return MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH;
    }

    void askAgain(final long timestampNs, final long fromSeqNo, final long count) {
        new RetransmitRequestEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .timestampNs(timestampNs)
                .fromSeqNo(fromSeqNo)
                .count(count);
        send(MessageHeaderEncoder.ENCODED_LENGTH + RetransmitRequestEncoder.BLOCK_LENGTH);
    }

    void askReplay(final long accountId, final long fromMatchSeq, final int count) {
        new EventReplayRequestEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .timestampNs(1)
                .fromMatchSeq(fromMatchSeq)
                .accountId(accountId)
                .fromSubSeq(0)
                .count(count);
        send(MessageHeaderEncoder.ENCODED_LENGTH + EventReplayRequestEncoder.BLOCK_LENGTH);
    }

    void heartbeat(final long nextSeqNo) {
        new SequenceEncoder().wrapAndApplyHeader(buffer, 0, header).nextSeqNo(nextSeqNo);
        send(MessageHeaderEncoder.ENCODED_LENGTH + SequenceEncoder.BLOCK_LENGTH);
    }

    /** What has been said to this client since the last call. */
    List<String> read() {
        heard.clear();
        response.poll(this::onMessage, 10_000);
        return List.copyOf(heard);
    }

    private boolean onMessage(final int lane, final DirectBuffer message, final int offset, final int length) {
        final int at = offset + TransportEnvelopeDecoder.ENCODED_LENGTH;
        final int templateId = headerDecoder.wrap(message, at).templateId();
        switch (templateId) {
            case NegotiationRejectDecoder.TEMPLATE_ID:
                final NegotiationRejectDecoder negotiation =
                        new NegotiationRejectDecoder().wrapAndApplyHeader(message, at, headerDecoder);
                heard.add("negotiation rejected " + negotiation.code() + " " + negotiation.lastSessionVerId());
                break;
            case EstablishRejectDecoder.TEMPLATE_ID:
                heard.add("establish rejected "
                        + new EstablishRejectDecoder()
                                .wrapAndApplyHeader(message, at, headerDecoder)
                                .code());
                break;
            case TerminateDecoder.TEMPLATE_ID:
                final TerminateDecoder terminate =
                        new TerminateDecoder().wrapAndApplyHeader(message, at, headerDecoder);
                heard.add("terminated " + terminate.code() + " ref " + terminate.refTemplateId());
                break;
            case GatewayRejectDecoder.TEMPLATE_ID:
                final GatewayRejectDecoder reject =
                        new GatewayRejectDecoder().wrapAndApplyHeader(message, at, headerDecoder);
                heard.add("rejected " + reject.code() + " ref " + reject.refSeqNum() + " template "
                        + reject.refTemplateId());
                break;
            case RetransmissionDecoder.TEMPLATE_ID:
                final RetransmissionDecoder retransmission =
                        new RetransmissionDecoder().wrapAndApplyHeader(message, at, headerDecoder);
                heard.add("again " + retransmission.requestTimestampNs() + " from " + retransmission.fromSeqNo()
                        + " count " + retransmission.count());
                break;
            case RetransmitRejectDecoder.TEMPLATE_ID:
                final RetransmitRejectDecoder refusal =
                        new RetransmitRejectDecoder().wrapAndApplyHeader(message, at, headerDecoder);
                heard.add("not again " + refusal.requestTimestampNs() + " " + refusal.code() + " from "
                        + refusal.fromSeqNo() + " template " + refusal.refTemplateId());
                break;
            case OrderAckDecoder.TEMPLATE_ID:
                final OrderAckDecoder ack = new OrderAckDecoder().wrapAndApplyHeader(message, at, headerDecoder);
                final int flags = message.getByte(offset + TransportEnvelopeDecoder.flagsEncodingOffset());
                heard.add(flags == 0 ? "template 200" : "ack " + ack.stamp().sessionSeq() + " flags " + flags);
                break;
            case NotAppliedDecoder.TEMPLATE_ID:
                final NotAppliedDecoder notApplied =
                        new NotAppliedDecoder().wrapAndApplyHeader(message, at, headerDecoder);
                heard.add("not applied " + notApplied.fromSeqNo() + " count " + notApplied.count());
                break;
            default:
                heard.add("template " + templateId);
                break;
        }
        return true;
    }
}
