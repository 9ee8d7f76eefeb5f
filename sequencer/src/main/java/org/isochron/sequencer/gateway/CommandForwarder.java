package org.isochron.sequencer.gateway;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CodType;
import org.isochron.codecs.GatewayAliveEncoder;
import org.isochron.codecs.GatewayStartEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.SessionClosedEncoder;
import org.isochron.codecs.SessionOpenEncoder;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.sequence.SequencerStatus;

/**
 * Wraps what goes to the sequencer into unstamped frames: clients' messages unchanged, and the gateway's own. Each method
 * tells whether the frame was taken; nothing is kept for later.
 */
final class CommandForwarder {
    private final int gatewayId;
    private final Outbound commands;
    private final SequencerStatus sequencer;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final GatewayStartEncoder gatewayStart = new GatewayStartEncoder();
    private final GatewayAliveEncoder gatewayAlive = new GatewayAliveEncoder();
    private final SessionOpenEncoder sessionOpen = new SessionOpenEncoder();
    private final SessionClosedEncoder sessionClosed = new SessionClosedEncoder();
    private long forwarded;

    CommandForwarder(final int gatewayId, final Outbound commands, final SequencerStatus sequencer) {
        this.gatewayId = gatewayId;
        this.commands = commands;
        this.sequencer = sequencer;
    }

    /** Forwards a client's message. */
    boolean forward(
            final int sessionId, final DirectBuffer buffer, final int offset, final int length, final long arrivalNs) {
        Frame.encodeUnstamped(frame, 0, length, FrameType.SESSION, sessionId, gatewayId, arrivalNs, 0);
        frame.putBytes(Frame.HEADER_LENGTH, buffer, offset, length);
        return offer(Frame.HEADER_LENGTH + length);
    }

    boolean gatewayStart(final long arrivalNs) {
        gatewayStart
                .wrapAndApplyHeader(frame, Frame.HEADER_LENGTH, header)
                .gatewayId(gatewayId)
                .reserved32(0)
                .incarnation(arrivalNs);
        return offerOwn(GatewayStartEncoder.BLOCK_LENGTH, arrivalNs);
    }

    boolean gatewayAlive(final long arrivalNs) {
        gatewayAlive
                .wrapAndApplyHeader(frame, Frame.HEADER_LENGTH, header)
                .gatewayId(gatewayId)
                .reserved32(0);
        return offerOwn(GatewayAliveEncoder.BLOCK_LENGTH, arrivalNs);
    }

    boolean sessionOpen(final Session session, final long codWindowMs, final CodType codType, final long arrivalNs) {
        sessionOpen
                .wrapAndApplyHeader(frame, Frame.HEADER_LENGTH, header)
                .sessionId(session.sessionId() & 0xFFFF_FFFFL)
                .gatewayId(gatewayId)
                .sessionVerId(session.sessionVerId())
                .codWindowMs(codWindowMs)
                .codType(codType)
                .reserved8((short) 0)
                .reserved16(0);
        return offerOwn(SessionOpenEncoder.BLOCK_LENGTH, arrivalNs);
    }

    boolean sessionClosed(final Session session, final TerminateCode code, final long arrivalNs) {
        sessionClosed
                .wrapAndApplyHeader(frame, Frame.HEADER_LENGTH, header)
                .sessionId(session.sessionId() & 0xFFFF_FFFFL)
                .gatewayId(gatewayId)
                .sessionVerId(session.sessionVerId())
                .code(code)
                .reserved8((short) 0)
                .reserved16(0)
                .reserved32(0);
        return offerOwn(SessionClosedEncoder.BLOCK_LENGTH, arrivalNs);
    }

    /** Frames that wait before the sequencer. */
    long queueDepth() {
        return Math.max(0, forwarded - sequencer.commandsTaken());
    }

    void close() {
        commands.close();
    }

    private boolean offerOwn(final int blockLength, final long arrivalNs) {
        final int payloadLength = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        Frame.encodeUnstamped(frame, 0, payloadLength, FrameType.GATEWAY, gatewayId, gatewayId, arrivalNs, 0);
        return offer(Frame.HEADER_LENGTH + payloadLength);
    }

    private boolean offer(final int length) {
        final long result = commands.offer(frame, 0, length);
        if (result == Outbound.CLOSED) {
            throw new IllegalStateException("the way to the sequencer is closed");
        }
        if (result > 0) {
            forwarded++;
        }
        return result > 0;
    }
}
