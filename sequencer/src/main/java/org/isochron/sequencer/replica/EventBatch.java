package org.isochron.sequencer.replica;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.VerifiedBuffer;

/**
 * The events of one command, written in place, in order. Each record is {@code length i32, route i32, message}, aligned to
 * 8 bytes; a message is an SBE message with its header. Reused for every command, allocated once.
 *
 * <p>Writing: {@code offset = claim(length, route)}, then encode at that offset of {@link #buffer()}. Reading:
 * <pre>{@code
 * for (int i = batch.first(); i != EventBatch.END; i = batch.next(i)) {
 *     batch.messageOffset(i); batch.messageLength(i); batch.route(i);
 * }
 * }</pre>
 */
public final class EventBatch {
    /** Addressed to sessions and drop copies, through the gateway. */
    public static final int PRIVATE = 1;
    /** Market data. */
    public static final int PUBLIC = 2;
    /** Most events one command may emit; remaining work goes on with the next commands. */
    public static final int MAX_EVENTS = 4096;
    /** Longest message, header included. */
    public static final int MAX_MESSAGE_LENGTH = 512;
    /** Index behind the last record. */
    public static final int END = -1;

    private static final int RECORD_HEADER = 8;
    /** Bytes zeroed in one step. */
    private static final int STRIDE = 64;

    /** Room for the most events of the greatest length: whatever has been claimed lies inside. */
    private final VerifiedBuffer buffer =
            new VerifiedBuffer(new byte[MAX_EVENTS * BitUtil.align(RECORD_HEADER + MAX_MESSAGE_LENGTH, 8) + STRIDE]);

    private long sequence;
    private long timestampNs;
    private long firstPublicSeq;
    private int epoch;
    private int count;
    private int limit;

    /** Empties the batch for the command in {@code frame}. */
    public void begin(final Frame frame) {
        sequence = frame.sequence();
        timestampNs = frame.timestampNs();
        epoch = frame.epoch();
        firstPublicSeq = 0;
        count = 0;
        limit = 0;
    }

    public long sequence() {
        return sequence;
    }

    public long timestampNs() {
        return timestampNs;
    }

    public int epoch() {
        return epoch;
    }

    /** Takes over a batch that was kept elsewhere: the first {@link #byteLength} bytes of its buffer. */
    void restore(
            final Frame frame,
            final long firstPublicSeqNum,
            final int eventCount,
            final DirectBuffer source,
            final int offset,
            final int length) {
        begin(frame);
        firstPublicSeq = firstPublicSeqNum;
        count = eventCount;
        limit = length;
        buffer.putBytes(0, source, offset, length);
    }

    /** Bytes of all records, from the buffer's first. */
    int byteLength() {
        return limit;
    }

    /** Number of the batch's first public message among all public messages of the venue; 0 when it has none. */
    public long firstPublicSeq() {
        return firstPublicSeq;
    }

    /** Set by the core when it emits the batch's first public message. */
    public void firstPublicSeq(final long seqNum) {
        firstPublicSeq = seqNum;
    }

    /** Events so far; also the subSeq of the next one. */
    public int count() {
        return count;
    }

    /** Events that still fit. */
    public int remaining() {
        return MAX_EVENTS - count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * Makes room for one message.
     *
     * @param length bytes of the message, its header included, at most {@link #MAX_MESSAGE_LENGTH}.
     * @param route  {@link #PRIVATE} or {@link #PUBLIC}.
     * @return where in {@link #buffer()} to encode it.
     * @throws IllegalStateException when the batch is full: the core must have looked at {@link #remaining()}.
     */
    public int claim(final int length, final int route) {
        if (count == MAX_EVENTS || length > MAX_MESSAGE_LENGTH) {
            throw new IllegalStateException("event " + count + " of " + length + " bytes: at most " + MAX_EVENTS
                    + " events of " + MAX_MESSAGE_LENGTH + " bytes");
        }
        final int record = limit;
        buffer.putInt(record, length);
        buffer.putInt(record + 4, route);
        limit = record + BitUtil.align(RECORD_HEADER + length, 8);
        count++;
        return record + RECORD_HEADER;
    }

    /**
     * Zeroes the message claimed last. In whole strides, as what lies behind it has yet to be claimed: few rounds of a loop,
     * and their number is easily foreseen.
     */
    public void clear(final int offset, final int length) {
        final VerifiedBuffer buffer = this.buffer;
        for (int at = offset; at < offset + length; at += STRIDE) {
            buffer.putLong(at, 0L);
            buffer.putLong(at + 8, 0L);
            buffer.putLong(at + 16, 0L);
            buffer.putLong(at + 24, 0L);
            buffer.putLong(at + 32, 0L);
            buffer.putLong(at + 40, 0L);
            buffer.putLong(at + 48, 0L);
            buffer.putLong(at + 56, 0L);
        }
    }

    /** First record, or {@link #END}. */
    public int first() {
        return limit == 0 ? END : 0;
    }

    /** Record behind {@code record}, or {@link #END}. */
    public int next(final int record) {
        final int next = record + BitUtil.align(RECORD_HEADER + buffer.getInt(record), 8);
        return next == limit ? END : next;
    }

    public int messageLength(final int record) {
        return buffer.getInt(record);
    }

    public int route(final int record) {
        return buffer.getInt(record + 4);
    }

    public int messageOffset(final int record) {
        return record + RECORD_HEADER;
    }
}
