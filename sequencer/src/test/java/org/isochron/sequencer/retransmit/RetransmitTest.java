package org.isochron.sequencer.retransmit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.EpochStand;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.memory.ManualClock;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.isochron.sequencer.replica.GapSource;
import org.junit.jupiter.api.Test;

/** Three nodes that ask each other over a network in memory, driven in turn. */
final class RetransmitTest {
    private static final long BYTES_PER_SECOND = 1 << 26;
    private static final int A = 1;
    private static final int B = 2;
    private static final int C = 3;
    private static final int STRANGER = 9;

    private final MemoryWorld world = new MemoryWorld(512);
    private final MemoryJournalStore journals = new MemoryJournalStore();
    private final ManualClock clock = new ManualClock(1_000, 1_000);
    private final List<RetransmitAgent> running = new ArrayList<>();
    private final List<byte[]> received = new ArrayList<>();

    @Test
    void shouldHandOverTheFramesAsTheyStandInTheJournal() {
        final Journal journal = journal(A, 5_000);
        node(A, BYTES_PER_SECOND).serve(served(journal));
        final JournalReader reader = node(C, BYTES_PER_SECOND, A).newReader(0);

        reader.seek(1);
        await(() -> poll(reader) >= 0 && received.size() == 5_000);

        assertEquals(5_001, reader.nextSequence());
        final List<byte[]> stored = new ArrayList<>();
        journal.newReader().poll((buffer, offset, length) -> stored.add(copy(buffer, offset, length)), 5_000);
        for (int i = 0; i < stored.size(); i++) {
            assertArrayEquals(stored.get(i), received.get(i));
        }
    }

    @Test
    void shouldSendNoMoreThanTheBoundForOneRequest() {
        node(A, BYTES_PER_SECOND).serve(served(journal(A, 5_000)));
        final Inbound answers = new MemoryTransport(world).subscribe(peer(C).answers(), LaneListener.NONE);
        final Outbound requests = new MemoryTransport(world).publish(peer(A).requests());

        request(requests, C, 1, Long.MAX_VALUE);
        final int[] taken = new int[1];
        await(() -> answers.poll((lane, buffer, offset, length) -> ++taken[0] > 0, 512) >= 0
                && taken[0] == FrameServer.MAX_FRAMES + 1);
        for (int i = 0; i < 1_000; i++) {
            drive();
        }
        assertEquals(0, answers.poll((lane, buffer, offset, length) -> true, 512));
    }

    @Test
    void shouldAskTheNextNodeWhenOneIsSilent() {
        // A listens and has nothing to serve.
        node(A, BYTES_PER_SECOND);
        final RetransmitAgent b = node(B, BYTES_PER_SECOND);
        final Journal journal = journal(B, 10);
        b.serve(served(journal));
        final JournalReader reader = node(C, BYTES_PER_SECOND, A, B).newReader(0);

        reader.seek(4);
        final long begunNs = clock.monotonicNs();
        await(() -> poll(reader) >= 0 && received.size() == 7);
        assertTrue(clock.monotonicNs() - begunNs >= FrameFetcher.SILENCE_NS);
        assertEquals(7, b.framesServed());

        // The silent one is left out for a while: the next gap is filled without waiting for it.
        final long againNs = clock.monotonicNs();
        frames(10).appendTo(journal, 5);
        reader.seek(12);
        await(() -> poll(reader) >= 0 && received.size() == 11);
        assertTrue(clock.monotonicNs() - againNs < FrameFetcher.SILENCE_NS);
    }

    @Test
    void shouldAskTheNextNodeForWhatOneDoesNotHave() {
        final RetransmitAgent a = node(A, BYTES_PER_SECOND);
        final RetransmitAgent b = node(B, BYTES_PER_SECOND);
        a.serve(served(journal(A, 6)));
        b.serve(served(journal(B, 10)));
        final JournalReader reader = node(C, BYTES_PER_SECOND, A, B).newReader(0);

        reader.seek(1);
        await(() -> poll(reader) >= 0 && received.size() == 10);
        assertEquals(6, a.framesServed());
        assertEquals(4, b.framesServed());
    }

    @Test
    void shouldNotServeWhatIsInItsArchiveAndSendWhoAsksToTheNextNode() {
        final RetransmitAgent a = node(A, BYTES_PER_SECOND);
        final RetransmitAgent b = node(B, BYTES_PER_SECOND);
        a.serve(served(journal(A, 10), 6));
        b.serve(served(journal(B, 7)));
        final JournalReader reader = node(C, BYTES_PER_SECOND, A, B).newReader(0);

        reader.seek(1);
        await(() -> poll(reader) >= 0 && received.size() == 10);
        assertEquals(3, a.framesServed());
        assertEquals(7, b.framesServed());
    }

    @Test
    void shouldSayThatNobodyHasTheFrameAndFindItLater() {
        final Journal journal = journal(A, 3);
        node(A, BYTES_PER_SECOND).serve(served(journal));
        final JournalReader reader = node(C, BYTES_PER_SECOND, A).newReader(0);
        reader.seek(4);
        assertTrue(reader.isPending());
        await(() -> poll(reader) == 0 && !reader.isPending());

        frames(3).appendTo(journal, 2);
        await(() -> poll(reader) >= 0 && received.size() == 2);
    }

