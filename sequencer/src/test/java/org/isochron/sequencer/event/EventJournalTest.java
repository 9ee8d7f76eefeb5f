package org.isochron.sequencer.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.isochron.sequencer.edge.memory.MemoryEventStore;
import org.isochron.sequencer.event.EventQuery.Flow;
import org.isochron.sequencer.event.EventSearch.State;
import org.junit.jupiter.api.Test;

class EventJournalTest {
    private static final int COMMANDS = 3_000;

    private final MemoryEventStore store = new MemoryEventStore();
    private final SampleEvents log = new SampleEvents();

    private EventRig recorded(final int commands) {
        final EventRig rig = new EventRig().open(store, 0, log.log());
        EventRig.run(log, commands, rig::take);
        return rig;
    }

    private static EventQuery session(final int sessionId, final long verId, final long from, final int limit) {
        return new EventQuery(Flow.SESSION, sessionId, verId, EventQuery.ANY_ACCOUNT, from, 0, limit);
    }

    private static EventQuery firm(final int firmId, final long from) {
        return new EventQuery(Flow.FIRM, firmId, 0, EventQuery.ANY_ACCOUNT, from, 0, 128);
    }

    private EventQuery history(final Flow flow, final int id, final long accountId, final long fromMatchSeq) {
        return new EventQuery(flow, id, 0, accountId, EventSearch.eventId(fromMatchSeq, 0), log.sequence(), 100);
    }

