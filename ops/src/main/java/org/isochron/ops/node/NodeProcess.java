package org.isochron.ops.node;

import io.aeron.driver.ThreadingMode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.openhft.affinity.Affinity;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.CompositeAgent;
import org.isochron.codecs.NodeState;
import org.isochron.matcher.node.MatcherNode;
import org.isochron.matcher.node.RiskNode;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.config.NodeConfig;
import org.isochron.ops.config.VenueConfig;
import org.isochron.sequencer.aeron.AeronDriver;
import org.isochron.sequencer.aeron.AeronTransport;
import org.isochron.sequencer.chronicle.ChronicleJournal;
import org.isochron.sequencer.host.IdleStrategies;
import org.isochron.sequencer.host.NodeHost;
import org.isochron.sequencer.host.TransportDriver;
import org.isochron.sequencer.replica.Replica;
import org.isochron.sequencer.replica.StartingPoint;
import org.isochron.sequencer.sequence.SequencerAgent;
import org.isochron.sequencer.sequence.SequencerStatus;

/**
 * A node that runs as this process until SIGTERM or SIGINT, or until it fails. Media driver, agents and everything between
 * them run on one thread, pinned and idling as configured.
 */
public final class NodeProcess {
    /** How long the sequencer waits for the nodes' last state hashes after it has stamped the stop. */
    static final long STOP_GRACE_MS = 1_000;

    private static final long LOOK_MS = 50;
    /** Until the node takes part, which somebody may be waiting for. */
    private static final long START_LOOK_MS = 5;

    private static final long BYTES_PER_MIB = 1 << 20;

    private final PrintWriter out;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = 1;
    private final StartClock clock = new StartClock();
    private EventHost events = EventHost.none();
    private Retransmission serving;
    /** Null for a sequencer. */
    private StartingPoint<Venue> state;

    /** @param out told in lines when the node is up, where it stands, and how it ended. */
    public NodeProcess(final PrintWriter out) {
        this.out = out;
    }

    /**
     * Runs the sequencer with the gateway.
     *
     * @return exit code: 0 after an orderly stop, 1 when the node failed.
     */
    public int runSequencer(final VenueConfig config) throws InterruptedException {
        final SequencerStatus status = new SequencerStatus();
        final DiskWatch disk =
                new DiskWatch(config.growingDirectories(), config.theSequencer().diskLowMib() * BYTES_PER_MIB);
        final SequencerAgent[] made = new SequencerAgent[1];
        final MissingReplicas missing = new MissingReplicas(
                config.theSequencer().node().frames() == null
                        ? Set.of()
                        : Set.copyOf(config.theSequencer().node().frames().servers()));
        tell("sequencer: durability " + DurabilityText.of(config));
        final int[] tailFrames = new int[1];
        return run(
                config,
                config.theSequencer().node(),
                config.theSequencer().journalHolders(),
                (journal, frames) ->
                        tailFrames[0] = new HolderPositions(config, frames, line -> tell("sequencer: " + line))
                                .extend(journal, () -> stopAsked.getCount() == 0),
                (transport, journal, frames) -> {
                    made[0] = NodeAgents.sequencer(config.theSequencer(), tailFrames[0], transport, journal, status);
                    return new CompositeAgent(
                            NodeAgents.gateway(
                                    config.theSequencer(), config.secrets(), config.durability(), transport, status),
                            made[0]);
                },
                new Standing() {
                    @Override
                    public String tell() {
                        final boolean isLow = disk.isLow();
                        made[0].report(isLow ? NodeState.DISK_LOW : NodeState.RECOVERED);
                        return (isLow ? "the disk is low, cancel-only; " : "") + "at sequence " + status.lastSequence()
                                + ", "
                                + (status.isConnected()
                                        ? "enough replicas receive"
                                        : "waiting for replicas" + missing.tell(serving));
                    }

                    @Override
                    public boolean takesPart() {
                        return status.isConnected();
                    }
                },
                host -> stopSequencer(made[0], status, host));
    }

    /** Runs one matcher. Result as {@link #runSequencer}. */
    public int runMatcher(final VenueConfig config, final String name) throws InterruptedException {
        final MatcherNode[] made = new MatcherNode[1];
        events = EventHost.of(config.matcher(name));
        return run(
                config,
                config.matcher(name).node(),
                config.matcher(name).link().gapSources(),
                (journal, frames) -> {
                    events.open(journal);
                    state = MatcherNode.startingPoint(
                            NodeAgents.replica(
                                    config.matcher(name).node(),
                                    config.matcher(name).link(),
                                    config.secrets()),
                            journal,
                            events.events());
                },
                (transport, journal, frames) -> {
                    made[0] = NodeAgents.matcher(
                            config.matcher(name), config.secrets(), state, frames, transport, journal, events.events());
                    if (config.matcher(name).awaitsDisk()) {
                        tell(config.matcher(name).node().name() + ": nothing leaves before it is on the disk");
                    }
                    return made[0];
                },
                standing(() -> made[0].replica()),
                host -> {});
    }

