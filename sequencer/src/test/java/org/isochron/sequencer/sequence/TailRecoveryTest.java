package org.isochron.sequencer.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.memory.MemoryEpochPromise;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.junit.jupiter.api.Test;

final class TailRecoveryTest {
    private final MemoryJournalStore store = new MemoryJournalStore();

    @Test
    void shouldTakeTheTailThatAReplicaStillHas() {
        final Journal journal = journal("sequencer", 10);
        journal("a", 12);
        journal("b", 15);

        assertEquals(
                5,
                TailRecovery.extend(
                        journal, List.of(() -> store.read("a"), () -> store.read("absent"), () -> store.read("b"))));
        assertEquals(15, journal.lastSequence());
    }

    @Test
    void shouldRefuseATailThatDoesNotFollow() {
        assertThrows(
                JournalException.class,
                () -> TailRecovery.extend(journal("b", 1), List.of(() -> forked().newReader())));
    }

    @Test
    void shouldTakeFromTheNextWhatADamagedOneCannotGive() {
        final Journal journal = journal("sequencer", 10);
        journal("a", 17);
        journal("b", 15);
        store.flipByte("a", 13, 70);

        assertEquals(7, TailRecovery.extend(journal, List.of(() -> store.read("a"), () -> store.read("b"))));
        assertEquals(17, journal.lastSequence());
    }

    @Test
    void shouldRefuseWhatOnlyADamagedOneHas() {
        final Journal journal = journal("sequencer", 10);
        journal("a", 15);
        journal("b", 12);
        store.flipByte("a", 13, 70);

        assertThrows(
                JournalException.class,
                () -> TailRecovery.extend(journal, List.of(() -> store.read("a"), () -> store.read("b"))));
    }

    @Test
    void shouldTakeNothingForAJournalWhoseSequencerWasReplaced() {
        final Journal journal = journal("sequencer", 10);
        journal("a", 12);
        ((MemoryEpochPromise) journal.promise()).request(2);

        assertThrows(IllegalStateException.class, () -> TailRecovery.extend(journal, List.of(() -> store.read("a"))));
        assertEquals(10, journal.lastSequence());
    }

    /** Two frames, the first of which nobody else has. */
    private Journal forked() {
        final Journal journal = store.open("another");
        final Frames frames = new Frames();
        final UnsafeBuffer first = frames.next();
        final long chain = Frame.stamp(first, 0, 7, 1, 5, 0);
        journal.append(first, 0, frames.length());
        final UnsafeBuffer second = frames.next();
        Frame.stamp(second, 0, 7, 2, 6, chain);
        journal.append(second, 0, frames.length());
        return journal;
    }

    @Test
    void shouldSendAgainFromTheLowestHolder() {
        assertEquals(5_000, TailRecovery.tailFrames(10_000, List.of(9_000L, 5_000L, 0L)));
        assertEquals(SequencerConfig.DEFAULT_TAIL_FRAMES, TailRecovery.tailFrames(10_000, List.of(10_000L)));
        assertEquals(10, TailRecovery.tailFrames(10, List.of()));
        assertEquals(TailRecovery.MAX_TAIL_FRAMES, TailRecovery.tailFrames(1L << 40, List.of(1L)));
    }

    private Journal journal(final String name, final int frames) {
        final Journal journal = store.open(name);
        new Frames().appendTo(journal, frames);
        return journal;
    }
}
