package org.isochron.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.memory.MemoryJournal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.SkippedCommands;
import org.isochron.sequencer.replica.StateMachine;
import org.isochron.sequencer.sequence.SkipEntry;
import org.junit.jupiter.api.Test;

class ReplayerTest {
    private final MemoryJournalStore store = new MemoryJournalStore();
    private final MemoryJournal journal = store.open("log");
    private final TestLog log = new TestLog(journal);

    @Test
    void shouldConfirmTheHashThatTheMajorityReported() {
        log.ticksUpTo(1024);
        final NounHashes hashes = stateNow();
        log.hashReport(1, 1024, hashes);
        log.hashReport(2, 1024, hashes);

        final ReplayReport report = replay(Long.MAX_VALUE);

        assertEquals(1026, report.lastSequence());
        assertEquals(1, report.hashesConfirmed());
        assertEquals(List.of(), report.dissenters());
        assertTrue(report.isConfirmed());
        assertEquals(stateNow().combined(), report.hash());
    }

    @Test
    void shouldNameTheDissenterWhenTheMajorityIsConfirmed() {
        log.ticksUpTo(1024);
        final NounHashes hashes = stateNow();
        log.hashReport(1, 1024, hashes);
        log.hashReport(2, 1024, otherMarks(hashes));
        log.hashReport(3, 1024, hashes);

        final ReplayReport report = replay(Long.MAX_VALUE);

        assertEquals(1, report.hashesConfirmed());
        assertEquals(0, report.hashesRefuted());
        assertEquals(
                List.of(new Dissenter(1002, 1024, Noun.MARKS, hashes.marks() + 1, hashes.marks())),
                report.dissenters());
        assertFalse(report.isConfirmed());
    }

    @Test
    void shouldRefuteWhenTheMajorityReportedAnotherHash() {
        log.ticksUpTo(1024);
        final NounHashes hashes = stateNow();
        log.hashReport(1, 1024, otherMarks(hashes));
        log.hashReport(2, 1024, otherMarks(hashes));
        log.hashReport(3, 1024, hashes);

        final ReplayReport report = replay(Long.MAX_VALUE);

        assertEquals(0, report.hashesConfirmed());
        assertEquals(1, report.hashesRefuted());
        assertEquals(2, report.dissenters().size());
        assertFalse(report.isConfirmed());
    }

    @Test
    void shouldRefuteWhenHalfOfTheReportsDisagree() {
        log.ticksUpTo(1024);
        final NounHashes hashes = stateNow();
        log.hashReport(1, 1024, hashes);
        log.hashReport(2, 1024, otherMarks(hashes));

        assertEquals(1, replay(Long.MAX_VALUE).hashesRefuted());
    }

    @Test
    void shouldIgnoreReportsThatTheCoreDidNotAccept() {
        log.ticksUpTo(1024);
        log.hashReport(TallyMachine.FIRST_REFUSED_SESSION, 1024, otherMarks(stateNow()));

        final ReplayReport report = replay(Long.MAX_VALUE);

        assertEquals(0, report.hashesConfirmed());
        assertTrue(report.isConfirmed());
    }

    @Test
    void shouldCheckTheStateAtAnOrderlyStop() {
        log.ticksUpTo(16);
        log.stopping();
        log.hashReport(1, 17, stateNow());

        final ReplayReport report = replay(Long.MAX_VALUE);

        assertEquals(1, report.hashesConfirmed());
        assertTrue(report.isConfirmed());
    }

    @Test
    void shouldCountReportsThatSpeakOfNoReportPoint() {
        log.ticksUpTo(16);
        log.hashReport(1, 16, stateNow());

        final ReplayReport report = replay(Long.MAX_VALUE);

        assertEquals(1, report.hashesUnchecked());
        assertFalse(report.isConfirmed());
    }

