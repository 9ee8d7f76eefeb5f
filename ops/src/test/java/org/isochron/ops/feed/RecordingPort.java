package org.isochron.ops.feed;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.Side;
import org.isochron.ops.client.OrderPort;
import org.isochron.ops.client.OrderTerms;
import org.isochron.ops.client.PricePort;

/** Writes down what is sent, in lots and units of 0.1. */
final class RecordingPort implements OrderPort, PricePort {
    private static final long UNIT_E9 = 100_000_000L;

    final List<String> sent = new ArrayList<>();
    boolean isBlocked;

    @Override
    public boolean newOrder(
            final long intendedNs,
            final long clOrdId,
            final Side side,
            final long priceE9,
            final long lots,
            final OrderTerms terms) {
        return send("new " + clOrdId + " " + side + " " + lots + " @ " + priceE9 / UNIT_E9 + " " + text(terms));
    }

    private static String text(final OrderTerms terms) {
        return (terms.type() == OrdType.LIMIT ? "" : terms.type() + " ")
                + terms.timeInForce()
                + (terms.posting() == OrderTerms.Posting.REJECTED ? " post-only" : "")
                + (terms.displayLots() > 0 ? " showing " + terms.displayLots() : "");
    }

    @Override
    public boolean replace(
            final long intendedNs,
            final long clOrdId,
            final long origClOrdId,
            final long priceE9,
            final long openLots) {
        return send("replace " + origClOrdId + " by " + clOrdId + ": " + openLots + " @ " + priceE9 / UNIT_E9);
    }

    @Override
    public boolean cancel(final long intendedNs, final long clOrdId, final long origClOrdId) {
        return send("cancel " + origClOrdId);
    }

    @Override
    public boolean cancelSide(final long intendedNs, final long clOrdId, final Side side) {
        return send("cancel all " + side);
    }

    @Override
    public boolean tick(final long priceE9) {
        return send("tick " + priceE9 / UNIT_E9);
    }

    private boolean send(final String what) {
        if (!isBlocked) {
            sent.add(what);
        }
        return !isBlocked;
    }

    /** What was sent since the last call. */
    List<String> taken() {
        final List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }
}
