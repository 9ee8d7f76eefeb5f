package org.isochron.sequencer.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.EpochStartDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NodeState;
import org.isochron.codecs.NodeStatusDecoder;
import org.isochron.codecs.NodeStatusEncoder;
import org.isochron.codecs.ScanCompletedEncoder;
import org.isochron.codecs.SnapshotMarkDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.memory.ManualClock;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SequencerAgentTest {
    private static final long MS = 1_000_000L;
    private static final long START_NS = 1_700_000_000_030L * MS;
    private static final Channel COMMANDS = new Channel("memory:commands", 1);
    private static final Channel LOG = new Channel("memory:log", 2);
    private static final int PAYLOAD = 32;

    private final ManualClock clock = new ManualClock(START_NS, 77);
    private final MemoryJournalStore store = new MemoryJournalStore();
    private final List<Stamped> received = new ArrayList<>();
    private MemoryWorld world;
    private Outbound gateway;
    private Inbound replica;
    private Journal journal;
    private SequencerStatus status;
    private SequencerAgent sequencer;

    /** What a replica sees of a frame. */
    private record Stamped(long sequence, int type, long timestampNs, int epoch, int templateId, byte[] bytes) {}

    @BeforeEach
    void setUp() {
        start(SequencerConfig.of(9), 1024);
    }

    private void start(final SequencerConfig config, final int laneCapacity) {
        world = new MemoryWorld(laneCapacity);
        final MemoryTransport transport = new MemoryTransport(world);
        store.release("sequencer");
        journal = store.open("sequencer");
        status = new SequencerStatus();
        sequencer = new SequencerAgent(
                config,
                transport,
                transport.subscribe(COMMANDS, LaneListener.NONE),
                transport.publish(LOG),
                journal,
                clock,
                status);
        gateway = transport.publish(COMMANDS);
        received.clear();
    }

    private void connectReplica() {
        replica = new MemoryTransport(world).subscribe(LOG, LaneListener.NONE);
    }

    private void run() {
        for (int i = 0; i < 100; i++) {
            sequencer.doWork();
            if (replica != null) {
                replica.poll(this::onFrame, 1000);
            }
        }
    }

    private boolean onFrame(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        final Frame frame = new Frame().wrap(buffer, offset);
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final int templateId = length == Frame.HEADER_LENGTH
                ? 0
                : new MessageHeaderDecoder().wrap(buffer, frame.payloadOffset()).templateId();
        received.add(new Stamped(
                frame.sequence(), frame.frameType(), frame.timestampNs(), frame.epoch(), templateId, bytes));
        return true;
    }

    private static UnsafeBuffer command() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.HEADER_LENGTH + PAYLOAD]);
        new ScanCompletedEncoder()
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, new MessageHeaderEncoder())
                .seqNum(1);
        Frame.encodeUnstamped(buffer, 0, PAYLOAD, FrameType.SESSION, 7, 3, 5, 0);
        return buffer;
    }

    private void send(final UnsafeBuffer frame) {
        assertTrue(gateway.offer(frame, 0, frame.capacity()) > 0);
    }

    private List<Stamped> journaled() {
        return received.stream()
                .filter(frame -> frame.type() != FrameType.HEARTBEAT)
                .toList();
    }

    private long countOf(final int templateId) {
        return journaled().stream()
                .filter(frame -> frame.templateId() == templateId)
                .count();
    }

    @Test
    void shouldStampNothingWhileNoReplicaReceives() {
        send(command());
        run();

        assertEquals(0, journal.lastSequence());
        assertFalse(status.isConnected());
        assertEquals(0, status.commandsTaken());

        connectReplica();
        run();

        assertEquals(2, journal.lastSequence());
        assertEquals(1, status.commandsTaken());
    }

    @Test
    void shouldStartEachEpochWithAFrameThatSaysSo() {
        connectReplica();
        run();

        final Stamped first = received.get(0);
        assertEquals(1, first.sequence());
        assertEquals(FrameType.SEQUENCER, first.type());
        assertEquals(EpochStartDecoder.TEMPLATE_ID, first.templateId());
        assertEquals(START_NS, first.timestampNs());
        final EpochStartDecoder decoder = new EpochStartDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(first.bytes()), Frame.HEADER_LENGTH, new MessageHeaderDecoder());
        assertEquals(1, decoder.epoch());
        assertEquals(9, decoder.sequencerId());
        assertEquals(1, decoder.baseSequence());
        assertEquals(0, decoder.prevChain());
        assertEquals(1, status.epoch());
    }

    @Test
    void shouldPublishTheBytesOfTheJournal() {
        connectReplica();
        send(command());
        send(command());
        run();

        final List<byte[]> inJournal = new ArrayList<>();
        try (JournalReader reader = journal.newReader()) {
            reader.poll(
                    (buffer, offset, length) -> {
                        final byte[] bytes = new byte[length];
                        buffer.getBytes(offset, bytes);
                        inJournal.add(bytes);
                    },
                    100);
        }
        final List<Stamped> published = journaled();
        assertEquals(3, inJournal.size());
        for (int i = 0; i < inJournal.size(); i++) {
            assertArrayEquals(inJournal.get(i), published.get(i).bytes());
        }
    }

    @Test
    void shouldJournalBeforePublishingAndOfferOnlyThatFrameWhileTheLogIsFull() {
        start(SequencerConfig.of(9), 2);
        connectReplica();
        sequencer.doWork(); // end of the empty tail
        sequencer.doWork(); // EpochStart
        send(command());
        send(command());
        sequencer.doWork();
        // Two fit the replica's lane; the third is journaled, not published, and nothing is stamped behind it.
        assertEquals(3, journal.lastSequence());
        assertTrue(status.isBackPressured());
        send(command());
        sequencer.doWork();
        sequencer.doWork();
        assertEquals(3, journal.lastSequence());

        run();

        assertEquals(4, journal.lastSequence());
        assertEquals(
                List.of(1L, 2L, 3L, 4L),
                journaled().stream().map(Stamped::sequence).toList());
        assertFalse(status.isBackPressured());
    }

    @Test
    void shouldRepublishTheTailBeforeStampingAnythingNew() {
        connectReplica();
        for (int i = 0; i < 9; i++) {
            send(command());
        }
        run();
        assertEquals(10, journal.lastSequence());

        replica = null;
        start(new SequencerConfig(9, 4, 10 * MS, 64, 0), 1024);
        connectReplica();
        run();

        assertEquals(
                List.of(7L, 8L, 9L, 10L, 11L),
                journaled().stream().map(Stamped::sequence).toList());
        assertEquals(1, journaled().get(3).epoch());
        assertEquals(2, journaled().get(4).epoch());
        assertEquals(EpochStartDecoder.TEMPLATE_ID, journaled().get(4).templateId());
    }

    @Test
    void shouldMarkASnapshotSoonAfterEachMultipleOfTheInterval() {
        start(SequencerConfig.of(9).withSnapshotInterval(5), 1024);
        connectReplica();
        run();
        for (int i = 0; i < 8; i++) {
            send(command());
            run();
        }

        final List<Long> marks = journaled().stream()
                .filter(frame -> frame.templateId() == SnapshotMarkDecoder.TEMPLATE_ID)
                .map(Stamped::sequence)
                .toList();
        assertEquals(List.of(6L, 11L), marks);
    }

    @Test
    void shouldMarkNoSnapshotWithoutAnInterval() {
        connectReplica();
        for (int i = 0; i < 9; i++) {
            send(command());
        }
        run();

        assertEquals(0, countOf(SnapshotMarkDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldStampTicksExactlyOnTheGridAndBeforeLaterCommands() {
        connectReplica();
        run();
        clock.advance(70 * MS); // START is 30 ms past the grid: the tick is due to the nanosecond
        send(command());
        run();

        final List<Stamped> frames = journaled();
        assertEquals(ClockTickDecoder.TEMPLATE_ID, frames.get(1).templateId());
        assertEquals(START_NS + 70 * MS, frames.get(1).timestampNs());
        assertEquals(START_NS + 70 * MS + 1, frames.get(2).timestampNs());
    }

    @Test
    void shouldStampNoTickOneNanosecondBeforeItsTime() {
        connectReplica();
        run();
        clock.advance(70 * MS - 1);
        run();

        assertEquals(0, countOf(ClockTickDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldStampEveryTickMissedInAShortPauseOfTheRun() {
        connectReplica();
        run();
        clock.advance(1_900 * MS);
        send(command());
        run();

        assertEquals(19, countOf(ClockTickDecoder.TEMPLATE_ID));
        final List<Stamped> frames = journaled();
        assertEquals(START_NS + 1_900 * MS, frames.get(frames.size() - 1).timestampNs());
        for (final Stamped frame : frames) {
            if (frame.templateId() == ClockTickDecoder.TEMPLATE_ID) {
                assertEquals(0, frame.timestampNs() % SequencerAgent.TICK_NS);
                assertEquals(FrameType.SEQUENCER, frame.type());
            }
        }
    }

    @Test
    void shouldLetALongPauseShowAsAGapAndGoOnWithTheNextTick() {
        connectReplica();
        run();
        clock.advance(10_000 * MS);
        send(command());
        run();
        assertEquals(0, countOf(ClockTickDecoder.TEMPLATE_ID));
        assertEquals(
                START_NS + 10_000 * MS, journaled().get(journaled().size() - 1).timestampNs());

        clock.advance(100 * MS);
        run();
        assertEquals(1, countOf(ClockTickDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldStampNoTickForTheTimeItWasDown() {
        connectReplica();
        run();
        clock.advance(60_000 * MS);
        start(SequencerConfig.of(9), 1024);
        connectReplica();
        run();
        clock.advance(100 * MS);
        run();

        assertEquals(1, countOf(ClockTickDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldNotFollowAStepOfTheWallClockWithinARun() {
        connectReplica();
        run();
        clock.stepWall(-3_600_000 * MS);
        clock.advance(5 * MS);
        send(command());
        run();

        assertEquals(START_NS + 5 * MS, journaled().get(1).timestampNs());
    }

    @Test
    void shouldKeepTimeRisingWhenTheWallClockStandsBehindTheJournalAtStart() {
        connectReplica();
        run();
        final long lastNs = journal.lastTimestampNs();
        clock.stepWall(-1_000 * MS);
        start(SequencerConfig.of(9), 1024);
        connectReplica();
        run();

        assertEquals(lastNs + 1, journal.lastTimestampNs());
        clock.advance(50 * MS);
        send(command());
        run();
        // 50 ms at nine tenths of the speed
        assertEquals(lastNs + 1 + 45 * MS, journal.lastTimestampNs());
        clock.advance(20_000 * MS);
        run();
        send(command());
        run();
        // by now the wall clock has met it
        assertEquals(clock.wallNs(), journal.lastTimestampNs());
    }

    @Test
    void shouldStampStrictlyRisingTimesWithinOneInstant() {
        connectReplica();
        for (int i = 0; i < 50; i++) {
            send(command());
        }
        run();

        long before = 0;
        for (final Stamped frame : journaled()) {
            assertTrue(frame.timestampNs() > before);
            before = frame.timestampNs();
        }
        assertEquals(51, journaled().size());
    }

    @Test
    void shouldSendHeartbeatsInSilenceAndNeverJournalThem() {
        connectReplica();
        run();
        received.clear();
        clock.advance(10 * MS);
        run();
        clock.advance(10 * MS);
        run();

        assertEquals(2, received.size());
        final Frame heartbeat =
                new Frame().wrap(new UnsafeBuffer(received.get(1).bytes()), 0);
        assertEquals(FrameType.HEARTBEAT, heartbeat.frameType());
        assertEquals(2, heartbeat.sequence());
        assertEquals(journal.lastChain(), heartbeat.prevChain());
        assertEquals(1, journal.lastSequence());
    }

    @Test
    void shouldRefuseAndCountWhatIsNoUnstampedFrame() {
        connectReplica();
        run();
        final UnsafeBuffer wrongLength = command();
        wrongLength.putInt(Frame.LENGTH_OFFSET, 80);
        send(wrongLength);
        final UnsafeBuffer ownType = command();
        ownType.putShort(Frame.FRAME_TYPE_OFFSET, (short) FrameType.SEQUENCER);
        send(ownType);
        final UnsafeBuffer stamped = command();
        stamped.putLong(Frame.SEQUENCE_OFFSET, 5);
        send(stamped);
        final UnsafeBuffer version = command();
        version.putShort(Frame.SCHEMA_VERSION_OFFSET, (short) 3);
        send(version);
        send(new UnsafeBuffer(new byte[12]));
        send(command());
        run();

        assertEquals(5, status.commandsRefused());
        assertEquals(6, status.commandsTaken());
        assertEquals(2, journal.lastSequence());
    }

    @Test
    void shouldStampStoppingThenGoOnUntilFinished() {
        connectReplica();
        run();
        sequencer.requestStop();
        run();
        assertEquals(2, status.stopSequence());
        final NodeStatusDecoder decoder = new NodeStatusDecoder()
                .wrapAndApplyHeader(
                        new UnsafeBuffer(journaled().get(1).bytes()), Frame.HEADER_LENGTH, new MessageHeaderDecoder());
        assertEquals(NodeState.STOPPING, decoder.state());
        assertEquals(9, decoder.nodeId());
        assertFalse(sequencer.isStopped());

        send(command());
        run();
        assertEquals(3, sequencer.lastSequence());

        sequencer.finish();
        run();
        assertTrue(sequencer.isStopped());
        send(command());
        clock.advance(1_000 * MS);
        run();
        assertEquals(3, sequencer.lastSequence());
    }

    @Test
    void shouldFinishWhenNobodyIsLeftToReceive() {
        connectReplica();
        run();
        replica.close();
        replica = null;
        sequencer.finish();
        run();

        assertTrue(sequencer.isStopped());
    }

    @Test
    void shouldNameTheKeyAndValueOfABadConfiguration() {
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new SequencerConfig(9, -1, 1, 1, 0));
        assertTrue(e.getMessage().startsWith("tailFrames is -1"), e.getMessage());
    }

    @Test
    void shouldAllocateNothingPerFrame() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Journal nullJournal = new CountingJournal();
        world = new MemoryWorld(64);
        final MemoryTransport transport = new MemoryTransport(world);
        sequencer = new SequencerAgent(
                SequencerConfig.of(9),
                transport,
                transport.subscribe(COMMANDS, LaneListener.NONE),
                transport.publish(LOG),
                nullJournal,
                clock,
                new SequencerStatus());
        gateway = transport.publish(COMMANDS);
        connectReplica();
        final UnsafeBuffer command = command();
        final long self = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            final long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 5_000; i++) {
                gateway.offer(command, 0, command.capacity());
                clock.advance(20_000);
                sequencer.doWork();
                replica.poll(SequencerAgentTest::ignore, 64);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }
        assertTrue(nullJournal.lastSequence() > 100_000);
        assertEquals(0, least);
    }

    @Test
    void shouldTakeANewEpochAtEachStartThoughTheLastOneStampedNothing() {
        start(SequencerConfig.of(9), 1024);
        start(SequencerConfig.of(9), 1024);
        connectReplica();
        run();

        assertEquals(3, journaled().get(0).epoch());
    }

    @Test
    void shouldStampNothingMoreOnceAnotherSequencerHasItsPlace() {
        connectReplica();
        run();
        final long last = journal.lastSequence();
        store.promise("sequencer").request(2);
        send(command());

        assertThrows(IllegalStateException.class, this::run);
        assertEquals(last, journal.lastSequence());
    }

    @Test
    void shouldStampAConditionOfTheMachineOnceForEachChange() {
        connectReplica();
        run();
        sequencer.report(NodeState.DISK_LOW);
        run();
        sequencer.report(NodeState.DISK_LOW);
        run();
        assertEquals(1, countOf(NodeStatusEncoder.TEMPLATE_ID));
        sequencer.report(NodeState.RECOVERED);
        run();
        assertEquals(2, countOf(NodeStatusEncoder.TEMPLATE_ID));
    }

    private static boolean ignore(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        return true;
    }

    /** Keeps nothing but where it stands. */
    private static final class CountingJournal implements Journal {
        private final Frame frame = new Frame();
        private long lastSequence;

        @Override
        public void append(final DirectBuffer buffer, final int offset, final int length) {
            lastSequence = frame.wrap(buffer, offset).sequence();
        }

        @Override
        public long lastSequence() {
            return lastSequence;
        }

        @Override
        public long lastChain() {
            return 0;
        }

        @Override
        public int lastEpoch() {
            return 0;
        }

        @Override
        public long lastTimestampNs() {
            return 0;
        }

        @Override
        public JournalReader newReader() {
            return new MemoryJournalStore().open("empty").newReader();
        }

        @Override
        public void close() {}
    }
}
