package org.isochron.ops.feed;

import java.util.ArrayDeque;
import org.agrona.collections.Long2ObjectHashMap;
import org.isochron.codecs.Side;

/**
 * The price levels of one maker: what the capture wants at each, and which of them have something to send. A level has at
 * most one request on its way. What the capture says of it meanwhile is kept, the latest wins, and leaves when the answer
 * is there.
 */
final class DepthLevels {
    private final Long2ObjectHashMap<Level> bids = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Level> asks = new Long2ObjectHashMap<>();
    private final ArrayDeque<Level> due = new ArrayDeque<>();
    private long coalesced;
    private long refused;
    private long reentered;

    /** Result as {@link LevelMaker#want}. */
    boolean want(final Side side, final long priceE9, final long lots) {
        final Long2ObjectHashMap<Level> levels = side == Side.BUY ? bids : asks;
        Level level = levels.get(priceE9);
        if (level == null) {
            if (lots == 0) {
                return false;
            }
            level = new Level(side, priceE9);
            levels.put(priceE9, level);
        }
        final boolean isNews = level.wantedLots != lots || level.next() != Level.Request.NONE;
        level.wantedLots = lots;
        if (!isNews) {
            return false;
        }
        if (level.isStale) {
            coalesced++;
        }
        level.isStale = true;
        enqueue(level);
        return true;
    }

    private void enqueue(final Level level) {
        if (!level.isQueued && level.pending == Level.Request.NONE) {
            level.isQueued = true;
            due.add(level);
        }
    }

    /** The level whose turn it is to send its next request, null for none. What has become needless is left out. */
    Level nextDue() {
        while (!due.isEmpty() && due.peek().next() == Level.Request.NONE) {
            final Level level = dequeue();
            forgetIfEmpty(level);
        }
        return due.peek();
    }

    /** The request of the level whose turn it was is on its way. */
    void sent() {
        final Level.Request request = due.peek().next();
        dequeue().pending = request;
    }

    private Level dequeue() {
        final Level level = due.poll();
        level.isQueued = false;
        level.isStale = false;
        return level;
    }

    /** The level's request has its answer. */
    void answered(final Level level) {
        level.pending = Level.Request.NONE;
        if (level.isStale) {
            enqueue(level);
        } else {
            forgetIfEmpty(level);
        }
    }

    /** The venue has refused what the level asked for. */
    void refused(final Level level) {
        refused++;
        answered(level);
    }

    /** The level's order has ended. */
    void ended(final Level level) {
        level.orderGone();
        forgetIfEmpty(level);
    }

    /** The order ended while a request for it was on its way: what the capture wants there becomes a new one. */
    void missed(final Level level) {
        if (!level.hasOrder()) {
            reentered++;
            level.isStale = true;
        }
        answered(level);
    }

    private void forgetIfEmpty(final Level level) {
        if (level.wantedLots == 0 && !level.hasOrder() && level.pending == Level.Request.NONE && !level.isQueued) {
            (level.side == Side.BUY ? bids : asks).remove(level.priceE9);
        }
    }

    /** Whether nothing waits to be sent. */
    boolean areSent() {
        return due.isEmpty();
    }

    /** Levels the capture has at present, both sides. */
    int count() {
        return bids.size() + asks.size();
    }

    /** Changes overtaken by a later one of the same level before they could leave. */
    long coalesced() {
        return coalesced;
    }

    /** Orders the venue refused; their level has none until the capture speaks of it again. */
    long refused() {
        return refused;
    }

    /** Orders entered anew because the old one was filled while its replace was on the way. */
    long reentered() {
        return reentered;
    }
}
