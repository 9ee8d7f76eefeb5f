package org.isochron.sequencer.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MarketDataPacketHeaderEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.OrderAddEncoder;
import org.isochron.codecs.OrderDeleteEncoder;
import org.isochron.codecs.OrderReduceEncoder;
import org.isochron.codecs.PublicStampEncoder;
import org.isochron.codecs.Side;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.memory.FailingTransport;
import org.isochron.sequencer.edge.memory.ManualClock;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.junit.jupiter.api.Test;

class MarketDataClientTest {
    private static final Channel A = new Channel("memory:a", 1);
    private static final Channel B = new Channel("memory:b", 1);
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final ManualClock clock = new ManualClock(1, 1);
    private final MemoryTransport transport = new MemoryTransport(new MemoryWorld(64));
    private final BookBuilder books = new BookBuilder();
    private final MarketDataClient client = new MarketDataClient(transport, A, B, clock, books);
    private final Outbound feedA = transport.publish(A);
    private final Outbound feedB = transport.publish(B);
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[1376]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private int length;
    private int count;
    private long seqNum = 1;
    private long instrumentId = 5;

    private MarketDataClientTest begin() {
        length = MarketDataPacketHeaderEncoder.ENCODED_LENGTH;
        count = 0;
        return this;
    }

    private MarketDataClientTest add(final long orderId, final Side side, final long price, final long quantity) {
        final OrderAddEncoder encoder = new OrderAddEncoder().wrapAndApplyHeader(packet, length, header);
        stamp(encoder.stamp());
        encoder.orderId(orderId)
                .priority(orderId)
                .price(price)
                .quantity(quantity)
                .side(side);
        return next(OrderAddEncoder.BLOCK_LENGTH);
    }

    private MarketDataClientTest reduce(final long orderId, final long leavesQuantity) {
        final OrderReduceEncoder encoder = new OrderReduceEncoder().wrapAndApplyHeader(packet, length, header);
        stamp(encoder.stamp());
        encoder.orderId(orderId).leavesQuantity(leavesQuantity);
        return next(OrderReduceEncoder.BLOCK_LENGTH);
    }

    private MarketDataClientTest delete(final long orderId) {
        final OrderDeleteEncoder encoder = new OrderDeleteEncoder().wrapAndApplyHeader(packet, length, header);
        stamp(encoder.stamp());
        encoder.orderId(orderId);
        return next(OrderDeleteEncoder.BLOCK_LENGTH);
    }

    private void stamp(final PublicStampEncoder stamp) {
        stamp.matchSeq(1)
                .transactTimeNs(1)
                .instrumentId(instrumentId)
                .subSeq(0)
                .eventFlags((short) 3)
                .reserved8((short) 0);
    }

    private MarketDataClientTest next(final int blockLength) {
        length += HEADER + blockLength;
        count++;
        return this;
    }

    private void publish(final Outbound... feeds) {
        new MarketDataPacketHeaderEncoder()
                .wrap(packet, 0)
                .channelId(1)
                .flags((short) 1)
                .msgCount((short) count)
                .epoch(1)
                .seqNum(seqNum)
                .sendTimeNs(1)
                .lastMatchSeq(1);
        seqNum += count;
        for (final Outbound feed : feeds) {
            assertTrue(feed.offer(packet, 0, length) > 0);
        }
        client.poll();
    }

    @Test
    void shouldLeaveNothingOpenWhenOneFeedCannotBeOpened() {
        final MemoryWorld world = new MemoryWorld(4);
        final Outbound publisher = new MemoryTransport(world).publish(A);

        assertThrows(
                IllegalArgumentException.class,
                () -> new MarketDataClient(new FailingTransport(world, B), A, B, clock, books));

        assertFalse(publisher.isConnected());
    }

    @Test
    void shouldBuildTheBookOnceFromBothFeeds() {
        begin().add(1, Side.BUY, 100, 5).add(2, Side.SELL, 110, 7).publish(feedA, feedB);
        begin().reduce(2, 3).publish(feedB);
        begin().delete(1).add(3, Side.BUY, 99, 2).publish(feedA, feedB);

        final InstrumentBook book = books.book(5);
        assertEquals(110, book.price(Side.SELL, 0));
        assertEquals(3, book.quantity(Side.SELL, 0));
        assertEquals(99, book.price(Side.BUY, 0));
        assertEquals(0, book.unknownOrders());
        assertEquals(3, client.arbiter().packets());
        assertEquals(6, client.arbiter().nextSeqNum());
    }

    @Test
    void shouldMarkTheBooksStaleWhenBothFeedsMiss() {
        begin().add(1, Side.BUY, 100, 5).publish(feedA, feedB);
        begin().delete(1).publish();
        begin().add(2, Side.BUY, 101, 5).publish(feedA, feedB);

        assertTrue(books.book(5).isStale());
        assertEquals(1, client.arbiter().gaps());
    }

    @Test
    void shouldCountAPacketWhoseMessagesDoNotFillIt() {
        begin().add(1, Side.BUY, 100, 5);
        count = 2;
        publish(feedA);

        assertEquals(1, client.malformed());
    }

    @Test
    void shouldDistrustABookWhoseBeginningMayHaveBeenMissed() {
        begin().add(1, Side.BUY, 100, 5).publish(feedA, feedB);
        instrumentId = 6;
        begin().add(2, Side.BUY, 100, 5).publish();
        begin().add(3, Side.SELL, 101, 5).publish(feedA, feedB);

        assertTrue(books.book(6).isStale());
    }
}
