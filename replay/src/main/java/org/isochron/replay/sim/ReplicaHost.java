package org.isochron.replay.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.outlet.MarketDataPublisher;
import org.isochron.matcher.outlet.PrivateEventPublisher;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.check.StatesAgree;
import org.isochron.risk.watch.RiskWatch;
import org.isochron.risk.watch.ScanRange;
import org.isochron.sequencer.client.NodeSession;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.GapSource;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.Outlet;
import org.isochron.sequencer.replica.ReleaseGate;
import org.isochron.sequencer.replica.Replica;
import org.isochron.sequencer.replica.ReplicaException;
import org.isochron.sequencer.replica.SkippedCommands;
import org.isochron.sequencer.replica.Snapshots;
import org.isochron.sequencer.replica.StateHash;
import org.isochron.sequencer.replica.StateMachine;
import org.isochron.sequencer.replica.StoredMachine;

/**
 * A node with a copy of the venue, wired as {@link org.isochron.matcher.node.MatcherNode} and
 * {@link org.isochron.matcher.node.RiskNode} are, with the checks' ear at its core.
 */
final class ReplicaHost extends Host {
    private static final long IDLE_NS = 10_000_000;

    /** Commands between two looks at a node's state hash; its events are compared after each. */
    private static final int STATE_INTERVAL = 8;

    private static final int GATE_LENGTH = 1 << 20;
    /** Small, so that it is full now and then. */
    private static final int RING_LENGTH = 1 << 16;

    private final Disk disk;
    private final int sessionId;
    private final int index;
    private final boolean isMatcher;
    private Venue venue;
    /** The core made last. */
    private Venue newest;

    private Replica replica;
    private NodeSession session;
    /** Of a matcher that is up. */
    private EventKeeper events;

    /** @param index of the node among those of its kind, from 0. */
    ReplicaHost(final World world, final boolean isMatcher, final int index) {
        super(world, (isMatcher ? "matcher-" : "risk-") + (index + 1), IDLE_NS);
        this.isMatcher = isMatcher;
        this.index = index;
        sessionId = (isMatcher ? Sites.FIRST_MATCHER : Sites.FIRST_RISK) + index;
        disk = new Disk("journal-" + name(), world.snapshotProof());
    }

    int sessionId() {
        return sessionId;
    }

    boolean isMatcher() {
        return isMatcher;
    }

    Disk disk() {
        return disk;
    }

    /** The replica; null while the process is down. */
    Replica replica() {
        return replica;
    }

    /** The core; null while the process is down. */
    Venue venue() {
        return venue;
    }

    boolean isEstablished() {
        return session != null && session.isEstablished();
    }

    @Override
    void assemble(final SimulatedTransport freshTransport) {
        final Journal journal = world.parts()
                .journal(
                        name(),
                        new WatchedJournal(disk.open(), frame -> world.watch().appended(number(), frame)));
        SkippedCommands.lookAhead(journal, otherJournals());
        final Transport transport = world.parts().transport(name(), freshTransport);
        final VenueClock clock = processClock();
        events = isMatcher ? new EventKeeper(disk.events(), journal) : null;
        final long latest = isMatcher ? events.heldMatchSeq() : Long.MAX_VALUE;
        final SnapshotShelf.Start begin = disk.snapshots().start(journal, latest, this::newCore);
        venue = newest;
        session = new NodeSession(
                name(),
                sessionId,
                sessionId,
                world.secrets().get(sessionId),
                Sites.INGRESS,
                Sites.responses(sessionId),
                transport,
                clock);
        replica = new Replica(
                name(),
                new WatchedCore(
                        world.parts().core(name(), venue),
                        begin.snapshot() == null ? 0 : begin.snapshot().sequence()),
                transport.subscribe(Sites.LOG, LaneListener.NONE),
                journal,
                new GapSource(otherJournals()),
                clock,
                world.voters(),
                world.parts().reporter(name(), session),
                outlets(transport, clock));
        if (begin.snapshot() != null) {
            replica.beginBehind(begin.snapshot());
            world.snapshotLoaded(this, begin.snapshot().sequence());
        }
        if (world.isDurable()) {
            world.watch().flushed(number(), disk.file().flushedSequence());
        }
        replica.snapshots(new Taker(begin.core()));
        world.watch().started(number(), replica.sequence());
    }

    private StoredMachine newCore() {
        newest = new Venue(Definitions.ROOM);
        return world.parts().stored(name(), newest);
    }

