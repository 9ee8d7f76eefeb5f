package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is cut off, what is fetched from a peer, and what is refused. */
final class JournalRepairTest {
    private static final String NAME = "matcher-a";
    private static final String PEER = "matcher-b";
    private static final int COUNT = 60;

    @TempDir
    private Path root;

    @Test
    void shouldCutOffWhatAPowerCutTore() throws IOException {
        Damage.writeAndLosePower(root, NAME, COUNT, 40);
        Damage.truncate(file(), Damage.offsetOf(file(), 50) + 20);

        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            assertEquals(49, journal.lastSequence());
            assertEquals(1, journal.recovery().tornRecords());
            assertEquals(COUNT - 49, journal.recovery().droppedFrames());
            assertTrue(journal.recovery().message().contains("cut off at sequence 50"), journal.recovery()::message);
            Damage.after(49).appendTo(journal, 5);
        }
        Damage.assertHolds(root, NAME, 54, "appended to");
        assertEquals(1, Files.list(journal().resolve("damaged")).count());
    }

    @Test
    void shouldRefuseToLoseWhatHadBeenForcedToDisk() throws IOException {
        Damage.writeAndLosePower(root, NAME, COUNT, 50);
        Damage.truncate(file(), Damage.offsetOf(file(), 50) + 20);

        assertRefused(50);
        assertRefused(50);
    }

    @Test
    void shouldRefuseAShortJournalWhoseMachineNeverStopped() throws IOException {
        Damage.write(root, NAME, COUNT);
        Damage.truncate(file(), Damage.offsetOf(file(), COUNT) + 20);

        assertTrue(assertRefused(COUNT).getMessage().contains("byte "));
    }

    @Test
    void shouldCutOffARecordThatItsWriterNeverFinished() throws IOException {
        Damage.write(root, NAME, COUNT);
        final int end = Damage.offsetOf(file(), COUNT) + Frames.lengthOf(COUNT);
        // A record's header that says "being written", and some of its bytes.
        Damage.overwrite(file(), FrameScan.align(end), (byte) 0, (byte) 0, (byte) 0, (byte) 0x80, (byte) 9, (byte) 9);

        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            assertEquals(COUNT, journal.lastSequence());
            assertEquals(1, journal.recovery().tornRecords());
            assertEquals(0, journal.recovery().droppedFrames());
            Damage.after(COUNT).appendTo(journal, 1);
        }
        Damage.assertHolds(root, NAME, COUNT + 1, "appended to");
    }

    @Test
    void shouldCutOffWhatStandsBehindAHeaderThatNeverReachedTheDisk() throws IOException {
        Damage.write(root, NAME, COUNT);
        final int end = Damage.offsetOf(file(), COUNT) + Frames.lengthOf(COUNT);
        Damage.overwrite(file(), FrameScan.align(end) + 100, (byte) 1, (byte) 2, (byte) 3);

        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            assertEquals(1, journal.recovery().tornRecords());
            Damage.after(COUNT).appendTo(journal, 10);
        }
        Damage.assertHolds(root, NAME, COUNT + 10, "appended to");
    }

    @Test
    void shouldRefuseDamageWithSoundFramesBehindItThoughAPowerCutMayHaveDoneIt() throws IOException {
        Damage.writeAndLosePower(root, NAME, COUNT, 10);
        Damage.flip(file(), Damage.offsetOf(file(), 30) + 8);

        assertTrue(assertRefused(30).getMessage().contains("sound frames up to " + COUNT));
    }

    @Test
    void shouldTakeDamagedFramesFromAPeerAndKeepItsOwnBehindThem() throws IOException {
        Damage.write(root, NAME, COUNT);
        Damage.write(root, PEER, 35);
        Damage.flip(file(), Damage.offsetOf(file(), 30) + 8);
        Damage.flip(file(), Damage.offsetOf(file(), 32) + 8);

        try (ChronicleJournal journal = Damage.store(root).open(NAME, peers())) {
            assertEquals(COUNT, journal.lastSequence());
            assertEquals(2, journal.recovery().repairedFrames());
            Damage.after(COUNT).appendTo(journal, 3);
        }
        Damage.assertHolds(root, NAME, COUNT + 3, "repaired");
        Damage.store(root).open(NAME).close();
    }

    @Test
    void shouldTakeALostEndFromAPeer() throws IOException {
        Damage.write(root, NAME, COUNT);
        Damage.write(root, PEER, COUNT + 20);
        Damage.truncate(file(), Damage.offsetOf(file(), 41));

        try (ChronicleJournal journal = Damage.store(root).open(NAME, peers())) {
            assertEquals(COUNT, journal.lastSequence());
            assertEquals(20, journal.recovery().repairedFrames());
        }
        Damage.assertHolds(root, NAME, COUNT, "repaired");
    }

    @Test
    void shouldRefuseWhenNoPeerHasWhatIsMissing() throws IOException {
        Damage.write(root, NAME, COUNT);
        Damage.write(root, PEER, 45);
        Damage.truncate(file(), Damage.offsetOf(file(), 41));

        final JournalException refusal =
                assertThrows(JournalException.class, () -> Damage.store(root).open(NAME, peers()));
        assertEquals(41, refusal.sequence());
        assertTrue(refusal.getMessage().contains("no other journal has frame 46"), refusal::getMessage);
        assertEquals(41, assertRefused(41).sequence());
    }

    @Test
    void shouldPassOverAPeerWithAnotherHistory() throws IOException {
        Damage.write(root, NAME, COUNT);
        try (ChronicleJournal peer = Damage.store(root).open(PEER)) {
            appendOthers(peer, COUNT);
        }
        Damage.flip(file(), Damage.offsetOf(file(), 30) + 8);

        final JournalException refusal =
                assertThrows(JournalException.class, () -> Damage.store(root).open(NAME, peers()));
        assertEquals(30, refusal.sequence());
    }

    @Test
    void shouldMendAFileOfADayThatIsOver() throws IOException {
        for (final String name : List.of(NAME, PEER)) {
            try (ChronicleJournal journal = Damage.store(root).open(name)) {
                appendDays(journal, 3, 20);
            }
        }
        Damage.flip(
                Damage.dataFiles(journal()).get(1),
                Damage.offsetOf(Damage.dataFiles(journal()).get(1), 30) + 9);

        try (ChronicleJournal journal = Damage.store(root).open(NAME, peers())) {
            assertEquals(60, journal.lastSequence());
            assertEquals(1, journal.recovery().repairedFrames());
            assertEquals(3, Damage.dataFiles(journal()).size());
        }
        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            assertEquals(60, journal.lastSequence());
        }
    }

    @Test
    void shouldEndWhereAnOperatorGivesUpTheRest() throws IOException {
        Damage.write(root, NAME, COUNT);
        Damage.flip(file(), Damage.offsetOf(file(), 30) + 8);

        final JournalRecovery recovery = Damage.store(root).repair(NAME, List.of(), true);

        assertEquals(COUNT - 29, recovery.droppedFrames());
        Damage.assertHolds(root, NAME, 29, "given up");
        assertEquals(JournalRecovery.NONE, Damage.store(root).repair(NAME, List.of(), true));
    }

    @Test
    void shouldGiveUpOnlyWhatNoPeerHas() throws IOException {
        Damage.write(root, NAME, COUNT);
        Damage.write(root, PEER, 45);
        Damage.truncate(file(), Damage.offsetOf(file(), 41));

        assertThrows(JournalException.class, () -> Damage.store(root).repair(NAME, peers(), false));
        final JournalRecovery recovery = Damage.store(root).repair(NAME, peers(), true);

        assertEquals(5, recovery.repairedFrames());
        assertEquals(COUNT - 45, recovery.droppedFrames());
        Damage.assertHolds(root, NAME, 45, "given up");
    }

    @Test
    void shouldKeepBlocksOfTheDiskAheadOfTheAppender() throws IOException {
        try (ChronicleJournal journal = Damage.store(root).open(NAME)) {
            assertTrue(journal.preallocate());
            Damage.after(0).appendTo(journal, COUNT);
            assertTrue(journal.preallocate());
            final long length = Files.size(file());
            assertTrue(
                    length >= Damage.offsetOf(file(), COUNT) + ChronicleJournalStore.MIN_BLOCK_LENGTH / 2, "" + length);
        }
        Damage.assertHolds(root, NAME, COUNT, "preallocated");
        Damage.store(root).open(NAME).close();
    }

    private JournalException assertRefused(final long sequence) {
        final JournalException refusal =
                assertThrows(JournalException.class, () -> Damage.store(root).open(NAME));
        assertEquals(Reason.CORRUPT, refusal.reason());
        assertEquals(sequence, refusal.sequence(), refusal::getMessage);
        return refusal;
    }

    private List<Supplier<JournalReader>> peers() {
        return List.of(
                () -> Damage.store(root).read("absent"),
                () -> Damage.store(root).read(PEER));
    }

    private Path journal() {
        return root.resolve(NAME);
    }

    private Path file() throws IOException {
        return Damage.dataFile(journal());
    }

    private static void appendOthers(final ChronicleJournal journal, final int count) {
        append(journal, count, 5);
    }

    private static void appendDays(final ChronicleJournal journal, final int days, final int count) {
        for (int day = 0; day < days; day++) {
            append(journal, count, TimeUnit.DAYS.toNanos(20_000 + day));
        }
    }

    private static void append(final ChronicleJournal journal, final int count, final long firstTimestampNs) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.HEADER_LENGTH + 96]);
        for (int i = 0; i < count; i++) {
            Frame.encodeUnstamped(frame, 0, 96, FrameType.SESSION, 7, 3, 0, 0);
            Frame.stamp(frame, 0, 1, journal.lastSequence() + 1, firstTimestampNs + i, journal.lastChain());
            journal.append(frame, 0, frame.capacity());
        }
    }
}
