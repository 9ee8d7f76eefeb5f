package org.isochron.ops.torture;

import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.edge.Transport;

/** Keeps the mark of the instrument valid. */
final class PriceFeed extends SturdySession {
    private static final long INTERVAL_NS = 100_000_000;

    private long dueNs = System.nanoTime();

    PriceFeed(final VenueAccess access, final Transport transport) {
        super(access, transport, VenueDefinitions.FIRST_PUBLISHER);
    }

    int poll() {
        final int work = pollSession();
        if (isEstablished() && System.nanoTime() - dueNs >= 0) {
            dueNs = System.nanoTime() + INTERVAL_NS;
            client().priceTick(LedgerTrader.INSTRUMENT, LedgerTrader.MIDDLE_TICKS * LedgerTrader.TICK_E9, 0);
        }
        return work;
    }
}
