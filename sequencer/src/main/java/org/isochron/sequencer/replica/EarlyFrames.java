package org.isochron.sequencer.replica;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;

/**
 * Frames of the log that arrived before their turn: the newest run without a gap, in bounded memory. A replica that fills a
 * gap while the log goes on meets the log again at the run's first frame; without it the log would always be a little ahead
 * of what others have sent.
 */
final class EarlyFrames {
    /** Several round trips of a busy log; one that outgrows it begins again with the frame that did not fit. */
    static final int CAPACITY = 1 << 21;

    private static final int ALIGNMENT = 8;

    private final Frame frame = new Frame();
    private UnsafeBuffer buffer;
    private long first;
    private long next;
    private int head;
    private int tail;

    /** Keeps a frame; one that does not go on where the run ends begins another. */
    void add(final Frame early) {
        final long sequence = early.sequence();
        if (!isEmpty() && sequence >= first && sequence < next) {
            return;
        }
        final int length = early.length();
        if (sequence != next || isEmpty() || tail + length > CAPACITY) {
            clear();
            first = sequence;
            next = sequence;
        }
        if (buffer == null) {
            // Most replicas never need it.
            buffer = new UnsafeBuffer(new byte[CAPACITY]);
        }
        buffer.putBytes(tail, early.buffer(), early.offset(), length);
        tail += BitUtil.align(length, ALIGNMENT);
        next++;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** Whether the run begins with that frame. */
    boolean beginsWith(final long sequence) {
        return first == sequence && !isEmpty();
    }

    /** The run's first frame; valid until the next {@link #add}. */
    Frame first() {
        return frame.wrap(buffer, head);
    }

    void removeFirst() {
        head += BitUtil.align(first().length(), ALIGNMENT);
        first++;
        if (isEmpty()) {
            clear();
        }
    }

    void clear() {
        head = 0;
        tail = 0;
    }
}
