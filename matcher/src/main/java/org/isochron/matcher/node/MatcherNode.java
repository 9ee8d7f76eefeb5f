package org.isochron.matcher.node;

import org.isochron.matcher.outlet.MarketDataPublisher;
import org.isochron.matcher.outlet.PrivateEventPublisher;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Edges;
import org.isochron.sequencer.replica.GapSource;

/** A matcher: publishes market data to everybody and private events to the gateways, never later the first. */
public final class MatcherNode extends VenueNode {
    private final MarketDataPublisher marketData;
    private final PrivateEventPublisher privateEvents;

    /**
     * Opens channels; they and the journal are closed with the node. The transport is the caller's to close.
     *
     * @param privateStream where private events go.
     * @param feed          where market data goes.
     */
    public MatcherNode(
            final ReplicaNodeConfig config,
            final Channel privateStream,
            final Channel feed,
            final Edges edges,
            final GapSource gapSource) {
        super(config, edges);
        marketData = new MarketDataPublisher(edges.transport().publish(feed), edges.clock());
        privateEvents = new PrivateEventPublisher(
                edges.transport().publish(privateStream), marketData, edges.transport(), edges.clock());
        follow(config, gapSource, marketData, privateEvents);
    }

    public MarketDataPublisher marketData() {
        return marketData;
    }

    public PrivateEventPublisher privateEvents() {
        return privateEvents;
    }
}
