package org.isochron.replay.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.isochron.codecs.Role;
import org.isochron.codecs.TransportEnvelopeDecoder;
import org.isochron.codecs.frame.EnvelopeFlags;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.check.Audits;
import org.isochron.replay.check.Violation;
import org.isochron.replay.check.Watch;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.gateway.GatewayCounter;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Replica;
import org.isochron.sequencer.replica.SkippedCommands;
import org.isochron.sequencer.replica.StateMachine;

/**
 * A whole venue and everything round it, made from one seed: hosts, network, disks, clocks, clients, and what goes wrong.
 * One thread steps it, event by event; a step is a message delivered, a timer that had something to do, a disk that has
 * flushed, or a fault.
 */
final class World implements Network.Ledger {
    /** The world begins here, on the grid of clock ticks. */
    static final long START_NS = 1_767_623_400_000_000_000L;

    private static final long MS = 1_000_000;
    private static final int SPOILT_PPM = 30_000;
    private static final int AUDIT_STEPS = 4_096;
    private static final long FLUSH_NS = 5 * MS;
    private static final int FLAGS_OFFSET = TransportEnvelopeDecoder.flagsEncodingOffset();

    private final Timetable timetable = new Timetable(START_NS);
    private final Dice dice;
    private final Parts parts;
    private final Watch watch;
    private final Topology topology;
    private final Trace trace;
    private final FaultCounts faultCounts = new FaultCounts();
    private final long[] commandCounts = new long[1 << 10];
    private final Network network;
    private final Market market;
    private final FaultPlan plan;
    private final Faults faults;
    private final Poison poison;
    private final List<Host> hosts = new ArrayList<>();
    private final List<ReplicaHost> replicas = new ArrayList<>();
    private final List<ClientHost> clients = new ArrayList<>();
    private final Map<Integer, byte[]> secrets = new TreeMap<>();
    private final CoreHost core;
    private final MarketHost marketHost;
    private boolean trading;
    private final Reached reached = new Reached();
    private final SnapshotProof snapshotProof = new SnapshotProof();
    private long steps;
    private long snapshotsTaken;
    private long snapshotsLoaded;
    private long eventsResent;
    private long eventsMissed;
    private long auditedAt;

    World(final long seed, final Parts parts) {
        this.parts = parts;
        dice = new Dice(seed);
        topology = Topology.of(dice.fork());
        plan = new FaultPlan(dice.fork());
        watch = Invariants.watch(plan.isDurable());
        market = new Market(dice.fork(), topology.instruments());
        final int hostCount = 4 + topology.replicas() + topology.makers() + 1;
        trace = new Trace(timetable, hostCount);
        network = new Network(timetable, dice.fork(), this, hostCount, plan.weathers());
        faults = new Faults(this, dice.fork(), plan);
        poison = new Poison(this, new Dice(~seed));
        core = new CoreHost(this);
        addReplicas();
        addClients(dice.between(50_000, 20 * MS));
        marketHost = new MarketHost(this);
        hosts.forEach(Host::start);
        flushLater();
    }

    private void addReplicas() {
        for (int i = 0; i < topology.matchers(); i++) {
            replicas.add(new ReplicaHost(this, true, i));
        }
        for (int i = 0; i < topology.riskNodes(); i++) {
            replicas.add(new ReplicaHost(this, false, i));
        }
        replicas.forEach(replica -> secret(replica.sessionId()));
    }

    private void addClients(final long meanPauseNs) {
        final ClientHost operator = client(Sites.OPERATOR, Role.OPERATOR, 30 * meanPauseNs);
        operator.define(Definitions.of(topology, dice.fork()));
        client(Sites.PUBLISHER, Role.PUBLISHER, 4 * meanPauseNs);
        client(Sites.DROP_COPY, Role.DROP_COPY, 0);
        for (int i = 0; i < topology.makers(); i++) {
            client(Sites.FIRST_MAKER + i, Role.MAKER, meanPauseNs);
        }
    }

