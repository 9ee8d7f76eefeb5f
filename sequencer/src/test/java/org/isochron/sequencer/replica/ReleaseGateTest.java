package org.isochron.sequencer.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Frames;
import org.junit.jupiter.api.Test;

/** What is not safe yet is shown to nobody; what is safe leaves in order and unchanged. */
final class ReleaseGateTest {
    private static final int SMALL_RING = 1 << 12;

    private final Frames frames = new Frames();
    private final Frame frame = new Frame();
    private final EventBatch batch = new EventBatch();
    private final List<String> told = new ArrayList<>();
    private long safe;

    @Test
    void shouldHoldPublicAndPrivateEventsUntilTheirCommandIsSafe() {
        final ReleaseGate gate = live(gate(1 << 16, outlet("public", false), outlet("private", false)));
        offer(gate, 3);
        gate.doWork(0);
        assertEquals(List.of(), told);
        safe = 2;
        gate.doWork(0);
        assertEquals(List.of("public 1: 1 of 1", "private 1: 1 of 1", "public 2: 2 of 2", "private 2: 2 of 2"), told);
        safe = 9;
        gate.doWork(0);
        assertEquals(6, told.size());
        assertEquals(3, gate.held());
    }

    @Test
    void shouldMakeTheReplicaWaitWhenTheRingIsFullAndGoOnInOrder() {
        final ReleaseGate gate = live(gate(SMALL_RING, outlet("out", false)));
        int offered = 0;
        for (int round = 0; round < 200; round++) {
            next();
            while (!gate.onEvents(frame, batch)) {
                assertTrue(safe < offered, "full, though all was safe");
                safe = offered;
            }
            offered++;
        }
        safe = offered;
        gate.doWork(0);
        assertTrue(gate.fullWaits() > 0);
        assertEquals(200, told.size());
        for (int i = 0; i < 200; i++) {
            assertTrue(told.get(i).startsWith("out " + (i + 1) + ":"), told.get(i));
        }
    }

    @Test
    void shouldOfferABatchAgainToTheOutletThatDidNotTakeItAndToNoOther() {
        final boolean[] isOpen = new boolean[1];
        final ReleaseGate gate = live(gate(1 << 16, outlet("first", false), new Outlet() {
            @Override
            public boolean onEvents(final Frame command, final EventBatch events) {
                if (isOpen[0]) {
                    told.add("second " + command.sequence());
                }
                return isOpen[0];
            }
        }));
        safe = 10;
        offer(gate, 2);
        gate.doWork(0);
        gate.doWork(0);
        assertEquals(List.of("first 1: 1 of 1"), told);
        isOpen[0] = true;
        gate.doWork(0);
        assertEquals(List.of("first 1: 1 of 1", "second 1", "first 2: 2 of 2", "second 2"), told);
    }

    @Test
    void shouldGiveEventsOfTheCatchUpOnlyToWhomTheyAreFor() {
        final ReleaseGate gate = gate(1 << 16, outlet("recorder", true), outlet("publisher", false));
        assertTrue(gate.takesPartInRecovery());
        assertFalse(gate(1 << 16, outlet("publisher", false)).takesPartInRecovery());
        offer(gate, 2);
        gate.onLive();
        offer(gate, 1);
        assertEquals(List.of(), told);
        safe = 3;
        gate.doWork(0);
        assertEquals(
                List.of(
                        "recorder 1: 1 of 1",
                        "recorder 2: 2 of 2",
                        "recorder live",
                        "publisher live",
                        "recorder 3: 0 of 0",
                        "publisher 3: 0 of 0"),
                told);
    }

    @Test
    void shouldNotAllocate() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        final ReleaseGate gate = live(gate(SMALL_RING, (command, events) -> true));
        next();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            final long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 2_000; i++) {
                gate.onEvents(frame, batch);
                safe = Long.MAX_VALUE;
                gate.doWork(i);
            }
            allocated = Math.min(allocated, threads.getThreadAllocatedBytes(self) - before);
        }
        assertEquals(0, allocated);
    }

    private ReleaseGate gate(final int ringLength, final Outlet... outlets) {
        return new ReleaseGate(() -> safe, ringLength, outlets);
    }

    private ReleaseGate live(final ReleaseGate gate) {
        gate.onLive();
        told.clear();
        return gate;
    }

    private void offer(final ReleaseGate gate, final int count) {
        for (int i = 0; i < count; i++) {
            next();
            assertTrue(gate.onEvents(frame, batch));
        }
    }

    /** A command with as many events as its sequence, modulo three. */
    private void next() {
        frame.wrap(frames.next(), 0);
        batch.begin(frame);
        for (int i = 0; i < frame.sequence() % 3; i++) {
            final int offset = batch.claim(8 + 8 * i, i % 2 == 0 ? EventBatch.PRIVATE : EventBatch.PUBLIC);
            batch.buffer().putLong(offset, 100 * frame.sequence() + i);
        }
        batch.firstPublicSeq(7 * frame.sequence());
    }

    /** Tells what it is given, after a look whether it is what was put in. */
    private Outlet outlet(final String name, final boolean isForRecovery) {
        return new Outlet() {
            @Override
            public boolean onEvents(final Frame command, final EventBatch events) {
                assertEquals(command.sequence(), events.sequence());
                assertEquals(7 * command.sequence(), events.firstPublicSeq());
                assertEquals(null, command.damage(command.length()));
                int sound = 0;
                for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
                    final UnsafeBuffer message = new UnsafeBuffer(events.buffer(), events.messageOffset(record), 8);
                    sound += message.getLong(0) == 100 * command.sequence() + sound ? 1 : 0;
                }
                told.add(name + " " + command.sequence() + ": " + sound + " of " + events.count());
                return true;
            }

            @Override
            public boolean takesPartInRecovery() {
                return isForRecovery;
            }

            @Override
            public void onLive() {
                told.add(name + " live");
            }
        };
    }
}
