package org.isochron.ops.venue;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.client.OrderKind;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.load.LoadProfile;
import org.isochron.ops.load.SimulatedMarket;
import org.isochron.ops.traffic.TrafficThread;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.ReplayReport;
import org.isochron.replay.Replayer;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole venue in one process, on real Aeron and real Chronicle: what the demonstration runs on. */
final class EmbeddedVenueIT {
    private static final VenueDefinitions DEFINITIONS = VenueDefinitions.demo(2, 1);
    private static final EmbeddedVenue.NodeSessions NODES = new EmbeddedVenue.NodeSessions(
            VenueDefinitions.MATCHER_A, VenueDefinitions.MATCHER_B, VenueDefinitions.RISK);

    private static final int FIRST_RUN_SECONDS = 5;
    private static final int LAST_RUN_SECONDS = 80;

    @TempDir
    private Path root;

    private Path directory;

    private TrafficThread.Snapshot seen;

    @Test
    @Timeout(900)
    void shouldTradeStopAtOneHashAndReplayToIt() throws InterruptedException {
        // What traders do is random, and how much of it happens in five seconds depends on the machine.
        for (int seconds = FIRST_RUN_SECONDS; seconds <= LAST_RUN_SECONDS; seconds *= 2) {
            directory = root.resolve("venue-of-" + seconds + "-s");
            final FinalState state = tradeFor(seconds, false);
            assertAll(
                    () -> assertTrue(state.nodesAgree(), state::toString),
                    () -> assertTrue(state.isZeroSum(), state::toString),
                    () -> assertEquals(3, state.nodes().size()),
                    () -> assertEquals(0, seen.feed().bookHashMismatches()));
            assertNothingIsUnsupported();
            assertReplaysTo(state);
            if (missing().isEmpty()) {
                break;
            }
        }
        assertEquals(Set.of(), missing(), () -> seen.figures() + ", " + seen.feed());
    }

    private void assertNothingIsUnsupported() {
        for (final String reason : seen.figures().rejects().keySet()) {
            assertFalse(reason.endsWith("NOT_SUPPORTED"), seen.figures()::toString);
        }
    }

    /** What a run has to show and this one has not: kinds of orders, events, states of instruments, figures. */
    private Set<String> missing() {
        final Set<String> missing = new TreeSet<>(
                Set.of("TRIGGERED", "REFILLED", "DELAYED", "RELEASED", "CANCELLED_EXPIRY", "HALT_OPERATOR"));
        missing.addAll(Set.of("AUCTION_OPERATOR", "auction trades", "book hashes"));
        EnumSet.allOf(OrderKind.class).forEach(kind -> missing.add("order " + kind));
        seen.figures().ordersByKind().keySet().forEach(kind -> missing.remove("order " + kind));
        missing.removeAll(seen.figures().events().keySet());
        missing.removeAll(seen.feed().states().keySet());
        missing.removeIf(what -> what.equals("auction trades") && seen.feed().auctionTrades() > 0);
        missing.removeIf(what -> what.equals("book hashes") && seen.feed().bookHashes() > 0);
        return missing;
    }

    @Test
    @Timeout(900)
    void shouldGoOnWhereItStoppedWhenItIsStartedAgain() throws InterruptedException {
        directory = root;
        final FinalState first = tradeFor(1, false);
        final FinalState second = tradeFor(1, true);

        assertTrue(second.sequence() > first.sequence() + 100, second::toString);
        assertTrue(second.nodesAgree(), second::toString);
        assertReplaysTo(second);
    }

    @Test
    void shouldLetGoOfItsJournalsWhenItCannotStart() {
        final Map<Integer, byte[]> bad = new TreeMap<>(secrets());
        bad.put(999, new byte[] {1});

        assertThrows(IllegalArgumentException.class, () -> EmbeddedVenue.start(root, bad, NODES));

        try (Journal journal = new ChronicleJournalStore(root, ChronicleJournalStore.DEFAULT_BLOCK_LENGTH)
                .open(EmbeddedVenue.SEQUENCER_JOURNAL)) {
            assertEquals(0, journal.lastSequence());
        }
    }

    private FinalState tradeFor(final int seconds, final boolean isDefined) throws InterruptedException {
        try (EmbeddedVenue venue = EmbeddedVenue.start(directory, secrets(), NODES)) {
            Operator.define(venue.access(), DEFINITIONS, isDefined, 120_000);
            final LoadProfile profile = new LoadProfile(2, 1, seconds, 4_000, 7);
            try (TrafficThread clients = new TrafficThread(
                    () -> new SimulatedMarket(venue.access(), DEFINITIONS, profile),
                    DEFINITIONS.listings().get(0).contract(),
                    "yield")) {
                while (!clients.awaitEnd(100)) {
                    venue.checkHealthy();
                }
                assertTrue(clients.snapshot().figures().trades() > 0);
                seen = clients.snapshot();
            }
            return venue.stop();
        }
    }

    private void assertReplaysTo(final FinalState state) {
        final ChronicleJournalStore store =
                new ChronicleJournalStore(directory, ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        try (JournalReader reader = store.read(EmbeddedVenue.SEQUENCER_JOURNAL)) {
            final ReplayReport report =
                    new Replayer(new Venue(), EventConsumer.NONE).replay(reader, Long.MAX_VALUE, count -> {});
            assertAll(
                    () -> assertTrue(report.isConfirmed(), report::toString),
                    () -> assertTrue(report.hashesConfirmed() > 0, report::toString),
                    () -> assertEquals(state.sequence(), report.lastSequence()),
                    () -> assertEquals(state.nodes().get(0).hash(), report.hash()));
        }
    }

    private static Map<Integer, byte[]> secrets() {
        final Map<Integer, byte[]> secrets = new TreeMap<>();
        DEFINITIONS
                .sessionIds()
                .forEach(id -> secrets.put(id, ("a secret of session " + id).getBytes(StandardCharsets.US_ASCII)));
        return secrets;
    }
}