    private ClientHost client(final int sessionId, final Role role, final long meanPauseNs) {
        secret(sessionId);
        final boolean isMaker = role == Role.MAKER;
        final FieldValues values = new FieldValues(
                dice.fork(),
                market,
                timetable,
                isMaker ? sessionId : 0,
                isMaker ? Sites.firmOf(sessionId) : 0,
                topology.makers());
        final CommandMaker commands =
                role == Role.DROP_COPY ? null : new CommandMaker(dice.fork(), role, values, SPOILT_PPM);
        final ClientHost host = new ClientHost(this, sessionId, role, dice.fork(), commands, values, meanPauseNs);
        clients.add(host);
        return host;
    }

    private void secret(final int sessionId) {
        secrets.put(sessionId, ("secret of session " + sessionId).getBytes(StandardCharsets.US_ASCII));
    }

    // Stepping

    /** Lets the next thing happen. */
    void step() {
        timetable.next().happen();
        if (steps - auditedAt >= AUDIT_STEPS) {
            auditedAt = steps;
            audit();
        }
    }

    long steps() {
        return steps;
    }

    /** Whether the operator has made the venue. */
    boolean isDefined() {
        return clients.get(0).hasDefined();
    }

    /** Clients begin to trade. */
    void openTrading() {
        trading = true;
    }

    /** Clients send nothing more. */
    void closeTrading() {
        trading = false;
    }

    boolean isTrading() {
        return trading;
    }

    void beginFaults() {
        faults.begin();
    }

    /** Nothing goes wrong any more, and what did is put right. */
    void heal() {
        faults.stop();
        network.clearUp();
        for (final Host host : hosts) {
            host.clock().heal();
            host.slowness(1);
            if (host.isPaused()) {
                host.goOn();
            }
        }
        replicas.forEach(replica -> replica.disk().full(false));
        replicas.stream().filter(replica -> replica.disk().areEventsStruck()).forEach(replica -> {
            replica.die();
            replica.disk().setEventsAside();
            startLater(replica);
        });
    }

    private void audit() {
        checkBooks();
        checkCopies();
        for (final ReplicaHost replica : replicas) {
            if (replica.venue() != null && replica.replica().sequence() == watch.sequence()) {
                watch.audit(watch.sequence(), replica.venue());
                return;
            }
        }
    }

    /** The whole journal of the sequencer, replayed into a core of its own, leads to the state the nodes have. */
    private void checkReplay() {
        final Venue venue = new Venue(Definitions.ROOM);
        final StateMachine replayed = parts.core("replay", venue);
        final Audits audits = new Audits(venue);
        final EventBatch events = new EventBatch();
        final Frame frame = new Frame();
        final DiskFile journal = core.disk().file();
        final SortedMap<Long, Long> skipped = SkippedCommands.all(new SimulatedReader(core.name(), () -> journal));
        for (long sequence = 1; sequence <= journal.count(); sequence++) {
            frame.wrap(journal.buffer(), journal.offset(sequence));
            events.begin(frame);
            if (!skipped.containsKey(sequence)) {
                replayed.onCommand(frame, events);
            }
            audits.onEvents(frame, events);
        }
        for (final ReplicaHost replica : replicas) {
            if (replica.venue().stateHash() != venue.stateHash()) {
                throw new Violation(
                        "live-is-replay", replica.name() + " has another state than a replay of the journal");
            }
        }
        audits.complete(venue);
    }

    private void checkCopies() {
        final long mismatches = core.count(GatewayCounter.MISMATCHES);
        if (mismatches > 0) {
            throw new Violation(
                    "copies-agree", "the gateway counts " + mismatches + " private events whose copies differ");
        }
    }

    private void checkBooks() {
        final int wrong = marketHost.wrongBook();
        if (wrong != 0) {
            throw new Violation(
                    "book-from-feed", "the book of instrument " + wrong + ", built without a gap, is not the venue's");
        }
    }

    // Rest