    private Outlet[] outlets(final Transport transport, final VenueClock clock) {
        final Parts parts = world.parts();
        if (!isMatcher) {
            return new Outlet[] {
                parts.outlet(
                        name(),
                        new RiskWatch(
                                venue.ledger(),
                                venue.marks(),
                                venue.margin(),
                                ScanRange.WHOLE,
                                sessionId,
                                session::send,
                                RiskWatch.MIN_REPORT_INTERVAL_NS))
            };
        }
        events.open(name(), index, transport, clock);
        final MarketDataPublisher marketData = new MarketDataPublisher(transport.publish(Sites.feed(index)), clock);
        final PrivateEventPublisher privateEvents =
                new PrivateEventPublisher(transport.publish(Sites.PRIVATE), marketData, transport, clock, RING_LENGTH);
        final Outlet publicOnes = parts.outlet(name(), marketData);
        final Outlet privateOnes = parts.outlet(name(), privateEvents);
        return world.isDurable()
                ? new Outlet[] {
                    new ReleaseGate(
                            parts.release(name(), () -> disk.file().flushedSequence()),
                            GATE_LENGTH,
                            publicOnes,
                            privateOnes),
                    events.ring()
                }
                : new Outlet[] {publicOnes, privateOnes, events.ring()};
    }

    /** The other replicas' journals first, the sequencer's last; each as long as its host can be reached. */
    private List<Supplier<JournalReader>> otherJournals() {
        final List<Supplier<JournalReader>> sources = new ArrayList<>();
        for (final ReplicaHost other : world.replicas()) {
            if (other != this) {
                sources.add(() -> world.reader(this, other, other.disk));
            }
        }
        sources.add(() -> world.reader(this, world.core(), world.core().disk()));
        return sources;
    }

    @Override
    int work() {
        return replica.doWork() + session.doWork() + (events == null ? 0 : events.work());
    }

    @Override
    boolean recoverFrom(final RuntimeException failure) {
        if (!(failure instanceof ReplicaException stop) || stop.reason() != ReplicaException.Reason.CORE_FAILED) {
            return false;
        }
        if (stop.getCause() instanceof Poison.CoreFault) {
            world.coreFailed(this, stop.sequence());
            return true;
        }
        if (!isUp() && stop.getCause() == null) {
            world.poison().refusedToStart(this, stop.sequence());
            return true;
        }
        return false;
    }

    @Override
    void scrap() {
        replica = null;
        venue = null;
        session = null;
        events = null;
    }

    @Override
    boolean replaceDisk() {
        disk.replace();
        return true;
    }

    /** Takes snapshots in no time: how long a disk takes is seen where it flushes. */
    private final class Taker implements Snapshots {
        private final StoredMachine core;
        private long newestSequence;

        Taker(final StoredMachine core) {
            this.core = core;
        }

        @Override
        public void onMark(final Frame mark, final long chain) {
            if (!disk.isFull()) {
                disk.snapshots().add(core, mark, chain, ReplicaHost.this::newCore);
                newestSequence = mark.sequence();
                world.snapshotTaken(ReplicaHost.this, newestSequence);
            }
        }

        @Override
        public long newestSequence() {
            return newestSequence;
        }

        @Override
        public void close() {
            // The disk stays.
        }
    }

    /** Tells the checks what the core does. A command that the replica passes over never comes here. */
    private final class WatchedCore implements StateMachine {
        private final StateMachine core;
        private final StateHash stateHash = new StateHash();
        private long last;

        WatchedCore(final StateMachine core, final long behind) {
            this.core = core;
            last = behind;
        }

        @Override
        public void onCommand(final Frame frame, final EventBatch events) {
            // What is missing before it and not skipped by the log is for the checks to find.
            for (last++; last < frame.sequence() && disk.faults().isSkipped(last); last++) {
                world.skipped(ReplicaHost.this, last);
            }
            last = frame.sequence();
            core.onCommand(frame, events);
            world.poison().taste(frame, events);
            final boolean looksAtState = frame.sequence() % STATE_INTERVAL == 0;
            world.applied(
                    ReplicaHost.this, frame, events, looksAtState ? stateHash.of(this) : StatesAgree.NOT_LOOKED_AT);
        }

        @Override
        public long hash(final Noun noun) {
            return core.hash(noun);
        }

        @Override
        public long scrub(final long number) {
            return core.scrub(number);
        }

        @Override
        public String scrubbed(final long number) {
            return core.scrubbed(number);
        }
    }
}
