package org.isochron.sequencer.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CancelEncoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.SessionOpenEncoder;
import org.isochron.codecs.SkipSeqDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.memory.ManualClock;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.isochron.sequencer.sequence.SkipEntry;
import org.junit.jupiter.api.Test;

/** The third of five commands is poison. */
final class SkippedCommandsTest {
    private static final long POISON = 3;

    private final MemoryTransport transport = new MemoryTransport(new MemoryWorld(1 << 20));
    private final MemoryJournalStore journals = new MemoryJournalStore();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Journal sequencer = journals.open("sequencer");
    private SumMachine machine;

    SkippedCommandsTest() {
        for (final String payload : List.of("one", "two", "poison", "four", "five")) {
            append(sequencer, payload);
        }
    }

    @Test
    void shouldTryAgainOnceAndThenAskForAnOperator() {
        assertEquals("", SkippedCommands.lookAhead(nodeThatHas(3), peers()));
        assertEquals(POISON, stop().sequence());
        final String again = SkippedCommands.lookAhead(journals.open("a"), peers());
        assertEquals("this node stopped at command 3 before; it is tried once more", again);
        stop();

        final Journal journal = journals.open("a");
        final ReplicaException refusal =
                assertThrows(ReplicaException.class, () -> SkippedCommands.lookAhead(journal, peers()));
        assertEquals(ReplicaException.Reason.CORE_FAILED, refusal.reason());
        assertTrue(refusal.getMessage().contains("failed 2 times on command 3"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("isochron skip 3"), refusal.getMessage());
    }

    @Test
    void shouldPassOverTheCommandWhenTheLogBehindItSkipsIt() {
        nodeThatHas(3);
        stop();
        stop();
        assertEquals(6, new SkipEntry(sequencer, POISON).append());

        final Journal journal = journals.open("a");
        assertEquals(
                "command 3, at which this node stopped, is skipped by command 6",
                SkippedCommands.lookAhead(journal, peers()));
        assertEquals(6, journal.lastSequence(), "what is behind it came with the search");
        final Replica replica = replica(journal, poisoned());
        work(replica);

        assertEquals(6, replica.sequence());
        assertEquals(5, machine.commands);
        assertEquals(Replica.Phase.CATCHING_UP, replica.phase());
    }

    @Test
    void shouldStopWhereACommandIsSkippedThatItHasAppliedAndPassItOverAtTheNextStart() {
        new SkipEntry(sequencer, POISON).append();
        final Journal journal = nodeThatHas(6);
        final Replica replica = replica(journal, new SumMachine());
        final ReplicaException stop = assertThrows(ReplicaException.class, () -> work(replica));
        assertEquals(ReplicaException.Reason.SKIPPED, stop.reason());
        assertEquals(6, stop.sequence());
        assertTrue(journal.faults().spoils(4)
                && !journal.faults().spoils(2)
                && !journal.faults().spoils(6));
        journals.release("a");

        final SumMachine core = new SumMachine();
        final Replica restarted = replica(journals.open("a"), core);
        work(restarted);
        assertEquals(6, restarted.sequence());
        assertEquals(5, core.commands);
    }

    @Test
    void shouldRefuseToSkipWhatIsNotThereOrIsSkippedAlready() {
        assertEquals(
                "there is no command 9, the journal has 1 to 5",
                assertThrows(IllegalArgumentException.class, () -> new SkipEntry(sequencer, 9))
                        .getMessage());
        new SkipEntry(sequencer, POISON).append();
        assertEquals(
                "command 3 is skipped already, by command 6",
                assertThrows(IllegalArgumentException.class, () -> new SkipEntry(sequencer, POISON))
                        .getMessage());
        try (JournalReader reader = sequencer.newReader()) {
            assertEquals("{3=6}", SkippedCommands.all(reader).toString());
        }
    }

    @Test
    void shouldNameTheRequestOnlyWhileItsNumbersGoOn() {
        final Journal journal = journals.open("flows");
        appendOpen(journal, 7, 1);
        appendRequest(journal, 7, 40);
        appendOpen(journal, 7, 1);
        appendOpen(journal, 8, 5);
        assertEquals(40, skipOf(journal, 2).seqNum(), "the session came back under the same sessionVerId");
        appendOpen(journal, 7, 2);
        appendRequest(journal, 7, 1);
        assertEquals(1, skipOf(journal, 7).seqNum(), "sent under the new one");
        journals.release("flows");

        final Journal begunAfresh = journals.open("begun afresh");
        appendOpen(begunAfresh, 7, 1);
        appendRequest(begunAfresh, 7, 40);
        appendOpen(begunAfresh, 7, 2);
        final SkipSeqDecoder skip = skipOf(begunAfresh, 2);
        assertEquals(SkipSeqDecoder.seqNumNullValue(), skip.seqNum(), "40 will be another request");
        assertEquals(7, skip.sessionId());
    }

    private SkipSeqDecoder skipOf(final Journal journal, final long command) {
        final long sequence = new SkipEntry(journal, command).append();
        try (JournalReader reader = journal.newReader()) {
            reader.seek(sequence);
            reader.poll((bytes, offset, length) -> buffer.putBytes(0, bytes, offset, length), 1);
        }
        return new SkipSeqDecoder().wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, new MessageHeaderDecoder());
    }

