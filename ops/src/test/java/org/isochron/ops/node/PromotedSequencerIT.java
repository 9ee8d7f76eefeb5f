package org.isochron.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isochron.codecs.frame.Frame;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.venue.ConfiguredAccess;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sequencer that is stopped, another that is promoted in its place, and the first one waking up. The long form:
 * {@code mvn verify -pl ops -am -Dit.test=PromotedSequencerIT -Disochron.promotions=20 -Disochron.pauseMs=10000}.
 */
final class PromotedSequencerIT {
    private static final long START_TIMEOUT_MS = 60_000;
    private static final long END_TIMEOUT_MS = 120_000;
    private static final int PROMOTIONS = Integer.getInteger("isochron.promotions", 1);
    private static final long PAUSE_MS = Long.getLong("isochron.pauseMs", 2_000);
    private static final List<String> REPLICAS = List.of("matcher-A", "matcher-B", "risk-1");

    @TempDir
    private Path root;

    @Test
    @Timeout(3_600)
    void shouldFenceTheOldSequencerWhenItWakes() throws IOException, InterruptedException {
        for (int i = 0; i < PROMOTIONS; i++) {
            promoteWhileTheSequencerSleeps(Files.createDirectory(root.resolve("venue-" + i)));
        }
    }

    private static void promoteWhileTheSequencerSleeps(final Path directory) throws IOException, InterruptedException {
        try (VenueProcesses venue = new VenueProcesses(directory)) {
            venue.start("sequencer");
            REPLICAS.forEach(venue::start);
            for (final String replica : REPLICAS) {
                venue.await(replica, "LIVE", START_TIMEOUT_MS);
            }
            try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
                Operator.define(access, VenueDefinitions.demo(1, 1), true, START_TIMEOUT_MS);
            }
            final Path standby = standby(venue);

            final long stoppedNs = System.nanoTime();
            venue.signal("sequencer", "STOP");
            venue.run(
                    "promote",
                    List.of("promote", "--config", standby.toString(), "--replaces", "run/venue/journal-sequencer"));
            assertEquals(0, venue.awaitEnd("promote", END_TIMEOUT_MS), () -> venue.told("promote"));
            venue.start("standby", "sequencer", standby);
            venue.await("standby", "enough replicas receive", START_TIMEOUT_MS);
            Thread.sleep(Math.max(0, PAUSE_MS - (System.nanoTime() - stoppedNs) / 1_000_000));
            venue.signal("sequencer", "CONT");

            assertEquals(1, venue.awaitEnd("sequencer", END_TIMEOUT_MS), () -> venue.told("sequencer"));
            // After a long sleep its media driver's client ends before the fence is looked at: it stops either way.
            assertTrue(venue.told("sequencer").contains("sequencer: failed: "), () -> venue.told("sequencer"));
            venue.start("sequencer");
            assertEquals(1, venue.awaitEnd("sequencer", END_TIMEOUT_MS), () -> venue.told("sequencer"));
            assertTrue(venue.told("sequencer").contains("must not be continued"), () -> venue.told("sequencer"));
            assertEquals(0, venue.stop("standby", END_TIMEOUT_MS), () -> venue.told("standby"));
            for (final String replica : REPLICAS) {
                assertEquals(0, venue.stop(replica, END_TIMEOUT_MS), () -> venue.told(replica));
            }
            assertOneHistory(venue);
        }
    }

    /** The new sequencer has addresses of its own: on one machine the old one, asleep, still holds its ports. */
    private static Path standby(final VenueProcesses venue) throws IOException {
        final Path standby = venue.config().resolveSibling("standby.conf");
        Files.writeString(
                standby,
                Files.readString(venue.config())
                        .replace("127.0.0.1:40410", "127.0.0.1:40510")
                        .replace("127.0.0.1:40421", "127.0.0.1:40521")
                        .replace("127.0.0.1:40424", "127.0.0.1:40524")
                        .replace("127.0.0.1:40471", "127.0.0.1:40571")
                        .replace("journal = run/venue/journal-sequencer", "journal = run/venue/journal-standby")
                        .replace("driverDirectory = run/driver/sequencer", "driverDirectory = run/driver/standby"));
        return standby;
    }

    /** Every replica holds the new sequencer's log, of two epochs, and nothing of what the old one did on waking. */
    private static void assertOneHistory(final VenueProcesses venue) {
        final long[] truth = summary(venue.journal("standby"));
        assertEquals(2, truth[2]);
        for (final String replica : REPLICAS) {
            final long[] own = summary(venue.journal(replica));
            assertEquals(truth[0], own[0], replica);
            assertEquals(truth[1], own[1], replica);
        }
    }

    /** Sequence, chain and epoch of the last frame. */
    private static long[] summary(final Path journal) {
        final ChronicleJournalStore store =
                new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        final Frame frame = new Frame();
        final long[] last = new long[3];
        try (JournalReader reader = store.read(journal.getFileName().toString())) {
            int count;
            do {
                count = reader.poll(
                        (buffer, offset, length) -> {
                            frame.wrap(buffer, offset);
                            last[0] = frame.sequence();
                            last[1] = frame.chain();
                            last[2] = frame.epoch();
                        },
                        1024);
            } while (count > 0);
        }
        return last;
    }
}
