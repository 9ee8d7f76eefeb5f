package org.isochron.matcher.node;

import org.isochron.risk.margin.Margin;
import org.isochron.risk.watch.RiskWatch;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.replica.GapSource;

/** A risk node: judges margin buckets on its own copy of the venue and proposes those under water. */
public final class RiskNode extends VenueNode {
    /** Opens channels; they and the journal are closed with the node. The transport is the caller's to close. */
    public RiskNode(
            final ReplicaNodeConfig config,
            final Transport transport,
            final Journal journal,
            final VenueClock clock,
            final GapSource gapSource) {
        super(config, transport, clock);
        follow(
                config,
                journal,
                gapSource,
                new RiskWatch(
                        venue().ledger(),
                        new Margin(venue().ledger(), venue().marks()),
                        session()::send,
                        RiskWatch.MIN_REPORT_INTERVAL_NS));
    }
}