    private void appendOpen(final Journal journal, final long sessionId, final long verId) {
        new SessionOpenEncoder()
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, new MessageHeaderEncoder())
                .sessionId(sessionId)
                .sessionVerId(verId);
        stampAndAppend(
                journal, FrameType.GATEWAY, 2, MessageHeaderEncoder.ENCODED_LENGTH + SessionOpenEncoder.BLOCK_LENGTH);
    }

    private void appendRequest(final Journal journal, final int sessionId, final long seqNum) {
        new CancelEncoder()
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, new MessageHeaderEncoder())
                .seqNum(seqNum);
        stampAndAppend(
                journal,
                FrameType.SESSION,
                sessionId,
                MessageHeaderEncoder.ENCODED_LENGTH + CancelEncoder.BLOCK_LENGTH);
    }

    private ReplicaException stop() {
        journals.release("a");
        final Replica replica = replica(journals.open("a"), poisoned());
        final ReplicaException stop = assertThrows(ReplicaException.class, () -> work(replica));
        assertEquals(ReplicaException.Reason.CORE_FAILED, stop.reason());
        journals.release("a");
        return stop;
    }

    private SumMachine poisoned() {
        machine = new SumMachine();
        machine.failAt = POISON;
        return machine;
    }

    private Journal nodeThatHas(final long frames) {
        final Journal journal = journals.open("a");
        try (JournalReader reader = sequencer.newReader()) {
            reader.seek(1);
            reader.poll(journal::append, (int) frames);
        }
        return journal;
    }

    private Replica replica(final Journal journal, final StateMachine core) {
        return new Replica(
                "a",
                core,
                transport.subscribe(new Channel("mem:log", 1), LaneListener.NONE),
                journal,
                new GapSource(peers()),
                new ManualClock(1_000, 1_000),
                3,
                HashReporter.NONE);
    }

    private List<Supplier<JournalReader>> peers() {
        return List.of(() -> journals.read("sequencer"));
    }

    private static void work(final Replica replica) {
        for (int i = 0; i < 20; i++) {
            replica.doWork();
        }
    }

    private void append(final Journal journal, final String payload) {
        final int length = buffer.putStringWithoutLengthAscii(Frame.HEADER_LENGTH, payload);
        stampAndAppend(journal, FrameType.SESSION, 9, length);
    }

    private void stampAndAppend(final Journal journal, final int type, final int source, final int length) {
        Frame.encodeUnstamped(buffer, 0, length, type, source, 1, 0, 0);
        final long sequence = journal.lastSequence() + 1;
        Frame.stamp(buffer, 0, 1, sequence, sequence * 10, journal.lastChain());
        journal.append(buffer, 0, Frame.HEADER_LENGTH + length);
    }
}
