package org.isochron.sequencer.edge.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.junit.jupiter.api.Test;

final class MemoryJournalTest {
    private static final String NAME = "matcher-a";

    private final MemoryJournalStore store = new MemoryJournalStore();

    @Test
    void shouldContinueWhereItStoodWhenOpenedAgain() {
        final Frames frames = new Frames();
        try (Journal journal = store.open(NAME)) {
            assertEquals(0, journal.lastSequence());
            assertEquals(0, journal.lastChain());
            frames.appendTo(journal, 20_000);
        }
        try (Journal journal = store.open(NAME)) {
            assertEquals(20_000, journal.lastSequence());
            assertEquals(frames.chain(), journal.lastChain());
            assertEquals(Frames.EPOCH, journal.lastEpoch());
            assertEquals(20_000 * 1000, journal.lastTimestampNs());
            frames.appendTo(journal, 5);
        }
        assertEquals(20_005, readFrom(store.read(NAME), 1));
    }

    @Test
    void shouldReadFromAnySequenceAndFollowTheAppender() {
        final Journal journal = store.open(NAME);
        final Frames frames = new Frames().appendTo(journal, 100);
        final JournalReader reader = journal.newReader();
        assertEquals(31, readFrom(reader, 70));
        assertEquals(101, reader.nextSequence());
        assertEquals(0, readFrom(reader, 103));
        frames.appendTo(journal, 4);
        assertEquals(2, reader.poll((buffer, offset, length) -> {}, 10));
    }

    @Test
    void shouldRefuseAFrameThatDoesNotFollow() {
        final Journal journal = store.open(NAME);
        final Frames frames = new Frames().appendTo(journal, 3);
        final UnsafeBuffer frame = frames.next();
        Frame.stamp(frame, 0, 1, 6, 0, journal.lastChain());
        refuse(journal, frame, frames.length(), "takes sequence 4 next");
        Frame.stamp(frame, 0, 1, 4, 0, journal.lastChain() + 1);
        refuse(journal, frame, frames.length(), "prevChain");
        Frame.stamp(frame, 0, 1, 4, 0, journal.lastChain());
        refuse(journal, frame, frames.length() - 1, "is possible");
        refuse(journal, frame, frames.length() + 1, "bytes for a frame of");
        frame.putByte(Frame.SOURCE_OFFSET, (byte) 99);
        refuse(journal, frame, frames.length(), "crc32c");
        assertEquals(3, journal.lastSequence());
    }

    @Test
    void shouldRefuseASecondOpenUntilTheFirstIsClosed() {
        final Journal journal = store.open(NAME);
        final JournalException refusal = assertThrows(JournalException.class, () -> store.open(NAME));
        assertEquals(Reason.IN_USE, refusal.reason());
        journal.close();
        store.open(NAME).close();
    }

    @Test
    void shouldNameTheFrameThatADiskFaultDamaged() {
        try (Journal journal = store.open(NAME)) {
            new Frames().appendTo(journal, 50);
        }
        store.flipByte(NAME, 33, Frame.PREV_CHAIN_OFFSET);
        final JournalException onOpen = assertThrows(JournalException.class, () -> store.open(NAME));
        assertEquals(Reason.CORRUPT, onOpen.reason());
        assertEquals(33, onOpen.sequence());
        assertTrue(onOpen.getMessage().contains(NAME));

        final JournalReader reader = store.read(NAME);
        final JournalException onRead = assertThrows(JournalException.class, () -> readFrom(reader, 1));
        assertEquals(33, onRead.sequence());
        assertEquals(33, reader.nextSequence());
    }

    @Test
    void shouldAppendAfterTheTailWasLost() {
        final Frames frames = new Frames();
        try (Journal journal = store.open(NAME)) {
            frames.appendTo(journal, 50);
        }
        store.truncate(NAME, 10);
        try (Journal journal = store.open(NAME)) {
            assertEquals(10, journal.lastSequence());
        }
    }

    @Test
    void shouldRefuseToReadWhatIsNotThere() {
        final JournalException refusal = assertThrows(JournalException.class, () -> store.read("elsewhere"));
        assertEquals(Reason.UNUSABLE, refusal.reason());
    }

    private static void refuse(final Journal journal, final UnsafeBuffer frame, final int length, final String why) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> journal.append(frame, 0, length));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private static int readFrom(final JournalReader reader, final long sequence) {
        reader.seek(sequence);
        int count = 0;
        int read;
        do {
            read = reader.poll((buffer, offset, length) -> {}, 64);
            count += read;
        } while (read > 0);
        return count;
    }
}