    @Test
    void shouldAskTheNextNodeForAFrameThatWasRefused() {
        final RetransmitAgent a = node(A, BYTES_PER_SECOND);
        final RetransmitAgent b = node(B, BYTES_PER_SECOND);
        a.serve(served(journal(A, 3)));
        b.serve(served(journal(B, 3)));
        final RetransmitAgent c = node(C, BYTES_PER_SECOND, A, B);
        final GapSource gaps = new GapSource(List.of(() -> c.newReader(0)));
        await(() -> gaps.poll(1, (buffer, offset, length) -> {}) == 1);
        assertEquals(0, b.framesServed());

        gaps.passOver();
        await(() -> gaps.poll(1, (buffer, offset, length) -> {}) == 1);
        assertTrue(b.framesServed() > 0);
    }

    @Test
    void shouldNotAskForWhatNobodyLooksFor() {
        final RetransmitAgent a = node(A, BYTES_PER_SECOND);
        a.serve(served(journal(A, 20_000)));
        final JournalReader reader = node(C, BYTES_PER_SECOND, A).newReader(0);
        reader.seek(1);
        reader.poll((buffer, offset, length) -> {}, 1);
        for (int i = 0; i < 5_000; i++) {
            drive();
        }
        assertEquals(FrameServer.MAX_FRAMES, a.framesServed());
    }

    @Test
    void shouldNeverHandOverADamagedFrame() {
        final Inbound requests = new MemoryTransport(world).subscribe(peer(A).requests(), LaneListener.NONE);
        final Outbound liar = new MemoryTransport(world).publish(peer(C).answers());
        node(B, BYTES_PER_SECOND).serve(served(journal(B, 2)));
        final JournalReader reader = node(C, BYTES_PER_SECOND, A, B).newReader(0);
        reader.seek(1);
        await(() -> poll(reader) == 0 && requests.poll((lane, buffer, offset, length) -> true, 1) == 1);

        final UnsafeBuffer frame = frames(0).next();
        frame.putByte(Frame.HEADER_LENGTH, (byte) ~frame.getByte(Frame.HEADER_LENGTH));
        liar.offer(frame, 0, Frames.lengthOf(1));
        await(() -> poll(reader) >= 0 && received.size() == 2);
        assertEquals(
                null, new Frame().wrap(new UnsafeBuffer(received.get(0)), 0).damage(received.get(0).length));
    }

    @Test
    void shouldRefuseAFrameThatDoesNotFollowTheOneBefore() {
        final Outbound liar = new MemoryTransport(world).publish(peer(C).answers());
        final Inbound requests = new MemoryTransport(world).subscribe(peer(A).requests(), LaneListener.NONE);
        final JournalReader reader = node(C, BYTES_PER_SECOND, A).newReader(0);
        reader.seek(1);
        await(() -> poll(reader) == 0 && requests.poll((lane, buffer, offset, length) -> true, 1) == 1);
        final Frames frames = frames(0);
        liar.offer(frames.next(), 0, frames.length());
        final UnsafeBuffer second = frames.next();
        Frame.stamp(second, 0, Frames.EPOCH, 2, 2_000, 77);
        liar.offer(second, 0, frames.length());

        final JournalException refusal =
                assertThrows(JournalException.class, () -> await(() -> poll(reader) > 1 || received.size() > 1));
        assertEquals(2, refusal.sequence());
        assertEquals(1, received.size());
    }

    @Test
    void shouldAnswerNobodyWhoIsNotConfiguredAndNothingThatIsNoRequest() {
        final RetransmitAgent a = node(A, BYTES_PER_SECOND);
        a.serve(served(journal(A, 10)));
        final Outbound requests = new MemoryTransport(world).publish(peer(A).requests());
        request(requests, STRANGER, 1, 10);
        request(requests, C, 0, 10);
        request(requests, C, -1, Long.MAX_VALUE);
        requests.offer(new UnsafeBuffer(new byte[200]), 0, 200);
        requests.offer(new UnsafeBuffer(new byte[3]), 0, 3);
        for (int i = 0; i < 100; i++) {
            drive();
        }
        assertEquals(5, a.requestsRefused());
        assertEquals(0, a.framesServed());
    }

    @Test
    void shouldGiveUpOnWhoeverDoesNotListenAndServeTheOthersMeanwhile() {
        final RetransmitAgent a = node(A, BYTES_PER_SECOND);
        a.serve(served(journal(A, 2_000)));
        // It has a place for answers, and never takes one.
        new MemoryTransport(world).subscribe(peer(B).answers(), LaneListener.NONE);
        final Outbound requests = new MemoryTransport(world).publish(peer(A).requests());
        final JournalReader reader = node(C, BYTES_PER_SECOND, A).newReader(0);
        request(requests, B, 1, 2_000);
        reader.seek(1);
        final long begunNs = clock.monotonicNs();
        await(() -> poll(reader) >= 0 && received.size() == 2_000);
        assertTrue(clock.monotonicNs() - begunNs < TimeUnit.SECONDS.toNanos(1));
        assertEquals(0, a.requestsAbandoned());
        await(() -> a.requestsAbandoned() == 1);
    }

