package org.isochron.sequencer.event;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.frame.Crc32c;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.shape.MessageShape;

/**
 * A flyweight over one block: the private events of some whole commands, one after the other. Little-endian:
 *
 * <pre>
 *  0 length i32            4 crc32c i32 over bytes 8..length
 *  8 schemaVersion u16    10 zero u16          12 events i32
 * 16 firstMatchSeq i64, the command behind the last one of the block before
 * 24 lastMatchSeq i64, every command up to here is in this block or made no private event
 * 32 timestampNs i64 of the last command with events
 * 40 firstPrivateSeq i64, also where the next block begins when this one has no event
 * 48 anchorMatchSeq i64, the first command with events, 0 for none
 * 56 anchorChain i64, chain of the log before that command
 * 64 events: length i32, zero i32, message; each aligned to 8 bytes
 * </pre>
 */
final class EventBlock {
    static final int HEADER_LENGTH = 64;
    static final int RECORD_HEADER = 8;

    static final int CRC_OFFSET = 4;
    static final int SCHEMA_VERSION_OFFSET = 8;
    static final int COUNT_OFFSET = 12;
    static final int FIRST_OFFSET = 16;
    static final int LAST_OFFSET = 24;
    static final int TIMESTAMP_OFFSET = 32;
    static final int PRIVATE_SEQ_OFFSET = 40;
    static final int ANCHOR_OFFSET = 48;
    static final int ANCHOR_CHAIN_OFFSET = 56;

    /** Stands for the record behind the last. */
    static final int END = -1;

    /** Length and crc32c stand outside the checksum. */
    private static final int CHECKED_FROM = 8;

    private static final int MIN_EVENT_LENGTH = MessageShape.HEADER_LENGTH + EventStampDecoder.ENCODED_LENGTH;

    private DirectBuffer buffer;
    private int offset;

    EventBlock wrap(final DirectBuffer newBuffer, final int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        return this;
    }

    /**
     * Whether these bytes are a whole, sound block of this build's schema.
     *
     * @param available bytes there.
     */
    boolean isSound(final int available) {
        if (available < HEADER_LENGTH || length() < HEADER_LENGTH || length() > available) {
            return false;
        }
        return (buffer.getShort(offset + SCHEMA_VERSION_OFFSET, LITTLE_ENDIAN) & 0xFFFF) == Frame.SCHEMA_VERSION
                && Crc32c.compute(buffer, offset + CHECKED_FROM, length() - CHECKED_FROM)
                        == buffer.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN)
                && holdsItsEvents();
    }

    /** The checksum vouches for the bytes; this for whoever wrote them. */
    private boolean holdsItsEvents() {
        int at = HEADER_LENGTH;
        for (int i = 0; i < count(); i++) {
            if (at + RECORD_HEADER + MIN_EVENT_LENGTH > length()) {
                return false;
            }
            final int eventLength = buffer.getInt(offset + at, LITTLE_ENDIAN);
            if (eventLength < MIN_EVENT_LENGTH || at + RECORD_HEADER + eventLength > length()) {
                return false;
            }
            at += BitUtil.align(RECORD_HEADER + eventLength, RECORD_HEADER);
        }
        return at == length();
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return buffer.getInt(offset, LITTLE_ENDIAN);
    }

    int count() {
        return buffer.getInt(offset + COUNT_OFFSET, LITTLE_ENDIAN);
    }

    long firstMatchSeq() {
        return buffer.getLong(offset + FIRST_OFFSET, LITTLE_ENDIAN);
    }

    long lastMatchSeq() {
        return buffer.getLong(offset + LAST_OFFSET, LITTLE_ENDIAN);
    }

    long firstPrivateSeq() {
        return buffer.getLong(offset + PRIVATE_SEQ_OFFSET, LITTLE_ENDIAN);
    }

    long anchorMatchSeq() {
        return buffer.getLong(offset + ANCHOR_OFFSET, LITTLE_ENDIAN);
    }

    long anchorChain() {
        return buffer.getLong(offset + ANCHOR_CHAIN_OFFSET, LITTLE_ENDIAN);
    }

    /** First event's record, or {@link #END}. */
    int first() {
        return count() == 0 ? END : HEADER_LENGTH;
    }

    /** Record behind {@code record}, or {@link #END}. */
    int next(final int record) {
        final int next = record + BitUtil.align(RECORD_HEADER + eventLength(record), RECORD_HEADER);
        return next == length() ? END : next;
    }

    int eventLength(final int record) {
        return buffer.getInt(offset + record, LITTLE_ENDIAN);
    }

    int eventOffset(final int record) {
        return offset + record + RECORD_HEADER;
    }
}
