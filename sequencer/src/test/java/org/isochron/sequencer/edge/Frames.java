package org.isochron.sequencer.edge;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;

/** Makes chains of sound frames for tests. The payload of a frame is a function of its sequence, so any can be checked. */
public final class Frames {
    public static final int EPOCH = 1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private long sequence;
    private long chain;
    private int length;

    /** Makes the next frame of a chain; it stays valid until the next call. */
    public UnsafeBuffer next() {
        final int payloadLength = payloadLength(sequence + 1);
        fillPayload(sequence + 1, payloadLength);
        Frame.encodeUnstamped(buffer, 0, payloadLength, FrameType.SESSION, 7, 3, 0, 0);
        sequence++;
        chain = Frame.stamp(buffer, 0, EPOCH, sequence, sequence * 1000, chain);
        length = Frame.HEADER_LENGTH + payloadLength;
        return buffer;
    }

    public long sequence() {
        return sequence;
    }

    /** Chain of the frame made last. */
    public long chain() {
        return chain;
    }

    /** Length of the frame made last. */
    public int length() {
        return length;
    }

    /** Length of any frame of these chains. */
    public static int lengthOf(final long sequence) {
        return Frame.HEADER_LENGTH + payloadLength(sequence);
    }

    /** Appends the next {@code count} frames. */
    public Frames appendTo(final Journal journal, final int count) {
        for (int i = 0; i < count; i++) {
            next();
            journal.append(buffer, 0, length);
        }
        return this;
    }

    private static int payloadLength(final long sequence) {
        return (int) ((sequence * 37) % 200);
    }

    private void fillPayload(final long sequence, final int payloadLength) {
        final Random random = new Random(sequence);
        for (int i = 0; i < payloadLength; i++) {
            buffer.putByte(Frame.HEADER_LENGTH + i, (byte) random.nextInt());
        }
    }
}
