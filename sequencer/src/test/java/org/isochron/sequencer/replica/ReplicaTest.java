package org.isochron.sequencer.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NodeState;
import org.isochron.codecs.NodeStatusEncoder;
import org.isochron.codecs.SnapshotMarkEncoder;
import org.isochron.codecs.StateHashReportEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.memory.ManualClock;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplicaTest {
    private static final Channel LOG = new Channel("mem:log", 1);

    private final MemoryTransport transport = new MemoryTransport(new MemoryWorld(1 << 20));
    private final MemoryJournalStore journals = new MemoryJournalStore();
    private final ManualClock clock = new ManualClock(1_000, 1_000);
    private final Outbound log = transport.publish(LOG);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Journal sequencerJournal = journals.open("sequencer");
    private final SumMachine machine = new SumMachine();
    private final RecordingOutlet outlet = new RecordingOutlet();
    private final List<Long> reported = new ArrayList<>();

    private long lastSequence;
    private long lastChain;
    private int epoch = 1;

    @Test
    void shouldApplyInOrderAndJournalBeforePublishing() {
        final Replica replica = replica("a", 3);
        publish("one");
        publish("two");
        replica.doWork();
        replica.doWork();

        assertEquals(List.of(1L, 2L), outlet.sequences);
        assertEquals(2, replica.sequence());
        assertEquals(2, journals.read("a").poll((b, o, l) -> {}, 10));
    }

    @Test
    void shouldFillAGapFromAnotherJournalAndStayLive() {
        final Replica replica = replica("a", 3);
        publish("one");
        work(replica);
        stampOnly("lost");
        stampOnly("lost too");
        publish("four");
        work(replica);
        publish("five");
        work(replica);

        assertEquals(LongStream.rangeClosed(1, 5).boxed().toList(), outlet.sequences);
        assertTrue(replica.gapsFilled() >= 2);
    }

    @Test
    void shouldMeetALogAgainThatIsAlwaysAheadOfItsSources() {
        // Its only source tells of nothing newer than two frames ago: as one does that is asked over a network.
        final Replica replica = replicaWith("a", 3, new GapSource(List.of(() -> new LateReader(journals, 2))));
        publish("one");
        work(replica);
        stampOnly("lost");
        for (int i = 0; i < 10; i++) {
            publish("and on");
            replica.doWork();
        }
        assertEquals(12, replica.sequence());
        assertEquals(LongStream.rangeClosed(1, 12).boxed().toList(), outlet.sequences);
        assertEquals(1, replica.gapsFilled());
    }

    @Test
    void shouldNotApplyEarlyFramesOfAnEpochThatWasFencedMeanwhile() {
        final Replica replica = replicaWith("a", 3, new GapSource(List.of(() -> new LateReader(journals, 4))));
        publish("one");
        work(replica);
        stampOnly("lost");
        publish("early");
        publish("early, too");
        work(replica);
        assertEquals(1, replica.sequence());
        journals.promise("a").request(2);
        journals.promise("a").decide(2);
        publish("five");
        publish("six");
        work(replica);
        assertEquals(2, replica.sequence());
        assertTrue(replica.fencedFrames() >= 3);
    }

    @Test
    void shouldNoticeASilentLogAndSayWhenItIsHeardAgain() {
        final Replica replica = replica("a", 3);
        publish("one");
        work(replica);
        clock.advance(LogWatch.SILENCE_NS - 1);
        work(replica);
        assertFalse(replica.isLogSilent());
        clock.advance(1);
        work(replica);
        assertTrue(replica.isLogSilent());
        assertFalse(replica.isDeaf());

        publish("two");
        work(replica);
        assertFalse(replica.isLogSilent());
        assertEquals(1, replica.silences());
        assertEquals(2, replica.sequence());
    }

    @Test
    void shouldFollowOtherNodesAndSubscribeAnewWhenTheLogGoesOnUnheard() {
        final Replica replica = replica("a", 3);
        final int[] subscriptions = new int[1];
        replica.resubscription(() -> {
            subscriptions[0]++;
            return transport.subscribe(LOG, LaneListener.NONE);
        });
        publish("one");
        work(replica);
        stampOnly("unheard");
        stampOnly("unheard, too");
        work(replica);
        assertEquals(1, replica.sequence());
        clock.advance(LogWatch.SILENCE_NS);
        work(replica);
        assertEquals(3, replica.sequence());
        assertTrue(replica.isDeaf());
        assertEquals(1, subscriptions[0]);

        publish("heard");
        work(replica);
        assertEquals(4, replica.sequence());
        assertFalse(replica.isDeaf());
        assertEquals(LongStream.rangeClosed(1, 4).boxed().toList(), outlet.sequences);
    }

    @Test
    void shouldStopWhenAGapCannotBeFilledFromAnywhere() {
        final Replica replica = replicaWith("a", 3, new GapSource(List.of()));
        publish("one");
        work(replica);
        stampOnly("lost");
        publish("three");

        final ReplicaException stop = assertThrows(ReplicaException.class, () -> work(replica));
        assertEquals(ReplicaException.Reason.GAP_UNFILLABLE, stop.reason());
        assertEquals(2, stop.sequence());
        assertEquals(Replica.Phase.FAILED, replica.phase());
    }

    @Test
    void shouldDropAnEqualDuplicateAndStopOnADifferentOne() {
        final Replica replica = replica("a", 3);
        publish("one");
        final byte[] copy = new byte[new Frame().wrap(buffer, 0).length()];
        buffer.getBytes(0, copy);
        publish("two");
        work(replica);
        log.offer(new UnsafeBuffer(copy), 0, copy.length);
        work(replica);
        assertEquals(1, replica.duplicates());
        assertEquals(2, machine.commands);

        final UnsafeBuffer forged = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        unstamped(forged, "uno");
        Frame.stamp(forged, 0, 1, 1, 1, 0);
        log.offer(forged, 0, new Frame().wrap(forged, 0).length());
        final ReplicaException stop = assertThrows(ReplicaException.class, () -> work(replica));
        assertEquals(ReplicaException.Reason.LOG_FORK, stop.reason());
    }

    @Test
    void shouldStopWhenTheChainDoesNotContinueItsOwn() {
        final Replica replica = replica("a", 3);
        publish("one");
        work(replica);
        lastChain ^= 1;
        unstamped(buffer, "two");
        Frame.stamp(buffer, 0, epoch, 2, 2, lastChain);
        log.offer(buffer, 0, new Frame().wrap(buffer, 0).length());

        assertEquals(
                ReplicaException.Reason.LOG_FORK,
                assertThrows(ReplicaException.class, () -> work(replica)).reason());
    }

    @Test
    void shouldDropAFrameOfAnOlderEpoch() {
        final Replica replica = replica("a", 3);
        epoch = 5;
        publish("one");
        work(replica);
        unstamped(buffer, "from the old sequencer");
        Frame.stamp(buffer, 0, 4, 2, 2, lastChain);
        log.offer(buffer, 0, new Frame().wrap(buffer, 0).length());
        work(replica);

        assertEquals(1, replica.sequence());
        assertEquals(1, replica.fencedFrames());
    }

    @Test
    void shouldPromiseAnEpochAndHearNoLowerOneAnyMore() {
        final Replica replica = replica("a", 3);
        publish("one");
        work(replica);
        journals.promise("a").request(3);
        work(replica);
        assertEquals(3, journals.promise("a").promised());

        publish("from the old sequencer");
        work(replica);
        assertEquals(1, replica.sequence());
        assertEquals(1, replica.fencedFrames());
    }

    @Test
    void shouldNotFillAGapWithFramesOfAReplacedSequencerBehindItsEnd() {
        final Replica replica = replica("a", 3);
        publish("one");
        work(replica);
        final long chain = lastChain;
        journals.promise("a").request(3);
        work(replica);
        // Into its journal only, which is a gap source; the new sequencer gives the same sequence to another frame.
        stampOnly("from the old sequencer");
        lastSequence = 1;
        lastChain = chain;
        epoch = 3;
        heartbeatAfterNext();
        work(replica);
        assertEquals(1, replica.sequence());

        journals.promise("a").decide(1);
        work(replica);
        assertEquals(1, replica.sequence());
        unstamped(buffer, "from the new sequencer");
        Frame.stamp(buffer, 0, 3, 2, 20, chain);
        log.offer(buffer, 0, new Frame().wrap(buffer, 0).length());
        work(replica);
        assertEquals(2, replica.sequence());
    }

    @Test
    void shouldFillAGapWithFramesFromBeforeThePromisedEpoch() {
        final Replica replica = replica("a", 3);
        publish("one");
        work(replica);
        journals.promise("a").request(3);
        work(replica);
        stampOnly("two, of the old epoch");
        journals.promise("a").decide(2);
        epoch = 3;
        publish("three");
        work(replica);

        assertEquals(3, replica.sequence());
    }

    @Test
    void shouldDropADamagedFrameAndFillIt() {
        final Replica replica = replica("a", 3);
        publish("one");
        work(replica);
        stampOnly("two");
        buffer.putByte(Frame.HEADER_LENGTH, (byte) 0);
        log.offer(buffer, 0, new Frame().wrap(buffer, 0).length());
        publish("three");
        work(replica);

        assertEquals(1, replica.damagedFrames());
        assertEquals(3, replica.sequence());
    }

    @Test
    void shouldGiveEveryCommandToOutletThatTakesPartInRecovery() {
        final Replica first = replica("a", 3);
        publish("one");
        publish("two");
        work(first);
        first.onClose();
        journals.release("a");
        outlet.sequences.clear();
        stampOnly("while it was away");

        final RecordingOutlet recorder = new RecordingOutlet();
        recorder.takesPartInRecovery = true;
        recorder.refusals = 3;
        final Replica restarted = replicaOf("a", new SumMachine(), 3, gapSource(), recorder, outlet);
        restarted.doWork();
        restarted.doWork();
        assertEquals(1, restarted.sequence(), "held back by an outlet that is full");
        work(restarted);
        heartbeat();
        work(restarted);
        publish("live");
        work(restarted);
        assertEquals(LongStream.rangeClosed(1, 4).boxed().toList(), recorder.sequences);
        assertEquals(List.of(4L), outlet.sequences);
    }

    @Test
    void shouldPublishNothingBeforeItStandsWhereTheLogIsKnownToStand() {
        final Replica replica = replica("a", 3);
        work(replica);
        stampOnly("one");
        final UnsafeBuffer late =
                new UnsafeBuffer(new byte[new Frame().wrap(buffer, 0).length()]);
        late.putBytes(0, buffer, 0, late.capacity());
        stampOnly("two");
        stampOnly("three");

        heartbeat();
        log.offer(late, 0, late.capacity());
        work(replica);
        assertEquals(3, replica.sequence());
        assertEquals(Replica.Phase.CATCHING_UP, replica.phase());
        assertEquals(List.of(), outlet.sequences);

        publish("four");
        work(replica);
        assertEquals(Replica.Phase.LIVE, replica.phase());
        assertEquals(List.of(4L), outlet.sequences);
    }

    @Test
    void shouldPublishNothingWhileItRecoversAndCatchesUp() {
        final Replica first = replica("a", 3);
        publish("one");
        publish("two");
        work(first);
        first.onClose();
        journals.release("a");
        outlet.sequences.clear();
        stampOnly("while it was away");

        final SumMachine second = new SumMachine();
        final Replica restarted = replicaOf("a", second, 3, gapSource());
        work(restarted);
        assertEquals(2, restarted.sequence());
        assertEquals(Replica.Phase.CATCHING_UP, restarted.phase());
        heartbeat();
        work(restarted);
        heartbeat();
        work(restarted);
        assertEquals(Replica.Phase.LIVE, restarted.phase());
        assertEquals(List.of(), outlet.sequences);
        publish("four");
        work(restarted);

        assertEquals(List.of(4L), outlet.sequences);
        assertEquals(4, second.commands);
    }

    @Test
    void shouldStopOnAHeartbeatWithAnotherChain() {
        final Replica replica = replica("a", 3);
        publish("one");
        work(replica);
        lastChain ^= 1;
        heartbeat();

        assertThrows(ReplicaException.class, () -> work(replica));
    }

    @Test
    void shouldKeepABatchUntilEveryOutletHasTakenIt() {
        final Replica replica = replica("a", 3);
        outlet.refusals = 3;
        publish("one");
        publish("two");
        work(replica);

        assertEquals(List.of(1L, 2L), outlet.sequences);
    }

    @Test
    void shouldReportItsHashesEveryThousandTwentyFourCommandsAndWhenTheVenueStops() {
        final Replica replica = replica("a", 3);
        for (int i = 0; i < 1_500; i++) {
            publish("command " + i);
            work(replica);
        }
        publishStopping();
        work(replica);

        assertEquals(List.of(1024L, 1501L), reported);
    }

    @Test
    void shouldStopWhenAMajorityReportsOtherHashes() {
        machine.flipAt = 700;
        final Replica replica = replica("a", 3);
        for (int i = 0; i < 1_024; i++) {
            publish("command " + i);
            work(replica);
        }
        publishReport(11, 1024, 42);
        work(replica);
        assertEquals(Replica.Phase.LIVE, replica.phase());
        publishReport(12, 1024, 42);

        final ReplicaException stop = assertThrows(ReplicaException.class, () -> work(replica));
        assertEquals(ReplicaException.Reason.DIVERGED, stop.reason());
        assertEquals(1024, stop.sequence());
        assertTrue(stop.getMessage().contains("BOOKS"), stop.getMessage());
    }

    @Test
    void shouldStopWhenItsMemoryIsNotWhatAMajorityReads() {
        machine.idle = 4;
        final Replica replica = replica("a", 3);
        for (int i = 0; i < 1_024; i++) {
            publish("command " + i);
            work(replica);
        }
        publishReport(11, 1024, machine.booksAt1024, 0);
        work(replica);
        publishReport(12, 1024, machine.booksAt1024, 0);

        final ReplicaException stop = assertThrows(ReplicaException.class, () -> work(replica));
        assertEquals(ReplicaException.Reason.DIVERGED, stop.reason());
        assertTrue(stop.getMessage().contains("hash of its memory (idle 1)"), stop.getMessage());
    }

    @Test
    void shouldGoOnWhenTwoDissentersDisagreeWithEachOther() {
        final Replica replica = replica("a", 3);
        for (int i = 0; i < 1_024; i++) {
            publish("command " + i);
            work(replica);
        }
        publishReport(11, 1024, 42);
        publishReport(12, 1024, 43);
        work(replica);

        assertEquals(Replica.Phase.LIVE, replica.phase());
    }

    @Test
    void shouldStopForGoodWhenTheCoreFails() {
        machine.failAt = 2;
        final Replica replica = replica("a", 3);
        publish("one");
        publish("two");
        publish("three");

        final ReplicaException stop = assertThrows(ReplicaException.class, () -> work(replica));
        assertEquals(ReplicaException.Reason.CORE_FAILED, stop.reason());
        assertEquals(2, stop.sequence());
        assertEquals(0, replica.doWork());
        assertEquals(List.of(1L), outlet.sequences);
    }

    @Test
    void shouldTakeASnapshotAtTheSequencersMarkAndGoOn(@TempDir final Path directory) {
        final SnapshotStore store = new SnapshotStore(directory);
        final Replica replica = replica("a", 3);
        final SnapshotTaker taker = new SnapshotTaker("a", store, machine, SumMachine::new);
        replica.snapshots(taker);
        publish("one");
        publishMark(FrameType.SEQUENCER, 1);
        publish("three");
        work(replica);
        taker.close();

        assertEquals(2, taker.newestSequence());
        assertEquals(List.of(1L, 2L, 3L), outlet.sequences);
        assertEquals(1, store.newestFirst().size());
        assertEquals(2, store.newestFirst().get(0).header().sequence());
    }

    @Test
    void shouldTakeNoSnapshotAtAMarkTheCoreHasNotAccepted(@TempDir final Path directory) {
        final SnapshotStore store = new SnapshotStore(directory);
        final Replica replica = replica("a", 3);
        final SnapshotTaker taker = new SnapshotTaker("a", store, machine, SumMachine::new);
        replica.snapshots(taker);
        publish("one");
        publishMark(FrameType.SESSION, 7);
        work(replica);
        taker.close();

        assertEquals(List.of(), store.newestFirst());
    }

    @Test
    void shouldBeginBehindASnapshotAndReplayOnlyTheTailOfItsJournal(@TempDir final Path directory) {
        final SnapshotStore store = new SnapshotStore(directory);
        final Replica first = replica("a", 3);
        final SnapshotTaker taker = new SnapshotTaker("a", store, machine, SumMachine::new);
        first.snapshots(taker);
        publish("one");
        publishMark(FrameType.SEQUENCER, 1);
        publish("three");
        final byte[] third = new byte[new Frame().wrap(buffer, 0).length()];
        buffer.getBytes(0, third);
        publish("four");
        work(first);
        first.onClose();

        final Journal journal = journals.open("a");
        final CountingMachine[] made = new CountingMachine[1];
        final StartingPoint<CountingMachine> start =
                StartingPoint.of(store, journal, () -> made[0] = new CountingMachine());
        assertEquals(2, start.sequence());
        outlet.sequences.clear();
        final Replica second = new Replica(
                "a",
                start.machine(),
                transport.subscribe(LOG, LaneListener.NONE),
                journal,
                gapSource(),
                clock,
                3,
                HashReporter.NONE,
                outlet);
        second.beginBehind(start.snapshot());
        work(second);
        assertEquals(4, second.sequence());
        assertEquals(2, start.machine().applied);
        assertEquals(machine.sum, start.machine().hash(Noun.BOOKS));

        // Older than the snapshot: nothing to compare it with, and nothing to stop for.
        stampAgain(1);
        work(second);
        // Younger: compared as ever.
        log.offer(new UnsafeBuffer(third), 0, third.length);
        publish("five");
        work(second);
        assertEquals(2, second.duplicates());
        assertEquals(5, second.sequence());
        assertEquals(List.of(5L), outlet.sequences);
    }

    /** Counts what it applies, for it is given a state that has already seen some. */
    private static final class CountingMachine implements StoredMachine {
        final SumMachine core = new SumMachine();
        int applied;

        @Override
        public void onCommand(final Frame frame, final EventBatch events) {
            core.onCommand(frame, events);
            applied++;
        }

        @Override
        public long hash(final Noun noun) {
            return core.hash(noun);
        }

        @Override
        public long scrub(final long number) {
            return core.scrub(number);
        }

        @Override
        public String scrubbed(final long number) {
            return core.scrubbed(number);
        }

        @Override
        public void save(final StateImage image) {
            core.save(image);
        }

        @Override
        public void load(final StateImage image) {
            core.load(image);
        }
    }

    private void stampAgain(final long sequence) {
        final UnsafeBuffer other = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        unstamped(other, "one");
        Frame.stamp(other, 0, epoch, sequence, sequence * 10, 0);
        log.offer(other, 0, new Frame().wrap(other, 0).length());
    }

    private void publishMark(final int frameType, final int source) {
        new SnapshotMarkEncoder()
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, new MessageHeaderEncoder())
                .seqNum(SnapshotMarkEncoder.seqNumNullValue())
                .reserved32(0);
        publishMessage(SnapshotMarkEncoder.BLOCK_LENGTH, frameType, source);
    }

    private Replica replica(final String name, final int voters) {
        return replicaWith(name, voters, gapSource());
    }

    private Replica replicaWith(final String name, final int voters, final GapSource gapSource) {
        final Replica replica = replicaOf(name, machine, voters, gapSource);
        replica.doWork();
        return replica;
    }

    private Replica replicaOf(final String name, final StateMachine core, final int voters, final GapSource gapSource) {
        return replicaOf(name, core, voters, gapSource, outlet);
    }

    private Replica replicaOf(
            final String name,
            final StateMachine core,
            final int voters,
            final GapSource gapSource,
            final Outlet... outlets) {
        return new Replica(
                name,
                core,
                transport.subscribe(LOG, LaneListener.NONE),
                journals.open(name),
                gapSource,
                clock,
                voters,
                (at, books, ledger, marks, sessions, scrub) -> reported.add(at),
                outlets);
    }

    private GapSource gapSource() {
        return new GapSource(List.of(() -> journals.read("sequencer")));
    }

    private static void work(final Replica replica) {
        for (int i = 0; i < 20; i++) {
            replica.doWork();
        }
    }

    private void publish(final String payload) {
        stampOnly(payload);
        log.offer(buffer, 0, new Frame().wrap(buffer, 0).length());
    }

    private void stampOnly(final String payload) {
        unstamped(buffer, payload);
        stamp();
    }

    private static void unstamped(final UnsafeBuffer target, final String payload) {
        final int length = target.putStringWithoutLengthAscii(Frame.HEADER_LENGTH, payload);
        Frame.encodeUnstamped(target, 0, length, FrameType.SESSION, 9, 1, 0, 0);
    }

    private void stamp() {
        lastSequence++;
        lastChain = Frame.stamp(buffer, 0, epoch, lastSequence, lastSequence * 10, lastChain);
        sequencerJournal.append(buffer, 0, new Frame().wrap(buffer, 0).length());
    }

    private void publishReport(final int source, final long at, final long booksHash) {
        publishReport(source, at, booksHash, 0);
    }

    private void publishReport(final int source, final long at, final long booksHash, final long scrubHash) {
        new StateHashReportEncoder()
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, new MessageHeaderEncoder())
                .seqNum(1)
                .nodeId(source)
                .atSequence(at)
                .booksHash(booksHash)
                .ledgerHash(1)
                .marksHash(2)
                .sessionsHash(3)
                .scrubHash(scrubHash);
        publishMessage(StateHashReportEncoder.BLOCK_LENGTH, FrameType.SESSION, source);
    }

    private void publishStopping() {
        new NodeStatusEncoder()
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, new MessageHeaderEncoder())
                .nodeId(1)
                .state(NodeState.STOPPING)
                .reserved8((short) 0)
                .reserved16(0);
        publishMessage(NodeStatusEncoder.BLOCK_LENGTH, FrameType.SEQUENCER, 1);
    }

    private void publishMessage(final int blockLength, final int frameType, final int source) {
        Frame.encodeUnstamped(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength, frameType, source, 1, 0, 0);
        stamp();
        log.offer(buffer, 0, new Frame().wrap(buffer, 0).length());
    }

    /** Says that one more frame exists than was stamped. */
    private void heartbeatAfterNext() {
        final UnsafeBuffer beat = new UnsafeBuffer(new byte[Frame.HEADER_LENGTH]);
        Frame.encodeUnstamped(beat, 0, 0, FrameType.HEARTBEAT, 1, 0, 0, 0);
        Frame.stamp(beat, 0, epoch, lastSequence + 2, 0, 0);
        log.offer(beat, 0, Frame.HEADER_LENGTH);
    }

    private void heartbeat() {
        final UnsafeBuffer beat = new UnsafeBuffer(new byte[Frame.HEADER_LENGTH]);
        Frame.encodeUnstamped(beat, 0, 0, FrameType.HEARTBEAT, 1, 0, 0, 0);
        Frame.stamp(beat, 0, epoch, lastSequence + 1, 0, lastChain);
        log.offer(beat, 0, Frame.HEADER_LENGTH);
    }

    private static final class RecordingOutlet implements Outlet {
        private final List<Long> sequences = new ArrayList<>();
        private int refusals;
        private boolean takesPartInRecovery;

        @Override
        public boolean takesPartInRecovery() {
            return takesPartInRecovery;
        }

        @Override
        public boolean onEvents(final Frame frame, final EventBatch events) {
            if (refusals > 0) {
                refusals--;
                return false;
            }
            assertEquals(1, events.count());
            assertEquals(frame.sequence(), events.buffer().getLong(events.messageOffset(events.first())));
            sequences.add(frame.sequence());
            return true;
        }
    }

    /** The sequencer's journal without its last frames. */
    private static final class LateReader implements JournalReader {
        private final JournalReader reader;
        private final MemoryJournalStore journals;
        private final int missing;

        LateReader(final MemoryJournalStore journals, final int missing) {
            this.journals = journals;
            this.missing = missing;
            reader = journals.read("sequencer");
        }

        @Override
        public void seek(final long sequence) {
            reader.seek(sequence);
        }

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            final long[] end = new long[1];
            try (JournalReader all = journals.read("sequencer")) {
                end[0] = all.poll((buffer, offset, length) -> {}, Integer.MAX_VALUE);
            }
            return reader.nextSequence() > end[0] - missing ? 0 : reader.poll(handler, 1);
        }

        @Override
        public long nextSequence() {
            return reader.nextSequence();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Test
    void shouldPassOverASourceThatHoldsAnotherEndOfAnOlderEpoch() {
        // One node was out of reach when the sequencer was replaced, and still holds what the old one stamped last.
        final Journal stale = journals.open("stale");
        final GapSource sources =
                new GapSource(List.of(() -> journals.read("stale"), () -> journals.read("sequencer")));
        final Replica replica = replicaWith("a", 3, sources);
        publish("one");
        append(stale);
        work(replica);
        for (final String lost : List.of("never heard", "nor this", "nor this")) {
            unstamped(buffer, lost);
            Frame.stamp(buffer, 0, 1, stale.lastSequence() + 1, 20 + stale.lastSequence(), stale.lastChain());
            append(stale);
        }
        epoch = 2;
        publish("two, of the new epoch");
        work(replica);
        stampOnly("three, lost on the way");
        publish("four");
        work(replica);

        assertEquals(4, replica.sequence());
    }

    private void append(final Journal journal) {
        journal.append(buffer, 0, new Frame().wrap(buffer, 0).length());
    }

    @Test
    void shouldStopWhenItsOwnJournalTakesNoFrameOfAGap() {
        final JournalException full =
                new JournalException(JournalException.Reason.UNUSABLE, 2, "the disk takes nothing", null);
        final Replica replica = new Replica(
                "a",
                machine,
                transport.subscribe(LOG, LaneListener.NONE),
                new FullJournal(journals.open("a"), full),
                gapSource(),
                clock,
                3,
                HashReporter.NONE,
                outlet);
        replica.doWork();
        publish("one");
        work(replica);
        stampOnly("lost");
        publish("three");

        assertEquals(full, assertThrows(JournalException.class, () -> work(replica)));
    }

    /** Takes one frame and no more. */
    private static final class FullJournal implements Journal {
        private final Journal journal;
        private final JournalException full;

        FullJournal(final Journal journal, final JournalException full) {
            this.journal = journal;
            this.full = full;
        }

        @Override
        public void append(final DirectBuffer frame, final int offset, final int length) {
            if (lastSequence() > 0) {
                throw full;
            }
            journal.append(frame, offset, length);
        }

        @Override
        public long lastSequence() {
            return journal.lastSequence();
        }

        @Override
        public long lastChain() {
            return journal.lastChain();
        }

        @Override
        public int lastEpoch() {
            return journal.lastEpoch();
        }

        @Override
        public long lastTimestampNs() {
            return journal.lastTimestampNs();
        }

        @Override
        public JournalReader newReader() {
            return journal.newReader();
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
