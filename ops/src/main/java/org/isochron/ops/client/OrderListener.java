package org.isochron.ops.client;

import org.isochron.codecs.RejectCode;

/** Told what became of the requests sent through an {@link OrderPort}, in the order the venue says it. */
public interface OrderListener {
    /** The order is accepted; fills may follow. */
    void onAck(long clOrdId, long lots);

    /** The order stands under its new id. */
    void onReplaced(long clOrdId, long origClOrdId, long priceE9, long openLots);

    /** A part traded; with {@code openLots} 0 the order is done. */
    void onFill(long clOrdId, long openLots, long positionLots);

    /**
     * The order ended otherwise than by trading.
     *
     * @param isAnswer whether this answers a cancel of that order; a mass cancel, self-trade prevention and all that the
     *                 venue does by itself leave a cancel on its way to be answered by a refusal.
     */
    void onCancelled(long clOrdId, boolean isAnswer);

    /** The order was not accepted. */
    void onRejected(long clOrdId, RejectCode code);

    /** The order stands as it was, if it stood. */
    void onReplaceRejected(long clOrdId, long origClOrdId, RejectCode code);

    /** The order stands as it was, if it stood. */
    void onCancelRejected(long clOrdId, long origClOrdId, RejectCode code);

    /** The venue did not take a request, whatever it was, and it will not be sent again. */
    void onNotTaken(long clOrdId);
}
