package org.isochron.sequencer.gateway;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.Outbound;

/**
 * Messages that wait for one client: a ring of records {@code length i32, reserved i32, bytes}, each in one piece. A
 * little room is kept for the Terminate that ends it.
 */
final class Backlog {
    private static final int RECORD_HEADER = 8;
    private static final int PADDING = -1;
    private static final int KEPT_FOR_LAST = 128;

    private final UnsafeBuffer ring;
    private final int capacity;
    private long head;
    private long tail;

    Backlog(final int capacity) {
        this.capacity = capacity;
        ring = new UnsafeBuffer(new byte[capacity]);
    }

    boolean isEmpty() {
        return head == tail;
    }

    void clear() {
        head = 0;
        tail = 0;
    }

    /** Adds a message; false when there is no room. */
    boolean add(final DirectBuffer buffer, final int offset, final int length) {
        return add(buffer, offset, length, KEPT_FOR_LAST);
    }

    /** Adds the message that ends it all, into the room kept for it. */
    boolean addLast(final DirectBuffer buffer, final int offset, final int length) {
        return add(buffer, offset, length, 0);
    }

    /**
     * Offers what waits, in order, until there is nothing left or one is not taken.
     *
     * @return the last result of the offer, positive when everything has left.
     */
    long flush(final Outbound outbound) {
        long result = 1;
        while (head != tail) {
            final int index = index(head);
            final int length = ring.getInt(index, LITTLE_ENDIAN);
            if (length == PADDING) {
                head += capacity - index;
                continue;
            }
            result = outbound.offer(ring, index + RECORD_HEADER, length);
            if (result <= 0) {
                return result;
            }
            head += BitUtil.align(RECORD_HEADER + length, RECORD_HEADER);
        }
        return result;
    }

    private boolean add(final DirectBuffer buffer, final int offset, final int length, final int kept) {
        final int needed = BitUtil.align(RECORD_HEADER + length, RECORD_HEADER);
        final int toEnd = capacity - index(tail);
        final int padding = needed > toEnd ? toEnd : 0;
        if (tail - head + padding + needed + kept > capacity) {
            return false;
        }
        if (padding > 0) {
            ring.putInt(index(tail), PADDING, LITTLE_ENDIAN);
            tail += padding;
        }
        final int index = index(tail);
        ring.putInt(index, length, LITTLE_ENDIAN);
        ring.putBytes(index + RECORD_HEADER, buffer, offset, length);
        tail += needed;
        return true;
    }

    private int index(final long position) {
        return (int) (position & (capacity - 1));
    }
}
