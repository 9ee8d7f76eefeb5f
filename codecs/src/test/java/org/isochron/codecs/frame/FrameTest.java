package org.isochron.codecs.frame;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final int OFFSET = 8;
    private static final int PAYLOAD_LENGTH = 101;
    private static final int LENGTH = Frame.HEADER_LENGTH + PAYLOAD_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
    private final Frame frame = new Frame();

    @Test
    void shouldKeepItsPublishedLayout() {
        stampFrame(0x1122_3344_5566_7788L);
        assertEquals(LENGTH, buffer.getInt(OFFSET, LITTLE_ENDIAN));
        assertEquals(frame.crc(), buffer.getInt(OFFSET + 4, LITTLE_ENDIAN));
        assertEquals(FrameType.SESSION, buffer.getShort(OFFSET + 8, LITTLE_ENDIAN));
        assertEquals(Frame.SCHEMA_VERSION, buffer.getShort(OFFSET + 10, LITTLE_ENDIAN));
        assertEquals(3, buffer.getInt(OFFSET + 12, LITTLE_ENDIAN));
        assertEquals(42, buffer.getLong(OFFSET + 16, LITTLE_ENDIAN));
        assertEquals(1_000, buffer.getLong(OFFSET + 24, LITTLE_ENDIAN));
        assertEquals(-7, buffer.getInt(OFFSET + 32, LITTLE_ENDIAN));
        assertEquals(0xFFFE, buffer.getInt(OFFSET + 36, LITTLE_ENDIAN) >>> 16);
        assertEquals(900, buffer.getLong(OFFSET + 40, LITTLE_ENDIAN));
        assertEquals(800, buffer.getLong(OFFSET + 48, LITTLE_ENDIAN));
        assertEquals(0x1122_3344_5566_7788L, buffer.getLong(OFFSET + 56, LITTLE_ENDIAN));
        assertEquals(Crc32c.compute(buffer, OFFSET + 8, LENGTH - 8), buffer.getInt(OFFSET + 4, LITTLE_ENDIAN));
    }

    @Test
    void shouldReadBackWhatWasStamped() {
        stampFrame(5);
        assertEquals(LENGTH, frame.length());
        assertEquals(FrameType.SESSION, frame.frameType());
        assertEquals(Frame.SCHEMA_VERSION, frame.schemaVersion());
        assertEquals(3, frame.epoch());
        assertEquals(42, frame.sequence());
        assertEquals(1_000, frame.timestampNs());
        assertEquals(-7, frame.source());
        assertEquals(0xFFFE, frame.gatewayId());
        assertEquals(900, frame.arrivalNs());
        assertEquals(800, frame.edgeNs());
        assertEquals(5, frame.prevChain());
        assertEquals(OFFSET + Frame.HEADER_LENGTH, frame.payloadOffset());
        assertEquals(PAYLOAD_LENGTH, frame.payloadLength());
        assertNull(frame.damage(LENGTH));
    }

    @Test
    void shouldReturnTheChainTheNextFrameCarries() {
        final long chain = stampFrame(5);
        assertEquals(chain, frame.chain());
        assertEquals(XxHash64.hash(buffer, OFFSET + 8, LENGTH - 8), chain);
        assertNotEquals(chain, stampFrame(6));
    }

    @Test
    void shouldLeavePaddingOutOfCrcAndChain() {
        final long chain = stampFrame(5);
        buffer.setMemory(OFFSET + LENGTH, 16, (byte) 0xFF);
        assertNull(frame.damage(LENGTH + 16));
        assertEquals(chain, frame.chain());
    }

    @Test
    void shouldStampTheSameBytesTwiceTheSameWay() {
        stampFrame(5);
        final byte[] first = new byte[LENGTH];
        buffer.getBytes(OFFSET, first);
        Frame.stamp(buffer, OFFSET, 3, 42, 1_000, 5);
        final byte[] second = new byte[LENGTH];
        buffer.getBytes(OFFSET, second);
        assertArrayEquals(first, second);
    }

    @Test
    void shouldNoticeEveryFlippedBit() {
        stampFrame(5);
        for (final int available : new int[] {LENGTH, buffer.capacity() - OFFSET}) {
            for (int bit = 0; bit < LENGTH * 8; bit++) {
                flip(bit);
                assertNotNull(frame.damage(available), "bit " + bit + ", " + available + " bytes available");
                flip(bit);
            }
            assertNull(frame.damage(available));
        }
    }

    @Test
    void shouldNoticeEveryPairOfFlippedBits() {
        final long seed = Long.getLong("isochron.seed", 71_000_006L);
        System.out.println("FrameTest seed " + seed);
        final Random random = new Random(seed);
        stampFrame(5);
        for (int i = 0; i < 100_000; i++) {
            final int bit = random.nextInt(LENGTH * 8);
            final int other = random.nextInt(LENGTH * 8);
            if (bit != other) {
                flip(bit);
                flip(other);
                assertNotNull(frame.damage(LENGTH), "bits " + bit + " and " + other + ", seed " + seed);
                flip(bit);
                flip(other);
            }
        }
    }

    @Test
    void shouldRefuseLengthsThatCannotBe() {
        stampFrame(5);
        final int[] lengths = {
            Integer.MIN_VALUE, -1, 0, 1, Frame.HEADER_LENGTH - 1, LENGTH + 1, Frame.MAX_LENGTH + 1, Integer.MAX_VALUE
        };
        for (final int length : lengths) {
            buffer.putInt(OFFSET, length, LITTLE_ENDIAN);
            assertEquals("length " + length + " where 64..165 is possible", frame.damage(LENGTH));
        }
        buffer.putInt(OFFSET, Frame.MAX_LENGTH + 1, LITTLE_ENDIAN);
        assertEquals("length 1377 where 64..1376 is possible", frame.damage(buffer.capacity() - OFFSET));
    }

    @Test
    void shouldRefuseLessThanAHeader() {
        stampFrame(5);
        for (int available = 0; available < Frame.HEADER_LENGTH; available++) {
            assertEquals("only " + available + " bytes, a frame header has 64", frame.damage(available));
        }
    }

    @Test
    void shouldSayBothChecksums() {
        stampFrame(5);
        final int crc = frame.crc();
        buffer.putInt(OFFSET + 4, 0xAB, LITTLE_ENDIAN);
        assertEquals(String.format("crc32c is 000000ab, its bytes give %08x", crc), frame.damage(LENGTH));
    }

    @Test
    void shouldHoldTheSmallestAndTheLargestPayload() {
        for (final int payloadLength : new int[] {0, Frame.MAX_PAYLOAD_LENGTH}) {
            Frame.encodeUnstamped(buffer, OFFSET, payloadLength, FrameType.GATEWAY, 1, 1, 0, 0);
            Frame.stamp(buffer, OFFSET, 1, 1, 1, 0);
            frame.wrap(buffer, OFFSET);
            assertNull(frame.damage(Frame.HEADER_LENGTH + payloadLength));
            assertEquals(payloadLength, frame.payloadLength());
        }
    }

    private long stampFrame(final long prevChain) {
        for (int i = 0; i < PAYLOAD_LENGTH; i++) {
            buffer.putByte(OFFSET + Frame.HEADER_LENGTH + i, (byte) (i * 31));
        }
        Frame.encodeUnstamped(buffer, OFFSET, PAYLOAD_LENGTH, FrameType.SESSION, -7, 0xFFFE, 900, 800);
        final long chain = Frame.stamp(buffer, OFFSET, 3, 42, 1_000, prevChain);
        frame.wrap(buffer, OFFSET);
        return chain;
    }

    private void flip(final int bit) {
        final int index = OFFSET + bit / 8;
        buffer.putByte(index, (byte) (buffer.getByte(index) ^ 1 << bit % 8));
    }
}
