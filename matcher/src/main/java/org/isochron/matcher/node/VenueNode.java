package org.isochron.matcher.node;

import org.agrona.concurrent.Agent;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.client.NodeSession;
import org.isochron.sequencer.edge.Edges;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.replica.GapSource;
import org.isochron.sequencer.replica.Outlet;
import org.isochron.sequencer.replica.Replica;
import org.isochron.sequencer.replica.SnapshotStore;
import org.isochron.sequencer.replica.SnapshotTaker;
import org.isochron.sequencer.replica.StartingPoint;

/**
 * A copy of the venue that follows the log, with a session of its own through which it reports. One duty cycle works
 * the replica and the session; the thread's owner drives the transport.
 */
abstract class VenueNode implements Agent {
    private final String name;
    private final Edges edges;
    private final StartingPoint<Venue> start;
    private final Venue venue;
    private final NodeSession session;
    private Replica replica;

    VenueNode(final ReplicaNodeConfig config, final StartingPoint<Venue> start, final Edges edges) {
        this.name = config.name();
        this.edges = edges;
        this.start = start;
        venue = start.machine();
        session = new NodeSession(
                config.name(),
                config.nodeId(),
                config.sessionId(),
                config.secret(),
                config.ingress(),
                config.response(),
                edges.transport(),
                edges.clock());
    }

    /** @param latestStart no later state is begun with: what lies between must be applied by the node. */
    static StartingPoint<Venue> startingPoint(
            final ReplicaNodeConfig config, final Journal journal, final long latestStart) {
        return config.snapshots() == null
                ? StartingPoint.genesis(new Venue())
                : StartingPoint.of(new SnapshotStore(config.snapshots()), journal, latestStart, Venue::new);
    }

    final void follow(final ReplicaNodeConfig config, final GapSource gapSource, final Outlet... outlets) {
        replica = new Replica(
                config.name(),
                venue,
                edges.transport().subscribe(config.log(), LaneListener.NONE),
                edges.journal(),
                gapSource,
                edges.clock(),
                config.voters(),
                session,
                outlets);
        replica.resubscription(() -> edges.transport().subscribe(config.log(), LaneListener.NONE));
        if (start.snapshot() != null) {
            replica.beginBehind(start.snapshot());
        }
        if (config.takesSnapshots()) {
            replica.snapshots(
                    new SnapshotTaker(config.name(), new SnapshotStore(config.snapshots()), venue, Venue::new));
        }
    }

    @Override
    public final String roleName() {
        return name;
    }

    @Override
    public final int doWork() {
        return replica.doWork() + session.doWork();
    }

    @Override
    public final void onClose() {
        session.close();
        replica.onClose();
    }

    /** The node's copy of the venue; to be looked at only on the node's thread, or when it has ended. */
    public final Venue venue() {
        return venue;
    }

    /** With what the node began: a snapshot, or nothing. */
    public final StartingPoint<Venue> start() {
        return start;
    }

    public final Replica replica() {
        return replica;
    }

    final NodeSession session() {
        return session;
    }
}
