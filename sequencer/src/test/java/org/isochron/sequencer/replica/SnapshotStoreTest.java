package org.isochron.sequencer.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotStoreTest {
    private final MemoryJournalStore journals = new MemoryJournalStore();
    private final Journal journal = journals.open("a");
    private final SumMachine machine = new SumMachine();
    private final EventBatch batch = new EventBatch();
    private final StateImage image = new StateImage();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Frame frame = new Frame();

    @TempDir
    private Path directory;

    private SnapshotStore store() {
        return new SnapshotStore(directory.resolve("snapshots"));
    }

    @Test
    void shouldKeepTheNewestThree() {
        for (int i = 0; i < 5; i++) {
            apply("command");
            snapshot();
        }

        assertEquals(
                List.of(5L, 4L, 3L),
                store().newestFirst().stream()
                        .map(file -> file.header().sequence())
                        .toList());
    }

    @Test
    void shouldNotLetASnapshotCountWhoseStateHasAnotherHash() {
        apply("one");
        machine.save(image);
        final SnapshotHeader header = SnapshotHeader.of(machine, 1, 1, 10, journal.lastChain(), image.size());
        final SnapshotHeader wrong = new SnapshotHeader(
                header.schemaVersion(), 1, 1, 10, header.chain(), header.booksHash() + 1, 1, 2, 3, image.size());

        final SnapshotException refused =
                assertThrows(SnapshotException.class, () -> store().add(wrong, image, SumMachine::new));
        assertTrue(refused.getMessage().contains("the hash of BOOKS"), refused.getMessage());
        assertEquals(List.of(), store().newestFirst());
        assertEquals(1, store().unfinished().size());
    }

    @Test
    void shouldBeginWithTheNewest() {
        apply("one");
        snapshot();
        apply("two");
        snapshot();
        apply("three");

        final StartingPoint<SumMachine> start = StartingPoint.of(store(), journal, SumMachine::new);
        assertEquals(2, start.sequence());
        assertEquals(2, start.machine().commands);
    }

    @Test
    void shouldPassOverADamagedOneByNameAndTakeTheOneBefore() throws IOException {
        apply("one");
        snapshot();
        apply("two");
        final Path newest = snapshot().path();
        final byte[] bytes = Files.readAllBytes(newest);
        bytes[SnapshotHeader.LENGTH + 20] ^= 1;
        Files.write(newest, bytes);

        final StartingPoint<SumMachine> start = StartingPoint.of(store(), journal, SumMachine::new);
        assertEquals(1, start.sequence());
        assertTrue(start.notes().get(0).startsWith("snapshot-0000000000000000002.isn: chunk 0 is damaged"));
    }

    @Test
    void shouldPassOverAnUnfinishedOneByNameAndClearItAwayWithTheNext() throws IOException {
        apply("one");
        final Path finished = snapshot().path();
        final Path left = finished.resolveSibling("snapshot-0000000000000000002.unfinished");
        Files.copy(finished, left);

        final StartingPoint<SumMachine> start = StartingPoint.of(store(), journal, SumMachine::new);
        assertEquals(1, start.sequence());
        assertTrue(start.notes().get(0).startsWith("snapshot-0000000000000000002.unfinished was never finished"));
        snapshot();
        assertFalse(Files.exists(left));
    }

    @Test
    void shouldPassOverOneThatIsAheadOfTheJournalOrOfAnotherLog() {
        apply("one");
        snapshot();
        final Journal shorter = journals.open("empty");
        assertNull(StartingPoint.of(store(), shorter, SumMachine::new).snapshot());

        Frame.encodeUnstamped(
                buffer,
                0,
                buffer.putStringWithoutLengthAscii(Frame.HEADER_LENGTH, "uno"),
                FrameType.SESSION,
                9,
                1,
                0,
                0);
        Frame.stamp(buffer, 0, 1, 1, 10, 0);
        shorter.append(buffer, 0, frame.wrap(buffer, 0).length());
        final StartingPoint<SumMachine> start = StartingPoint.of(store(), shorter, SumMachine::new);
        assertNull(start.snapshot());
        assertTrue(start.notes().get(0).contains("its chain at 1 is"), start.notes()::toString);
    }

    @Test
    void shouldSetAsideWhatIsAheadOfTheLogInsteadOfKeepingIt() throws IOException {
        apply("one");
        final Path first = snapshot().path();
        final Path ahead = first.resolveSibling("snapshot-0000000000000009999.isn");
        Files.copy(first, ahead);
        apply("two");
        snapshot();

        assertEquals(
                List.of(2L, 1L),
                store().newestFirst().stream()
                        .map(file -> file.header().sequence())
                        .toList());
        assertTrue(Files.exists(ahead.resolveSibling("snapshot-0000000000000009999.isn.ahead")));
    }

    @Test
    void shouldSetASnapshotAsideThatWasSetAsideOnceBefore() throws IOException {
        apply("one");
        final Path first = snapshot().path();
        final Path ahead = first.resolveSibling("snapshot-0000000000000009999.isn");
        Files.copy(first, ahead);
        Files.copy(first, ahead.resolveSibling(ahead.getFileName() + ".ahead"));
        apply("two");
        snapshot();

        assertEquals(2, store().newestFirst().size());
    }

    @Test
    void shouldNotBeginBehindWhatIsWanted() {
        apply("one");
        snapshot();
        apply("two");
        snapshot();

        assertEquals(
                1,
                StartingPoint.of(store(), journal.newReader(), FaultRecord.NONE, 2, 1, SumMachine::new)
                        .sequence());
    }

    @Test
    void shouldRefuseToBeginWithASoundSnapshotOfAnotherSchema() {
        apply("one");
        machine.save(image);
        final SnapshotHeader header = SnapshotHeader.of(machine, 1, 1, 10, journal.lastChain(), image.size());
        final Path path = snapshot().path();
        new SnapshotFile(path)
                .write(
                        new SnapshotHeader(
                                Frame.SCHEMA_VERSION + 1,
                                1,
                                1,
                                10,
                                header.chain(),
                                header.booksHash(),
                                header.ledgerHash(),
                                header.marksHash(),
                                header.sessionsHash(),
                                header.imageLongs()),
                        image);

        assertThrows(UnreadableVersionException.class, () -> StartingPoint.of(store(), journal, SumMachine::new));
    }

    private SnapshotFile snapshot() {
        machine.save(image);
        return store().add(
                        SnapshotHeader.of(
                                machine,
                                journal.lastSequence(),
                                journal.lastEpoch(),
                                journal.lastTimestampNs(),
                                journal.lastChain(),
                                image.size()),
                        image,
                        SumMachine::new);
    }

    private void apply(final String payload) {
        final int length = buffer.putStringWithoutLengthAscii(Frame.HEADER_LENGTH, payload);
        Frame.encodeUnstamped(buffer, 0, length, FrameType.SESSION, 9, 1, 0, 0);
        final long sequence = journal.lastSequence() + 1;
        Frame.stamp(buffer, 0, 1, sequence, sequence * 10, journal.lastChain());
        frame.wrap(buffer, 0);
        journal.append(buffer, 0, frame.length());
        batch.begin(frame);
        machine.onCommand(frame, batch);
    }
}
