package org.isochron.ops.feed;

import java.util.ArrayDeque;
import org.agrona.collections.Long2ObjectHashMap;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.codecs.TimeInForce;
import org.isochron.ops.client.OrderListener;
import org.isochron.ops.client.OrderPort;

/**
 * Keeps one order for each price level of the captured depth: entered when the level appears, replaced when its quantity
 * changes, cancelled when it goes. Orders are post-only: a level that would trade with the venue's book (depth and trades
 * come over different streams, so one can be ahead of the other) is refused, counted, and tried again when the capture next
 * speaks of it.
 *
 * <p>A level has at most one request on its way. What the capture says of it meanwhile is kept, the latest wins, and leaves
 * when the answer is there.
 */
final class DepthMaker implements OrderListener {
    private final OrderPort port;
    private final int window;
    private final Long2ObjectHashMap<Level> bids = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Level> asks = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Level> byClOrdId = new Long2ObjectHashMap<>();
    private final ArrayDeque<Level> due = new ArrayDeque<>();
    private long lastClOrdId;
    private int inFlight;
    private long coalesced;
    private long refusedLevels;
    private long reentered;

    /**
     * @param window most requests on their way at once.
     */
    DepthMaker(final OrderPort port, final int window) {
        this.port = port;
        this.window = window;
    }

    /**
     * Notes what the capture wants at a level.
     *
     * @return whether that is news.
     */
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

    /**
     * Sends what is due, as far as window and line allow.
     *
     * @return requests sent.
     */
    int send(final long intendedNs) {
        int sent = 0;
        while (inFlight < window && !due.isEmpty()) {
            final Level level = due.peek();
            final Level.Request request = level.next();
            if (request != Level.Request.NONE && !send(level, request, intendedNs)) {
                break;
            }
            due.poll();
            level.isQueued = false;
            level.isStale = false;
            if (request == Level.Request.NONE) {
                forgetIfEmpty(level);
            } else {
                level.pending = request;
                inFlight++;
                sent++;
            }
        }
        return sent;
    }

    private boolean send(final Level level, final Level.Request request, final long intendedNs) {
        final long clOrdId = lastClOrdId + 1;
        final boolean isSent = switch (request) {
            case NEW ->
                port.newOrder(intendedNs, clOrdId, level.side, level.priceE9, level.wantedLots, TimeInForce.GTC, true);
            case REPLACE -> port.replace(intendedNs, clOrdId, level.liveClOrdId, level.priceE9, level.wantedLots);
            case CANCEL -> port.cancel(intendedNs, clOrdId, level.liveClOrdId);
            case NONE -> throw new IllegalArgumentException("nothing to send");
        };
        if (isSent) {
            lastClOrdId = clOrdId;
            byClOrdId.put(clOrdId, level);
        }
        return isSent;
    }

    /** Whether nothing waits to be sent. */
    boolean isSent() {
        return due.isEmpty();
    }

    /** Requests without an answer yet. */
    int inFlight() {
        return inFlight;
    }

    @Override
    public void onAck(final long clOrdId, final long lots) {
        final Level level = byClOrdId.get(clOrdId);
        level.liveClOrdId = clOrdId;
        level.openLots = lots;
        answered(level);
    }

    @Override
    public void onReplaced(final long clOrdId, final long origClOrdId, final long priceE9, final long openLots) {
        byClOrdId.remove(origClOrdId);
        onAck(clOrdId, openLots);
    }

    @Override
    public void onFill(final long clOrdId, final long openLots, final long positionLots) {
        final Level level = byClOrdId.get(clOrdId);
        level.openLots = openLots;
        if (openLots == 0) {
            ended(clOrdId, level);
        }
    }

    @Override
    public void onCancelled(final long clOrdId, final boolean isAnswer) {
        final Level level = byClOrdId.get(clOrdId);
        ended(clOrdId, level);
        if (isAnswer) {
            answered(level);
        }
    }

    private void ended(final long clOrdId, final Level level) {
        byClOrdId.remove(clOrdId);
        if (level.liveClOrdId == clOrdId) {
            level.orderGone();
            forgetIfEmpty(level);
        }
    }

    @Override
    public void onRejected(final long clOrdId, final RejectCode code) {
        refusedLevels++;
        answered(byClOrdId.remove(clOrdId));
    }

    /** The order was filled while its replace was on the way: what the capture wants there becomes a new order. */
    @Override
    public void onReplaceRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        final Level level = byClOrdId.remove(clOrdId);
        if (!level.hasOrder()) {
            reentered++;
            level.isStale = true;
        }
        answered(level);
    }

    @Override
    public void onCancelRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        answered(byClOrdId.remove(clOrdId));
    }

    @Override
    public void onNotTaken(final long clOrdId) {
        answered(byClOrdId.remove(clOrdId));
    }

    private void answered(final Level level) {
        inFlight--;
        level.pending = Level.Request.NONE;
        if (level.isStale) {
            enqueue(level);
        } else {
            forgetIfEmpty(level);
        }
    }

    private void forgetIfEmpty(final Level level) {
        if (level.wantedLots == 0 && !level.hasOrder() && level.pending == Level.Request.NONE && !level.isQueued) {
            (level.side == Side.BUY ? bids : asks).remove(level.priceE9);
        }
    }

    /** Levels the capture has at present, both sides. */
    int levels() {
        return bids.size() + asks.size();
    }

    /** Changes overtaken by a later one of the same level before they could leave. */
    long coalesced() {
        return coalesced;
    }

    /** Orders the venue refused; their level has none until the capture speaks of it again. */
    long refusedLevels() {
        return refusedLevels;
    }

    /** Orders entered anew because the old one was filled while its replace was on the way. */
    long reentered() {
        return reentered;
    }
}
