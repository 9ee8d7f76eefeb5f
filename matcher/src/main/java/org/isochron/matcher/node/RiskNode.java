package org.isochron.matcher.node;

import org.isochron.risk.watch.RiskWatch;
import org.isochron.risk.watch.ScanRange;
import org.isochron.sequencer.edge.Edges;
import org.isochron.sequencer.replica.GapSource;

/** A risk node: judges margin buckets on its own copy of the venue and proposes those under water. */
public final class RiskNode extends VenueNode {
    /**
     * Opens channels; they and the journal are closed with the node. The transport is the caller's to close.
     *
     * @param range accounts it scans, and its turn among the nodes that scan them.
     */
    public RiskNode(
            final ReplicaNodeConfig config, final ScanRange range, final Edges edges, final GapSource gapSource) {
        super(config, edges);
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
