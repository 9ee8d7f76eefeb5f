package org.isochron.ops.client;

import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.Side;

/**
 * Takes the requests of one account in one instrument. Prices are units of 1e-9, quantities whole lots. Every method
 * returns false when the way is blocked for the moment: then nothing was sent, and the caller comes again.
 *
 * <p>{@code intendedNs} is the monotonic time at which the request should have left; latency is counted from there.
 */
public interface OrderPort {
    /** Price of an order without one: a market order protected by its instrument, or a stop that becomes one. */
    long NO_PRICE = NewOrderEncoder.priceNullValue();

    boolean newOrder(long intendedNs, long clOrdId, Side side, long priceE9, long lots, OrderTerms terms);

    /** Moves an order to that price and sets the quantity still open. */
    boolean replace(long intendedNs, long clOrdId, long origClOrdId, long priceE9, long openLots);

    boolean cancel(long intendedNs, long clOrdId, long origClOrdId);

    /** Cancels every order of the account on one side of the instrument. */
    boolean cancelSide(long intendedNs, long clOrdId, Side side);
}
