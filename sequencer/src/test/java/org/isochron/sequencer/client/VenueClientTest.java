package org.isochron.sequencer.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CodType;
import org.isochron.codecs.EstablishAckEncoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FillEncoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NegotiationResponseEncoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TransportEnvelopeEncoder;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.memory.ManualClock;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.junit.jupiter.api.Test;

class VenueClientTest {
    private static final Channel GATEWAY = new Channel("memory:gateway", 1);
    private static final Channel RESPONSE = new Channel("memory:response", 2);
    private static final ClientConfig CONFIG =
            ClientConfig.of(7, 1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, GATEWAY, RESPONSE);
    private static final int ENVELOPE = TransportEnvelopeEncoder.ENCODED_LENGTH;
    private static final long MS = 1_000_000L;

    private final ManualClock clock = new ManualClock(1_000, 1);
    private final MemoryWorld world = new MemoryWorld(4);
    private final MemoryTransport venue = new MemoryTransport(world);
    private final Inbound ingress = venue.subscribe(GATEWAY, LaneListener.NONE);
    private final Outbound out = venue.publish(RESPONSE);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final List<Integer> templates = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final UnsafeBuffer lastReceived = new UnsafeBuffer(new byte[1400]);

    private final VenueListener listener = new VenueListener() {
        @Override
        public void onFill(final FillDecoder fill) {
            heard.add("fill " + fill.stamp().sessionSeq());
        }

        @Override
        public void onGap(final long fromSessionSeq, final long toSessionSeq) {
            heard.add("gap " + fromSessionSeq + ".." + toSessionSeq);
        }

        @Override
        public void onTerminated(final TerminateCode code) {
            heard.add("terminated " + code);
        }
    };

    private void receive() {
        ingress.poll(this::onMessage, 100);
    }

    private boolean onMessage(final int lane, final DirectBuffer message, final int offset, final int length) {
        assertEquals(MessageShape.SOUND, MessageShape.check(message, offset, length));
        lastReceived.putBytes(0, message, offset, length);
        templates.add(MessageShape.templateId(message, offset));
        return true;
    }

    private void say(final int blockLength) {
        assertTrue(out.offer(buffer, 0, ENVELOPE + MessageHeaderEncoder.ENCODED_LENGTH + blockLength) > 0);
    }

    private VenueClient establish(final long lastIncoming, final long nextSeqNo) {
        final VenueClient client = VenueClient.connect(CONFIG, new MemoryTransport(world), clock, listener);
        client.poll();
        receive();
        new NegotiationResponseEncoder()
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .sessionId(7)
                .partitionId(1)
                .sessionVerId(1);
        say(NegotiationResponseEncoder.BLOCK_LENGTH);
        client.poll();
        receive();
        new EstablishAckEncoder()
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .sessionId(7)
                .lastIncomingSeqNo(lastIncoming)
                .nextSeqNo(nextSeqNo);
        say(EstablishAckEncoder.BLOCK_LENGTH);
        client.poll();
        assertTrue(client.isEstablished());
        return client;
    }

    private void sayFill(final long sessionSeq, final long dropCopySeq, final boolean isDropCopy) {
        final FillEncoder fill = new FillEncoder().wrapAndApplyHeader(buffer, ENVELOPE, header);
        fill.stamp().sessionSeq(sessionSeq).dropCopySeq(dropCopySeq);
        buffer.putByte(10, (byte) (isDropCopy ? 2 : 0));
        say(FillEncoder.BLOCK_LENGTH);
        buffer.putByte(10, (byte) 0);
    }

    private static long order(final VenueClient client) {
        return client.newOrder(1, 2, Side.BUY, 5, 6, TimeInForce.GTC, true, 9);
    }

    @Test
    void shouldNegotiateThenEstablishThenNumberFromWhereTheCoreStands() {
        final VenueClient client = establish(41, 10);
        assertEquals(List.of(1, 4), templates);
        assertEquals(42, order(client));
        assertEquals(43, order(client));
        receive();

        final NewOrderDecoder decoder =
                new NewOrderDecoder().wrapAndApplyHeader(lastReceived, 0, new MessageHeaderDecoder());
        assertEquals(43, decoder.seqNum());
        assertEquals(9, decoder.clOrdId());
        assertTrue(decoder.flags().postOnly());
        assertEquals(NewOrderDecoder.expireTimeNsNullValue(), decoder.expireTimeNs());
    }

    @Test
    void shouldUseUpNoNumberWhenItCannotSend() {
        final VenueClient connecting = VenueClient.connect(CONFIG, new MemoryTransport(world), clock, listener);
        assertEquals(Outbound.NOT_CONNECTED, order(connecting));
        connecting.close();
        receive();
        templates.clear();

        final VenueClient client = establish(0, 1);
        for (int i = 1; i <= 4; i++) {
            assertEquals(i, order(client));
        }
        assertEquals(Outbound.BACK_PRESSURED, order(client));
        receive();
        assertEquals(5, order(client));
    }

