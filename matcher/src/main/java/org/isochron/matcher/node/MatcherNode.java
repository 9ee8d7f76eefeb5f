package org.isochron.matcher.node;

import org.isochron.matcher.outlet.MarketDataPublisher;
import org.isochron.matcher.outlet.PrivateEventPublisher;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Edges;
import org.isochron.sequencer.replica.GapSource;
import org.isochron.sequencer.replica.Outlet;
import org.isochron.sequencer.replica.ReleaseGate;
import org.isochron.sequencer.replica.ReleasePoint;

/** A matcher: publishes market data to everybody and private events to the gateways, never later the first. */
public final class MatcherNode extends VenueNode {
    private final MarketDataPublisher marketData;
    private final PrivateEventPublisher privateEvents;

    /**
     * Opens channels; they and the journal are closed with the node. The transport is the caller's to close.
     *
     * @param privateStream where private events go.
     * @param feed          where market data goes.
     * @param release       how far events may leave the node, public ones too.
     */
    public MatcherNode(
            final ReplicaNodeConfig config,
            final Channel privateStream,
            final Channel feed,
            final Edges edges,
            final GapSource gapSource,
            final ReleasePoint release) {
        super(config, edges);
        marketData = new MarketDataPublisher(edges.transport().publish(feed), edges.clock());
        privateEvents = new PrivateEventPublisher(
                edges.transport().publish(privateStream), marketData, edges.transport(), edges.clock());
        follow(config, gapSource, gated(release, marketData, privateEvents));
    }

    /** Everything that tells anybody of events stands behind the gate, when there is one. */
    private static Outlet[] gated(final ReleasePoint release, final Outlet... outlets) {
        return release == ReleasePoint.AT_ONCE ? outlets : new Outlet[] {new ReleaseGate(release, outlets)};
    }

    public MarketDataPublisher marketData() {
        return marketData;
    }

    public PrivateEventPublisher privateEvents() {
        return privateEvents;
    }
}
