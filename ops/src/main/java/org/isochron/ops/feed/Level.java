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

    static final int NO_ENTRY = -1;

    final Side side;
    final long priceE9;
    long wantedLots;
    long openLots;
    /** Client id of the order that stands; of no meaning to a quote. */
    long liveId;
    /** Entry of the quote, {@link #NO_ENTRY} while there is none. */
    int entryId = NO_ENTRY;

    Request pending = Request.NONE;
    /** The capture has said something since the last request left. */
    boolean isStale;
    /** Waits in the queue of levels with something to send. */
    boolean isQueued;

    private boolean hasOrder;

    Level(final Side side, final long priceE9) {
        this.side = side;
        this.priceE9 = priceE9;
    }

    boolean hasOrder() {
        return hasOrder;
    }

    /** The request that brings the order to what is wanted. */
    Request next() {
        if (!hasOrder) {
            return wantedLots > 0 ? Request.NEW : Request.NONE;
        }
        if (wantedLots == 0) {
            return Request.CANCEL;
        }
        return wantedLots == openLots ? Request.NONE : Request.REPLACE;
    }

    void orderStands(final long id, final long lots) {
        hasOrder = true;
        liveId = id;
        openLots = lots;
    }

    void orderGone() {
        hasOrder = false;
        openLots = 0;
    }
}
