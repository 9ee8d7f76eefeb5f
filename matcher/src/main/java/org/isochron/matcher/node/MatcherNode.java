package org.isochron.matcher.node;

import java.util.Arrays;
import org.isochron.matcher.outlet.MarketDataPublisher;
import org.isochron.matcher.outlet.PrivateEventPublisher;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Edges;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.replica.GapSource;
import org.isochron.sequencer.replica.Outlet;
import org.isochron.sequencer.replica.ReleaseGate;
import org.isochron.sequencer.replica.ReleasePoint;
import org.isochron.sequencer.replica.StartingPoint;

/** A matcher: publishes market data to everybody and private events to the gateways, never later the first. */
public final class MatcherNode extends VenueNode {
    private final MarketDataPublisher marketData;
    private final PrivateEventPublisher privateEvents;

    /**
     * The state to begin with: a snapshot's, or an empty venue. Loading one takes its time, and a media driver does not like
     * to be left alone, so first this and then the transport.
     *
     * @param journal the node's own.
     * @param events  its event journal, null for none; the node begins no later than where that ends.
     */
    public static StartingPoint<Venue> startingPoint(
            final ReplicaNodeConfig config, final Journal journal, final MatcherEvents events) {
        return startingPoint(config, journal, events == null ? Long.MAX_VALUE : events.heldMatchSeq());
    }

    /**
     * Opens channels; they and the journal are closed with the node. The transport is the caller's to close.
     *
     * @param start         {@link #startingPoint}.
     * @param privateStream where private events go.
     * @param feed          where market data goes.
     * @param release       how far events may leave the node, public ones too.
     * @param events        its event journal, null for none.
     */
    public MatcherNode(
            final ReplicaNodeConfig config,
            final StartingPoint<Venue> start,
            final Channel privateStream,
            final Channel feed,
            final Edges edges,
            final GapSource gapSource,
            final ReleasePoint release,
            final MatcherEvents events) {
        super(config, start, edges);
        marketData = new MarketDataPublisher(edges.transport().publish(feed), edges.clock());
        privateEvents = new PrivateEventPublisher(
                edges.transport().publish(privateStream), marketData, edges.transport(), edges.clock());
        follow(config, gapSource, recorded(events, gated(release, marketData, privateEvents)));
    }

    /** Not behind the gate: what is recorded tells nobody anything before the gateway has heard of later events. */
    private static Outlet[] recorded(final MatcherEvents events, final Outlet[] outlets) {
        if (events == null) {
            return outlets;
        }
        final Outlet[] all = Arrays.copyOf(outlets, outlets.length + 1);
        all[outlets.length] = events.ring();
        return all;
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
