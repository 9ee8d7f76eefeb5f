package org.isochron.ops.feed;

import java.util.function.LongFunction;
import org.agrona.collections.Long2ObjectHashMap;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.ops.client.OrderListener;
import org.isochron.ops.client.OrderPort;
import org.isochron.ops.client.OrderTerms;

/**
 * Keeps one order for each price level of the captured depth: entered when the level appears, replaced when its quantity
 * changes, cancelled when it goes. Orders are post-only: a level that would trade with the venue's book (depth and trades
 * come over different streams, so one can be ahead of the other) is refused, counted, and tried again when the capture next
 * speaks of it.
 */
final class DepthMaker implements LevelMaker, OrderListener {
    /** Shown slices of an order that does not show all of it. */
    private static final long SLICES = 5;

    private static final long HOUR_MS = 3_600_000L;

    private final OrderPort port;
    private final int window;
    private final LongFunction<OrderTerms> termsByLots;
    private final DepthLevels levels = new DepthLevels();
    private final Long2ObjectHashMap<Level> byClOrdId = new Long2ObjectHashMap<>();
    private long lastClOrdId;
    private int inFlight;

    private DepthMaker(final OrderPort port, final int window, final LongFunction<OrderTerms> termsByLots) {
        this.port = port;
        this.window = window;
        this.termsByLots = termsByLots;
    }

    /**
     * Enters orders that stand until they are cancelled.
     *
     * @param window most requests on their way at once.
     */
    static DepthMaker plain(final OrderPort port, final int window) {
        return new DepthMaker(port, window, lots -> OrderTerms.POST_ONLY);
    }

    /** Enters icebergs that show a fifth of themselves. */
    static DepthMaker icebergs(final OrderPort port, final int window) {
        return new DepthMaker(port, window, lots -> OrderTerms.POST_ONLY.showing((lots + SLICES - 1) / SLICES));
    }

    /** Enters orders that stand for an hour; a level whose order has run out waits until the capture speaks of it. */
    static DepthMaker hourly(final OrderPort port, final int window) {
        final OrderTerms terms = OrderTerms.POST_ONLY.livingMs(HOUR_MS);
        return new DepthMaker(port, window, lots -> terms);
    }

    @Override
    public boolean want(final Side side, final long priceE9, final long lots) {
        return levels.want(side, priceE9, lots);
    }

    @Override
    public int send(final long intendedNs) {
        int sent = 0;
        for (Level level = levels.nextDue();
                level != null && inFlight < window && send(level, intendedNs);
                level = levels.nextDue()) {
            levels.sent();
            inFlight++;
            sent++;
        }
        return sent;
    }

    private boolean send(final Level level, final long intendedNs) {
        final long clOrdId = lastClOrdId + 1;
        final boolean isSent = switch (level.next()) {
            case NEW ->
                port.newOrder(
                        intendedNs,
                        clOrdId,
                        level.side,
                        level.priceE9,
                        level.wantedLots,
                        termsByLots.apply(level.wantedLots));
            case REPLACE -> port.replace(intendedNs, clOrdId, level.liveId, level.priceE9, level.wantedLots);
            case CANCEL -> port.cancel(intendedNs, clOrdId, level.liveId);
            case NONE -> throw new IllegalArgumentException("nothing to send");
        };
        if (isSent) {
            lastClOrdId = clOrdId;
            byClOrdId.put(clOrdId, level);
        }
        return isSent;
    }

    @Override
    public boolean isSent() {
        return levels.areSent();
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public DepthLevels levels() {
        return levels;
    }

    @Override
    public void onAck(final long clOrdId, final long lots) {
        final Level level = byClOrdId.get(clOrdId);
        level.orderStands(clOrdId, lots);
        inFlight--;
        levels.answered(level);
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
            inFlight--;
            levels.answered(level);
        }
    }

    private void ended(final long clOrdId, final Level level) {
        byClOrdId.remove(clOrdId);
        if (level.hasOrder() && level.liveId == clOrdId) {
            levels.ended(level);
        }
    }

    @Override
    public void onRejected(final long clOrdId, final RejectCode code) {
        inFlight--;
        levels.refused(byClOrdId.remove(clOrdId));
    }

    @Override
    public void onReplaceRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        inFlight--;
        levels.missed(byClOrdId.remove(clOrdId));
    }

    @Override
    public void onCancelRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        onNotTaken(clOrdId);
    }

    @Override
    public void onNotTaken(final long clOrdId) {
        inFlight--;
        levels.answered(byClOrdId.remove(clOrdId));
    }
}
