package org.isochron.codecs.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class VerifiedBufferTest {
    private final UnsafeBuffer source = new UnsafeBuffer(new byte[64]);
    private final VerifiedBuffer buffer = new VerifiedBuffer();

    @Test
    void shouldReadWhatTheOtherBufferHoldsAtTheOffset() {
        source.putLong(24, 0x0102030405060708L, LITTLE_ENDIAN);

        buffer.over(source, 16, 32);

        assertEquals(32, buffer.capacity());
        assertEquals(0x0102030405060708L, buffer.getLong(8, LITTLE_ENDIAN));
        assertEquals(0x0807060504030201L, buffer.getLong(8, BIG_ENDIAN));
        assertEquals(0x05060708, buffer.getInt(8, LITTLE_ENDIAN));
        assertEquals(0x08070605, buffer.getInt(8, BIG_ENDIAN));
        assertEquals(0x0708, buffer.getShort(8, LITTLE_ENDIAN));
        assertEquals(0x0807, buffer.getShort(8, BIG_ENDIAN));
        assertEquals(8, buffer.getByte(8));
    }

    @Test
    void shouldWriteThroughToTheOtherBufferInEitherOrder() {
        buffer.over(source, 16, 48);
        buffer.putLong(0, 1, BIG_ENDIAN);
        buffer.putInt(8, 2, BIG_ENDIAN);
        buffer.putShort(12, (short) 3, BIG_ENDIAN);
        buffer.putByte(14, (byte) 4);
        buffer.putLong(16, 5, LITTLE_ENDIAN);
        buffer.putInt(24, 6, LITTLE_ENDIAN);
        buffer.putShort(28, (short) 7, LITTLE_ENDIAN);

        assertEquals(1, source.getLong(16, BIG_ENDIAN));
        assertEquals(2, source.getInt(24, BIG_ENDIAN));
        assertEquals(3, source.getShort(28, BIG_ENDIAN));
        assertEquals(4, source.getByte(30));
        assertEquals(5, source.getLong(32, LITTLE_ENDIAN));
        assertEquals(6, source.getInt(40, LITTLE_ENDIAN));
        assertEquals(7, source.getShort(44, LITTLE_ENDIAN));
    }

    @Test
    void shouldFollowFromABufferOnTheHeapToOneOutside() {
        final UnsafeBuffer outside = new UnsafeBuffer(ByteBuffer.allocateDirect(16));
        outside.putInt(4, 9);

        buffer.over(source, 0, 8).putInt(0, 3);
        buffer.over(outside, 4, 4);

        assertEquals(9, buffer.getInt(0));
        assertEquals(3, source.getInt(0));
    }

    @Test
    void shouldRefuseARangeThatDoesNotLieWithinTheOtherBuffer() {
        buffer.over(source, 0, 64);
        buffer.over(source, 64, 0);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.over(source, 0, 65));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.over(source, 1, 64));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.over(source, -1, 8));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.over(source, 8, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.over(source, Integer.MAX_VALUE, 8));
    }

    @Test
    void shouldCheckEveryAccessInTests() {
        buffer.over(source, 0, 16);

        assertThrows(IndexOutOfBoundsException.class, () -> buffer.getLong(9));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.putByte(16, (byte) 1));
    }
}
