package org.isochron.ops.client;

import org.isochron.codecs.OrdType;
import org.isochron.codecs.TimeInForce;

/** What an order is counted under. Each order is of one kind, the first of these that fits, so that they add up. */
public enum OrderKind {
    STOP,
    TAKE_PROFIT,
    MARKET,
    FOK,
    IOC,
    REDUCE_ONLY,
    ICEBERG,
    GTT,
    POST_ONLY,
    LIMIT,
    /** A side of a mass quote. */
    QUOTE;

    static OrderKind of(final OrderTerms terms) {
        if (terms.type() != OrdType.LIMIT) {
            return ofUnlimited(terms.type());
        }
        if (terms.timeInForce() == TimeInForce.FOK) {
            return FOK;
        }
        if (terms.timeInForce() == TimeInForce.IOC) {
            return IOC;
        }
        if (terms.isReduceOnly()) {
            return REDUCE_ONLY;
        }
        if (terms.displayLots() > 0) {
            return ICEBERG;
        }
        if (terms.timeInForce() == TimeInForce.GTT) {
            return GTT;
        }
        return terms.posting() == OrderTerms.Posting.TAKING ? LIMIT : POST_ONLY;
    }

    private static OrderKind ofUnlimited(final OrdType type) {
        switch (type) {
            case MARKET:
                return MARKET;
            case STOP:
                return STOP;
            case TAKE_PROFIT:
                return TAKE_PROFIT;
            default:
                throw new IllegalArgumentException("an order of type " + type);
        }
    }
}
