package org.isochron.sequencer.retransmit;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.FrameRequestDecoder;
import org.isochron.codecs.FrameRequestEncoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NodePositionDecoder;
import org.isochron.codecs.NodePositionEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;

/** What nodes say to each other, in a frame of type NODE sealed by its checksum: written here, and read. */
final class NodeFrame {
    private static final int PAYLOAD = Frame.HEADER_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
    private final FrameRequestEncoder requestOut = new FrameRequestEncoder();
    private final NodePositionEncoder positionOut = new NodePositionEncoder();
    private final Frame frame = new Frame();
    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final FrameRequestDecoder requestIn = new FrameRequestDecoder();
    private final NodePositionDecoder positionIn = new NodePositionDecoder();

    /** Writes a request. Returns its length; it stands at the start of {@link #buffer()}. */
    int encodeRequest(final int nodeId, final long first, final long last) {
        requestOut
                .wrapAndApplyHeader(buffer, PAYLOAD, headerOut)
                .firstSequence(first)
                .lastSequence(last);
        return seal(nodeId, FrameRequestEncoder.BLOCK_LENGTH);
    }

    /** Writes a position, as the answer to the request from that sequence on. */
    int encodePosition(final int nodeId, final NodePosition position, final long requestedFirst) {
        positionOut
                .wrapAndApplyHeader(buffer, PAYLOAD, headerOut)
                .lastSequence(position.lastSequence())
                .lastChain(position.lastChain())
                .firstSequence(requestedFirst)
                .lastEpoch(position.lastEpoch())
                .promisedEpoch(position.epochs().promised())
                .decidedEpoch(position.epochs().decided())
                .givenEpoch(position.epochs().given());
        return seal(nodeId, NodePositionEncoder.BLOCK_LENGTH);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    private int seal(final int nodeId, final int blockLength) {
        final int payloadLength = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        Frame.encodeUnstamped(buffer, 0, payloadLength, FrameType.NODE, nodeId, 0, 0, 0);
        Frame.stamp(buffer, 0, 0, 0, 0, 0);
        return Frame.HEADER_LENGTH + payloadLength;
    }

    /** True when the bytes are a sound frame of type NODE around a sound message; it is then the one being read. */
    boolean wrap(final DirectBuffer bytes, final int offset, final int length) {
        frame.wrap(bytes, offset);
        if (frame.damage(length) != null
                || frame.length() != length
                || frame.frameType() != FrameType.NODE
                || MessageShape.check(bytes, offset + PAYLOAD, length - PAYLOAD) != MessageShape.SOUND) {
            return false;
        }
        headerIn.wrap(bytes, offset + PAYLOAD);
        return true;
    }

    /** Node that sends. */
    int nodeId() {
        return frame.source();
    }

    boolean isRequest() {
        return headerIn.templateId() == FrameRequestDecoder.TEMPLATE_ID;
    }

    FrameRequestDecoder request() {
        return requestIn.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), headerIn);
    }

    boolean isPosition() {
        return headerIn.templateId() == NodePositionDecoder.TEMPLATE_ID;
    }

    NodePositionDecoder position() {
        return positionIn.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), headerIn);
    }
}