    @Test
    void shouldKeepToItsBudgetHoweverOftenItIsAsked() {
        final long bytesPerSecond = 1 << 20;
        final RetransmitAgent a = node(A, bytesPerSecond);
        a.serve(served(journal(A, 20_000)));
        final Inbound answers = new MemoryTransport(world).subscribe(peer(C).answers(), LaneListener.NONE);
        final Outbound requests = new MemoryTransport(world).publish(peer(A).requests());
        final long begunNs = clock.monotonicNs();
        final long[] bytes = new long[1];
        for (int i = 0; i < 20_000; i++) {
            request(requests, C, 1 + i % 100, Long.MAX_VALUE);
            drive();
            answers.poll(
                    (lane, buffer, offset, length) -> {
                        bytes[0] += length;
                        return true;
                    },
                    512);
        }
        final long elapsedNs = clock.monotonicNs() - begunNs;
        final long allowed = bytesPerSecond / 10 + bytesPerSecond * elapsedNs / TimeUnit.SECONDS.toNanos(1);
        assertTrue(bytes[0] <= allowed + Frame.MAX_LENGTH, bytes[0] + " of " + allowed);
    }

    @Test
    void shouldRefuseABudgetThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new RetransmitConfig(peer(A), List.of(), List.of(), 1_000));
    }

    @Test
    void shouldTellWhereItsJournalEnds() throws InterruptedException {
        final Journal journal = journal(A, 7);
        node(A, BYTES_PER_SECOND).serve(served(journal));
        final RetransmitAgent b = node(B, BYTES_PER_SECOND);
        b.serve(served(journal(B, 0)));
        final RetransmitAgent c = node(C, BYTES_PER_SECOND, A, B);
        final Map<String, NodePosition> answers = new TreeMap<>();
        final Thread asking = new Thread(() -> answers.putAll(c.awaitPositions(Set.of("node-1", "node-2"), 10_000)));
        asking.start();
        while (asking.isAlive()) {
            drive();
        }
        asking.join();
        assertEquals(new NodePosition(7, journal.lastChain(), Frames.EPOCH, EpochStand.NONE), answers.get("node-1"));
        assertEquals(new NodePosition(0, 0, 0, EpochStand.NONE), answers.get("node-2"));
    }

    private int poll(final JournalReader reader) {
        return reader.poll((buffer, offset, length) -> received.add(copy(buffer, offset, length)), 64);
    }

    private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    private static void request(final Outbound requests, final int nodeId, final long first, final long last) {
        final NodeFrame message = new NodeFrame();
        final int length = message.encodeRequest(nodeId, first, last);
        requests.offer(message.buffer(), 0, length);
    }

    /** The chain as it goes on behind its first frames. */
    private static Frames frames(final int behind) {
        final Frames frames = new Frames();
        for (int i = 0; i < behind; i++) {
            frames.next();
        }
        return frames;
    }

    private Journal journal(final int nodeId, final int count) {
        final Journal journal = journals.open("node-" + nodeId);
        new Frames().appendTo(journal, count);
        return journal;
    }

    private static ServedJournal served(final Journal journal) {
        return served(journal, 1);
    }

    private static ServedJournal served(final Journal journal, final long firstSequence) {
        return new ServedJournal() {
            @Override
            public long firstSequence() {
                return firstSequence;
            }

            @Override
            public JournalReader newReader() {
                return journal.newReader();
            }

            @Override
            public long lastSequence() {
                return journal.lastSequence();
            }

            @Override
            public EpochStand epochs() {
                return new EpochStand(journal.promise().promised(), 0, 0);
            }
        };
    }

    private RetransmitAgent node(final int nodeId, final long bytesPerSecond, final int... servers) {
        final List<Peer> asked = new ArrayList<>();
        for (final int server : servers) {
            asked.add(peer(server));
        }
        final List<Peer> others = new ArrayList<>(List.of(peer(A), peer(B), peer(C)));
        others.remove(peer(nodeId));
        final RetransmitAgent agent = new RetransmitAgent(
                new RetransmitConfig(peer(nodeId), asked, others, bytesPerSecond), new MemoryTransport(world), clock);
        running.add(agent);
        return agent;
    }

    private static Peer peer(final int nodeId) {
        return new Peer(
                nodeId, "node-" + nodeId, new Channel("mem:node-" + nodeId, 1), new Channel("mem:node-" + nodeId, 2));
    }

    private void drive() {
        clock.advance(100_000);
        running.forEach(RetransmitAgent::doWork);
    }

    private void await(final BooleanSupplier condition) {
        for (int i = 0; i < 200_000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            drive();
        }
        fail("not within 20 s of its clock; " + received.size() + " frames received");
    }
}
