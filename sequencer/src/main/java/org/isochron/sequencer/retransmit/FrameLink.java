package org.isochron.sequencer.retransmit;

import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TRAILER_LENGTH;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Between the thread that wants frames and the one that fetches them: a wish in one direction, a bounded ring of frames in
 * the other. Each wish has a number, and frames carry the number of the wish they were fetched for, so what was fetched for
 * an older one is told apart.
 */
final class FrameLink {
    /** Room for several requests' frames of usual size. */
    private static final int CAPACITY = 1 << 22;

    /** What is wanted; {@code from} is 0 for nothing. */
    record Wish(int number, long from) {
        static final Wish NOTHING = new Wish(0, 0);
    }

    private final OneToOneRingBuffer ring =
            new OneToOneRingBuffer(new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + TRAILER_LENGTH)));
    private volatile Wish wish = Wish.NOTHING;
    private final AtomicLong reads = new AtomicLong();
    private volatile int exhausted;
    private int lastNumber;

    /** The wanting thread: frames from that sequence on, instead of anything wanted before. Returns the wish's number. */
    int want(final long from) {
        lastNumber = lastNumber == Integer.MAX_VALUE ? 1 : lastNumber + 1;
        wish = new Wish(lastNumber, from);
        return lastNumber;
    }

    /** The wanting thread: nothing any more. */
    void wantNothing() {
        wish = Wish.NOTHING;
    }

    /** The fetching thread. */
    Wish wish() {
        return wish;
    }

    /** The fetching thread: hands over a frame; false when there is no room now. */
    boolean put(final int wishNumber, final DirectBuffer buffer, final int offset, final int length) {
        return ring.write(wishNumber, buffer, offset, length);
    }

    /** The wanting thread: takes frames; the message type is the number of their wish. */
    int read(final MessageHandler handler, final int limit) {
        reads.lazySet(reads.get() + 1);
        return ring.read(handler, limit);
    }

    /** The fetching thread: how often frames were looked for. Nobody wants more while that stands still. */
    long reads() {
        return reads.get();
    }

    /** The fetching thread: whether everybody has been asked in vain for the wish's next frame. */
    void exhausted(final int wishNumber) {
        exhausted = wishNumber;
    }

    /** The wanting thread: everybody has been asked in vain, and nothing is left of what came before. */
    boolean isExhausted(final int wishNumber) {
        return exhausted == wishNumber && ring.size() == 0;
    }
}
