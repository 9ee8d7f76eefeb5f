package org.isochron.sequencer.event;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Crc32c;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.replica.EventBatch;

/** Puts events into a block, command by command. One buffer, reused. */
final class EventBlockWriter {
    /** A block that has grown to this many bytes is full: large enough to read well, small enough to find things in. */
    static final int FULL_LENGTH = 1 << 16;

    private static final int CHECKED_FROM = 8;

    /** The last command may find the block almost full and bring all the events that a command can have. */
    private static final int CAPACITY = FULL_LENGTH
            + EventBatch.MAX_EVENTS * BitUtil.align(EventBlock.RECORD_HEADER + EventBatch.MAX_MESSAGE_LENGTH, 8);

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
    private int length;
    private int committedLength;
    private int count;
    private int committedCount;
    private long firstMatchSeq;
    private long firstPrivateSeq;
    private long lastMatchSeq;

    /** Empties the block for the commands from that one on; events from that privateSeq on. */
    void begin(final long matchSeq, final long privateSeq) {
        buffer.setMemory(0, EventBlock.HEADER_LENGTH, (byte) 0);
        firstMatchSeq = matchSeq;
        lastMatchSeq = matchSeq - 1;
        firstPrivateSeq = privateSeq;
        length = EventBlock.HEADER_LENGTH;
        committedLength = length;
        count = 0;
        committedCount = 0;
    }

    /** One more event of the present command. */
    void add(final DirectBuffer event, final int offset, final int eventLength) {
        final int end = length + BitUtil.align(EventBlock.RECORD_HEADER + eventLength, EventBlock.RECORD_HEADER);
        // The padding is part of what the checksum covers.
        buffer.putLong(end - Long.BYTES, 0, LITTLE_ENDIAN);
        buffer.putInt(length, eventLength, LITTLE_ENDIAN);
        buffer.putInt(length + Integer.BYTES, 0, LITTLE_ENDIAN);
        buffer.putBytes(length + EventBlock.RECORD_HEADER, event, offset, eventLength);
        length = end;
        count++;
    }

    /** The present command has no more events. */
    void endCommand(final long matchSeq, final long timestampNs, final long prevChain) {
        if (committedCount == 0) {
            buffer.putLong(EventBlock.ANCHOR_OFFSET, matchSeq, LITTLE_ENDIAN);
            buffer.putLong(EventBlock.ANCHOR_CHAIN_OFFSET, prevChain, LITTLE_ENDIAN);
        }
        buffer.putLong(EventBlock.TIMESTAMP_OFFSET, timestampNs, LITTLE_ENDIAN);
        lastMatchSeq = matchSeq;
        committedLength = length;
        committedCount = count;
    }

    boolean isInsideCommand() {
        return length != committedLength;
    }

    boolean isEmpty() {
        return committedCount == 0;
    }

    boolean isFull() {
        return committedLength >= FULL_LENGTH;
    }

    /** Last whole command in the block; the one before the first when there is none. */
    long lastMatchSeq() {
        return lastMatchSeq;
    }

    /**
     * Completes the block; between commands only.
     *
     * @param coveredMatchSeq commands up to this one are in this block or made no private event.
     * @param timestampNs     for a block without events.
     */
    void seal(final long coveredMatchSeq, final long timestampNs) {
        if (isInsideCommand() || coveredMatchSeq < lastMatchSeq) {
            throw new IllegalStateException("command " + (lastMatchSeq + 1) + " is not whole, or " + coveredMatchSeq
                    + " is before " + lastMatchSeq);
        }
        if (isEmpty()) {
            buffer.putLong(EventBlock.TIMESTAMP_OFFSET, timestampNs, LITTLE_ENDIAN);
        }
        buffer.putInt(0, committedLength, LITTLE_ENDIAN);
        buffer.putShort(EventBlock.SCHEMA_VERSION_OFFSET, (short) Frame.SCHEMA_VERSION, LITTLE_ENDIAN);
        buffer.putInt(EventBlock.COUNT_OFFSET, committedCount, LITTLE_ENDIAN);
        buffer.putLong(EventBlock.FIRST_OFFSET, firstMatchSeq, LITTLE_ENDIAN);
        buffer.putLong(EventBlock.LAST_OFFSET, coveredMatchSeq, LITTLE_ENDIAN);
        buffer.putLong(EventBlock.PRIVATE_SEQ_OFFSET, firstPrivateSeq, LITTLE_ENDIAN);
        buffer.putInt(
                EventBlock.CRC_OFFSET,
                Crc32c.compute(buffer, CHECKED_FROM, committedLength - CHECKED_FROM),
                LITTLE_ENDIAN);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Bytes of the block, once sealed. */
    int length() {
        return committedLength;
    }

    long timestampNs() {
        return buffer.getLong(EventBlock.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
    }

    int count() {
        return committedCount;
    }
}
