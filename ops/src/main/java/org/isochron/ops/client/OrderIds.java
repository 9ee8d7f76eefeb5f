package org.isochron.ops.client;

import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.Side;

/**
 * Ids of one session. A trader's own count from 1 in each instrument; on the wire they count on from the time of logon and
 * carry the instrument in their low byte, so they are unique in the session, run after run, and every answer finds its
 * trader. Sides of quotes have ids of the venue's making, told by their highest bit.
 */
final class OrderIds {
    /** Largest instrument id: it has to fit the low byte of a clOrdId. */
    static final int MAX_INSTRUMENT_ID = 0xFF;

    private static final int INSTRUMENT_BITS = 8;
    private static final int ENTRY_MASK = 0xFFFF;

    private final long firstId;
    private long requests;

    /** @param firstId above every id of an earlier run, with bits to spare for the instrument. */
    OrderIds(final long firstId) {
        this.firstId = firstId;
    }

    long wire(final int instrumentId, final long clOrdId) {
        return clOrdId + firstId << INSTRUMENT_BITS | instrumentId;
    }

    /** An id for a request of the account, which is of no instrument. */
    long nextRequest() {
        return wire(0, ++requests);
    }

    long local(final long wireClOrdId) {
        return (wireClOrdId >>> INSTRUMENT_BITS) - firstId;
    }

    static int instrumentId(final long wireClOrdId) {
        return (int) (wireClOrdId & MAX_INSTRUMENT_ID);
    }

    /** Whether an id on the wire names an order of the venue's own. */
    static boolean isNone(final long wireClOrdId) {
        return wireClOrdId == FillDecoder.clOrdIdNullValue();
    }

    /** Whether an id on the wire is that of a quote's side. */
    static boolean isQuote(final long wireClOrdId) {
        return wireClOrdId < 0 && !isNone(wireClOrdId);
    }

    static int entryId(final long wireClOrdId) {
        return (int) (wireClOrdId >>> 1) & ENTRY_MASK;
    }

    static Side quoteSide(final long wireClOrdId) {
        return (wireClOrdId & 1) == 0 ? Side.BUY : Side.SELL;
    }
}
