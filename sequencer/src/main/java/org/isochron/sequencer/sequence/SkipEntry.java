package org.isochron.sequencer.sequence;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SkipSeqEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.SkippedCommands;

/** An operator's word that a command is skipped, as the last frame of a sequencer's journal while the sequencer is down. */
public final class SkipEntry {
    private static final int POLL_LIMIT = 1024;

    private final Journal journal;
    private final long skipped;
    private final UnsafeBuffer frameBuffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Frame frame = new Frame();
    private int poisonLength;

    /**
     * Reads the command.
     *
     * @param journal of the sequencer, with everything that any node holds.
     * @param skipped command that no core can apply.
     * @throws IllegalArgumentException when there is no such command, or it may not or need not be skipped.
     */
    public SkipEntry(final Journal journal, final long skipped) {
        this.journal = journal;
        this.skipped = skipped;
        if (skipped < 1 || skipped > journal.lastSequence()) {
            throw new IllegalArgumentException(
                    "there is no command " + skipped + ", the journal has 1 to " + journal.lastSequence());
        }
        try (JournalReader reader = journal.newReader()) {
            reader.seek(skipped);
            reader.poll(
                    (buffer, offset, length) -> {
                        frameBuffer.putBytes(0, buffer, offset, length);
                        poisonLength = length;
                    },
                    1);
        }
        frame.wrap(frameBuffer, 0);
        try (JournalReader reader = journal.newReader()) {
            final long saidAt = SkippedCommands.find(reader, skipped);
            if (saidAt != 0) {
                throw new IllegalArgumentException("command " + skipped + " is skipped already, by command " + saidAt);
            }
        }
        if (poisonLength == 0) {
            throw new IllegalArgumentException("command " + skipped + " cannot be read");
        }
    }

    /** The command's frame; changes with {@link #append()}. */
    public Frame command() {
        return frame;
    }

    /**
     * Appends it.
     *
     * @return its sequence.
     */
    public long append() {
        final boolean isFromSession = frame.frameType() == FrameType.SESSION;
        final int templateId = MessageShape.templateId(frame);
        final long sessionId = isFromSession ? frame.source() & 0xFFFF_FFFFL : SkipSeqEncoder.sessionIdNullValue();
        final long seqNum = isFromSession && SessionMessage.isNumbered(templateId) && !hasBegunAfresh(sessionId)
                ? SessionMessage.seqNum(frameBuffer, frame.payloadOffset())
                : SkipSeqEncoder.seqNumNullValue();
        final int payloadLength = MessageHeaderEncoder.ENCODED_LENGTH + SkipSeqEncoder.BLOCK_LENGTH;
        new SkipSeqEncoder()
                .wrapAndApplyHeader(frameBuffer, Frame.HEADER_LENGTH, new MessageHeaderEncoder())
                .sequence(skipped)
                .seqNum(seqNum)
                .sessionId(sessionId)
                .templateId(templateId)
                .reserved16(0)
                .reserved32(0);
        Frame.encodeUnstamped(frameBuffer, 0, payloadLength, FrameType.SEQUENCER, 0, 0, 0, 0);
        frameBuffer.putInt(Frame.FLAGS_OFFSET, 0, LITTLE_ENDIAN);
        final long sequence = journal.lastSequence() + 1;
        Frame.stamp(frameBuffer, 0, journal.lastEpoch(), sequence, journal.lastTimestampNs() + 1, journal.lastChain());
        journal.append(frameBuffer, 0, Frame.HEADER_LENGTH + payloadLength);
        return sequence;
    }

    /**
     * Whether the session has logged on under a higher sessionVerId since: its numbers began again at 1, so the command's
     * number means another request by now, and whoever sent it waits for no answer any more.
     */
    private boolean hasBegunAfresh(final long sessionId) {
        final long after = highestVersion(sessionId, skipped + 1, journal.lastSequence());
        // What stands before may be all of a long log: it is read only when there is something to compare.
        return after != 0 && Long.compareUnsigned(after, highestVersion(sessionId, 1, skipped - 1)) > 0;
    }

    /** The highest sessionVerId under which the session asks to be opened in these frames, both ends included; 0 for none. */
    private long highestVersion(final long sessionId, final long from, final long to) {
        final SessionOpenDecoder open = new SessionOpenDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final Frame each = new Frame();
        final long[] highest = new long[1];
        final FrameHandler handler = (buffer, offset, length) -> {
            each.wrap(buffer, offset);
            if (each.sequence() <= to && isSessionOpen(each)) {
                open.wrapAndApplyHeader(buffer, each.payloadOffset(), header);
                if (open.sessionId() == sessionId && Long.compareUnsigned(open.sessionVerId(), highest[0]) > 0) {
                    highest[0] = open.sessionVerId();
                }
            }
        };
        try (JournalReader reader = journal.newReader()) {
            reader.seek(from);
            while (reader.nextSequence() <= to && reader.poll(handler, POLL_LIMIT) > 0) {
                // The handler sees each frame.
            }
        }
        return highest[0];
    }

    private static boolean isSessionOpen(final Frame frame) {
        return MessageShape.isCarriedBy(
                frame, FrameType.GATEWAY, SessionOpenDecoder.TEMPLATE_ID, SessionOpenDecoder.BLOCK_LENGTH);
    }
}
