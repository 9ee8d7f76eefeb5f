package org.isochron.replay.script;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.replay.EventConsumer;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.StateMachine;

/**
 * The log of one script: stamps each payload as a sequencer would, strictly increasing, hands the frame on, applies it to
 * the core, and shows the events. The payload is encoded in place, at {@link #PAYLOAD} of {@link #buffer()}.
 */
final class ScriptLog {
    static final int EPOCH = 1;
    static final int SEQUENCER_ID = 1;
    static final int GATEWAY_ID = 2;
    static final int PAYLOAD = Frame.HEADER_LENGTH;

    private final StateMachine core;
    private final FrameHandler frames;
    private final EventConsumer consumer;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Frame frame = new Frame();
    private final EventBatch events = new EventBatch();
    private long lastSequence;
    private long lastTimestampNs;
    private long lastChain;

    /**
     * @param frames   sees each frame before the core does, as a journal would.
     * @param consumer sees each command with its events.
     */
    ScriptLog(final StateMachine core, final FrameHandler frames, final EventConsumer consumer) {
        this.core = core;
        this.frames = frames;
        this.consumer = consumer;
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Sequences what stands in the buffer as the gateway's own. */
    void fromGateway(final int payloadLength, final long timestampNs) {
        append(FrameType.GATEWAY, GATEWAY_ID, GATEWAY_ID, payloadLength, timestampNs);
    }

    /** Sequences what stands in the buffer as the sequencer's own. */
    void fromSequencer(final int payloadLength, final long timestampNs) {
        append(FrameType.SEQUENCER, SEQUENCER_ID, 0, payloadLength, timestampNs);
    }

    /** Sequences what stands in the buffer as a message of that session. */
    void fromSession(final long session, final int payloadLength, final long timestampNs) {
        append(FrameType.SESSION, (int) session, GATEWAY_ID, payloadLength, timestampNs);
    }

    /** Stamp of a frame that wants to stand at {@code atNs}: that time, or as soon after as the last frame allows. */
    long stamp(final long atNs) {
        return Math.max(atNs, lastTimestampNs + 1);
    }

    private void append(
            final int frameType,
            final int source,
            final int gatewayId,
            final int payloadLength,
            final long timestampNs) {
        Frame.encodeUnstamped(buffer, 0, payloadLength, frameType, source, gatewayId, timestampNs, 0);
        lastChain = Frame.stamp(buffer, 0, EPOCH, ++lastSequence, timestampNs, lastChain);
        lastTimestampNs = timestampNs;
        frames.onFrame(buffer, 0, Frame.HEADER_LENGTH + payloadLength);
        frame.wrap(buffer, 0);
        events.begin(frame);
        core.onCommand(frame, events);
        consumer.onEvents(frame, events);
    }

    /** Stamp of the last frame. */
    long lastTimestampNs() {
        return lastTimestampNs;
    }

    /** Sequence of the last frame, 0 before the first. */
    long lastSequence() {
        return lastSequence;
    }

    /** Chain of the last frame; it goes into an EpochStart. */
    long lastChain() {
        return lastChain;
    }

    /** Events of the last frame. */
    EventBatch events() {
        return events;
    }
}
