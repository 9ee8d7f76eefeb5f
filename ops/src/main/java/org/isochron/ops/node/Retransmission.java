package org.isochron.ops.node;

import io.aeron.driver.ThreadingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.isochron.ops.config.NodeConfig;
import org.isochron.ops.config.VenueConfig;
import org.isochron.sequencer.aeron.AeronDriver;
import org.isochron.sequencer.aeron.AeronTransport;
import org.isochron.sequencer.chronicle.ChronicleJournal;
import org.isochron.sequencer.edge.EpochStand;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.SystemClock;
import org.isochron.sequencer.host.NodeHost;
import org.isochron.sequencer.retransmit.NodePosition;
import org.isochron.sequencer.retransmit.Peer;
import org.isochron.sequencer.retransmit.RetransmitAgent;
import org.isochron.sequencer.retransmit.RetransmitConfig;
import org.isochron.sequencer.retransmit.ServedJournal;

/**
 * A node's exchange of frames with other nodes, on a thread of its own with a media driver of its own: the node's driver is
 * driven by the node's thread, and what is sent here must not be sent there. A node without a section {@code frames} has
 * none, and everything here does nothing.
 */
final class Retransmission implements AutoCloseable {
    /** How long a node that starts waits for frames of others. */
    private static final long START_PATIENCE_MS = 2_000;

    private static final long BYTES_PER_MIB = 1 << 20;
    private static final long MAX_SPINS = 10;
    private static final long MAX_YIELDS = 1;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    /** Nothing happens here for hours: then it may cost next to nothing. */
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Null for a node that exchanges none. */
    private final FutureTask<Running> launch;

    private boolean isClosed;

    private Retransmission(final FutureTask<Running> launch) {
        this.launch = launch;
    }

    /** Returns at once: a media driver takes its time to start, and the node has its journal to verify meanwhile. */
    static Retransmission launch(final VenueConfig venue, final NodeConfig node) {
        if (node.frames() == null) {
            return new Retransmission(null);
        }
        final FutureTask<Running> launch = new FutureTask<>(() -> Running.start(venue, node));
        new Thread(launch, node.name() + "-frames").start();
        return new Retransmission(launch);
    }

    /**
     * Waits for the launch when it is not over yet.
     *
     * @throws RuntimeException that has kept it from running.
     */
    private Running running() {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return launch.get();
                } catch (final InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } catch (final ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What runs: the agent on its thread, over its driver. */
    private record Running(AeronDriver driver, AeronTransport transport, RetransmitAgent agent, NodeHost host) {
        static Running start(final VenueConfig venue, final NodeConfig node) {
            final AeronDriver driver =
                    AeronDriver.launch(node.driverDirectory().resolve("frames"), ThreadingMode.INVOKER);
            try {
                final AeronTransport transport = driver.newTransport();
                final RetransmitAgent agent = new RetransmitAgent(config(venue, node), transport, SystemClock.INSTANCE);
                final NodeHost host = new NodeHost(
                        agent, new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS), () -> {});
                return new Running(driver, transport, agent, host.start());
            } catch (final RuntimeException e) {
                driver.close();
                throw e;
            }
        }
    }

    private static RetransmitConfig config(final VenueConfig venue, final NodeConfig node) {
        final List<NodeConfig> others = venue.nodes().stream()
                .filter(other -> other.frames() != null && !other.name().equals(node.name()))
                .toList();
        final List<Peer> servers = node.frames().servers().stream()
                .flatMap(name -> others.stream().filter(other -> other.name().equals(name)))
                .map(Retransmission::peer)
                .toList();
        return new RetransmitConfig(
                peer(node),
                servers,
                others.stream().map(Retransmission::peer).toList(),
                node.frames().mibPerSecond() * BYTES_PER_MIB);
    }

    private static Peer peer(final NodeConfig node) {
        return new Peer(
                node.nodeId(),
                node.name(),
                node.frames().requests(),
                node.frames().answers());
    }

    /** From now on others get frames of that journal. */
    void serve(final ChronicleJournal journal) {
        if (launch != null) {
            running().agent().serve(new ServedJournal() {
                @Override
                public JournalReader newReader() {
                    return journal.newReader();
                }

                @Override
                public long firstSequence() {
                    return journal.firstSequence();
                }

                @Override
                public long lastSequence() {
                    return journal.headSequence();
                }

                @Override
                public EpochStand epochs() {
                    return journal.epochs();
                }
            });
        }
    }

    /** The others' journals for a replica's thread, which never waits. */
    List<Supplier<JournalReader>> sources() {
        return launch == null ? List.of() : List.of(() -> running().agent().newReader(0));
    }

    /** The same for a node that starts and has nothing else to do. */
    List<Supplier<JournalReader>> patientSources() {
        return launch == null ? List.of() : List.of(() -> running().agent().newReader(START_PATIENCE_MS));
    }

    /** Where the journals of those nodes end, as far as they answer in time. */
    Map<String, NodePosition> awaitPositions(final Set<String> nodes, final long timeoutMs) {
        return launch == null ? Map.of() : running().agent().awaitPositions(nodes, timeoutMs);
    }

    /** What ended it before its time, null for nothing. */
    Throwable failure() {
        return launch == null ? null : running().host().failure();
    }

    @Override
    public void close() {
        if (launch == null || isClosed) {
            return;
        }
        isClosed = true;
        final Running running;
        try {
            running = running();
        } catch (final RuntimeException e) {
            // It never ran; whoever needed it has been told.
            return;
        }
        running.host().close();
        running.transport().close();
        running.driver().close();
    }
}
