package org.isochron.codecs.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class Crc32cTest {
    private static final byte[] CHECK = "123456789".getBytes(US_ASCII);

    @Test
    void shouldGiveTheCheckValueOfTheCatalogue() {
        assertEquals(0xE3069283, Crc32c.compute(new UnsafeBuffer(CHECK), 0, CHECK.length));
    }

    @Test
    void shouldGiveZeroForNothing() {
        assertEquals(0, Crc32c.compute(new UnsafeBuffer(CHECK), 4, 0));
    }

    @Test
    void shouldGiveTheSameWhateverTheBufferWraps() {
        final ByteBuffer heap = ByteBuffer.allocate(64);
        final ByteBuffer direct = ByteBuffer.allocateDirect(64);
        final byte[] array = new byte[64];
        for (int i = 0; i < CHECK.length; i++) {
            heap.put(20 + i, CHECK[i]);
            direct.put(20 + i, CHECK[i]);
            array[20 + i] = CHECK[i];
        }
        final UnsafeBuffer whole = new UnsafeBuffer(direct);
        assertCheckValue(new UnsafeBuffer(array), 20);
        assertCheckValue(new UnsafeBuffer(array, 15, 40), 5);
        assertCheckValue(new UnsafeBuffer(heap), 20);
        assertCheckValue(new UnsafeBuffer(heap, 15, 40), 5);
        assertCheckValue(new UnsafeBuffer(heap.slice(10, 50)), 10);
        assertCheckValue(new UnsafeBuffer(heap.asReadOnlyBuffer()), 20);
        assertCheckValue(whole, 20);
        assertCheckValue(new UnsafeBuffer(direct, 15, 40), 5);
        assertCheckValue(new UnsafeBuffer(whole, 15, 40), 5);
        assertCheckValue(new UnsafeBuffer(whole.addressOffset() + 12, 40), 8);
        assertEquals(0, direct.position());
        assertEquals(64, direct.limit());
        assertEquals(0, heap.position());
    }

    @Test
    void shouldAgreeWithTheJdkOnLengthsBeyondAFrame() {
        final byte[] bytes = new byte[3 * Frame.MAX_LENGTH];
        new Random(7).nextBytes(bytes);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        direct.putBytes(0, bytes);
        for (int length = 0; length <= bytes.length; length += 61) {
            final CRC32C crc = new CRC32C();
            crc.update(bytes, 0, length);
            assertEquals((int) crc.getValue(), Crc32c.compute(direct, 0, length), "length " + length);
        }
    }

    @Test
    void shouldAllocateNothingAfterAThreadsFirstCall() {
        final UnsafeBuffer array = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(Frame.MAX_LENGTH));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long threadId = Thread.currentThread().getId();
        long allocated = Long.MAX_VALUE;
        int sum = 0;
        for (int round = 0; round < 5 && allocated > 0; round++) {
            final long before = threads.getThreadAllocatedBytes(threadId);
            for (int i = 0; i < 20_000; i++) {
                sum += Crc32c.compute(array, 8, 200) + Crc32c.compute(direct, 8, Frame.MAX_LENGTH - 8);
            }
            allocated = threads.getThreadAllocatedBytes(threadId) - before;
        }
        assertEquals(0, allocated, "sum " + sum);
    }

    private static void assertCheckValue(final DirectBuffer buffer, final int offset) {
        assertEquals(0xE3069283, Crc32c.compute(buffer, offset, CHECK.length));
    }
}
