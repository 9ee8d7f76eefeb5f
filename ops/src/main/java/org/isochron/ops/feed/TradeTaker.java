package org.isochron.ops.feed;

import java.util.ArrayDeque;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.ops.client.OrderListener;
import org.isochron.ops.client.OrderPort;
import org.isochron.ops.client.OrderTerms;

/** Sends a market order for each captured trade, on the aggressor's side and protected at its price, in their order. */
final class TradeTaker implements OrderListener {
    private record Wanted(Side side, long priceE9, long lots) {}

    private final OrderPort port;
    private final int window;
    private final ArrayDeque<Wanted> due = new ArrayDeque<>();
    private long lastClOrdId;
    private int inFlight;
    private long untraded;
    private boolean hasTraded;

    /**
     * @param window most orders on their way at once.
     */
    TradeTaker(final OrderPort port, final int window) {
        this.port = port;
        this.window = window;
    }

    void take(final Side side, final long priceE9, final long lots) {
        due.add(new Wanted(side, priceE9, lots));
    }

    /**
     * Sends what is due, as far as window and line allow.
     *
     * @return orders sent.
     */
    int send(final long intendedNs) {
        int sent = 0;
        while (inFlight < window && !due.isEmpty()) {
            final Wanted wanted = due.peek();
            if (!port.newOrder(
                    intendedNs, lastClOrdId + 1, wanted.side(), wanted.priceE9(), wanted.lots(), OrderTerms.MARKET)) {
                break;
            }
            lastClOrdId++;
            inFlight++;
            sent++;
            due.poll();
        }
        return sent;
    }

    boolean isSent() {
        return due.isEmpty();
    }

    int inFlight() {
        return inFlight;
    }

    /** Orders that met nobody, because the venue's book was behind or ahead of the trade. */
    long untraded() {
        return untraded;
    }

    @Override
    public void onAck(final long clOrdId, final long lots) {
        inFlight--;
        hasTraded = false;
    }

    @Override
    public void onFill(final long clOrdId, final long openLots, final long positionLots) {
        hasTraded = true;
    }

    /** A market order's fills and its end directly follow its acknowledgement. */
    @Override
    public void onCancelled(final long clOrdId, final boolean isAnswer) {
        if (!hasTraded) {
            untraded++;
        }
    }

    @Override
    public void onRejected(final long clOrdId, final RejectCode code) {
        inFlight--;
    }

    @Override
    public void onNotTaken(final long clOrdId) {
        inFlight--;
    }

    @Override
    public void onReplaced(final long clOrdId, final long origClOrdId, final long priceE9, final long openLots) {
        throw neverAsked();
    }

    @Override
    public void onReplaceRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        throw neverAsked();
    }

    @Override
    public void onCancelRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        throw neverAsked();
    }

    private static IllegalStateException neverAsked() {
        return new IllegalStateException("an answer to a request that a taker never sends");
    }
}