    /** Runs one risk node. Result as {@link #runSequencer}. */
    public int runRisk(final VenueConfig config, final String name) throws InterruptedException {
        final RiskNode[] made = new RiskNode[1];
        return run(
                config,
                config.risk(name).node(),
                config.risk(name).link().gapSources(),
                (journal, frames) -> state = RiskNode.startingPoint(
                        NodeAgents.replica(
                                config.risk(name).node(), config.risk(name).link(), config.secrets()),
                        journal),
                (transport, journal, frames) -> {
                    made[0] = NodeAgents.risk(config.risk(name), config.secrets(), state, frames, transport, journal);
                    return made[0];
                },
                standing(() -> made[0].replica()),
                host -> {});
    }

    private int run(
            final VenueConfig venue,
            final NodeConfig node,
            final List<Path> others,
            final Preparation preparation,
            final AgentMaker maker,
            final Standing standing,
            final Consumer<NodeHost> onStop)
            throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::askStop, "stop-" + node.name()));
        try {
            return runToItsEnd(venue, node, others, preparation, maker, standing, onStop);
        } finally {
            // However it ended, a journal that cannot be opened included: the shutdown hook waits for this.
            ended.countDown();
        }
    }

    private int runToItsEnd(
            final VenueConfig venue,
            final NodeConfig node,
            final List<Path> others,
            final Preparation preparation,
            final AgentMaker maker,
            final Standing standing,
            final Consumer<NodeHost> onStop)
            throws InterruptedException {
        tell(node.name() + ": starting; verifying journal " + node.journal());
        try (Retransmission frames = Retransmission.launch(venue, node);
                ChronicleJournal journal = NodeAgents.journal(node, others, frames)) {
            return prepareAndRun(node, others, frames, journal, preparation, maker, standing, onStop);
        }
    }

    private int prepareAndRun(
            final NodeConfig node,
            final List<Path> others,
            final Retransmission frames,
            final ChronicleJournal journal,
            final Preparation preparation,
            final AgentMaker maker,
            final Standing standing,
            final Consumer<NodeHost> onStop)
            throws InterruptedException {
        if (!journal.recovery().message().isEmpty()) {
            tell(node.name() + ": " + journal.recovery().message());
        }
        clock.passed("journal");
        NodeAgents.lookAhead(journal, others, frames).ifPresent(found -> tell(node.name() + ": " + found));
        journal.preallocate();
        clock.passed("blocks of the disk");
        // Closed before the journal that it serves.
        try (frames) {
            frames.serve(journal);
            serving = frames;
            preparation.prepare(journal, frames);
            clock.passed("state");
            tell(node.name() + ": journal is sound up to sequence " + journal.lastSequence());
            if (stopAsked.getCount() == 0) {
                // A sequencer that still waited for other holders must not stamp anything on its way out.
                tell(node.name() + ": stopped before it began");
                exitCode = 0;
                return exitCode;
            }
            tellState(node);
            return run(node, frames, journal, maker, standing, onStop);
        }
    }

    private int run(
            final NodeConfig node,
            final Retransmission frames,
            final ChronicleJournal journal,
            final AgentMaker maker,
            final Standing standing,
            final Consumer<NodeHost> onStop)
            throws InterruptedException {
        try (AeronDriver driver = AeronDriver.launch(
                        node.driverDirectory(), ThreadingMode.INVOKER, () -> IdleStrategies.of(node.idleStrategy()));
                AeronTransport transport = driver.newTransport();
                // Named here to be closed: behind the node's own thread, which it records.
                EventHost beside = events) {
            clock.passed("media driver");
            final Agent agent =
                    new CompositeAgent(new TransportDriver(transport), maker.make(transport, journal, frames));
            clock.passed("channels");
            try (NodeHost host = new NodeHost(agent, IdleStrategies.of(node.idleStrategy()), () -> pin(node))) {
                host.start();
                beside.start(driver);
                journal.startPatrol();
                tell(node.name() + ": up; " + standing.tell());
                exitCode = await(node, host, frames, journal, standing, onStop);
                return exitCode;
            }
        }
    }

    private int await(
            final NodeConfig node,
            final NodeHost host,
            final Retransmission frames,
            final ChronicleJournal journal,
            final Standing standing,
            final Consumer<NodeHost> onStop)
            throws InterruptedException {
        String told = "";
        boolean takesPart = false;
        final Retention retention = new Retention(node.name(), journal, node.snapshots(), node.archive());
        while (!stopAsked.await(takesPart ? LOOK_MS : START_LOOK_MS, TimeUnit.MILLISECONDS)) {
            final String failure = failure(host, frames, journal);
            if (failure != null) {
                tell(node.name() + ": failed: " + failure);
                return 1;
            }
            if (retention.failure() != null) {
                tell(node.name() + ": failed: " + retention.failure().getMessage());
                return 1;
            }
            journal.preallocate();
            journal.keepMark();
            retention.look();
            final String phase = standing.tell().replaceAll("\\d+", "");
            if (!phase.equals(told)) {
                told = phase;
                tell(node.name() + ": " + standing.tell());
            }
            if (!takesPart && standing.takesPart()) {
                takesPart = true;
                clock.passed("log");
                tell(node.name() + ": takes part " + clock.told());
            }
        }
        onStop.accept(host);
        // After an orderly end the journal outlives the machine's, too.
        journal.force();
        host.close();
        if (host.failure() != null) {
            tell(node.name() + ": failed while stopping: " + host.failure().getMessage());
            return 1;
        }
        tell(node.name() + ": stopped; " + standing.tell());
        return 0;
    }

    /** Which of the node's threads has ended before its time and why, in words; null while all run. */
    private String failure(final NodeHost host, final Retransmission frames, final ChronicleJournal journal) {
        if (host.failure() != null) {
            return host.failure().getMessage();
        }
        if (events.failure() != null) {
            return "event journal: " + events.failure().getMessage();
        }
        if (frames.failure() != null) {
            return "serving frames: " + frames.failure().getMessage();
        }
        return journal.failure() == null ? null : journal.failure().getMessage();
    }

    /**
     * The JVM waits for its shutdown hooks: this one ends the node in good order first. A signal would make the JVM's exit
     * code 143 or 130 whatever the node did, so the node's own takes its place.
     */
    private void askStop() {
        final boolean isRunning = ended.getCount() > 0;
        stopAsked.countDown();
        try {
            ended.await();
            if (isRunning) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** STOPPING, time for every node's last hash report to come back through the log, then the end of the log. */
    private static void stopSequencer(
            final SequencerAgent sequencer, final SequencerStatus status, final NodeHost host) {
        sequencer.requestStop();
        pause(STOP_GRACE_MS);
        sequencer.finish();
        for (long waited = 0; waited < STOP_GRACE_MS && !status.isStopped() && !host.hasEnded(); waited += LOOK_MS) {
            pause(LOOK_MS);
        }
        // The last frame may still be on its way to the replicas.
        pause(LOOK_MS);
    }

    private void tell(final String line) {
        out.println(line);
        out.flush();
    }

    private void tellState(final NodeConfig node) {
        if (state != null) {
            state.notes().forEach(note -> tell(node.name() + ": " + note));
        }
    }

    private static void pause(final long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pin(final NodeConfig node) {
        if (node.cpu() != NodeConfig.ANY_CPU) {
            Affinity.setAffinity(node.cpu());
        }
    }

    private static Standing standing(final Supplier<Replica> node) {
        return new Standing() {
            @Override
            public String tell() {
                final Replica replica = node.get();
                final long snapshot = replica.snapshotSequence();
                return replica.phase() + " at sequence " + replica.sequence()
                        + (replica.isDeaf()
                                ? ", DOES NOT HEAR THE LOG, which goes on"
                                : replica.isLogSilent() ? ", the log is silent" : "")
                        + (snapshot == 0 ? "" : ", snapshot verified at " + snapshot);
            }

            @Override
            public boolean takesPart() {
                return node.get().phase() == Replica.Phase.LIVE;
            }
        };
    }

    @FunctionalInterface
    private interface AgentMaker {
        Agent make(AeronTransport transport, ChronicleJournal journal, Retransmission frames);
    }

    /** What has to be done while nothing has to be driven yet. */
    @FunctionalInterface
    private interface Preparation {
        void prepare(ChronicleJournal journal, Retransmission frames);
    }

    private interface Standing {
        String tell();

        /** A replica at the head of the log, the sequencer with replicas that receive it. */
        boolean takesPart();
    }
}
