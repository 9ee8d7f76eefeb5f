package org.isochron.matcher.node;

import org.isochron.risk.watch.RiskWatch;
import org.isochron.sequencer.edge.Edges;
import org.isochron.sequencer.replica.GapSource;

/** A risk node: judges margin buckets on its own copy of the venue and proposes those under water. */
public final class RiskNode extends VenueNode {
    /** Opens channels; they and the journal are closed with the node. The transport is the caller's to close. */
    public RiskNode(final ReplicaNodeConfig config, final Edges edges, final GapSource gapSource) {
        super(config, edges);
        follow(
                config,
                gapSource,
                new RiskWatch(venue().ledger(), venue().margin(), session()::send, RiskWatch.MIN_REPORT_INTERVAL_NS));
    }
}
