package org.isochron.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.ops.TickJournal;
import org.isochron.sequencer.aeron.AeronDriver;
import org.isochron.sequencer.aeron.Channels;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose place is taken or damaged: its process says why and ends, and whoever was there first goes on. */
@Timeout(600)
final class StartRefusedIT {
    private static final String NODE = "sequencer";
    private static final long TIMEOUT_MS = 120_000;
    private static final int FRAMES = 5;

    @TempDir
    private Path directory;

    private VenueProcesses venue;

    @BeforeEach
    void prepare() {
        venue = new VenueProcesses(directory);
    }

    @AfterEach
    void close() {
        venue.close();
    }

    @Test
    void shouldRefuseAJournalThatAnotherProcessHas() throws InterruptedException {
        try (Journal journal = store().open(name())) {
            TickJournal.append(journal, FRAMES);

            assertRefused("is in use by pid=" + ProcessHandle.current().pid());

            TickJournal.append(journal, FRAMES);
        }
        try (Journal journal = store().open(name())) {
            assertEquals(2 * FRAMES, journal.lastSequence());
        }
    }

    @Test
    void shouldRefuseADriverDirectoryThatAnotherProcessHas() throws InterruptedException {
        final Channel channel = new Channel(Channels.IPC, 1);
        try (AeronDriver driver = AeronDriver.launch(venue.driverDirectory(NODE), ThreadingMode.SHARED)) {
            sendAndReceive(driver, channel);

            assertRefused("is in use by pid=" + ProcessHandle.current().pid());

            sendAndReceive(driver, channel);
        }
        store().open(name()).close();
    }

    /** A client of its own each time: one that nobody drives while a process starts would be given up by the driver. */
    private static void sendAndReceive(final AeronDriver driver, final Channel channel) {
        try (Transport transport = driver.newTransport()) {
            final Inbound inbound = transport.subscribe(channel, LaneListener.NONE);
            final Outbound outbound = transport.publish(channel);
            final UnsafeBuffer message = new UnsafeBuffer(new byte[100]);
            while (outbound.offer(message, 0, message.capacity()) <= 0) {
                transport.doWork();
            }
            while (inbound.poll((lane, buffer, offset, length) -> length == message.capacity(), 1) == 0) {
                transport.doWork();
            }
        }
    }

    @Test
    void shouldRefuseAJournalOfAnotherSchemaVersion() throws IOException, InterruptedException {
        TickJournal.write(root(), name(), FRAMES);
        TickJournal.claimSchemaVersion(venue.journal(NODE), 9);

        assertRefused("has schemaVersion 9, this build reads schemaVersion " + Frame.SCHEMA_VERSION);
    }

    @Test
    void shouldRefuseAJournalWithAFlippedBitAndNameItsSequence() throws IOException, InterruptedException {
        TickJournal.write(root(), name(), FRAMES);
        TickJournal.flipABit(venue.journal(NODE), 3);

        assertRefused("corrupt at sequence 3: ");
    }

    /** Whoever does not answer may hold frames of the sequences that it would give again. */
    @Test
    void shouldNotBeginOnItsWayOutWhenItIsStoppedWhileItWaitsForOtherHolders()
            throws IOException, InterruptedException {
        final String config = Files.readString(venue.config());
        Files.writeString(venue.config(), config.replaceAll("(?m)^  journalHolders = .*$", "  journalHolders = []"));
        venue.start(NODE);
        venue.await(NODE, "waiting for matcher-A, matcher-B, risk-1", TIMEOUT_MS);

        assertEquals(0, venue.stop(NODE, TIMEOUT_MS), () -> venue.told(NODE));
        assertTrue(venue.told(NODE).contains("stopped before it began"), venue.told(NODE));
        assertFalse(venue.told(NODE).contains(": up"), venue.told(NODE));
    }

    private void assertRefused(final String why) throws InterruptedException {
        venue.start(NODE);

        assertEquals(1, venue.awaitEnd(NODE, TIMEOUT_MS), () -> venue.told(NODE));
        final String told = venue.told(NODE);
        assertTrue(told.contains("isochron start: "), told);
        assertTrue(told.contains(why), told);
        assertFalse(told.contains(": up"), told);
        assertFalse(told.contains("\tat "), told);
    }

    private ChronicleJournalStore store() {
        return new ChronicleJournalStore(root(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
    }

    private Path root() {
        return venue.journal(NODE).getParent();
    }

    private String name() {
        return venue.journal(NODE).getFileName().toString();
    }
}
