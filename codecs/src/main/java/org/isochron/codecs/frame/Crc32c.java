package org.isochron.codecs.frame;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * CRC-32C (Castagnoli) of a range of a buffer, through the JDK's intrinsic. One instance of the JDK's class and one
 * scratch array for each thread; no allocation after a thread's first call.
 */
public final class Crc32c {
    private static final ThreadLocal<Crc32c> PER_THREAD = ThreadLocal.withInitial(Crc32c::new);

    private final CRC32C crc = new CRC32C();
    private byte[] scratch = new byte[Frame.MAX_LENGTH];

    private Crc32c() {}

    /** CRC of {@code length} bytes from {@code offset}. */
    public static int compute(final DirectBuffer buffer, final int offset, final int length) {
        return PER_THREAD.get().of(buffer, offset, length);
    }

    private int of(final DirectBuffer buffer, final int offset, final int length) {
        crc.reset();
        final byte[] array = buffer.byteArray();
        if (array != null) {
            final ByteBuffer byteBuffer = buffer.byteBuffer();
            final int base = buffer.wrapAdjustment();
            if (byteBuffer == null || byteBuffer.hasArray()) {
                crc.update(array, base + offset, length);
                return (int) crc.getValue();
            }
        }
        if (length > scratch.length) {
            scratch = new byte[length];
        }
        buffer.getBytes(offset, scratch, 0, length);
        crc.update(scratch, 0, length);
        return (int) crc.getValue();
    }
}