    private static void assertSame(final List<byte[]> expected, final List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "event " + i);
        }
    }

    private void assertHoldsAll(final EventRig rig) {
        for (int id = 1; id <= 2; id++) {
            final int wanted = id;
            assertSame(
                    EventRig.made(log, e -> e.sessionId() == wanted && e.sessionSeq() > 0),
                    rig.all(session(id, 10L * id, 1, 128)));
            assertSame(EventRig.made(log, e -> e.firmId() == wanted), rig.all(firm(id, 1)));
        }
    }

    @Test
    void shouldFindEveryEventByteForByte() {
        assertHoldsAll(recorded(COMMANDS));
    }

    @Test
    void shouldFindFromAnyNumberOn() {
        final EventRig rig = recorded(COMMANDS);
        for (final long from : new long[] {1, 2, 127, 128, 129, 700}) {
            assertSame(
                    EventRig.made(log, e -> e.sessionId() == 1 && e.sessionSeq() >= from),
                    rig.all(session(1, 10, from, 7)));
        }
    }

    @Test
    void shouldFindHistoryByAccountFromAnyCommandOn() {
        final EventRig rig = recorded(COMMANDS);
        rig.recorder.onClose();
        rig.open(store, COMMANDS, log.log());
        for (final long from : new long[] {0, 1, 333, COMMANDS}) {
            assertSame(
                    EventRig.made(log, e -> e.firmId() == 1 && e.accountId() == 3 && e.matchSeq() >= from),
                    rig.all(history(Flow.FIRM_HISTORY, 1, 3, from)));
            assertSame(
                    EventRig.made(log, e -> e.sessionId() == 2 && e.sessionSeq() > 0 && e.matchSeq() >= from),
                    rig.all(history(Flow.SESSION_HISTORY, 2, EventQuery.ANY_ACCOUNT, from)));
        }
    }

    @Test
    void shouldTellIncarnationsOfSessionApart() {
        final EventRig rig = recorded(100);
        rig.take(log.command().opens(1, 11).event(1, 1, 1));
        rig.take(log.command().event(1, 1, 1).event(2, 1, 1));
        rig.take(log.command().opens(1, 11).event(1, 1, 1));
        assertSame(
                EventRig.made(log, e -> e.sessionId() == 1 && e.verId() == 10 && e.sessionSeq() > 0),
                rig.all(session(1, 10, 1, 128)));
        assertSame(
                EventRig.made(log, e -> e.sessionId() == 1 && e.verId() == 11 && e.sessionSeq() > 0),
                rig.all(session(1, 11, 1, 128)));
        assertEquals(State.BEYOND_END, rig.outcome(session(1, 11, 4, 1)));
        assertEquals(State.BEYOND_END, rig.outcome(session(1, 12, 1, 1)));
        assertSame(
                EventRig.made(log, e -> e.sessionId() == 1 && e.sessionSeq() > 0),
                rig.all(history(Flow.SESSION_HISTORY, 1, EventQuery.ANY_ACCOUNT, 1)));
    }

    @Test
    void shouldSayWhatLiesBeyondTheEnd() {
        final EventRig rig = recorded(100);
        final long last = EventRig.made(log, e -> e.firmId() == 1).size();
        assertEquals(State.FOUND, rig.outcome(new EventQuery(Flow.FIRM, 1, 0, EventQuery.ANY_ACCOUNT, last, 0, 1)));
        assertEquals(State.END, rig.outcome(firm(1, last)));
        assertEquals(State.BEYOND_END, rig.outcome(firm(1, last + 1)));
        assertEquals(State.BEYOND_END, rig.outcome(firm(77, 1)));
        final EventQuery later =
                new EventQuery(Flow.FIRM_HISTORY, 1, 0, 3, EventSearch.eventId(1, 0), log.sequence() + 1, 100);
        assertEquals(State.BEYOND_END, rig.outcome(later));
    }

    @Test
    void shouldGoOnAfterCleanStop() {
        final EventRig rig = recorded(COMMANDS);
        rig.recorder.onClose();
        final long held = rig.journal.lastMatchSeq();
        assertEquals(COMMANDS, held);
        rig.open(store, COMMANDS, log.log());
        assertEquals(held, rig.journal.lastMatchSeq());
        EventRig.run(log, 500, rig::take);
        assertHoldsAll(rig);
        assertEquals(2, store.segments().size());
    }

    /** The node dies wherever; what its event journal lacks is made again by replay, the same bytes. */
    @Test
    void shouldBeMadeWholeByReplayAfterDeathAtAnyBlock() {
        for (int lost = 0; lost < 90; lost += 3) {
            final MemoryEventStore disk = new MemoryEventStore();
            final EventRig first = new EventRig().open(disk, 0, log.log());
            EventRig.run(new SampleEvents(), 60, first::take);
            disk.loseBlocks(1, Math.max(0, disk.blockCount(1) - lost));
            final EventRig second = new EventRig();
            final SampleEvents again = new SampleEvents();
            EventRig.run(again, 60, e -> {});
            second.open(disk, 60, again.log());
            EventRig.run(new SampleEvents(), 60, second::take);
            assertSame(EventRig.made(again, e -> e.firmId() == 1), second.all(firm(1, 1)));
            assertSame(
                    EventRig.made(again, e -> e.sessionId() == 2 && e.sessionSeq() > 0),
                    second.all(session(2, 20, 1, 128)));
        }
    }

    @Test
    void shouldFindEverythingAgainWhenIndexesAreLost() {
        final EventRig rig = recorded(COMMANDS);
        rig.recorder.onClose();
        rig.open(store, COMMANDS, log.log());
        EventRig.run(log, 100, rig::take);
        store.segments().forEach(store::loseIndex);
        rig.open(store, COMMANDS + 100, log.log());
        assertHoldsAll(rig);
    }

    @Test
    void shouldNotServeWhatIsDamaged() {
        final EventRig rig = recorded(COMMANDS);
        final int block = store.blockCount(1) / 2;
        store.flipByte(1, block, EventBlock.HEADER_LENGTH + 40);
        final List<byte[]> sound = rig.all(firm(1, 1));
        assertTrue(sound.size() < EventRig.made(log, e -> e.firmId() == 1).size());
        assertSame(EventRig.made(log, e -> e.firmId() == 1).subList(0, sound.size()), sound);
        assertEquals(State.DAMAGED, rig.outcome(firm(1, sound.size() + 1)));
    }

    @Test
    void shouldDropWhatStandsBehindTheEndOfTheLog() {
        final EventRig rig = recorded(100);
        rig.recorder.onClose();
        rig.open(store, 50, log.log());
        assertTrue(rig.journal.lastMatchSeq() <= 50, "ends at " + rig.journal.lastMatchSeq());
        final SampleEvents other = new SampleEvents();
        EventRig.run(other, 50, rig::take);
        // From here on the log goes another way.
        EventRig.run(other, 20, ignored -> rig.take(other));
        assertSame(EventRig.made(other, e -> e.firmId() == 1), rig.all(firm(1, 1)));
        rig.recorder.onClose();
        rig.open(store, 70, other.log());
        assertEquals(70, rig.journal.lastMatchSeq());
        assertSame(EventRig.made(other, e -> e.firmId() == 1), rig.all(firm(1, 1)));
    }

    @Test
    void shouldRefuseEventsOfAnotherLog() {
        recorded(100).recorder.onClose();
        final SampleEvents other = new SampleEvents(1);
        EventRig.run(other, 100, e -> {});
        final EventJournalException refused =
                assertThrows(EventJournalException.class, () -> EventJournal.open(store, 100, other.log()));
        assertTrue(refused.getMessage().contains("set the event journal aside"), refused.getMessage());
    }

    @Test
    void shouldHoldReplicaBackWhenRingIsFullAndDropNothing() {
        final EventRig rig = new EventRig().open(store, 0, log.log());
        log.command();
        while (log.batch.remaining() > 0) {
            log.event(1, 1, 1);
        }
        assertFalse(rig.ring.onEvents(log.frame, log.batch));
        assertFalse(rig.ring.onEvents(log.frame, log.batch));
        rig.take(log);
        assertSame(EventRig.made(log, e -> e.firmId() == 1), rig.all(firm(1, 1)));
    }

    @Test
    void shouldRefuseToLeaveCommandsOut() {
        final EventRig rig = recorded(10);
        log.command();
        log.command().event(1, 1, 1);
        assertThrows(IllegalStateException.class, () -> rig.ring.onEvents(log.frame, log.batch));
    }

    @Test
    void shouldSaySoonHowFarQuietLogIsCovered() {
        final EventRig rig = recorded(10);
        rig.take(log.command());
        rig.take(log.command());
        final long before = rig.journal.lastMatchSeq();
        rig.clock.advance(EventRecorder.QUIET_NS);
        rig.recorder.doWork();
        assertTrue(before < 12);
        assertEquals(12, rig.journal.lastMatchSeq());
        assertEquals(12, new EventRig().open(store, 12, log.log()).journal.lastMatchSeq());
    }

    @Test
    void shouldCopyEventsOffTheHotThreadWithoutAllocating() {
        final EventRing ring = new EventRing(0, 1 << 16);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        long leastBytes = Long.MAX_VALUE;
        // The best of a few rounds is free of what the JVM does beside.
        for (int round = 0; round < 20; round++) {
            long bytes = 0;
            for (int i = 0; i < 50; i++) {
                log.command().event(0, 1, 1).event(0, 1, 1).publicEvent();
                final long before = threads.getThreadAllocatedBytes(self);
                final boolean isTaken = ring.onEvents(log.frame, log.batch);
                bytes += threads.getThreadAllocatedBytes(self) - before;
                assertTrue(isTaken);
            }
            while (ring.read((type, buffer, offset, length) -> {}, 1_000) > 0) {
                // Makes room.
            }
            leastBytes = Math.min(leastBytes, bytes);
        }
        assertEquals(0, leastBytes);
    }

    @Test
    void shouldFindNothingForWhoWantsNothing() {
        final EventRig rig = recorded(COMMANDS);
        final EventSearch search = new EventSearch(rig.journal);
        search.begin(session(1, 10, 1, 0));
        search.work(1_000);
        assertEquals(0, search.count());
        assertEquals(State.FOUND, search.state());
    }
}
