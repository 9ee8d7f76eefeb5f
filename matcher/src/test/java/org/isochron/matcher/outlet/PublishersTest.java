package org.isochron.matcher.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MarketDataPacketHeaderDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.memory.ManualClock;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.Test;

final class PublishersTest {
    private final ManualClock clock = new ManualClock(5_000, 1_000);
    private final FakeOutbound feed = new FakeOutbound();
    private final FakeOutbound reports = new FakeOutbound();
    private final MarketDataPublisher marketData = new MarketDataPublisher(feed, clock);
    private final PrivateEventPublisher privateEvents =
            new PrivateEventPublisher(reports, marketData, new MemoryTransport(new MemoryWorld(1 << 12)), clock);
    private final EventBatch batch = new EventBatch();
    private final Frame frame = new Frame();
    private long sequence;

    @Test
    void shouldNumberPacketsByTheirFirstMessageAndCutThemAtTheMtu() {
        begin();
        batch.firstPublicSeq(100);
        for (int i = 0; i < 30; i++) {
            event(EventBatch.PUBLIC, 100);
        }
        assertTrue(marketData.onEvents(frame, batch));

        final MarketDataPacketHeaderDecoder header = new MarketDataPacketHeaderDecoder();
        final List<String> packets = new ArrayList<>();
        for (final byte[] packet : feed.sent) {
            assertTrue(packet.length <= MarketDataPublisher.MAX_PACKET_LENGTH);
            header.wrap(new UnsafeBuffer(packet), 0);
            packets.add(header.seqNum() + "+" + header.msgCount());
        }
        assertEquals(List.of("100+13", "113+13", "126+4"), packets);
    }

    @Test
    void shouldResumeAtTheSamePacketAfterBackPressure() {
        begin();
        batch.firstPublicSeq(1);
        for (int i = 0; i < 20; i++) {
            event(EventBatch.PUBLIC, 100);
        }
        feed.acceptOnly(1);
        assertFalse(marketData.onEvents(frame, batch));
        feed.acceptOnly(Integer.MAX_VALUE);
        assertTrue(marketData.onEvents(frame, batch));

        assertEquals(2, feed.sent.size());
    }

    @Test
    void shouldHoldPrivateEventsUntilMarketDataHasLeft() {
        begin();
        batch.firstPublicSeq(1);
        event(EventBatch.PRIVATE, 80);
        event(EventBatch.PUBLIC, 100);
        feed.sentUpTo = 0;
        offerBoth();
        assertEquals(0, reports.sent.size());

        feed.sentUpTo = Long.MAX_VALUE;
        privateEvents.doWork(clock.monotonicNs());
        assertEquals(1, reports.sent.size());
        assertEquals(0, privateEvents.violations());
        assertEquals(1, privateEvents.deltaNs().getTotalCount());
    }

    @Test
    void shouldSendAtOnceWhatHasNoPublicEffect() {
        begin();
        event(EventBatch.PRIVATE, 80);
        feed.sentUpTo = 0;
        offerBoth();

        assertEquals(1, reports.sent.size());
    }

    @Test
    void shouldKeepTheOrderBehindAWaitingEvent() {
        feed.sentUpTo = 0;
        begin();
        batch.firstPublicSeq(1);
        event(EventBatch.PRIVATE, 80);
        event(EventBatch.PUBLIC, 100);
        offerBoth();
        begin();
        event(EventBatch.PRIVATE, 96);
        offerBoth();
        assertEquals(0, reports.sent.size());

        feed.sentUpTo = Long.MAX_VALUE;
        privateEvents.doWork(clock.monotonicNs());
        assertEquals(List.of(80, 96), reports.sent.stream().map(m -> m.length).toList());
    }

    @Test
    void shouldSendAfterTheLongestWaitAndCountAViolation() {
        begin();
        batch.firstPublicSeq(1);
        event(EventBatch.PRIVATE, 80);
        event(EventBatch.PUBLIC, 100);
        feed.sentUpTo = 0;
        offerBoth();
        clock.advance(PrivateEventPublisher.MAX_WAIT_NS);
        privateEvents.doWork(clock.monotonicNs());
        assertEquals(0, reports.sent.size());
        clock.advance(1);
        privateEvents.doWork(clock.monotonicNs());

        assertEquals(1, reports.sent.size());
        assertEquals(1, privateEvents.violations());
    }

    @Test
    void shouldWaitForNothingWhenTheFeedHasNoReceiver() {
        feed.connected = false;
        begin();
        batch.firstPublicSeq(1);
        event(EventBatch.PRIVATE, 80);
        event(EventBatch.PUBLIC, 100);
        offerBoth();

        assertEquals(1, reports.sent.size());
        assertEquals(1, marketData.unheardPackets());
        assertEquals(0, privateEvents.violations());
    }

    @Test
    void shouldRefuseABatchWhileTheRingIsFullAndLoseNothing() {
        reports.acceptOnly(0);
        int batches = 0;
        boolean taken = true;
        while (taken) {
            begin();
            for (int i = 0; i < 1_000; i++) {
                event(EventBatch.PRIVATE, 300);
            }
            marketData.onEvents(frame, batch);
            taken = privateEvents.onEvents(frame, batch);
            batches++;
        }
        reports.acceptOnly(Integer.MAX_VALUE);
        assertTrue(privateEvents.onEvents(frame, batch));
        privateEvents.doWork(clock.monotonicNs());

        assertEquals(batches * 1_000, reports.sent.size());
        assertTrue(reports.sent.stream().allMatch(m -> m.length == 300));
    }

    private void begin() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        Frame.encodeUnstamped(buffer, 0, 8, FrameType.SESSION, 1, 1, 0, 0);
        Frame.stamp(buffer, 0, 1, ++sequence, sequence, 0);
        frame.wrap(buffer, 0);
        batch.begin(frame);
    }

    private void event(final int route, final int length) {
        batch.claim(length, route);
    }

    private void offerBoth() {
        assertTrue(marketData.onEvents(frame, batch));
        assertTrue(privateEvents.onEvents(frame, batch));
    }

    private static final class FakeOutbound implements Outbound {
        private final List<byte[]> sent = new ArrayList<>();
        private boolean connected = true;
        private long sentUpTo = Long.MAX_VALUE;
        private int room = Integer.MAX_VALUE;

        void acceptOnly(final int messages) {
            room = messages;
        }

        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length) {
            if (!connected) {
                return NOT_CONNECTED;
            }
            if (room == 0) {
                return BACK_PRESSURED;
            }
            room--;
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            sent.add(copy);
            return sent.size();
        }

        @Override
        public boolean isConnected() {
            return connected;
        }

        @Override
        public boolean hasSent(final long position) {
            return position <= sentUpTo;
        }

        @Override
        public void close() {}
    }
}
