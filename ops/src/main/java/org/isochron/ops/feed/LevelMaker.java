package org.isochron.ops.feed;

import org.isochron.codecs.Side;

/** Keeps the venue's book as the captured depth has it, at the price levels that are its own. */
interface LevelMaker {
    /**
     * Notes what the capture wants at a level.
     *
     * @return whether that is news.
     */
    boolean want(Side side, long priceE9, long lots);

    /**
     * Sends what is due, as far as window and line allow.
     *
     * @return requests sent.
     */
    int send(long intendedNs);

    /** Whether nothing waits to be sent. */
    boolean isSent();

    /** Requests without an answer yet. */
    int inFlight();

    /** The levels and their counts. */
    DepthLevels levels();
}
