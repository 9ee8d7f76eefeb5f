package org.isochron.ops.venue;

import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.CompositeAgent;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.matcher.node.MatcherEvents;
import org.isochron.matcher.node.MatcherNode;
import org.isochron.matcher.node.ReplicaNodeConfig;
import org.isochron.matcher.node.RiskNode;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.watch.ScanRange;
import org.isochron.sequencer.aeron.AeronDriver;
import org.isochron.sequencer.aeron.Channels;
import org.isochron.sequencer.chronicle.ChronicleEventStore;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Edges;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.SystemClock;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.gateway.GatewayAgent;
import org.isochron.sequencer.gateway.GatewayConfig;
import org.isochron.sequencer.gateway.ResendChannels;
import org.isochron.sequencer.gateway.ResponseChannels;
import org.isochron.sequencer.host.IdleStrategies;
import org.isochron.sequencer.host.NodeHost;
import org.isochron.sequencer.host.TransportDriver;
import org.isochron.sequencer.replica.GapSource;
import org.isochron.sequencer.replica.ReleasePoint;
import org.isochron.sequencer.replica.Replica;
import org.isochron.sequencer.replica.StartingPoint;
import org.isochron.sequencer.sequence.SequencerAgent;
import org.isochron.sequencer.sequence.SequencerConfig;
import org.isochron.sequencer.sequence.SequencerStatus;

/**
 * A whole venue in this process, on one thread: gateway, sequencer, matchers A and B, one risk node, over one media driver
 * that this thread drives. The log and market data go by loopback multicast, everything else through shared memory; every
 * node has a Chronicle journal of its own. Clients live on other threads, with transports of their own.
 */
public final class EmbeddedVenue implements RunningVenue {
    /** Directory of the sequencer's journal inside a venue's directory. */
    public static final String SEQUENCER_JOURNAL = "journal-sequencer";

    /** Directory of the snapshots: one matcher takes them, every node begins with them. */
    public static final String SNAPSHOTS = "snapshots";

    /** Some seconds of replay. */
    private static final int SNAPSHOT_INTERVAL = 500_000;

    private static final int SEQUENCER_ID = 1;
    private static final int GATEWAY_ID = 2;
    private static final String SNAPSHOT_NODE = "matcher-A";
    private static final int VOTERS = 3;
    private static final int RESPONSE_STREAM_BASE = 1_000;
    private static final long STOP_TIMEOUT_MS = 60_000;
    private static final long POLL_MS = 5;
    private static final String INTERFACE = "127.0.0.1";
    private static final int LOG_STREAM = 20;
    private static final Channel COMMANDS = new Channel(Channels.IPC, 11);
    private static final Channel INGRESS = new Channel(Channels.IPC, 10);
    private static final Channel PRIVATE_EVENTS = new Channel(Channels.IPC, 30);
    private static final Channel QUERIES_A = new Channel(Channels.IPC, 61);
    private static final Channel QUERIES_B = new Channel(Channels.IPC, 62);
    private static final Channel RESEND_ANSWERS = new Channel(Channels.IPC, 60);

    private final Path directory;
    private final Map<Integer, byte[]> secrets;
    private final ChronicleJournalStore journals;
    private final String logGroup;
    private final Path driverDirectory;
    private final AeronDriver driver;
    private final Transport transport;
    private final SequencerAgent sequencer;
    private final SequencerStatus status = new SequencerStatus();
    private final MatcherNode matcherA;
    private final MatcherNode matcherB;
    private final RiskNode risk;
    private final NodeHost host;
    private final MatcherEvents eventsA;
    private final MatcherEvents eventsB;
    /** Records the matchers' events and answers the gateway out of them, beside the venue's own thread. */
    private final NodeHost eventHost;

    private final List<Channel> feeds;

    private boolean isClosed;

    /**
     * Starts it and returns; nodes recover from their journals first, when the directory has some.
     *
     * @param directory holds the journals; made when it is not there.
     * @param secrets   shared secret of every session, the nodes' own included, by session id.
     * @param nodes     the nodes' own sessions.
     */
    public static EmbeddedVenue start(
            final Path directory, final Map<Integer, byte[]> secrets, final NodeSessions nodes) {
        return new EmbeddedVenue(directory, secrets, nodes);
    }

