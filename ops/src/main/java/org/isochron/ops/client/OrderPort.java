package org.isochron.ops.client;

import org.isochron.codecs.Side;
import org.isochron.codecs.TimeInForce;

/**
 * Takes the requests of one account in one instrument. Prices are units of 1e-9, quantities whole lots. Every method
 * returns false when the way is blocked for the moment: then nothing was sent, and the caller comes again.
 *
 * <p>{@code intendedNs} is the monotonic time at which the request should have left; latency is counted from there.
 */
public interface OrderPort {
    boolean newOrder(
            long intendedNs,
            long clOrdId,
            Side side,
            long priceE9,
            long lots,
            TimeInForce timeInForce,
            boolean postOnly);

    /** Moves an order to that price and sets the quantity still open. */
    boolean replace(long intendedNs, long clOrdId, long origClOrdId, long priceE9, long openLots);

    boolean cancel(long intendedNs, long clOrdId, long origClOrdId);

    /** Cancels every order of the account on one side of the instrument. */
    boolean cancelSide(long intendedNs, long clOrdId, Side side);
}
