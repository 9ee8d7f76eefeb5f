package org.isochron.sequencer.edge.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.junit.jupiter.api.Test;

final class MemoryTransportTest {
    private static final Channel CHANNEL = new Channel("memory:orders", 1);
    private static final int CAPACITY = 4;

    private final MemoryWorld world = new MemoryWorld(CAPACITY);
    private final MemoryTransport transport = new MemoryTransport(world);
    private final List<String> heard = new ArrayList<>();
    private final MessageHandler hear = (lane, buffer, offset, length) -> {
        heard.add(lane + ":" + buffer.getStringWithoutLengthAscii(offset, length));
        return true;
    };
    private final LaneListener laneListener = new LaneListener() {
        @Override
        public void onLaneOpened(final int lane) {
            heard.add("+" + lane);
        }

        @Override
        public void onLaneClosed(final int lane) {
            heard.add("-" + lane);
        }
    };

    @Test
    void shouldDeliverToEverySubscriberInOrder() {
        final Inbound first = transport.subscribe(CHANNEL, LaneListener.NONE);
        final Outbound outbound = new MemoryTransport(world).publish(CHANNEL);
        final Inbound second = new MemoryTransport(world).subscribe(CHANNEL, LaneListener.NONE);
        assertTrue(send(outbound, "a") > 0);
        assertTrue(send(outbound, "b") > 0);

        assertEquals(2, first.poll(hear, 10));
        assertEquals(2, second.poll(hear, 10));
        assertEquals(List.of("0:a", "0:b", "0:a", "0:b"), heard);
    }

    @Test
    void shouldKeepChannelsApart() {
        final Inbound inbound = transport.subscribe(CHANNEL, LaneListener.NONE);
        final Outbound otherStream = transport.publish(new Channel(CHANNEL.uri(), 2));
        assertEquals(Outbound.NOT_CONNECTED, send(otherStream, "a"));
        assertEquals(0, inbound.poll(hear, 10));
    }

    @Test
    void shouldTakeOneMessageOfEachLaneInAPassAndStartOneLaneFurtherWithEveryPoll() {
        final Inbound inbound = transport.subscribe(CHANNEL, LaneListener.NONE);
        final Outbound a = transport.publish(CHANNEL);
        final Outbound b = transport.publish(CHANNEL);
        final Outbound c = transport.publish(CHANNEL);
        for (int i = 1; i <= 3; i++) {
            send(a, "a" + i);
            send(b, "b" + i);
            send(c, "c" + i);
        }
        assertEquals(3, inbound.poll(hear, 3));
        assertEquals(5, inbound.poll(hear, 5));
        assertEquals(1, inbound.poll(hear, 5));
        assertEquals(List.of("1:b1", "2:c1", "0:a1", "2:c2", "0:a2", "1:b2", "2:c3", "0:a3", "1:b3"), heard);
    }

    @Test
    void shouldPassOverALaneWhoseMessageIsRefusedAndOfferItAgainInTheNextPoll() {
        final Inbound inbound = transport.subscribe(CHANNEL, LaneListener.NONE);
        final Outbound a = transport.publish(CHANNEL);
        final Outbound b = transport.publish(CHANNEL);
        send(a, "a1");
        send(a, "a2");
        send(b, "b1");
        send(b, "b2");
        final List<String> refused = new ArrayList<>();
        final int taken = inbound.poll(
                (lane, buffer, offset, length) -> {
                    if (lane == 0) {
                        refused.add(buffer.getStringWithoutLengthAscii(offset, length));
                        return false;
                    }
                    return hear.onMessage(lane, buffer, offset, length);
                },
                10);
        assertEquals(2, taken);
        assertEquals(List.of("a1"), refused);
        assertEquals(2, inbound.poll(hear, 10));
        assertEquals(List.of("1:b1", "1:b2", "0:a1", "0:a2"), heard);
    }