    @Test
    void shouldFillInTheNumberOfAnyCommand() {
        final VenueClient client = establish(5, 1);
        new PriceTickEncoder().wrapAndApplyHeader(buffer, 100, header).price(3);
        assertEquals(6, client.send(buffer, 100, MessageHeaderEncoder.ENCODED_LENGTH + PriceTickEncoder.BLOCK_LENGTH));
        ingress.poll(
                (lane, message, offset, length) -> {
                    assertEquals(6, SessionMessage.seqNum(message, offset));
                    return true;
                },
                1);
        assertThrows(IllegalArgumentException.class, () -> client.send(buffer, 0, 11));
        assertThrows(IllegalArgumentException.class, () -> client.send(buffer, 0, 1313));
    }

    @Test
    void shouldReportGapsOfEventsAndDropDuplicates() {
        final VenueClient client = establish(0, 3);
        sayFill(3, 0, false);
        sayFill(3, 0, false);
        sayFill(6, 0, false);
        client.poll();

        assertEquals(List.of("fill 3", "gap 4..5", "fill 6"), heard);
        assertEquals(1, client.duplicates());
    }

    @Test
    void shouldSendHeartbeatsAndNoticeASilentVenue() {
        final VenueClient client = establish(0, 1);
        templates.clear();
        clock.advance(500 * MS);
        client.poll();
        receive();
        assertEquals(List.of(9), templates);

        clock.advance(2_500 * MS);
        client.poll();
        assertTrue(client.isEstablished());
        clock.advance(1);
        client.poll();
        assertEquals(List.of("terminated KEEP_ALIVE_LAPSED"), heard);
        assertEquals(VenueClient.State.CLOSED, client.state());
        assertEquals(0, client.poll());
    }

    @Test
    void shouldNoticeThatTheConnectionIsGone() {
        final VenueClient client = establish(0, 1);
        out.close();
        client.poll();
        assertEquals(List.of("terminated DISCONNECTED"), heard);
    }

    @Test
    void shouldNotMindTheEndOfAConnectionBeforeThisOne() {
        final Outbound former = venue.publish(RESPONSE);
        final VenueClient client = establish(0, 1);
        sayFill(1, 0, false);
        former.offer(buffer, 0, 60);
        former.close();
        client.poll();

        assertTrue(client.isEstablished());
        assertEquals(List.of("fill 1"), heard);
    }

    @Test
    void shouldGiveUpLoggingOnInTime() {
        final VenueClient client = VenueClient.connect(CONFIG, new MemoryTransport(world), clock, listener);
        client.poll();
        clock.advance(5_000 * MS + 1);
        client.poll();
        assertEquals(List.of("terminated DISCONNECTED"), heard);
        assertFalse(client.awaitEstablished(1));
    }

    @Test
    void shouldCheckThatADropCopyHasNoGap() {
        final List<String> copies = new ArrayList<>();
        final DropCopyClient dropCopy =
                new DropCopyClient(CONFIG, new MemoryTransport(world), clock, 4, new DropCopyListener() {
                    @Override
                    public void onExecution(final FillDecoder fill) {
                        copies.add("fill " + fill.stamp().dropCopySeq());
                    }

                    @Override
                    public void onGap(final long from, final long to) {
                        copies.add("gap " + from + ".." + to);
                    }

                    @Override
                    public void onRefused(final RejectCode code, final long lastSessionVerId) {
                        copies.add("refused");
                    }
                });
        dropCopy.poll();
        receive();
        new NegotiationResponseEncoder()
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .sessionId(7)
                .partitionId(1)
                .sessionVerId(1);
        say(NegotiationResponseEncoder.BLOCK_LENGTH);
        dropCopy.poll();
        new EstablishAckEncoder()
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .lastIncomingSeqNo(0)
                .nextSeqNo(1);
        say(EstablishAckEncoder.BLOCK_LENGTH);
        dropCopy.poll();
        assertTrue(dropCopy.isEstablished());
        sayFill(0, 5, true);
        sayFill(0, 5, true);
        sayFill(0, 8, true);
        dropCopy.poll();

        assertEquals(List.of("fill 5", "gap 6..7", "fill 8"), copies);
        assertEquals(8, dropCopy.lastDropCopySeq());
        assertEquals(1, dropCopy.duplicates());
        assertEquals(1, dropCopy.gaps());
    }

    @Test
    void shouldNameKeyAndValueOfABadConfiguration() {
        final String message = assertThrows(
                        IllegalArgumentException.class, () -> CONFIG.withCancelOnDisconnect(CodType.NONE, -1))
                .getMessage();
        assertEquals("codWindowMs is -1, 0 to 60,000 is needed", message);
    }
}
