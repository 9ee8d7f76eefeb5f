package org.isochron.sequencer.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.edge.Outbound;
import org.junit.jupiter.api.Test;

class PrivateStreamTest {
    private final TestVenue venue = new TestVenue();
    private final RecordingListener maker = new RecordingListener();
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[512]);

    private VenueClient open() {
        final VenueClient client = venue.open(1, maker);
        maker.take();
        return client;
    }

    private int next(final long clOrdId) {
        return venue.core.encodeAck(event, 1, 0, clOrdId);
    }

    private void offer(final Outbound lane, final int length) {
        assertTrue(lane.offer(event, 0, length) > 0);
    }

    @Test
    void shouldDeliverTheFirstCopyAndCompareTheSecond() {
        final VenueClient client = open();
        final long before = venue.count(GatewayCounter.SECOND_COPIES);
        TestVenue.order(client, 100);
        venue.run();

        assertEquals(List.of("ack 100 ref 1"), maker.take());
        assertEquals(before + 1, venue.count(GatewayCounter.SECOND_COPIES));
        assertEquals(0, venue.count(GatewayCounter.MISMATCHES));
        assertEquals(0, venue.count(GatewayCounter.PRIVATE_GAPS));
    }

    @Test
    void shouldGoOnWithOneLaneWhenTheOtherIsLateAndCompareWhenItComes() {
        final VenueClient client = open();
        venue.core.holdsB = true;
        for (int i = 1; i <= 50; i++) {
            TestVenue.order(client, i);
        }
        venue.run();
        assertEquals(50, maker.take().size());
        final long before = venue.count(GatewayCounter.SECOND_COPIES);

        venue.core.releaseB();
        venue.run();

        assertEquals(List.of(), maker.take());
        assertEquals(before + 50, venue.count(GatewayCounter.SECOND_COPIES));
        assertEquals(0, venue.count(GatewayCounter.MISMATCHES));
    }

    @Test
    void shouldCountASecondCopyThatDiffers() {
        open();
        final int length = next(100);
        offer(venue.core.laneA, length);
        event.putByte(length - 1, (byte) 1);
        offer(venue.core.laneB, length);
        venue.run();

        assertEquals(List.of("ack 100 ref 0"), maker.take());
        assertEquals(1, venue.count(GatewayCounter.MISMATCHES));
    }

    @Test
    void shouldFillAHoleOfOneLaneFromTheOther() {
        open();
        final int missing = next(100);
        final byte[] late = new byte[missing];
        event.getBytes(0, late);
        offer(venue.core.laneA, next(101));
        venue.run();
        assertEquals(List.of(), maker.take());

        venue.core.laneB.offer(new UnsafeBuffer(late), 0, late.length);
        venue.run();

        assertEquals(List.of("ack 100 ref 0", "ack 101 ref 0"), maker.take());
        assertEquals(0, venue.count(GatewayCounter.PRIVATE_GAPS));
    }

    @Test
    void shouldNotGoBackToAnEventThatTheOtherLaneHasBroughtMeanwhile() {
        open();
        for (int round = 0; round < 8; round++) {
            final int id = 100 + 10 * round;
            final byte[] first = copyOfNext(id);
            final byte[] second = copyOfNext(id + 1);
            final byte[] third = copyOfNext(id + 2);
            final byte[] fourth = copyOfNext(id + 3);
            offer(venue.core.laneA, second);
            venue.run();
            offer(venue.core.laneB, first);
            offer(venue.core.laneB, second);
            offer(venue.core.laneB, fourth);
            venue.run();
            offer(venue.core.laneA, third);
            venue.run();

            assertEquals(
                    List.of(
                            "ack " + id + " ref 0",
                            "ack " + (id + 1) + " ref 0",
                            "ack " + (id + 2) + " ref 0",
                            "ack " + (id + 3) + " ref 0"),
                    maker.take());
        }
        assertEquals(0, venue.count(GatewayCounter.PRIVATE_GAPS));
    }

    private byte[] copyOfNext(final long clOrdId) {
        final byte[] copy = new byte[next(clOrdId)];
        event.getBytes(0, copy);
        return copy;
    }

    private static void offer(final Outbound lane, final byte[] bytes) {
        lane.offer(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    @Test
    void shouldGoOnAtOnceWhenEveryLaneIsPastTheHole() {
        open();
        next(100);
        final int length = next(101);
        offer(venue.core.laneA, length);
        offer(venue.core.laneB, length);
        venue.run();

        assertEquals(List.of("gap 1..1", "ack 101 ref 0"), maker.take());
        assertEquals(1, venue.count(GatewayCounter.PRIVATE_GAPS));
    }

    @Test
    void shouldGoOnWithoutASilentLaneAfterHalfASecond() {
        open();
        next(100);
        offer(venue.core.laneA, next(101));
        venue.pass(499);
        assertEquals(List.of(), maker.take());
        venue.pass(10);

        assertEquals(List.of("gap 1..1", "ack 101 ref 0"), maker.take());
        assertEquals(1, venue.count(GatewayCounter.PRIVATE_GAPS));
    }

    @Test
    void shouldHoldNothingAgainstACopyThatComesAfterItWasPassedOver() {
        open();
        final byte[] late = new byte[next(100)];
        event.getBytes(0, late);
        offer(venue.core.laneA, next(101));
        venue.pass(510);
        assertEquals(1, venue.count(GatewayCounter.PRIVATE_GAPS));
        assertTrue(venue.core.laneB.offer(new UnsafeBuffer(late), 0, late.length) > 0);
        venue.run();

        assertEquals(0, venue.count(GatewayCounter.MISMATCHES));
    }

    @Test
    void shouldGoOnAtOnceWhenTheLaneThatMightFillTheHoleCloses() {
        open();
        next(100);
        offer(venue.core.laneA, next(101));
        venue.core.laneB.close();
        venue.run();

        assertEquals(List.of("gap 1..1", "ack 101 ref 0"), maker.take());
    }

    @Test
    void shouldBeginWithTheLowestEventOfTheLanesSeenWhenItStartsLate() {
        venue.core.privateSeq = 500;
        // lane B has events from 501, lane A only from 503
        next(1);
        final byte[] first = new byte[event.capacity()];
        event.getBytes(0, first);
        next(2);
        final int length = next(3);
        offer(venue.core.laneA, length);
        venue.run();
        venue.core.laneB.offer(new UnsafeBuffer(first), 0, length);
        venue.run();
        assertEquals(0, venue.count(GatewayCounter.EVENTS));
        venue.pass(101);

        assertEquals(1, venue.count(GatewayCounter.EVENTS));
        assertEquals(0, venue.count(GatewayCounter.PRIVATE_GAPS));
    }

    @Test
    void shouldCountWhatIsNoEvent() {
        open();
        offer(venue.core.laneA, 40);
        venue.run();

        assertEquals(1, venue.count(GatewayCounter.MALFORMED_EVENTS));
    }

    /** As with a matcher whose connection is lost before all it sent could be taken. */
    @Test
    void shouldWaitAnewWhenTheLaneThatWaitedHasGone() {
        final CycleClock clock = new CycleClock(venue.clock);
        final PrivateStream stream = new PrivateStream(TestVenue.config(), clock, null, new GatewayCounters());
        venue.core.privateSeq = 500;
        final int length = next(1);
        stream.onLaneOpened(0);
        assertFalse(stream.onMessage(0, event, 0, length));
        assertEquals(0, stream.afterPoll());
        stream.onLaneClosed(0);
        assertEquals(0, stream.afterPoll());
        venue.clock.advance(1_000 * TestVenue.MS);
        clock.read();
        stream.onLaneOpened(1);
        assertFalse(stream.onMessage(1, event, 0, length));
        assertEquals(0, stream.afterPoll(), "begun before any other lane could show what it has");

        venue.clock.advance(100 * TestVenue.MS);
        clock.read();
        assertEquals(1, stream.afterPoll());
    }
}