    @Test
    void shouldBackPressureWhenOneSubscriberIsFullAndThenSendToNobody() {
        final Inbound fast = transport.subscribe(CHANNEL, LaneListener.NONE);
        final Inbound slow = transport.subscribe(CHANNEL, LaneListener.NONE);
        final Outbound outbound = transport.publish(CHANNEL);
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(send(outbound, "x") > 0);
        }
        assertEquals(CAPACITY, fast.poll(hear, 10));
        assertEquals(Outbound.BACK_PRESSURED, send(outbound, "y"));
        assertEquals(0, fast.poll(hear, 10));
        assertEquals(1, slow.poll(hear, 1));
        assertTrue(send(outbound, "z") > 0);
        assertEquals(1, fast.poll(hear, 10));
    }

    @Test
    void shouldCloseALaneOnlyAfterWhatItsPublisherSentIsTaken() {
        final Inbound inbound = transport.subscribe(CHANNEL, laneListener);
        final Outbound outbound = transport.publish(CHANNEL);
        send(outbound, "a");
        send(outbound, "b");
        outbound.close();
        assertEquals(Outbound.CLOSED, send(outbound, "c"));
        inbound.poll(hear, 1);
        assertEquals(List.of("+0", "0:a"), heard);
        assertEquals(1, inbound.laneCount());
        inbound.poll(hear, 1);
        assertEquals(List.of("+0", "0:a", "0:b", "-0"), heard);
        assertEquals(0, inbound.laneCount());
    }

    @Test
    void shouldNeverReuseALane() {
        final Inbound inbound = transport.subscribe(CHANNEL, laneListener);
        transport.publish(CHANNEL).close();
        inbound.poll(hear, 1);
        transport.publish(CHANNEL);
        inbound.poll(hear, 1);
        assertEquals(List.of("+0", "-0", "+1"), heard);
    }

    @Test
    void shouldDisconnectPublishersWhenTheLastSubscriberCloses() {
        final Outbound outbound = transport.publish(CHANNEL);
        assertFalse(outbound.isConnected());
        final MemoryTransport node = new MemoryTransport(world);
        node.subscribe(CHANNEL, LaneListener.NONE);
        final Inbound other = transport.subscribe(CHANNEL, LaneListener.NONE);
        assertTrue(outbound.isConnected());
        node.close();
        assertTrue(send(outbound, "a") > 0);
        other.close();
        assertFalse(outbound.isConnected());
        assertEquals(Outbound.NOT_CONNECTED, send(outbound, "b"));
    }

    @Test
    void shouldStopPollingWhenTheHandlerClosesTheInbound() {
        final Inbound inbound = transport.subscribe(CHANNEL, LaneListener.NONE);
        final Outbound outbound = transport.publish(CHANNEL);
        send(outbound, "a");
        send(outbound, "b");
        final int taken = inbound.poll(
                (lane, buffer, offset, length) -> {
                    inbound.close();
                    return true;
                },
                10);
        assertEquals(1, taken);
    }

    @Test
    void shouldRefuseAMessageLongerThanOneFragment() {
        final Outbound outbound = transport.publish(CHANNEL);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Outbound.MAX_MESSAGE_LENGTH + 1]);
        assertThrows(IllegalArgumentException.class, () -> outbound.offer(buffer, 0, buffer.capacity()));
        assertEquals(Outbound.NOT_CONNECTED, outbound.offer(buffer, 0, Outbound.MAX_MESSAGE_LENGTH));
    }

    @Test
    void shouldRefuseToOpenChannelsOnAClosedTransport() {
        transport.close();
        assertThrows(IllegalStateException.class, () -> transport.publish(CHANNEL));
        assertThrows(IllegalStateException.class, () -> transport.subscribe(CHANNEL, LaneListener.NONE));
    }

    private static long send(final Outbound outbound, final String text) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[16]);
        final int length = buffer.putStringWithoutLengthAscii(3, text);
        return outbound.offer(buffer, 3, length);
    }

    @Test
    void shouldLetBusyLanesBeFirstInTurnWhateverIdleLanesStandBetweenThem() {
        final Inbound inbound = transport.subscribe(CHANNEL, LaneListener.NONE);
        final Outbound a = transport.publish(CHANNEL);
        final Outbound b = transport.publish(CHANNEL);
        for (int i = 0; i < 5; i++) {
            transport.publish(CHANNEL);
        }
        for (int round = 0; round < 7; round++) {
            send(a, "a");
            send(b, "b");
            inbound.poll(hear, 10);
        }
        final List<String> first = new ArrayList<>();
        for (int round = 0; round < 7; round++) {
            first.add(heard.get(2 * round));
        }
        assertEquals(List.of("1:b", "0:a", "1:b", "0:a", "1:b", "0:a", "1:b"), first);
    }
}
