package org.isochron.ops.client;

import org.isochron.codecs.Side;
import org.isochron.codecs.TimeInForce;

/** One request as it was sent, kept until it is answered: to time the answer, and to send it again after BUSY. */
final class Request {
    enum Kind {
        NEW_ORDER,
        REPLACE,
        CANCEL,
        CANCEL_SIDE,
        PRICE_TICK
    }

    long seqNum;
    long intendedNs;
    long notBeforeNs;
    Kind kind;
    int instrumentId;
    long clOrdId;
    long origClOrdId;
    Side side;
    long priceE9;
    long lots;
    TimeInForce timeInForce;
    boolean postOnly;
    int source;

    Request copy() {
        final Request copy = new Request();
        copy.set(this);
        return copy;
    }

    void set(final Request other) {
        seqNum = other.seqNum;
        intendedNs = other.intendedNs;
        notBeforeNs = other.notBeforeNs;
        kind = other.kind;
        instrumentId = other.instrumentId;
        clOrdId = other.clOrdId;
        origClOrdId = other.origClOrdId;
        side = other.side;
        priceE9 = other.priceE9;
        lots = other.lots;
        timeInForce = other.timeInForce;
        postOnly = other.postOnly;
        source = other.source;
    }
}
