package org.isochron.matcher.node;

import org.isochron.matcher.venue.Venue;
import org.isochron.risk.watch.RiskWatch;
import org.isochron.risk.watch.ScanRange;
import org.isochron.sequencer.edge.Edges;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.replica.GapSource;
import org.isochron.sequencer.replica.StartingPoint;

/** A risk node: judges margin buckets on its own copy of the venue and proposes those under water. */
public final class RiskNode extends VenueNode {
    /** The state to begin with, as {@link MatcherNode#startingPoint}: before the transport. */
    public static StartingPoint<Venue> startingPoint(final ReplicaNodeConfig config, final Journal journal) {
        return startingPoint(config, journal, Long.MAX_VALUE);
    }

    /**
     * Opens channels; they and the journal are closed with the node. The transport is the caller's to close.
     *
     * @param start {@link #startingPoint}.
     * @param range accounts it scans, and its turn among the nodes that scan them.
     */
    public RiskNode(
            final ReplicaNodeConfig config,
            final StartingPoint<Venue> start,
            final ScanRange range,
            final Edges edges,
            final GapSource gapSource) {
        super(config, start, edges);
        follow(
                config,
                gapSource,
                new RiskWatch(
                        venue().ledger(),
                        venue().marks(),
                        venue().margin(),
                        range,
                        config.sessionId(),
                        session()::send,
                        RiskWatch.MIN_REPORT_INTERVAL_NS));
    }
}
