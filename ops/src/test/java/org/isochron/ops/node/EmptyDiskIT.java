package org.isochron.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four processes of which none may look at another's files: what a node lacks comes over the network. */
final class EmptyDiskIT {
    private static final long START_TIMEOUT_MS = 120_000;
    private static final long STOP_TIMEOUT_MS = 120_000;
    /** Ended before that, once everything has happened. */
    private static final int MAX_SECONDS = 3_600;

    private static final List<String> REPLICAS = List.of("matcher-A", "matcher-B", "risk-1");
    private static final VenueDefinitions DEFINITIONS = VenueDefinitions.demo(2, 1);

    @Test
    @Timeout(1_800)
    void shouldTakeBackAReplicaThatHasLostItsDiskWhileTheVenueTrades(@TempDir final Path directory)
            throws InterruptedException, IOException {
        try (VenueProcesses venue = new VenueProcesses(directory)) {
            shareNoFiles(venue.config());
            venue.start("sequencer");
            REPLICAS.forEach(venue::start);
            for (final String replica : REPLICAS) {
                venue.await(replica, "LIVE", START_TIMEOUT_MS);
            }
            final TrafficThread.Snapshot seen = tradeWhileAMatcherLosesItsDisk(venue);
            assertTrue(seen.figures().trades() >= 200, seen.figures()::toString);
            assertEquals(0, venue.stop("sequencer", STOP_TIMEOUT_MS), () -> venue.told("sequencer"));
            for (final String replica : REPLICAS) {
                venue.awaitCommand(replica, venue.lastSequence("sequencer"), START_TIMEOUT_MS);
            }
            for (final String replica : REPLICAS) {
                assertEquals(0, venue.stop(replica, STOP_TIMEOUT_MS), () -> venue.told(replica));
            }
            final ReplayReport truth = replay(venue.journal("sequencer"));
            assertTrue(truth.isConfirmed() && truth.hashesConfirmed() > 0, truth::toString);
            for (final String replica : REPLICAS) {
                final ReplayReport own = replay(venue.journal(replica));
                assertEquals(truth.lastSequence(), own.lastSequence(), replica);
                assertEquals(truth.hash(), own.hash(), replica);
            }
        }
    }

    static void shareNoFiles(final Path config) throws IOException {
        final String sample = Files.readString(config);
        final String apart = sample.replaceAll("gapSources = \\[[^]]*]", "gapSources = []")
                .replaceAll("journalHolders = \\[[^]]*]", "journalHolders = []");
        assertEquals(4, apart.split("= \\[]", -1).length - 1);
        Files.writeString(config, apart);
    }

    private static TrafficThread.Snapshot tradeWhileAMatcherLosesItsDisk(final VenueProcesses venue)
            throws InterruptedException, IOException {
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
                awaitTrades(clients, 100);
                venue.kill("matcher-A");
                delete(venue.journal("matcher-A"));
                final long begunNs = System.nanoTime();
                venue.start("matcher-A");
                venue.await("matcher-A", "matcher-A: LIVE", START_TIMEOUT_MS);
                System.out.println("EmptyDiskIT: at the head after "
                        + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNs) + " ms, JVM start included");
                awaitTrades(clients, clients.snapshot().figures().trades() + 100);
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

    private static void delete(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
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
