package org.isochron.ops.torture;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.isochron.codecs.frame.XxHash64;

/**
 * What clients were told, noted down outside the venue: the bytes of each event by its number among all private events, and
 * which of them acknowledged an order. One thread writes; read it afterwards.
 */
final class Ledger {
    private static final long NONE = 0;

    private final Long2LongHashMap events = new Long2LongHashMap(NONE);
    private final Long2LongHashMap acknowledged = new Long2LongHashMap(NONE);
    private volatile long acknowledgements;
    private volatile long closedRejects;
    private volatile long busies;
    private long contradictions;

    /** An order was acknowledged by an event of that number. */
    void acknowledged(
            final long clOrdId, final long privateSeq, final DirectBuffer buffer, final int offset, final int length) {
        final long before = acknowledged.put(clOrdId, privateSeq);
        if (before == NONE) {
            acknowledgements = acknowledged.size();
        } else if (before != privateSeq) {
            contradictions++;
        }
        told(privateSeq, buffer, offset, length);
    }

    /** An order was rejected because the market takes none. */
    void rejectedAsClosed() {
        closedRejects++;
    }

    /** The venue was too busy for a request. */
    void busy() {
        busies++;
    }

    /** Requests that the venue was too busy for. Any thread. */
    long busies() {
        return busies;
    }

    /** Any other event. */
    void told(final long privateSeq, final DirectBuffer buffer, final int offset, final int length) {
        final long hash = hash(buffer, offset, length);
        final long before = events.put(privateSeq, hash);
        if (before != NONE && before != hash) {
            contradictions++;
        }
    }

    /** Never {@link #NONE}. */
    static long hash(final DirectBuffer buffer, final int offset, final int length) {
        return XxHash64.hash(buffer, offset, length) | 1;
    }

    /** Orders acknowledged. Any thread. */
    long acknowledgements() {
        return acknowledgements;
    }

    /** Orders rejected because the market takes none. Any thread. */
    long closedRejects() {
        return closedRejects;
    }

    /** An order acknowledged twice, or two different events of one number. */
    long contradictions() {
        return contradictions;
    }

    /** Numbers and hashes of the events told. */
    Long2LongHashMap events() {
        return events;
    }
}