    /**
     * Sessions of the nodes, as the venue's operator defines them.
     *
     * @param matcherA of role REPLICA.
     * @param matcherB of role REPLICA.
     * @param risk     of role RISK.
     */
    public record NodeSessions(int matcherA, int matcherB, int risk) {}

    private EmbeddedVenue(final Path directory, final Map<Integer, byte[]> secrets, final NodeSessions nodes) {
        this.directory = directory;
        this.secrets = Map.copyOf(secrets);
        journals = new ChronicleJournalStore(directory, ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        logGroup = "239.10.9.1:" + freePort();
        feeds = List.of(
                new Channel(Channels.feedSubscription("239.10.9.11:" + freePort(), INTERFACE, 0), 41),
                new Channel(Channels.feedSubscription("239.10.9.13:" + freePort(), INTERFACE, 0), 42));
        final Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            // All journals and states first: they may take longer than a media driver likes to be left alone.
            final Journal journalA = opened("journal-matcher-A", opened);
            final Journal journalB = opened("journal-matcher-B", opened);
            final Journal journalRisk = opened("journal-risk-1", opened);
            final Journal journalSequencer = opened(SEQUENCER_JOURNAL, opened);
            eventsA = events("matcher-A", journalA);
            opened.push(eventsA);
            eventsB = events("matcher-B", journalB);
            opened.push(eventsB);
            final ReplicaNodeConfig nodeA = node("matcher-A", 11, nodes.matcherA());
            final ReplicaNodeConfig nodeB = node("matcher-B", 12, nodes.matcherB());
            final ReplicaNodeConfig nodeRisk = node("risk-1", 21, nodes.risk());
            final StartingPoint<Venue> startA = MatcherNode.startingPoint(nodeA, journalA, eventsA);
            final StartingPoint<Venue> startB = MatcherNode.startingPoint(nodeB, journalB, eventsB);
            final StartingPoint<Venue> startRisk = RiskNode.startingPoint(nodeRisk, journalRisk);
            driverDirectory = makeDriverDirectory();
            opened.push(this::deleteDriverDirectory);
            driver = AeronDriver.launch(driverDirectory, ThreadingMode.INVOKER);
            opened.push(driver);
            transport = driver.newTransport();
            opened.push(transport);
            matcherA = matcher(nodeA, startA, feeds.get(0), journalA, eventsA);
            matcherB = matcher(nodeB, startB, feeds.get(1), journalB, eventsB);
            risk = new RiskNode(
                    nodeRisk, startRisk, ScanRange.WHOLE, new Edges(transport, journalRisk, clock()), gaps());
            sequencer = sequencer(journalSequencer);
            final TransportDriver drive = new TransportDriver(transport);
            // Driven where something waits to go out: what clients sent, then the log just published. The matchers
            // drive it once more themselves, between market data and private events.
            host = new NodeHost(
                    new CompositeAgent(drive, gateway(), sequencer, drive, matcherA, matcherB, risk),
                    IdleStrategies.of("yield"),
                    () -> {});
            eventHost = new NodeHost(
                    new CompositeAgent(
                            eventsA.agent(driver::newGuestTransport, QUERIES_A, RESEND_ANSWERS),
                            eventsB.agent(driver::newGuestTransport, QUERIES_B, RESEND_ANSWERS)),
                    IdleStrategies.of("backoff"),
                    () -> {});
        } catch (final RuntimeException ex) {
            CloseHelper.quietCloseAll(opened);
            throw ex;
        }
        host.start();
        eventHost.start();
    }

    private Journal opened(final String name, final Deque<AutoCloseable> opened) {
        final Journal journal = journals.open(name);
        opened.push(journal);
        return journal;
    }

