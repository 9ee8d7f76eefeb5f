package org.isochron.sequencer.event;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Outlet;

/**
 * The way of the events from the core's thread to the event journal's: an outlet that copies each private event into a
 * bounded ring, with a mark behind the last one of a command. A ring that is full holds the replica back; nothing is ever
 * dropped. Takes part while the node recovers and catches up, too, so that what the journal lacks is made again. No
 * allocation after start.
 */
public final class EventRing implements Outlet {
    /** Of the ring, in bytes: some thousand commands. */
    public static final int DEFAULT_CAPACITY = 1 << 22;

    static final int EVENT = 1;
    static final int COMMAND_END = 2;

    private static final int END_LENGTH = 3 * Long.BYTES;
    private static final int CACHE_LINE = 64;

    private final OneToOneRingBuffer ring;
    private final UnsafeBuffer end = new UnsafeBuffer(new byte[END_LENGTH]);
    private final long heldMatchSeq;
    private long batchMatchSeq;
    private int resumeAt = EventBatch.END;
    private boolean owesEnd;
    private long lastTaken;
    private volatile long takenMatchSeq;

    /** @param heldMatchSeq last command that the event journal has already: it and those before are passed over. */
    public EventRing(final long heldMatchSeq) {
        this(heldMatchSeq, DEFAULT_CAPACITY);
    }

    /** @param capacity bytes, a power of two. */
    public EventRing(final long heldMatchSeq, final int capacity) {
        this.heldMatchSeq = heldMatchSeq;
        lastTaken = heldMatchSeq;
        takenMatchSeq = heldMatchSeq;
        ring = new OneToOneRingBuffer(new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(capacity + RingBufferDescriptor.TRAILER_LENGTH, CACHE_LINE)));
    }

    @Override
    public boolean takesPartInRecovery() {
        return true;
    }

    @Override
    public boolean onEvents(final Frame frame, final EventBatch events) {
        final long matchSeq = events.sequence();
        if (matchSeq <= heldMatchSeq) {
            return true;
        }
        if (matchSeq != batchMatchSeq) {
            begin(matchSeq, events);
        }
        while (resumeAt != EventBatch.END) {
            if (events.route(resumeAt) == EventBatch.PRIVATE) {
                if (!ring.write(
                        EVENT, events.buffer(), events.messageOffset(resumeAt), events.messageLength(resumeAt))) {
                    return false;
                }
                owesEnd = true;
            }
            resumeAt = events.next(resumeAt);
        }
        if (owesEnd && !writeEnd(frame, events)) {
            return false;
        }
        owesEnd = false;
        lastTaken = matchSeq;
        takenMatchSeq = matchSeq;
        return true;
    }

    private void begin(final long matchSeq, final EventBatch events) {
        if (matchSeq != lastTaken + 1) {
            throw new IllegalStateException("the event journal has command " + lastTaken + " and is given " + matchSeq
                    + ": the node began behind what its event journal holds");
        }
        batchMatchSeq = matchSeq;
        resumeAt = events.first();
        owesEnd = false;
    }

    private boolean writeEnd(final Frame frame, final EventBatch events) {
        end.putLong(0, events.sequence(), LITTLE_ENDIAN);
        end.putLong(Long.BYTES, events.timestampNs(), LITTLE_ENDIAN);
        end.putLong(2 * Long.BYTES, frame.prevChain(), LITTLE_ENDIAN);
        return ring.write(COMMAND_END, end, 0, END_LENGTH);
    }

    /** Last command whose events are all in the ring or behind it. Any thread. */
    long takenMatchSeq() {
        return takenMatchSeq;
    }

    /** How far the ring has been written, for {@link #isReadUpTo}. */
    long writtenPosition() {
        return ring.producerPosition();
    }

    boolean isReadUpTo(final long position) {
        return ring.consumerPosition() >= position;
    }

    /** Hands over messages of type {@link #EVENT} and {@link #COMMAND_END} in order, on the other thread. */
    int read(final MessageHandler handler, final int limit) {
        return ring.read(handler, limit);
    }

    static long endMatchSeq(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, LITTLE_ENDIAN);
    }

    static long endTimestampNs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + Long.BYTES, LITTLE_ENDIAN);
    }

    static long endPrevChain(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + 2 * Long.BYTES, LITTLE_ENDIAN);
    }
}
