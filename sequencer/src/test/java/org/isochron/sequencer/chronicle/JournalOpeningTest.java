package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an opening reads, what it takes on trust, and how that is found out when it should not have been. */
final class JournalOpeningTest {
    private static final String NAME = "matcher-a";
    private static final String PEER = "matcher-b";
    private static final int COUNT = 3 * ChronicleJournal.ALWAYS_VERIFIED;
    private static final int OLD = 100;
    private static final int RECENT = COUNT - 100;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    @TempDir
    private Path root;

    @BeforeEach
    void writeAndOpenOnce() {
        Damage.write(root, NAME, COUNT);
        Damage.store(root).open(NAME).close();
    }

    @Test
    void shouldReadTheNewestFramesOnlyWhenTheRestIsProvenAndThatLater() {
        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            assertEquals(COUNT, journal.lastSequence());
            assertFalse(journal.isWhollyVerified());
            journal.startPatrol();
            await(journal);
            assertTrue(journal.isWhollyVerified());
            assertNull(journal.failure());
            Damage.after(COUNT).appendTo(journal, 10);
        }
        Damage.assertHolds(root, NAME, COUNT + 10, "opened behind the mark");
    }

    @Test
    void shouldFindOldDamageOnPatrolAndMendItAtTheNextOpening() throws IOException {
        flip(OLD);
        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            journal.startPatrol();
            await(journal);
            final JournalException damage = assertInstanceOf(JournalException.class, journal.failure());
            assertEquals(OLD, damage.sequence());
            assertTrue(damage.getMessage().contains(".cq4"), damage::getMessage);
            assertFalse(journal.isWhollyVerified());
        }
        Damage.write(root, PEER, COUNT);
        try (ChronicleJournal journal =
                Damage.store(root).open(NAME, List.of(() -> Damage.store(root).read(PEER)))) {
            assertEquals(1, journal.recovery().repairedFrames());
        }
        Damage.assertHolds(root, NAME, COUNT, "mended");
    }

    @Test
    void shouldRefuseAtTheNextOpeningWhatItsOwnReaderMet() throws IOException {
        flip(OLD);
        try (ChronicleJournal journal = Damage.store(root).open(NAME);
                JournalReader reader = journal.newReader()) {
            final JournalException met =
                    assertThrows(JournalException.class, () -> reader.poll((buffer, offset, length) -> {}, COUNT));
            assertEquals(OLD, met.sequence());
            assertEquals(OLD, reader.nextSequence());
        }
        assertRefused(OLD);
        assertRefused(OLD);
    }

    @Test
    void shouldRefuseDamageOfTheNewestFramesAtOnce() throws IOException {
        flip(RECENT);
        assertRefused(RECENT);
    }

    @Test
    void shouldNameTheFirstDamageThoughTheNewestFramesAreDamagedToo() throws IOException {
        flip(OLD);
        flip(RECENT);
        assertRefused(OLD);
    }

    @Test
    void shouldRefuseAnOldFilePutBehindTheNewest() throws IOException {
        Files.copy(Damage.dataFile(root.resolve(NAME)), root.resolve(NAME).resolve("19700102-00L.cq4"));
        for (int i = 0; i < 2; i++) {
            final JournalException refusal = assertThrows(
                    JournalException.class, () -> Damage.store(root).open(NAME));
            assertTrue(refusal.getMessage().contains("19700102-00L.cq4 begins with frame 1 and"), refusal::getMessage);
        }
    }

    @Test
    void shouldTrustOnlyWhatWasForcedWhenTheMachineWasStartedAnew() throws IOException {
        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            journal.force();
        }
        Damage.startMachineAnew(root.resolve(NAME));
        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            assertFalse(journal.isWhollyVerified(), "what was forced is trusted");
        }
    }

    @Test
    void shouldReadEverythingWhenTheMachineWasStartedAnewAndNothingWasForced() throws IOException {
        flip(OLD);
        Damage.startMachineAnew(root.resolve(NAME));
        assertRefused(OLD);
    }

    @Test
    void shouldReadEverythingWhenTheMarkIsDamagedOrGone() throws IOException {
        Damage.flip(root.resolve(NAME).resolve("proven"), 3);
        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            assertTrue(journal.isWhollyVerified());
        }
        Files.delete(root.resolve(NAME).resolve("proven"));
        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            assertTrue(journal.isWhollyVerified());
        }
    }

    @Test
    void shouldKeepTheMarkNearTheHeadWhileFramesAreAppended() throws IOException {
        final ChronicleJournal journal = Damage.store(root).open(NAME);
        final var frames = Damage.after(COUNT);
        for (int i = 0; i < 6; i++) {
            frames.appendTo(journal, ChronicleJournal.ALWAYS_VERIFIED);
            journal.keepMark();
        }
        // As a process that dies leaves it: nothing is written at the end.
        Damage.copy(root.resolve(NAME), root.resolve("killed"));
        journal.close();
        Damage.flip(
                Damage.dataFile(root.resolve("killed")),
                Damage.offsetOf(Damage.dataFile(root.resolve("killed")), COUNT));
        Damage.store(root).open("killed").close();
    }

    private void flip(final long sequence) throws IOException {
        final Path file = Damage.dataFile(root.resolve(NAME));
        Damage.flip(file, Damage.offsetOf(file, sequence) + 9);
    }

    private void assertRefused(final long sequence) {
        final JournalException refusal =
                assertThrows(JournalException.class, () -> Damage.store(root).open(NAME));
        assertEquals(Reason.CORRUPT, refusal.reason());
        assertEquals(sequence, refusal.sequence(), refusal::getMessage);
    }

    private static void await(final ChronicleJournal journal) {
        final long startNs = System.nanoTime();
        while (journal.failure() == null && !journal.isWhollyVerified()) {
            assertTrue(System.nanoTime() - startNs < PATIENCE_NS, "the patrol does not end");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