    private MatcherNode matcher(
            final ReplicaNodeConfig node,
            final StartingPoint<Venue> start,
            final Channel feed,
            final Journal journal,
            final MatcherEvents events) {
        // One driver carries both ends, so the subscriber's address serves the publisher.
        return new MatcherNode(
                node,
                start,
                PRIVATE_EVENTS,
                feed,
                new Edges(transport, journal, clock()),
                gaps(),
                ReleasePoint.AT_ONCE,
                events);
    }

    private MatcherEvents events(final String name, final Journal journal) {
        return MatcherEvents.open(
                name, ChronicleEventStore.open(directory.resolve("events-" + name)), journal, clock());
    }

    private ReplicaNodeConfig node(final String name, final int nodeId, final int sessionId) {
        return new ReplicaNodeConfig(
                name,
                nodeId,
                new Channel(Channels.logSubscription(logGroup, INTERFACE, 0), LOG_STREAM),
                INGRESS,
                responses(sessionId),
                sessionId,
                secret(sessionId),
                VOTERS,
                directory.resolve(SNAPSHOTS),
                name.equals(SNAPSHOT_NODE));
    }

    private SequencerAgent sequencer(final Journal journal) {
        return new SequencerAgent(
                SequencerConfig.of(SEQUENCER_ID).withSnapshotInterval(SNAPSHOT_INTERVAL),
                transport.drivenElsewhere(),
                transport.subscribe(COMMANDS, LaneListener.NONE),
                transport.publish(new Channel(Channels.logPublication(logGroup, INTERFACE, 0, 1), LOG_STREAM)),
                journal,
                clock(),
                status);
    }

    private GatewayAgent gateway() {
        return new GatewayAgent(
                GatewayConfig.of(GATEWAY_ID, secrets),
                transport.drivenElsewhere(),
                INGRESS,
                COMMANDS,
                PRIVATE_EVENTS,
                new ResendChannels(List.of(QUERIES_A, QUERIES_B), RESEND_ANSWERS),
                ResponseChannels.startingWith(List.of("aeron:ipc")),
                clock(),
                status);
    }

    /** Embedded, a node that lags behind the log's window finds the rest in the sequencer's journal. */
    private GapSource gaps() {
        return new GapSource(List.of(() -> journals.read(SEQUENCER_JOURNAL)));
    }

    @Override
    public VenueAccess access() {
        return new Access();
    }

    @Override
    public List<NodePosition> nodes() {
        return List.of(
                NodePosition.ofSequencer(
                        "sequencer", status.lastSequence(), status.isStopped() ? "STOPPED" : "RUNNING"),
                position("matcher-A", matcherA.replica()),
                position("matcher-B", matcherB.replica()),
                position("risk-1", risk.replica()));
    }

    private static NodePosition position(final String name, final Replica replica) {
        return NodePosition.ofReplica(name, replica.sequence(), replica.phase().name(), replica.lastReportedHash());
    }

    @Override
    public Path journal() {
        return directory.resolve(SEQUENCER_JOURNAL);
    }

