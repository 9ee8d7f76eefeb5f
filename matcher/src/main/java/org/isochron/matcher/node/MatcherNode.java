package org.isochron.matcher.node;

import org.isochron.matcher.outlet.MarketDataPublisher;
import org.isochron.matcher.outlet.PrivateEventPublisher;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
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
     * @param journal       the node's own, opened: opening verifies all of it and may take longer than a transport likes
     *                      to be left alone.
     */
    public MatcherNode(
            final ReplicaNodeConfig config,
            final Channel privateStream,
            final Channel feed,
            final Transport transport,
            final Journal journal,
            final VenueClock clock,
            final GapSource gapSource) {
        super(config, transport, clock);
        marketData = new MarketDataPublisher(transport.publish(feed), clock);
        privateEvents = new PrivateEventPublisher(transport.publish(privateStream), marketData, transport, clock);
        follow(config, journal, gapSource, marketData, privateEvents);
    }

    public MarketDataPublisher marketData() {
        return marketData;
    }

    public PrivateEventPublisher privateEvents() {
        return privateEvents;
    }
}