    /** Why the venue is not at rest; null when it is. */
    String unrest() {
        for (final Host host : hosts) {
            if (!host.isUp()) {
                return host.name() + " is down";
            }
        }
        final long last = core.status().lastSequence();
        for (final ReplicaHost node : replicas) {
            if (node.replica().phase() != Replica.Phase.LIVE || node.replica().sequence() != last) {
                return node.name() + " is " + node.replica().phase() + " at "
                        + node.replica().sequence() + " of " + last;
            }
            if (!node.isEstablished()) {
                return node.name() + "'s session is not open";
            }
        }
        for (final ClientHost client : clients) {
            if (!client.isEstablished()) {
                return client.name() + " is not open";
            }
            if (client.isRecovering()) {
                return client.name() + " waits for events that it has missed";
            }
            if (!client.isProbeAnswered()) {
                return client.name() + " waits for an answer";
            }
        }
        return null;
    }

    void probe() {
        clients.forEach(ClientHost::probe);
    }

    /** Tells the checks that everything stands still. */
    void rest() {
        checkBooks();
        checkCopies();
        checkReplay();
        for (final ReplicaHost replica : replicas) {
            watch.rest(core.status().lastSequence(), replica.venue());
        }
    }

    // What hosts ask for and tell

    int enrol(final Host host) {
        hosts.add(host);
        return hosts.size() - 1;
    }

    SimulatedTransport newTransport(final Host host) {
        return new SimulatedTransport(network, host, Math.max(1, topology.replicas() - 1), plan.feedLagNs());
    }

    void startLater(final Host host) {
        timetable.in(dice.between(MS, 400 * MS), new Event() {
            @Override
            void happen() {
                if (!host.isUp()) {
                    faultStruck(FaultKind.RESTART, host);
                    host.start();
                }
            }
        });
    }

    /** A reader of another host's journal, for as long as the two can talk. */
    JournalReader reader(final Host host, final Host other, final Disk disk) {
        return new SimulatedReader(other.name(), () -> {
            if (network.isCut(host, other) || !other.isUp()) {
                throw new JournalException(
                        Reason.UNUSABLE, 0, host.name() + " does not reach the journal of " + other.name(), null);
            }
            return disk.file();
        });
    }

    /** A process met a journal it cannot go on with: it ends, and comes back; with an empty disk when its own is damaged. */
    void journalFailed(final Host host, final JournalException failure) {
        if (failure.reason() == Reason.UNUSABLE && host != core) {
            trace.note(Trace.REFUSED, host.number(), failure.sequence(), 0);
            host.die();
            startLater(host);
        } else if (failure.reason() == Reason.CORRUPT && host.replaceDisk()) {
            trace.note(Trace.REFUSED, host.number(), failure.sequence(), 1);
            host.die();
            startLater(host);
        } else {
            throw new Violation(
                    Invariants.NO_PROCESS_STOPS, host.name() + " has stopped: " + failure.getMessage(), failure);
        }
    }

    void applied(final ReplicaHost host, final Frame frame, final EventBatch events, final long stateHash) {
        trace.note(Trace.APPLIED, host.number(), frame.sequence(), stateHash);
        final long before = watch.sequence();
        watch.applied(host.number(), frame, events, stateHash, host.venue());
        if (watch.sequence() > before) {
            reached.add(events);
        }
    }

    /** A node passes a command over because the log says so. */
    void skipped(final ReplicaHost host, final long sequence) {
        trace.note(Trace.SKIPPED, host.number(), sequence, 0);
        watch.skipped(host.number(), sequence);
    }

    /** A core has failed on a command: its process ends, and comes back. */
    void coreFailed(final ReplicaHost host, final long sequence) {
        trace.note(Trace.REFUSED, host.number(), sequence, 2);
        host.die();
        startLater(host);
    }

    void snapshotTaken(final ReplicaHost host, final long sequence) {
        steps++;
        snapshotsTaken++;
        trace.note(Trace.SNAPSHOT, host.number(), sequence, 0);
    }

    void snapshotLoaded(final ReplicaHost host, final long sequence) {
        snapshotsLoaded++;
        trace.note(Trace.LOADED, host.number(), sequence, 0);
    }

    /** A client is told that it will not get these events any more. */
    void missed(final long fromSeq, final long toSeq) {
        eventsMissed += toSeq - fromSeq + 1;
    }

    void sent(final ClientHost client, final int templateId, final long seqNum) {
        commandCounts[templateId]++;
        trace.note(Trace.SENT, client.number(), templateId, seqNum);
    }

