package org.isochron.codecs.book;

import org.isochron.codecs.frame.XxHash64;

/**
 * The hash of a public order book that market data carries: the sum, modulo 2^64, of {@link #of} over its resting orders;
 * 0 for an empty book. A client keeps it as it applies the feed: adds the order that joins, takes off the one that leaves,
 * and for one that shrinks takes off its old and adds its new term. The sum does not depend on the order of the terms;
 * each order's place in its queue is in its id, which rises along the queue.
 */
public final class BookHash {
    private static final int PRICE_SHIFT = 40;

    private BookHash() {}

    /**
     * Term of one order: {@code mix(publicId ^ rotateLeft(ticks * 2 + (buy ? 1 : 0), 40)) * (2 * shownLots + 1)}, with the
     * finishing avalanche of XXH64 as mix.
     *
     * @param publicId  order id of the feed, which is the order's priority.
     * @param ticks     price divided by the tick size.
     * @param shownLots displayed quantity divided by the lot size.
     */
    public static long of(final long publicId, final long ticks, final boolean buy, final long shownLots) {
        return place(publicId, ticks, buy) * (2 * shownLots + 1);
    }

    /** By how much an order's term grows with each lot shown. */
    public static long perLot(final long publicId, final long ticks, final boolean buy) {
        return 2 * place(publicId, ticks, buy);
    }

    private static long place(final long publicId, final long ticks, final boolean buy) {
        return XxHash64.mix(publicId ^ Long.rotateLeft(ticks * 2 + (buy ? 1 : 0), PRICE_SHIFT));
    }
}
