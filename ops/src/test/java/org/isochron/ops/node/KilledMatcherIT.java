package org.isochron.ops.node;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.load.LoadProfile;
import org.isochron.ops.load.SimulatedMarket;
import org.isochron.ops.traffic.TrafficThread;
import org.isochron.ops.venue.ConfiguredAccess;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.ReplayReport;
import org.isochron.replay.Replayer;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.SnapshotStore;
import org.isochron.sequencer.replica.StartingPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes from the sample configuration, but for snapshots every few commands and durability D3, traders on them,
 * and a matcher that is killed while they trade.
 */
final class KilledMatcherIT {
    private static final long START_TIMEOUT_MS = 120_000;
    private static final long STOP_TIMEOUT_MS = 120_000;
    /** Ended before that, once everything has happened. */
    private static final int MAX_SECONDS = 3_600;
    /** State hashes are reported every 1,024. */
    private static final long COMMANDS = 3_072;

    private static final List<String> REPLICAS = List.of("matcher-A", "matcher-B", "risk-1");
    private static final VenueDefinitions DEFINITIONS = VenueDefinitions.demo(2, 1);

    @Test
    @Timeout(1_800)
    void shouldGoOnWithoutAGapWhenAMatcherIsKilledAndTakeItBackAtTheSameHash(@TempDir final Path directory)
            throws InterruptedException, IOException {
        try (VenueProcesses venue = new VenueProcesses(directory)) {
            takeSnapshotsOftenAndAwaitDisks(venue.config());
            venue.start("sequencer");
            REPLICAS.forEach(venue::start);
            for (final String replica : REPLICAS) {
                venue.await(replica, "LIVE", START_TIMEOUT_MS);
            }
            assertTrue(venue.told("sequencer").contains("durability D3"), venue.told("sequencer"));
            assertTrue(venue.told("matcher-A").contains("nothing leaves before it is on the disk"));

            final TrafficThread.Snapshot seen = tradeWhileAMatcherDies(venue);

            assertTrue(seen.figures().trades() >= 150, seen.figures()::toString);
            assertEquals(0, venue.stop("sequencer", STOP_TIMEOUT_MS), () -> venue.told("sequencer"));
            for (final String replica : REPLICAS) {
                venue.awaitCommand(replica, venue.lastSequence("sequencer"), START_TIMEOUT_MS);
            }
            for (final String replica : REPLICAS) {
                assertEquals(0, venue.stop(replica, STOP_TIMEOUT_MS), () -> venue.told(replica));
            }
            assertJournalsAgree(venue);
        }
    }

    private static void takeSnapshotsOftenAndAwaitDisks(final Path config) throws IOException {
        final String sample = Files.readString(config);
        final String often = sample.replaceFirst("snapshotInterval = \\d+", "snapshotInterval = 1000")
                .replace("durability = D1", "durability = D3");
        assertNotEquals(sample, often);
        Files.writeString(config, often);
    }

    private static void awaitSnapshot(final Path snapshots) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS);
        while (new SnapshotStore(snapshots).newestFirst().isEmpty()) {
            assertTrue(System.nanoTime() < deadlineNs, "no snapshot in " + snapshots);
            Thread.sleep(50);
        }
    }

    /** A lost event, a session that ends or a request without its answer fails the traffic, and this with it. */
    private static TrafficThread.Snapshot tradeWhileAMatcherDies(final VenueProcesses venue)
            throws InterruptedException {
        final LoadProfile profile = new LoadProfile(2, 1, MAX_SECONDS, 1_000, 7);
        final AtomicReference<SimulatedMarket> market = new AtomicReference<>();
        try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
            Operator.define(access, DEFINITIONS, false, START_TIMEOUT_MS);
            try (TrafficThread clients = new TrafficThread(
                    () -> {
                        market.set(new SimulatedMarket(access, DEFINITIONS, profile));
                        return market.get();
                    },
                    DEFINITIONS.listings().get(0).contract(),
                    "backoff")) {
                awaitTrades(clients, 50);
                awaitSnapshot(venue.journal("matcher-A").resolveSibling("snapshots-matcher-A"));
                venue.kill("matcher-A");
                awaitTrades(clients, clients.snapshot().figures().trades() + 50);
                venue.start("matcher-A");
                venue.await("matcher-A", "LIVE", START_TIMEOUT_MS);
                assertTrue(venue.told("matcher-A").contains("matcher-A: state of snapshot-"), venue.told("matcher-A"));
                awaitTrades(clients, clients.snapshot().figures().trades() + 50);
                venue.awaitCommand("sequencer", COMMANDS, START_TIMEOUT_MS);
                market.get().finish();
                while (!clients.awaitEnd(100)) {
                    // What is on its way is answered.
                }
                return clients.snapshot();
            }
        }
    }

    private static void awaitTrades(final TrafficThread clients, final long trades) throws InterruptedException {
        while (clients.snapshot() == null || clients.snapshot().figures().trades() < trades) {
            assertTrue(!clients.awaitEnd(20), "the traders ended before they had made " + trades + " trades");
        }
    }

    /** Every journal replays to the same sequence and hash, each recorded hash confirmed. */
    private static void assertJournalsAgree(final VenueProcesses venue) {
        final ReplayReport truth = replay(venue.journal("sequencer"));
        assertTrue(truth.isConfirmed(), truth::toString);
        assertTrue(truth.hashesConfirmed() > 1, truth::toString);
        for (final String replica : REPLICAS) {
            final ReplayReport own = replay(venue.journal(replica));
            assertAll(
                    replica,
                    () -> assertEquals(truth.lastSequence(), own.lastSequence()),
                    () -> assertEquals(truth.hash(), own.hash()),
                    () -> assertTrue(own.isConfirmed()));
        }
        final ReplayReport tail = replayBehindSnapshot(venue.journal("matcher-A"));
        assertTrue(tail.fromSequence() > 0 && tail.isConfirmed(), tail::toString);
        assertEquals(truth.hash(), tail.hash());
        assertTrue(truth.dissenters().isEmpty(), truth::toString);
    }

    private static ReplayReport replayBehindSnapshot(final Path journal) {
        final ChronicleJournalStore store =
                new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        final String name = journal.getFileName().toString();
        try (JournalReader reader = store.read(name)) {
            final StartingPoint<Venue> start = StartingPoint.of(
                    new SnapshotStore(journal.resolveSibling("snapshots-matcher-A")),
                    reader,
                    store.faults(name),
                    store.stat(name).lastSequence(),
                    Long.MAX_VALUE,
                    Venue::new);
            return new Replayer(start.machine(), start.sequence(), EventConsumer.NONE)
                    .replay(reader, Long.MAX_VALUE, count -> {});
        }
    }

    private static ReplayReport replay(final Path journal) {
        final ChronicleJournalStore store =
                new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        try (JournalReader reader = store.read(journal.getFileName().toString())) {
            return new Replayer(new Venue(), EventConsumer.NONE).replay(reader, Long.MAX_VALUE, count -> {});
        }
    }
}