    @Test
    void shouldStillCheckTheOldestOpenPointAndNotTheOneBefore() {
        log.ticksUpTo(1024);
        final NounHashes first = stateNow();
        log.ticksUpTo(2048);
        final NounHashes second = stateNow();
        log.ticksUpTo(1024L * (ReportPoints.DEPTH + 1));
        log.hashReport(1, 1024, first);
        log.hashReport(1, 2048, second);

        final ReplayReport report = replay(Long.MAX_VALUE);

        assertEquals(1, report.hashesConfirmed());
        assertEquals(1, report.hashesUnchecked());
    }

    @Test
    void shouldStopAtTheSequenceAskedFor() {
        log.ticksUpTo(3000);
        final List<Long> progress = new ArrayList<>();

        final ReplayReport report =
                new Replayer(new TallyMachine(), EventConsumer.NONE).replay(journal.newReader(), 2500, progress::add);

        assertEquals(2500, report.lastSequence());
        assertEquals(List.of(1024L, 2048L, 2500L), progress);
    }

    @Test
    void shouldNameTheSequenceOfAFlippedByteAndApplyNothingOfIt() {
        log.ticksUpTo(100);
        store.flipByte("log", 60, Frame.HEADER_LENGTH + 9);
        final List<Long> applied = new ArrayList<>();
        final Replayer replayer = new Replayer(new TallyMachine(), (frame, events) -> applied.add(frame.sequence()));

        final JournalException damage = assertThrows(
                JournalException.class, () -> replayer.replay(journal.newReader(), Long.MAX_VALUE, sequence -> {}));

        assertEquals(60, damage.sequence());
        assertEquals(59, applied.get(applied.size() - 1));
    }

    @Test
    void shouldNameTheCommandThatTheCoreCannotApply() {
        log.ticksUpTo(3);
        final StateMachine broken = new StateMachine() {
            @Override
            public void onCommand(final Frame frame, final EventBatch events) {
                if (frame.sequence() == 2) {
                    throw new ArithmeticException("planted");
                }
            }

            @Override
            public long hash(final Noun noun) {
                return 0;
            }

            @Override
            public long scrub(final long number) {
                return 0;
            }

            @Override
            public String scrubbed(final long number) {
                return "nothing";
            }
        };

        final IllegalStateException failure = assertThrows(
                IllegalStateException.class,
                () -> new Replayer(broken, EventConsumer.NONE)
                        .replay(journal.newReader(), Long.MAX_VALUE, applied -> {}));

        assertEquals("the core cannot apply command 2: planted", failure.getMessage());
    }

    @Test
    void shouldSayWhichCommandTheLogSkipsAndPassItOverWhenAsked() {
        log.ticksUpTo(3);
        new SkipEntry(journal, 2).append();
        log.ticksUpTo(6);

        final SkippedCommandException skip = assertThrows(SkippedCommandException.class, () -> replay(Long.MAX_VALUE));
        assertEquals("2 4", skip.skipped() + " " + skip.saidAt());

        final List<Long> applied = new ArrayList<>();
        final TallyMachine machine = new TallyMachine();
        final ReplayReport report = new Replayer(machine, (frame, events) -> applied.add(frame.sequence()))
                .passingOver(SkippedCommands.all(journal.newReader()))
                .replay(journal.newReader(), Long.MAX_VALUE, sequence -> {});
        assertEquals(6, report.lastSequence());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), applied);
        long tally = 0;
        for (final long sequence : new long[] {1, 3, 4, 5, 6}) {
            tally = tally * 31 + sequence;
        }
        assertEquals(tally, machine.hash(Noun.BOOKS));
    }

    private ReplayReport replay(final long toSequence) {
        return new Replayer(new TallyMachine(), EventConsumer.NONE)
                .replay(journal.newReader(), toSequence, applied -> {});
    }

    private NounHashes stateNow() {
        return replay(Long.MAX_VALUE).nouns();
    }

    private static NounHashes otherMarks(final NounHashes hashes) {
        return new NounHashes(hashes.books(), hashes.ledger(), hashes.marks() + 1, hashes.sessions());
    }
}