    @Override
    public void checkHealthy() {
        final Throwable failure = host.failure() == null ? eventHost.failure() : host.failure();
        if (failure != null) {
            throw new IllegalStateException("the venue has failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public FinalState stop() {
        sequencer.requestStop();
        awaitOrFail("the state hashes at the stop", this::areStopHashesSequenced);
        sequencer.finish();
        awaitOrFail("every node to apply the last frame", this::areNodesAtTheEnd);
        host.close();
        eventHost.close();
        checkHealthy();
        final FinalState state = finalState();
        close();
        return state;
    }

    /** Every node has reported its hashes at STOPPING, and the reports have come back through the log. */
    private boolean areStopHashesSequenced() {
        return matcherA.replica().stopVotes() == VOTERS
                && matcherB.replica().stopVotes() == VOTERS
                && risk.replica().stopVotes() == VOTERS;
    }

    private boolean areNodesAtTheEnd() {
        final long last = status.lastSequence();
        return status.isStopped()
                && matcherA.replica().sequence() == last
                && matcherB.replica().sequence() == last
                && risk.replica().sequence() == last;
    }

    private void awaitOrFail(final String what, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_TIMEOUT_MS);
        while (!condition.getAsBoolean()) {
            checkHealthy();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(
                        "waited " + STOP_TIMEOUT_MS + " ms for " + what + "; nodes stand at " + nodes());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MS));
        }
    }

    private FinalState finalState() {
        return new FinalState(
                List.of(
                        finalPosition("matcher-A", matcherA.replica(), matcherA.venue()),
                        finalPosition("matcher-B", matcherB.replica(), matcherB.venue()),
                        finalPosition("risk-1", risk.replica(), risk.venue())),
                zeroSum(matcherA.venue()),
                insurance(matcherA.venue()),
                releaseDelay());
    }

    private static NodePosition finalPosition(final String name, final Replica replica, final Venue venue) {
        return NodePosition.ofReplica(name, replica.sequence(), replica.phase().name(), venue.stateHash());
    }

    private static Map<String, String> zeroSum(final Venue venue) {
        final Map<String, String> sums = new TreeMap<>();
        for (int asset = 0; asset < venue.ledger().assets().count(); asset++) {
            sums.put(symbol(venue, asset), Long.toString(venue.ledger().imbalance(asset)));
        }
        return sums;
    }

    private static Map<String, String> insurance(final Venue venue) {
        final Map<String, String> balances = new TreeMap<>();
        for (int asset = 0; asset < venue.ledger().assets().count(); asset++) {
            venue.margin().judge(venue.ledger().crossBucket(Ledger.INSURANCE, asset));
            balances.put(
                    symbol(venue, asset),
                    FixedPoint.format(
                            venue.margin().equity(), venue.ledger().assets().scale(asset)));
        }
        return balances;
    }

    private static String symbol(final Venue venue, final int asset) {
        return venue.inspection().assetSymbol(venue.ledger().assets().id(asset));
    }

    private ReleaseDelay releaseDelay() {
        final Histogram both = matcherA.privateEvents().deltaNs().copy();
        both.add(matcherB.privateEvents().deltaNs());
        return new ReleaseDelay(
                Math.min(
                        matcherA.privateEvents().minDeltaNs(),
                        matcherB.privateEvents().minDeltaNs()),
                both.getValueAtPercentile(50),
                matcherA.privateEvents().violations() + matcherB.privateEvents().violations());
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            host.close();
            eventHost.close();
            transport.close();
            driver.close();
            deleteDriverDirectory();
        }
    }

    private void deleteDriverDirectory() {
        IoUtil.delete(driverDirectory.toFile(), true);
    }

    private static VenueClock clock() {
        return SystemClock.INSTANCE;
    }

    private static Channel responses(final int sessionId) {
        return new Channel(Channels.IPC, RESPONSE_STREAM_BASE + sessionId);
    }

    private byte[] secret(final int sessionId) {
        final byte[] secret = secrets.get(sessionId);
        if (secret == null) {
            throw new IllegalArgumentException("session " + sessionId + " has no secret");
        }
        return secret;
    }

    /** In memory where the machine offers it: the driver's files are rewritten all the time. */
    private static Path makeDriverDirectory() {
        final Path shared = Path.of("/dev/shm");
        try {
            return Files.isWritable(shared)
                    ? Files.createTempDirectory(shared, "isochron-")
                    : Files.createTempDirectory("isochron-");
        } catch (final IOException ex) {
            throw new UncheckedIOException("no place for the media driver's files", ex);
        }
    }

    /** A port nobody uses now, so that two venues can run on one machine. */
    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (final IOException ex) {
            throw new UncheckedIOException("no free UDP port on the loopback interface", ex);
        }
    }

    private final class Access implements VenueAccess {
        @Override
        public Transport newTransport() {
            return driver.newGuestTransport();
        }

        @Override
        public Channel ingress() {
            return INGRESS;
        }

        @Override
        public Channel responses(final int sessionId) {
            return EmbeddedVenue.responses(sessionId);
        }

        @Override
        public List<Channel> marketData() {
            return feeds;
        }

        @Override
        public byte[] secret(final int sessionId) {
            return EmbeddedVenue.this.secret(sessionId);
        }

        @Override
        public VenueClock clock() {
            return EmbeddedVenue.clock();
        }
    }
}
