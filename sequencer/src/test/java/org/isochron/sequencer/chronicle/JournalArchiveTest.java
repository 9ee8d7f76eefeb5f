package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.event.LogChain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of six hours, the first of which are moved away: who still reads them, and what is refused afterwards. */
final class JournalArchiveTest {
    private static final String NAME = "matcher-a";
    private static final int HOURS = 6;
    private static final int PER_HOUR = 50;
    private static final int LAST = HOURS * PER_HOUR;
    private static final int BELOW = 3 * PER_HOUR + 20;
    private static final int MOVED_TO = 3 * PER_HOUR;

    @TempDir
    private Path root;

    private Path archive;

    @BeforeEach
    void write() {
        archive = root.resolve("archive");
        try (ChronicleJournal journal = open()) {
            append(journal, HOURS);
        }
    }

    @Test
    void shouldMoveOnlyFilesThatAreWhollyBelowAndReadThroughThemFromTheFirstFrame() throws IOException {
        try (ChronicleJournal journal = open()) {
            assertEquals(3, journal.archive(archive, BELOW));
            assertEquals(0, journal.archive(archive, BELOW));
            assertReads(journal.newReader(), 1);
            append(journal, 1);
        }
        assertEquals(HOURS + 1 - 3, Damage.dataFiles(root.resolve(NAME)).size());
        assertEquals(3, Damage.dataFiles(archive).size());
        try (ChronicleJournal journal = open()) {
            assertEquals(LAST + PER_HOUR, journal.lastSequence());
            for (final int from : new int[] {1, 2, 50, 51, MOVED_TO, MOVED_TO + 1, MOVED_TO + 2, LAST}) {
                assertReads(Damage.store(root).read(NAME), from);
            }
            assertEquals(3, journal.archive(archive, LAST + 1));
            assertEquals(LAST + PER_HOUR, assertReads(journal.newReader(), 1));
        }
        new JournalArchive(archive).verify();
    }

    @Test
    void shouldGoOnReadingWhenFilesAreMovedFromUnderTheReader() {
        try (ChronicleJournal journal = open();
                JournalReader reader = journal.newReader();
                JournalReader behind = journal.newReader()) {
            assertEquals(10, reader.poll((buffer, offset, length) -> {}, 10));
            journal.archive(archive, LAST);
            assertReads(reader, 11);
            assertReads(behind, 1);
            assertEquals(null, journal.failure());
        }
    }

    @Test
    void shouldForceWhatIsLeftWhenFilesAreMovedMeanwhile() {
        final ChronicleJournal[] opened = new ChronicleJournal[1];
        final ChronicleJournalStore store =
                new ChronicleJournalStore(root, ChronicleJournalStore.MIN_BLOCK_LENGTH, path -> {
                    if (opened[0] != null) {
                        final ChronicleJournal journal = opened[0];
                        opened[0] = null;
                        assertEquals(3, journal.archive(archive, BELOW));
                    }
                    DiskForce.SYSTEM.force(path);
                });
        try (ChronicleJournal journal = store.open(NAME)) {
            opened[0] = journal;
            assertEquals(LAST, journal.force());
            append(journal, 1);
            assertEquals(LAST + PER_HOUR, journal.force());
        }
        open().close();
    }

    @Test
    void shouldStartWithoutTheArchiveAndSayWhereItIsWhenItsFramesAreWanted() throws IOException {
        try (ChronicleJournal journal = open()) {
            journal.archive(archive, BELOW);
        }
        Files.move(archive, root.resolve("elsewhere"));
        try (ChronicleJournal journal = open();
                JournalReader reader = journal.newReader()) {
            assertEquals(LAST, journal.lastSequence());
            reader.seek(MOVED_TO + 1);
            assertEquals(LAST - MOVED_TO, count(reader));
            reader.seek(MOVED_TO);
            final JournalException absent = assertThrows(JournalException.class, () -> count(reader));
            assertTrue(absent.getMessage().contains(archive.toString()), absent::getMessage);
            assertTrue(absent.getMessage().contains("snapshot"), absent::getMessage);
            assertEquals(null, journal.failure());
        }
        Files.move(root.resolve("elsewhere"), archive);
        assertReads(Damage.store(root).read(NAME), 1);
    }

