package org.isochron.ops.feed;

import org.isochron.codecs.Side;

/** One price level on one side: what the capture wants there, and the maker's one order that stands for it. */
final class Level {
    /** What the level waits for. */
    enum Request {
        NONE,
        NEW,
        REPLACE,
        CANCEL
    }

    static final long NO_ORDER = 0;

    final Side side;
    final long priceE9;
    long wantedLots;
    long openLots;
    long liveClOrdId = NO_ORDER;
    Request pending = Request.NONE;
    /** The capture has said something since the last request left. */
    boolean isStale;
    /** Waits in the queue of levels with something to send. */
    boolean isQueued;

    Level(final Side side, final long priceE9) {
        this.side = side;
        this.priceE9 = priceE9;
    }

    boolean hasOrder() {
        return liveClOrdId != NO_ORDER;
    }

    /** The request that brings the order to what is wanted. */
    Request next() {
        if (!hasOrder()) {
            return wantedLots > 0 ? Request.NEW : Request.NONE;
        }
        if (wantedLots == 0) {
            return Request.CANCEL;
        }
        return wantedLots == openLots ? Request.NONE : Request.REPLACE;
    }

    void orderGone() {
        liveClOrdId = NO_ORDER;
        openLots = 0;
    }
}
