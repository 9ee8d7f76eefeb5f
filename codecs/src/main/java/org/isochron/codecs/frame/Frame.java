package org.isochron.codecs.frame;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Flyweight over one frame. Reads need {@link #wrap}; writes go through the static {@code encode*} methods, so that a
 * frame once stamped is never changed by accident.
 *
 * <pre>
 *  0 length i32 (header + payload, without padding)   4 crc32c i32 over bytes 8..length
 *  8 frameType u16   10 schemaVersion u16   12 epoch u32   16 sequence u64   24 timestampNs u64
 * 32 source u32 (session or node)   36 flags u32 (bits 16-31 gateway id)   40 arrivalNs u64   48 edgeNs u64
 * 56 prevChain u64   64 payload
 * </pre>
 */
public final class Frame {
    public static final int LENGTH_OFFSET = 0;
    public static final int CRC_OFFSET = 4;
    public static final int FRAME_TYPE_OFFSET = 8;
    public static final int SCHEMA_VERSION_OFFSET = 10;
    public static final int EPOCH_OFFSET = 12;
    public static final int SEQUENCE_OFFSET = 16;
    public static final int TIMESTAMP_OFFSET = 24;
    public static final int SOURCE_OFFSET = 32;
    public static final int FLAGS_OFFSET = 36;
    public static final int ARRIVAL_OFFSET = 40;
    public static final int EDGE_OFFSET = 48;
    public static final int PREV_CHAIN_OFFSET = 56;
    public static final int HEADER_LENGTH = 64;

    /** Version of this layout and of the payload schemas, in every frame. */
    public static final int SCHEMA_VERSION = 0;

    /** In the flags of an EpochStart: an operator promoted this sequencer though frames may have been lost before it. */
    public static final int LOSS_ACCEPTED_FLAG = 1;

    /** Largest frame, header included: one Aeron fragment in a 1,408-byte MTU (1,408 - 32 bytes of Aeron header). */
    public static final int MAX_LENGTH = 1376;

    /** Largest payload. */
    public static final int MAX_PAYLOAD_LENGTH = MAX_LENGTH - HEADER_LENGTH;

    private DirectBuffer buffer;
    private int offset;

    public Frame wrap(final DirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    /** Bytes of header and payload, without padding. */
    public int length() {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    public int crc() {
        return buffer.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN);
    }

    /** One of {@link FrameType}. */
    public int frameType() {
        return buffer.getShort(offset + FRAME_TYPE_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    public int schemaVersion() {
        return buffer.getShort(offset + SCHEMA_VERSION_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    public int epoch() {
        return buffer.getInt(offset + EPOCH_OFFSET, LITTLE_ENDIAN);
    }

    public long sequence() {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** The sequencer's stamp, nanoseconds UTC, strictly increasing. */
    public long timestampNs() {
        return buffer.getLong(offset + TIMESTAMP_OFFSET, LITTLE_ENDIAN);
    }

    /** Session id or node id, unsigned 32 bit, as {@link #frameType()} says. */
    public int source() {
        return buffer.getInt(offset + SOURCE_OFFSET, LITTLE_ENDIAN);
    }

    public int flags() {
        return buffer.getInt(offset + FLAGS_OFFSET, LITTLE_ENDIAN);
    }

    /** Gateway through which the command came, 0 for the sequencer's own. */
    public int gatewayId() {
        return flags() >>> 16;
    }

    public long arrivalNs() {
        return buffer.getLong(offset + ARRIVAL_OFFSET, LITTLE_ENDIAN);
    }

    public long edgeNs() {
        return buffer.getLong(offset + EDGE_OFFSET, LITTLE_ENDIAN);
    }

    public long prevChain() {
        return buffer.getLong(offset + PREV_CHAIN_OFFSET, LITTLE_ENDIAN);
    }

    public int payloadOffset() {
        return offset + HEADER_LENGTH;
    }

    public int payloadLength() {
        return length() - HEADER_LENGTH;
    }

    /** XXH64 of bytes 8..length: what the next frame must carry as {@link #prevChain()}. */
    public long chain() {
        return XxHash64.hash(buffer, offset + FRAME_TYPE_OFFSET, length() - FRAME_TYPE_OFFSET);
    }

    /**
     * Checks that the frame lies within {@code available} bytes, has a sane length and a matching CRC. Order and chain
     * are the reader's to check.
     *
     * @return null when sound, otherwise what is wrong, in words.
     */
    public String damage(final int available) {
        if (available < HEADER_LENGTH) {
            return "only " + available + " bytes, a frame header has " + HEADER_LENGTH;
        }
        final int length = length();
        if (length < HEADER_LENGTH || length > MAX_LENGTH || length > available) {
            return "length " + length + " where " + HEADER_LENGTH + ".." + Math.min(MAX_LENGTH, available)
                    + " is possible";
        }
        final int computed = Crc32c.compute(buffer, offset + FRAME_TYPE_OFFSET, length - FRAME_TYPE_OFFSET);
        if (computed != crc()) {
            return String.format("crc32c is %08x, its bytes give %08x", crc(), computed);
        }
        return null;
    }

    /**
     * Writes what is known before stamping: type, source, gateway and arrival. The payload must stand (or be put) at
     * {@code offset + 64}.
     */
    public static void encodeUnstamped(
            final MutableDirectBuffer buffer,
            final int offset,
            final int payloadLength,
            final int frameType,
            final int source,
            final int gatewayId,
            final long arrivalNs,
            final long edgeNs) {
        buffer.putInt(offset + LENGTH_OFFSET, HEADER_LENGTH + payloadLength, LITTLE_ENDIAN);
        buffer.putInt(offset + CRC_OFFSET, 0, LITTLE_ENDIAN);
        buffer.putShort(offset + FRAME_TYPE_OFFSET, (short) frameType, LITTLE_ENDIAN);
        buffer.putShort(offset + SCHEMA_VERSION_OFFSET, (short) SCHEMA_VERSION, LITTLE_ENDIAN);
        buffer.putInt(offset + EPOCH_OFFSET, 0, LITTLE_ENDIAN);
        buffer.putLong(offset + SEQUENCE_OFFSET, 0, LITTLE_ENDIAN);
        buffer.putLong(offset + TIMESTAMP_OFFSET, 0, LITTLE_ENDIAN);
        buffer.putInt(offset + SOURCE_OFFSET, source, LITTLE_ENDIAN);
        buffer.putInt(offset + FLAGS_OFFSET, gatewayId << 16, LITTLE_ENDIAN);
        buffer.putLong(offset + ARRIVAL_OFFSET, arrivalNs, LITTLE_ENDIAN);
        buffer.putLong(offset + EDGE_OFFSET, edgeNs, LITTLE_ENDIAN);
        buffer.putLong(offset + PREV_CHAIN_OFFSET, 0, LITTLE_ENDIAN);
    }

    /**
     * Stamps an unstamped frame with its place in the total order and seals it with its CRC.
     *
     * @return the frame's chain, to be handed to the next stamp.
     */
    public static long stamp(
            final MutableDirectBuffer buffer,
            final int offset,
            final int epoch,
            final long sequence,
            final long timestampNs,
            final long prevChain) {
        final int length = buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
        buffer.putInt(offset + EPOCH_OFFSET, epoch, LITTLE_ENDIAN);
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(offset + TIMESTAMP_OFFSET, timestampNs, LITTLE_ENDIAN);
        buffer.putLong(offset + PREV_CHAIN_OFFSET, prevChain, LITTLE_ENDIAN);
        buffer.putInt(
                offset + CRC_OFFSET,
                Crc32c.compute(buffer, offset + FRAME_TYPE_OFFSET, length - FRAME_TYPE_OFFSET),
                LITTLE_ENDIAN);
        return XxHash64.hash(buffer, offset + FRAME_TYPE_OFFSET, length - FRAME_TYPE_OFFSET);
    }
}