    @Test
    void shouldRefuseAMissingOrExchangedOrDamagedSegment() throws IOException {
        try (ChronicleJournal journal = open()) {
            journal.archive(archive, BELOW);
        }
        final List<Path> files = Damage.dataFiles(archive);
        final byte[] first = Files.readAllBytes(files.get(0));
        final byte[] second = Files.readAllBytes(files.get(1));

        Files.delete(files.get(1));
        assertUnreadable("frames 51 to 100 is missing");
        Files.write(files.get(1), first);
        assertUnreadable("corrupt at sequence 51");
        assertTrue(unverified().contains("is not the file that was archived with frames 51 to 100"), unverified());
        Files.write(files.get(1), second);
        assertReads(Damage.store(root).read(NAME), 1);
        Damage.flip(files.get(1), Damage.offsetOf(files.get(1), 70) + 9);
        assertUnreadable("corrupt at sequence 70");
        Files.write(files.get(1), second);

        final Path manifest = archive.resolve("manifest");
        final List<String> lines = new ArrayList<>(Files.readAllLines(manifest));
        lines.remove(2);
        Files.write(manifest, lines);
        assertUnreadable("manifest is damaged");
    }

    @Test
    void shouldRefuseASegmentPutBackIntoTheJournalAndALostOne() throws IOException {
        try (ChronicleJournal journal = open()) {
            journal.archive(archive, BELOW);
        }
        final Path old = Damage.dataFiles(archive).get(1);
        final Path place = root.resolve(NAME).resolve(old.getFileName());
        Files.copy(old, place);
        assertRefused("begins with frame 51 and the archive ends with frame 150");
        Files.delete(place);
        open().close();
        Files.delete(Damage.dataFiles(root.resolve(NAME)).get(0));
        assertRefused("corrupt at sequence 151");
    }

    @Test
    void shouldFinishAMoveThatACrashInterrupted() throws IOException {
        final Path first = Damage.dataFiles(root.resolve(NAME)).get(0);
        final byte[] before = Files.readAllBytes(first);
        try (ChronicleJournal journal = open()) {
            journal.archive(archive, PER_HOUR + 1);
        }
        // It died between the base and the removal.
        Files.write(first, before);
        open().close();
        assertFalse(Files.exists(first));
        // It died between the manifest and the base.
        Files.write(first, before);
        Files.delete(root.resolve(NAME).resolve("base"));
        try (ChronicleJournal journal = open()) {
            assertEquals(3, journal.archive(archive, BELOW));
            assertReads(journal.newReader(), 1);
        }
    }

    @Test
    void shouldRefuseAnotherArchiveThanItHas() {
        try (ChronicleJournal journal = open()) {
            journal.archive(archive, BELOW);
            final JournalException refusal =
                    assertThrows(JournalException.class, () -> journal.archive(root.resolve("other"), LAST));
            assertTrue(refusal.getMessage().contains(archive.toString()), refusal::getMessage);
        }
        try (ChronicleJournal other = Damage.store(root).open("matcher-b")) {
            append(other, 3, 8);
            assertThrows(JournalException.class, () -> other.archive(archive, LAST));
            assertEquals(3 * PER_HOUR, assertReads(other.newReader(), 1));
        }
    }

    @Test
    void shouldMendWhatIsLeftFromAPeerWhenSomeIsInTheArchive() throws IOException {
        try (ChronicleJournal peer = Damage.store(root).open("matcher-b")) {
            append(peer, HOURS);
        }
        try (ChronicleJournal journal = open()) {
            journal.archive(archive, BELOW);
        }
        final Path file = Damage.dataFiles(root.resolve(NAME)).get(0);
        Damage.flip(file, Damage.offsetOf(file, MOVED_TO + 5) + 9);
        try (ChronicleJournal journal =
                Damage.store(root).open(NAME, List.of(() -> Damage.store(root).read("matcher-b")))) {
            assertEquals(1, journal.recovery().repairedFrames());
            assertReads(journal.newReader(), 1);
        }
    }

    @Test
    void shouldReadAndContinueAJournalOfDailyFiles() throws IOException {
        final Path properties = root.resolve("old").resolve("journal.properties");
        Damage.store(root).open("old").close();
        Files.delete(root.resolve("old").resolve("metadata.cq4t"));
        Files.writeString(properties, "layout=1\nschemaVersion=" + Frame.SCHEMA_VERSION + "\n");
        try (ChronicleJournal journal = Damage.store(root).open("old")) {
            append(journal, HOURS);
        }
        assertEquals(1, Damage.dataFiles(root.resolve("old")).size());
        try (ChronicleJournal journal = Damage.store(root).open("old")) {
            assertEquals(LAST, assertReads(journal.newReader(), 1));
        }
    }

