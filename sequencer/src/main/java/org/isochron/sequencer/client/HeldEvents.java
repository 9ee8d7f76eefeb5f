package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Live events that wait until older ones have been sent again: dense in their numbers, bounded. Nothing is allocated before
 * the first one waits.
 */
final class HeldEvents {
    /** Most bytes that wait; what does not fit is asked for again when its turn comes. */
    static final int MAX_LENGTH = 1 << 20;

    private static final int RECORD_HEADER = Integer.BYTES;

    private ExpandableArrayBuffer buffer;
    private long first;
    private long last;
    private int head;
    private int tail;

    boolean isEmpty() {
        return head == tail;
    }

    /** Number of the first that waits. */
    long first() {
        return first;
    }

    /** Number of the last that waits. */
    long last() {
        return last;
    }

    void clear() {
        head = 0;
        tail = 0;
    }

    /** Adds an event; false when it does not follow the last one, or there is no room. */
    boolean add(final long number, final DirectBuffer event, final int offset, final int length) {
        if (!isEmpty() && number != last + 1 || tail + RECORD_HEADER + length > MAX_LENGTH) {
            return false;
        }
        if (buffer == null) {
            buffer = new ExpandableArrayBuffer();
        }
        if (isEmpty()) {
            clear();
            first = number;
        }
        buffer.putInt(tail, length);
        buffer.putBytes(tail + RECORD_HEADER, event, offset, length);
        tail += RECORD_HEADER + length;
        last = number;
        return true;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Where the first event stands in {@link #buffer()}. */
    int offset() {
        return head + RECORD_HEADER;
    }

    int length() {
        return buffer.getInt(head);
    }

    void removeFirst() {
        head += RECORD_HEADER + length();
        first++;
    }
}
