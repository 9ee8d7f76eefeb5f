package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.analytics.AnalyticsFacade;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.EpochStand;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChronicleJournalTest {
    private static final String NAME = "matcher-a";
    private static final FrameHandler IGNORE = (buffer, offset, length) -> {};

    @TempDir
    private Path root;

    private ChronicleJournalStore store;

    @BeforeEach
    void openStore() {
        store = new ChronicleJournalStore(root, ChronicleJournalStore.MIN_BLOCK_LENGTH);
    }

    @Test
    void shouldContinueWhereItStoodWhenOpenedAgain() {
        final Frames frames = new Frames();
        try (ChronicleJournal journal = store.open(NAME)) {
            assertEquals(0, journal.lastSequence());
            frames.appendTo(journal, 3_000);
        }
        try (ChronicleJournal journal = store.open(NAME)) {
            assertEquals(3_000, journal.lastSequence());
            assertEquals(frames.chain(), journal.lastChain());
            assertEquals(Frames.EPOCH, journal.lastEpoch());
            assertEquals(3_000 * 1000, journal.lastTimestampNs());
            frames.appendTo(journal, 200);
            assertEquals(3_200, journal.force());
        }
        try (JournalReader reader = store.read(NAME)) {
            assertEquals(3_200, readAll(reader));
        }
        assertEquals(3_200, store.stat(NAME).lastSequence());
    }

    @Test
    void shouldTellOtherThreadsWhereItEndedAfterItIsClosed() {
        final ChronicleJournal journal = store.open(NAME);
        new Frames().appendTo(journal, 5);
        journal.promise().promise(3, 5, journal.lastChain());
        journal.close();

        assertEquals(5, journal.headSequence());
        assertEquals(new EpochStand(3, 0, 0), journal.epochs());
    }

    @Test
    void shouldHandOverTheBytesAsGiven() {
        try (ChronicleJournal journal = store.open(NAME);
                JournalReader reader = store.read(NAME)) {
            new Frames().appendTo(journal, 500);
            final Frames expected = new Frames();
            final int read = reader.poll(
                    (buffer, offset, length) -> {
                        final UnsafeBuffer frame = expected.next();
                        assertEquals(expected.length(), length);
                        assertEquals(
                                0,
                                new UnsafeBuffer(frame, 0, length).compareTo(new UnsafeBuffer(buffer, offset, length)));
                    },
                    1_000);
            assertEquals(500, read);
        }
    }

    @Test
    void shouldReadFromAnySequenceAndFollowTheAppender() {
        try (ChronicleJournal journal = store.open(NAME);
                JournalReader reader = journal.newReader()) {
            assertEquals(0, reader.poll(IGNORE, 1));
            final Frames frames = new Frames().appendTo(journal, 1);
            assertEquals(1, reader.poll(IGNORE, 10));
            frames.appendTo(journal, 999);
            for (final int from : new int[] {1, 2, 127, 128, 129, 130, 999, 1_000}) {
                reader.seek(from);
                assertEquals(1_000 - from + 1, readAll(reader), "from " + from);
            }
            reader.seek(1_003);
            assertEquals(0, reader.poll(IGNORE, 1));
            frames.appendTo(journal, 2);
            assertEquals(0, reader.poll(IGNORE, 1));
            frames.appendTo(journal, 5_000);
            assertEquals(5_000, readAll(reader));
            assertEquals(6_003, reader.nextSequence());
        }
    }

    @Test
    void shouldRollByTheStampsOfTheFramesAndSeekAcrossFiles() throws IOException {
        final Days days = new Days();
        try (ChronicleJournal journal = store.open(NAME);
                JournalReader follower = journal.newReader()) {
            for (int day = 0; day < 3; day++) {
                days.appendDay(journal, 100);
                assertEquals(100, readAll(follower));
            }
            assertEquals(300, journal.force());
        }
        assertEquals(3, store.stat(NAME).fileCount());
        try (ChronicleJournal journal = store.open(NAME);
                JournalReader reader = journal.newReader()) {
            for (final int from : new int[] {1, 2, 100, 101, 102, 200, 201, 202, 300}) {
                reader.seek(from);
                assertEquals(300 - from + 1, readAll(reader), "from " + from);
            }
            days.appendDay(journal, 10);
            assertEquals(10, readAll(reader));
        }
        Files.delete(dataFiles()[1]);
        final JournalException missing = assertThrows(JournalException.class, () -> store.open(NAME));
        assertEquals(Reason.CORRUPT, missing.reason());
        assertEquals(101, missing.sequence());
    }

    @Test
    void shouldRefuseAFrameThatDoesNotFollow() {
        try (ChronicleJournal journal = store.open(NAME)) {
            final Frames frames = new Frames().appendTo(journal, 3);
            final UnsafeBuffer frame = frames.next();
            Frame.stamp(frame, 0, 1, 5, 0, journal.lastChain());
            assertThrows(IllegalArgumentException.class, () -> journal.append(frame, 0, frames.length()));
            Frame.stamp(frame, 0, 1, 4, 0, 0);
            assertThrows(IllegalArgumentException.class, () -> journal.append(frame, 0, frames.length()));
            Frame.stamp(frame, 0, 1, 4, 0, journal.lastChain());
            journal.append(frame, 0, frames.length());
            assertEquals(4, journal.lastSequence());
        }
    }

    @Test
    void shouldRefuseAJournalThatIsOpenInTheSameProcessAndKeepItLocked() {
        try (ChronicleJournal journal = store.open(NAME)) {
            for (int i = 0; i < 2; i++) {
                final JournalException refusal = assertThrows(JournalException.class, () -> store.open(NAME));
                assertEquals(Reason.IN_USE, refusal.reason());
                assertTrue(refusal.getMessage().contains(NAME), refusal.getMessage());
                assertTrue(
                        refusal.getMessage()
                                .contains("pid=" + ProcessHandle.current().pid()),
                        refusal.getMessage());
            }
            new Frames().appendTo(journal, 1);
        }
        store.open(NAME).close();
    }

    @Test
    void shouldRefuseAnotherSchemaVersionAndNameBoth() throws IOException {
        store.open(NAME).close();
        final Path properties = root.resolve(NAME).resolve("journal.properties");
        Files.writeString(properties, "layout=1\nschemaVersion=9\n");
        final JournalException onOpen = assertThrows(JournalException.class, () -> store.open(NAME));
        assertEquals(Reason.SCHEMA_VERSION, onOpen.reason());
        assertTrue(onOpen.getMessage().contains("schemaVersion 9"), onOpen.getMessage());
        assertTrue(onOpen.getMessage().contains("schemaVersion " + Frame.SCHEMA_VERSION), onOpen.getMessage());
        assertEquals(
                Reason.SCHEMA_VERSION,
                assertThrows(JournalException.class, () -> store.read(NAME)).reason());
        Files.writeString(properties, "layout=1\nschemaVersion=" + Frame.SCHEMA_VERSION + "\n");
        store.open(NAME).close();
    }

    @Test
    void shouldRefuseToReadWhatIsNotThere() {
        assertEquals(
                Reason.UNUSABLE,
                assertThrows(JournalException.class, () -> store.read("elsewhere"))
                        .reason());
        assertFalse(Files.exists(root.resolve("elsewhere")));
        assertThrows(IllegalArgumentException.class, () -> store.open("../elsewhere"));
    }

    @Test
    void shouldNoticeThatTheDataFileIsGone() throws IOException {
        try (ChronicleJournal journal = store.open(NAME)) {
            new Frames().appendTo(journal, 10);
        }
        Files.delete(dataFiles()[0]);
        final JournalException refusal = assertThrows(JournalException.class, () -> store.open(NAME));
        assertEquals(1, refusal.sequence());
        assertTrue(refusal.getMessage().contains("head file says 10"), refusal.getMessage());
    }

    @Test
    void shouldNoticeAnEndThatComesTooEarly() throws IOException {
        final Frames frames = new Frames();
        final Path file;
        try (ChronicleJournal journal = store.open(NAME)) {
            frames.appendTo(journal, 50);
            file = dataFiles()[0];
            zeroExcerptHeaderOf(file, 40);
            try (JournalReader reader = store.read(NAME)) {
                final JournalException whileAppending = assertThrows(JournalException.class, () -> readAll(reader));
                assertEquals(40, whileAppending.sequence());
                assertEquals(40, reader.nextSequence());
            }
        }
        final JournalException refusal = assertThrows(JournalException.class, () -> store.open(NAME));
        assertEquals(Reason.CORRUPT, refusal.reason());
        assertEquals(40, refusal.sequence());
        assertTrue(refusal.getMessage().contains("expected frame 40"), refusal.getMessage());
    }

    @Test
    void shouldAcceptAFrameThatItsOwnerDiedBeforeCounting() throws IOException {
        final Path head = root.resolve(NAME).resolve("head");
        final Frames frames = new Frames();
        final byte[] before;
        try (ChronicleJournal journal = store.open(NAME)) {
            frames.appendTo(journal, 7);
            before = Files.readAllBytes(head);
            frames.appendTo(journal, 1);
        }
        Files.write(head, before);
        try (ChronicleJournal journal = store.open(NAME)) {
            assertEquals(8, journal.lastSequence());
        }
        assertEquals(8, store.stat(NAME).lastSequence());
    }

    @Test
    void shouldRefuseAJournalWithoutAHead() throws IOException {
        final Path head = root.resolve(NAME).resolve("head");
        store.open(NAME).close();
        Files.write(head, new byte[128]);
        assertEquals(
                Reason.CORRUPT,
                assertThrows(JournalException.class, () -> store.open(NAME)).reason());
        Files.delete(head);
        assertEquals(
                Reason.CORRUPT,
                assertThrows(JournalException.class, () -> store.open(NAME)).reason());
    }

    @Test
    void shouldKeepAnalyticsOffAndFilesSmall() {
        store.open(NAME).close();
        assertTrue(Boolean.getBoolean("chronicle.analytics.disable"));
        assertFalse(AnalyticsFacade.isEnabled());
        assertThrows(ClassNotFoundException.class, () -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
        try (ChronicleJournal journal = store.open(NAME)) {
            new Frames().appendTo(journal, 10);
        }
        assertTrue(store.stat(NAME).fileLength() <= 4 * ChronicleJournalStore.MIN_BLOCK_LENGTH);
    }

    @Test
    void shouldNotAllocateWhenAppendingAndReading() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        final ChronicleJournalStore large = new ChronicleJournalStore(root, ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        try (ChronicleJournal journal = large.open(NAME);
                JournalReader reader = journal.newReader()) {
            final Days days = new Days();
            long appending = Long.MAX_VALUE;
            long reading = Long.MAX_VALUE;
            // The first rounds warm up; mapping another stretch of the file allocates a little, but not in every round.
            for (int round = 0; round < 6; round++) {
                final long before = threads.getThreadAllocatedBytes(self);
                days.append(journal, 20_000);
                final long appended = threads.getThreadAllocatedBytes(self);
                assertEquals(20_000, reader.poll(IGNORE, 30_000));
                final long done = threads.getThreadAllocatedBytes(self);
                appending = Math.min(appending, appended - before);
                reading = Math.min(reading, done - appended);
            }
            assertEquals(0, appending);
            assertEquals(0, reading);
        }
    }

    private Path[] dataFiles() throws IOException {
        try (var files = Files.list(root.resolve(NAME))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toArray(Path[]::new);
        }
    }

    /** Makes the queue believe that nothing was ever written there. */
    private static void zeroExcerptHeaderOf(final Path file, final long sequence) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final Frame frame = new Frame();
        for (int i = 4; i < bytes.length - Frame.HEADER_LENGTH; i += 4) {
            frame.wrap(buffer, i);
            if (frame.sequence() == sequence && frame.damage(bytes.length - i) == null) {
                try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
                    data.seek(i - 4);
                    data.writeInt(0);
                }
                return;
            }
        }
        throw new AssertionError("no frame " + sequence + " in " + file);
    }

    private static int readAll(final JournalReader reader) {
        int count = 0;
        int read;
        do {
            read = reader.poll(IGNORE, 64);
            count += read;
        } while (read > 0);
        return count;
    }

    /** Makes frames that carry real dates, without allocating. */
    private static final class Days {
        private static final int PAYLOAD_LENGTH = 96;

        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.HEADER_LENGTH + PAYLOAD_LENGTH]);
        private long timestampNs = TimeUnit.DAYS.toNanos(20_000);

        void appendDay(final ChronicleJournal journal, final int count) {
            append(journal, count);
            timestampNs = TimeUnit.DAYS.toNanos(TimeUnit.NANOSECONDS.toDays(timestampNs) + 1);
        }

        void append(final ChronicleJournal journal, final int count) {
            for (int i = 0; i < count; i++) {
                Frame.encodeUnstamped(buffer, 0, PAYLOAD_LENGTH, FrameType.SESSION, 7, 3, 0, 0);
                Frame.stamp(buffer, 0, 1, journal.lastSequence() + 1, timestampNs++, journal.lastChain());
                journal.append(buffer, 0, buffer.capacity());
            }
        }
    }
}