    private ChronicleJournal open() {
        return Damage.store(root).open(NAME);
    }

    private void assertRefused(final String what) {
        for (int i = 0; i < 2; i++) {
            final JournalException refusal = assertThrows(JournalException.class, this::open);
            assertTrue(refusal.getMessage().contains(what), refusal::getMessage);
        }
    }

    private void assertUnreadable(final String what) {
        final JournalException refusal = assertThrows(JournalException.class, () -> {
            try (JournalReader reader = Damage.store(root).read(NAME)) {
                count(reader);
            }
        });
        assertTrue(refusal.getMessage().contains(what), refusal::getMessage);
    }

    private String unverified() {
        return assertThrows(JournalException.class, () -> new JournalArchive(archive).verify())
                .getMessage();
    }

    /** @return how many frames there are from that one on, each verified by the reader and in its place. */
    private static int assertReads(final JournalReader reader, final long from) {
        try (reader) {
            reader.seek(from);
            final long[] expected = {from};
            final Frame frame = new Frame();
            int total = 0;
            int read;
            do {
                read = reader.poll(
                        (buffer, offset, length) -> assertEquals(
                                expected[0]++, frame.wrap(buffer, offset).sequence()),
                        7);
                total += read;
            } while (read > 0);
            assertTrue(total > 0);
            return total;
        }
    }

    private static int count(final JournalReader reader) {
        int total = 0;
        int read;
        do {
            read = reader.poll((buffer, offset, length) -> {}, 64);
            total += read;
        } while (read > 0);
        return total;
    }

    @Test
    void shouldNotBeMissedByThePatrolWhenItIsGone() throws InterruptedException {
        try (ChronicleJournal journal = Damage.store(root).open("long")) {
            append(journal, 8, 10_000, 7);
            assertEquals(2, journal.archive(archive, 20_001));
            journal.keepMark();
        }
        Damage.store(root).open("long").close();
        IoUtil.delete(archive.toFile(), false);

        try (ChronicleJournal journal = Damage.store(root).open("long")) {
            assertFalse(journal.isWhollyVerified());
            journal.startPatrol();
            for (int i = 0; i < 1_000 && !journal.isWhollyVerified() && journal.failure() == null; i++) {
                Thread.sleep(10);
            }
            assertEquals(null, journal.failure());
            assertTrue(journal.isWhollyVerified());
        }
    }

    @Test
    void shouldNotBeMissedByEventsThatEndInItWhenItIsGone() {
        try (ChronicleJournal journal = open()) {
            final long chain = LogChain.of(journal).before(10);
            assertEquals(3, journal.archive(archive, BELOW));
            assertEquals(chain, LogChain.of(journal).before(10));
            IoUtil.delete(archive.toFile(), false);
            assertNull(LogChain.of(journal).before(10), "there is nothing to hold them against");
        }
    }

    @Test
    void shouldNotBeNeededToPromoteASequencerWhoseJournalHasTheBeginning() {
        try (ChronicleJournal standby = Damage.store(root).open("standby");
                ChronicleJournal journal = open()) {
            append(standby, HOURS - 1);
            assertEquals(3, journal.archive(archive, BELOW));
        }
        IoUtil.delete(archive.toFile(), false);

        final Promotion promotion = new Promotion(root.resolve("standby"), List.of(root.resolve(NAME)), null, 1_000);

        assertEquals(LAST, promotion.run(false).lastSequence());
        assertEquals(LAST, assertReads(Damage.store(root).read("standby"), 1));
    }

    private static void append(final ChronicleJournal journal, final int hours) {
        append(journal, hours, 7);
    }

    private static void append(final ChronicleJournal journal, final int hours, final int source) {
        append(journal, hours, PER_HOUR, source);
    }

    private static void append(final ChronicleJournal journal, final int hours, final int perHour, final int source) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.HEADER_LENGTH + 96]);
        for (int i = 0; i < hours * perHour; i++) {
            final long sequence = journal.lastSequence() + 1;
            Frame.encodeUnstamped(frame, 0, 96, FrameType.SESSION, source, 3, 0, 0);
            final long hour = TimeUnit.DAYS.toHours(20_000) + (sequence - 1) / perHour;
            Frame.stamp(frame, 0, 1, sequence, TimeUnit.HOURS.toNanos(hour) + sequence, journal.lastChain());
            journal.append(frame, 0, frame.capacity());
        }
    }
}