    void timerFired(final Host host, final int work) {
        steps++;
        trace.note(Trace.TIMER, host.number(), work, 0);
    }

    void faultStruck(final FaultKind kind, final Host host) {
        steps++;
        faultCounts.count(kind);
        trace.note(Trace.FAULT, host.number(), kind.ordinal(), 0);
    }

    private void flush(final ReplicaHost replica) {
        final DiskFile file = replica.disk().file();
        if (file.hasUnflushed() && replica.isUp()) {
            file.flush();
            steps++;
            trace.note(Trace.FLUSHED, replica.number(), file.flushedSequence(), 0);
            watch.flushed(replica.number(), file.flushedSequence());
            replica.wake();
        }
    }

    private void flushLater() {
        timetable.in(FLUSH_NS, new Event() {
            @Override
            void happen() {
                replicas.forEach(World.this::flush);
                flushLater();
            }
        });
    }

    /** What nodes send by themselves; of a session's own messages some are no commands. */
    private void countCommand(final int templateId) {
        if (SessionMessage.isNumbered(templateId)) {
            commandCounts[templateId]++;
        }
    }

    // What the network tells

    @Override
    public void count(final FaultKind kind) {
        faultCounts.count(kind);
    }

    @Override
    public void delivered(final Link link, final Parcel parcel) {
        steps++;
        trace.note(Trace.DELIVERED, link.inbound.host().number(), link.way.ordinal(), parcel.length);
    }

    @Override
    public void taken(final Link link, final Parcel parcel) {
        if (link.way == Way.RESPONSE && link.inbound.host() instanceof ClientHost client) {
            if (parcel.length > FLAGS_OFFSET
                    && (parcel.buffer.getByte(FLAGS_OFFSET) & EnvelopeFlags.POSS_RESEND) != 0) {
                eventsResent++;
            }
            watch.received(client.sessionId(), link.number, parcel.buffer, 0, parcel.length);
        }
    }

    @Override
    public void offered(final Host host, final Way way, final DirectBuffer buffer, final int offset, final int length) {
        if (way == Way.INGRESS && host instanceof ReplicaHost) {
            countCommand(MessageShape.templateId(buffer, offset));
        } else if (way == Way.PRIVATE) {
            watch.offeredPrivate(host.number(), buffer, offset, length);
        } else if (way == Way.FEED) {
            watch.offeredPublic(host.number(), buffer, offset, length);
        }
    }

    // What there is

    Timetable timetable() {
        return timetable;
    }

    Network network() {
        return network;
    }

    Market market() {
        return market;
    }

    Parts parts() {
        return parts;
    }

    Watch watch() {
        return watch;
    }

    Trace trace() {
        return trace;
    }

    FaultCounts faultCounts() {
        return faultCounts;
    }

    /** Commands sent, by template. */
    long[] commandCounts() {
        return commandCounts;
    }

    /** What the cores have said. */
    Reached reached() {
        return reached;
    }

    long snapshotsTaken() {
        return snapshotsTaken;
    }

    /** Starts of nodes behind a snapshot. */
    long snapshotsLoaded() {
        return snapshotsLoaded;
    }

    /** Received by clients once more, because they had asked. */
    long eventsResent() {
        return eventsResent;
    }

    /** Of which clients were told that they cannot be had. */
    long eventsMissed() {
        return eventsMissed;
    }

    List<Host> hosts() {
        return Collections.unmodifiableList(hosts);
    }

    List<ReplicaHost> replicas() {
        return Collections.unmodifiableList(replicas);
    }

    CoreHost core() {
        return core;
    }

    Map<Integer, byte[]> secrets() {
        return secrets;
    }

    Poison poison() {
        return poison;
    }

    SnapshotProof snapshotProof() {
        return snapshotProof;
    }

    /** Commands between two marks of the sequencer. */
    int snapshotInterval() {
        return plan.snapshotInterval();
    }

    boolean isDurable() {
        return plan.isDurable();
    }

    int matchers() {
        return topology.matchers();
    }

    int voters() {
        return topology.replicas();
    }
}
