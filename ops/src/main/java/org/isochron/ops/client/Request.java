package org.isochron.ops.client;

import java.util.List;
import org.isochron.codecs.Side;
import org.isochron.codecs.TradingState;
import org.isochron.sequencer.client.MmpLimits;

/** One request as it was sent, kept until it is answered: to time the answer, and to send it again after BUSY. */
final class Request {
    enum Kind {
        NEW_ORDER,
        REPLACE,
        CANCEL,
        CANCEL_SIDE,
        MASS_QUOTE,
        MMP_CONFIG,
        MMP_RESET,
        DEAD_MAN,
        INSTRUMENT_STATE,
        PRICE_TICK
    }

    long seqNum;
    boolean isAnswered = true;
    long intendedNs;
    long notBeforeNs;
    Kind kind;
    int instrumentId;
    long clOrdId;
    long origClOrdId;
    Side side;
    long priceE9;
    long lots;
    OrderTerms terms;
    List<Quote> quotes;
    MmpLimits limits;
    long timeoutMs;
    TradingState state;
    int source;

    Request copy() {
        final Request copy = new Request();
        copy.set(this);
        return copy;
    }

    void set(final Request other) {
        seqNum = other.seqNum;
        isAnswered = other.isAnswered;
        intendedNs = other.intendedNs;
        notBeforeNs = other.notBeforeNs;
        kind = other.kind;
        instrumentId = other.instrumentId;
        clOrdId = other.clOrdId;
        origClOrdId = other.origClOrdId;
        side = other.side;
        priceE9 = other.priceE9;
        lots = other.lots;
        terms = other.terms;
        quotes = other.quotes;
        limits = other.limits;
        timeoutMs = other.timeoutMs;
        state = other.state;
        source = other.source;
    }
}
