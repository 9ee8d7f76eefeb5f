package org.isochron.codecs.frame;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/** XXH64 with seed 0, after the published xxHash specification (Yann Collet, xxhash_spec.md). No allocation. */
public final class XxHash64 {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private XxHash64() {}

    /**
     * Hash of {@code length} bytes from {@code offset}, which are held against the buffer's bounds once, not word by word.
     *
     * @throws IndexOutOfBoundsException when they do not lie within the buffer.
     */
    public static long hash(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        final byte[] bytes = buffer.byteArray();
        long index = buffer.addressOffset() + offset;
        final long end = index + length;
        long hash;
        if (length >= 32) {
            long v1 = P1 + P2;
            long v2 = P2;
            long v3 = 0;
            long v4 = -P1;
            final long limit = end - 32;
            do {
                v1 = round(v1, longAt(bytes, index));
                v2 = round(v2, longAt(bytes, index + 8));
                v3 = round(v3, longAt(bytes, index + 16));
                v4 = round(v4, longAt(bytes, index + 24));
                index += 32;
            } while (index <= limit);
            hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
            hash = merge(hash, v1);
            hash = merge(hash, v2);
            hash = merge(hash, v3);
            hash = merge(hash, v4);
        } else {
            hash = P5;
        }
        hash += length;
        while (index + 8 <= end) {
            hash = Long.rotateLeft(hash ^ round(0, longAt(bytes, index)), 27) * P1 + P4;
            index += 8;
        }
        if (index + 4 <= end) {
            hash = Long.rotateLeft(hash ^ (intAt(bytes, index) & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
            index += 4;
        }
        while (index < end) {
            hash = Long.rotateLeft(hash ^ (UnsafeApi.getByte(bytes, index) & 0xFF) * P5, 11) * P1;
            index++;
        }
        return mix(hash);
    }

    /** The finishing avalanche of XXH64: spreads every bit of one word over the whole word. */
    public static long mix(final long word) {
        long hash = word;
        hash ^= hash >>> 33;
        hash *= P2;
        hash ^= hash >>> 29;
        hash *= P3;
        hash ^= hash >>> 32;
        return hash;
    }

    private static long longAt(final byte[] bytes, final long index) {
        final long word = UnsafeApi.getLong(bytes, index);
        return IS_LITTLE_ENDIAN ? word : Long.reverseBytes(word);
    }

    private static int intAt(final byte[] bytes, final long index) {
        final int word = UnsafeApi.getInt(bytes, index);
        return IS_LITTLE_ENDIAN ? word : Integer.reverseBytes(word);
    }

    private static long round(final long accumulator, final long input) {
        return Long.rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long merge(final long hash, final long value) {
        return (hash ^ round(0, value)) * P1 + P4;
    }
}
