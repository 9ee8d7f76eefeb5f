package org.isochron.replay.sim;

import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.replica.HashReporter;
import org.isochron.sequencer.replica.Outlet;
import org.isochron.sequencer.replica.ReleasePoint;
import org.isochron.sequencer.replica.StateMachine;
import org.isochron.sequencer.replica.StoredMachine;

/**
 * What the hosts of a simulated venue are made of. The defaults are the parts themselves; a test that plants a bug puts
 * something of its own around one of them, and the checks have to notice.
 */
interface Parts {
    /** The venue's own. */
    Parts SOUND = new Parts() {};

    /** The core of a node. */
    default StateMachine core(final String host, final Venue venue) {
        return venue;
    }

    /** The core as snapshots are taken of it and loaded into it. */
    default StoredMachine stored(final String host, final Venue venue) {
        return venue;
    }

    /** How far a matcher's events may leave it. */
    default ReleasePoint release(final String host, final ReleasePoint flushed) {
        return flushed;
    }

    default Journal journal(final String host, final Journal journal) {
        return journal;
    }

    default Transport transport(final String host, final Transport transport) {
        return transport;
    }

    default VenueClock clock(final String host, final VenueClock clock) {
        return clock;
    }

    default Outlet outlet(final String host, final Outlet outlet) {
        return outlet;
    }

    default HashReporter reporter(final String host, final HashReporter reporter) {
        return reporter;
    }
}
