package org.isochron.sequencer.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.BalanceChangedEncoder;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.BusinessRejectEncoder;
import org.isochron.codecs.CodType;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.CommandAcceptedEncoder;
import org.isochron.codecs.EstablishAckEncoder;
import org.isochron.codecs.EventStampEncoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FillEncoder;
import org.isochron.codecs.MarginMode;
import org.isochron.codecs.MassQuoteAckDecoder;
import org.isochron.codecs.MassQuoteAckEncoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.MmpTriggeredDecoder;
import org.isochron.codecs.MmpTriggeredEncoder;
import org.isochron.codecs.NegotiationResponseEncoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.OrderActivatedDecoder;
import org.isochron.codecs.OrderActivatedEncoder;
import org.isochron.codecs.OrderReducedDecoder;
import org.isochron.codecs.OrderReducedEncoder;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.RetransmitRejectCode;
import org.isochron.codecs.RetransmitRejectEncoder;
import org.isochron.codecs.RetransmitRequestEncoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TransferDecoder;
import org.isochron.codecs.TransportEnvelopeEncoder;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.memory.FailingTransport;
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
    private static final int SEND_TIME_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH + 8;
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

    private VenueClient client;

    private final VenueListener listener = new VenueListener() {
        @Override
        public void onFill(final FillDecoder fill) {
            heard.add(
                    (client.isPossResend() ? "again " : "fill ") + fill.stamp().sessionSeq());
        }

        @Override
        public void onOrderReduced(final OrderReducedDecoder reduced) {
            heard.add("reduced to " + reduced.leavesQuantity());
        }

        @Override
        public void onOrderActivated(final OrderActivatedDecoder activated) {
            heard.add("activated " + activated.cause());
        }

        @Override
        public void onMassQuoteAck(final MassQuoteAckDecoder ack) {
            heard.add("quotes " + ack.entries().count());
        }

        @Override
        public void onMmpTriggered(final MmpTriggeredDecoder triggered) {
            heard.add("group " + triggered.mmpGroup() + " triggered");
        }

        @Override
        public void onCommandAccepted(final CommandAcceptedDecoder accepted) {
            heard.add("accepted " + accepted.refSeqNum());
        }

        @Override
        public void onBusinessReject(final BusinessRejectDecoder reject) {
            heard.add("refused " + reject.code());
        }

        @Override
        public void onEvent(final int templateId, final DirectBuffer event, final int offset, final int length) {
            heard.add("event " + templateId);
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
        client = VenueClient.connect(CONFIG, new MemoryTransport(world), clock, listener);
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
                .nextSeqNo(nextSeqNo)
                .role(Role.MAKER);
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
    void shouldLeaveNothingOpenWhenTheWayToTheGatewayCannotBeOpened() {
        final FailingTransport failing = new FailingTransport(world, GATEWAY);

        assertThrows(IllegalArgumentException.class, () -> VenueClient.connect(CONFIG, failing, clock, listener));

        assertFalse(out.isConnected(), "nobody listens to the answers");
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
        assertEquals(List.of("fill 3"), heard);
        assertTrue(client.isRecovering());
        receive();
        assertEquals(RetransmitRequestEncoder.TEMPLATE_ID, templates.get(templates.size() - 1));
        refuseRetransmission(RetransmitRejectCode.TOO_OLD);
        client.poll();

        assertEquals(List.of("fill 3", "gap 4..5", "fill 6"), heard);
        assertEquals(1, client.duplicates());
        assertEquals(6, client.lastEventSeq());
    }

    @Test
    void shouldDeliverWhatIsSentAgainBeforeNewerEvents() {
        final VenueClient client = establish(0, 3);
        sayFill(5, 0, false);
        sayFill(6, 0, false);
        client.poll();
        sayResent(3);
        sayFill(7, 0, false);
        sayResent(4);
        client.poll();

        assertEquals(List.of("again 3", "again 4", "fill 5", "fill 6", "fill 7"), heard);
        assertFalse(client.isRecovering());
    }

    @Test
    void shouldAskAgainWhenVenueIsSilentAndGiveUpInTheEnd() {
        final VenueClient client = establish(0, 1);
        sayFill(2, 0, false);
        client.poll();
        for (int i = 0; i < 20; i++) {
            assertEquals(List.of(), heard);
            refuseRetransmission(RetransmitRejectCode.UNAVAILABLE);
            client.poll();
            clock.advance(100 * MS);
            client.poll();
            receive();
        }
        assertEquals(List.of("gap 1..1", "fill 2"), heard);
    }

    private void refuseRetransmission(final RetransmitRejectCode code) {
        new RetransmitRejectEncoder()
                .wrapAndApplyHeader(buffer, ENVELOPE, header)
                .refTemplateId(RetransmitRequestEncoder.TEMPLATE_ID)
                .code(code);
        say(RetransmitRejectEncoder.BLOCK_LENGTH);
    }

    private void sayResent(final long sessionSeq) {
        final FillEncoder fill = new FillEncoder().wrapAndApplyHeader(buffer, ENVELOPE, header);
        fill.stamp().sessionSeq(sessionSeq);
        buffer.putByte(10, (byte) 1);
        say(FillEncoder.BLOCK_LENGTH);
        buffer.putByte(10, (byte) 0);
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
                .nextSeqNo(5)
                .role(Role.DROP_COPY);
        say(EstablishAckEncoder.BLOCK_LENGTH);
        dropCopy.poll();
        assertTrue(dropCopy.isEstablished());
        sayFill(0, 5, true);
        sayFill(0, 5, true);
        sayFill(0, 8, true);
        dropCopy.poll();
        refuseRetransmission(RetransmitRejectCode.TOO_OLD);
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

    @Test
    void shouldSendATicketAgainUnderANewNumberWithTheTimeOfItsSending() {
        final VenueClient client = establish(41, 1);
        final OrderTicket ticket = new OrderTicket().stop(1, 2, Side.SELL, 7, 8, 9);
        assertEquals(42, client.newOrder(ticket));
        clock.advance(5);
        assertEquals(43, client.newOrder(ticket));
        receive();

        final NewOrderDecoder decoder =
                new NewOrderDecoder().wrapAndApplyHeader(lastReceived, 0, new MessageHeaderDecoder());
        assertEquals(43, decoder.seqNum());
        assertEquals(clock.wallNs(), decoder.clientSendTimeNs());
        assertEquals(OrdType.STOP, decoder.ordType());
        assertEquals(7, decoder.triggerPrice());
        assertEquals(NewOrderDecoder.priceNullValue(), decoder.price());
    }

    @Test
    void shouldReplaceTheTotalUnlessAskedToReplaceWhatRemains() {
        final VenueClient client = establish(0, 1);
        final ReplaceDecoder decoder = new ReplaceDecoder();
        client.replace(1, 2, 3, 4, 5, 6);
        receive();
        assertEquals(
                QtyMode.TOTAL,
                decoder.wrapAndApplyHeader(lastReceived, 0, new MessageHeaderDecoder())
                        .qtyMode());

        client.replace(1, 2, 3, 4, 5, 6, QtyMode.REMAINING);
        receive();
        assertEquals(
                QtyMode.REMAINING,
                decoder.wrapAndApplyHeader(lastReceived, 0, new MessageHeaderDecoder())
                        .qtyMode());
        assertEquals(2, decoder.seqNum());
        assertEquals(6, decoder.quantity());
    }

    @Test
    void shouldSendEveryProtectionInTheShapeOfTheSchema() {
        final VenueClient client = establish(0, 1);
        templates.clear();
        final List<LongSupplier> requests = List.of(
                () -> client.massQuote(new QuoteTicket().begin(1, 2, 3).bid(4, 5, 6, 7)),
                () -> client.quoteCancel(1, 2, 3, 4),
                () -> client.mmpConfig(1, 2, 3, MmpLimits.within(1_000, 0).fills(5), 4),
                () -> client.mmpReset(1, 2, 3),
                () -> client.killAccount(1, 2),
                () -> client.killFirm(1, 2),
                () -> client.releaseAccount(1, 2),
                () -> client.releaseFirm(1, 2),
                () -> client.deadMan(1, 2, 3),
                () -> client.setLeverage(1, 2, 3, MarginMode.ISOLATED, 4),
                () -> client.fundingOrder(1, 2, 3_000, 4, 5),
                () -> client.massCancelPrices(1, 2, Side.BUY, 3, 4, 5),
                () -> client.massCancelTag(1, 2, 3),
                () -> client.massCancelGroup(1, 2, 3));
        long seqNum = 0;
        for (final LongSupplier request : requests) {
            assertEquals(++seqNum, request.getAsLong());
            receive();
            assertEquals(seqNum, SessionMessage.seqNum(lastReceived, 0));
            assertEquals(clock.wallNs(), lastReceived.getLong(SEND_TIME_OFFSET, LITTLE_ENDIAN));
        }
        assertEquals(List.of(104, 105, 106, 107, 111, 111, 112, 112, 113, 114, 115, 103, 103, 103), templates);
    }

    @Test
    void shouldNameTheSidesOfATransfer() {
        final VenueClient client = establish(0, 1);
        client.addToIsolated(1, 2, 3, 4);
        receive();
        final TransferDecoder decoder = new TransferDecoder();
        decoder.wrapAndApplyHeader(lastReceived, 0, new MessageHeaderDecoder());
        assertEquals(1, decoder.fromAccountId());
        assertEquals(1, decoder.toAccountId());
        assertEquals(4, decoder.amount());
        assertEquals(2, decoder.toInstrumentId());
        assertEquals(TransferDecoder.fromInstrumentIdNullValue(), decoder.fromInstrumentId());
        client.takeFromIsolated(1, 2, 3, 4);
        receive();
        assertEquals(
                2,
                decoder.wrapAndApplyHeader(lastReceived, 0, new MessageHeaderDecoder())
                        .fromInstrumentId());
        client.pledge(1, 3, 5, 4);
        receive();
        assertEquals(
                5,
                decoder.wrapAndApplyHeader(lastReceived, 0, new MessageHeaderDecoder())
                        .toPledgeAssetId());
        client.release(1, 3, 5, 4);
        receive();
        assertEquals(
                5,
                decoder.wrapAndApplyHeader(lastReceived, 0, new MessageHeaderDecoder())
                        .fromPledgeAssetId());
    }

    @Test
    void shouldRefuseToSendAMassQuoteWithoutAnEntry() {
        final VenueClient client = establish(0, 1);
        final QuoteTicket empty = new QuoteTicket().begin(1, 2, 3);
        assertThrows(IllegalArgumentException.class, () -> client.massQuote(empty));
        assertEquals(1, client.nextSeqNum());
    }

    @Test
    void shouldTellWhatBecomesOfOrdersAndRequestsLaterOn() {
        final VenueClient client = establish(0, 1);
        sayEvent(
                1,
                new OrderReducedEncoder()
                        .wrapAndApplyHeader(buffer, ENVELOPE, header)
                        .leavesQuantity(7)
                        .encodedLength());
        sayEvent(
                2,
                new OrderActivatedEncoder()
                        .wrapAndApplyHeader(buffer, ENVELOPE, header)
                        .cause(ActivationCause.REFILL)
                        .encodedLength());
        sayEvent(
                3,
                new MmpTriggeredEncoder()
                        .wrapAndApplyHeader(buffer, ENVELOPE, header)
                        .mmpGroup(9)
                        .encodedLength());
        client.poll();
        sayEvent(4, massQuoteAck());
        sayEvent(
                5,
                new CommandAcceptedEncoder()
                        .wrapAndApplyHeader(buffer, ENVELOPE, header)
                        .refSeqNum(8)
                        .encodedLength());
        sayEvent(
                6,
                new BusinessRejectEncoder()
                        .wrapAndApplyHeader(buffer, ENVELOPE, header)
                        .code(RejectCode.MMP_FROZEN)
                        .encodedLength());
        client.poll();
        sayEvent(
                7,
                new BalanceChangedEncoder()
                        .wrapAndApplyHeader(buffer, ENVELOPE, header)
                        .encodedLength());
        client.poll();

        assertEquals(
                List.of(
                        "reduced to 7",
                        "activated REFILL",
                        "group 9 triggered",
                        "quotes 1",
                        "accepted 8",
                        "refused MMP_FROZEN",
                        "event 674"),
                heard);
    }

    private int massQuoteAck() {
        final MassQuoteAckEncoder ack = new MassQuoteAckEncoder().wrapAndApplyHeader(buffer, ENVELOPE, header);
        ack.entriesCount(1).next().entryId(3);
        return ack.encodedLength();
    }

    private void sayEvent(final long sessionSeq, final int length) {
        new EventStampEncoder()
                .wrap(buffer, ENVELOPE + MessageHeaderEncoder.ENCODED_LENGTH)
                .sessionSeq(sessionSeq);
        say(length);
    }

    @Test
    void shouldAllocateNothingForTicketsOnceTheyAreMade() {
        final VenueClient client = establish(0, 1);
        final OrderTicket order = new OrderTicket();
        final QuoteTicket quotes = new QuoteTicket();
        final MmpLimits limits = MmpLimits.within(1, 0).fills(1);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        long leastBytes = Long.MAX_VALUE;
        // The sends beyond the fourth meet back-pressure, so that nothing but the client is measured; the best of a few
        // rounds is free of what the JVM does beside.
        for (int round = 0; round < 20; round++) {
            final long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 1_000; i++) {
                client.newOrder(order.limit(1, 2, Side.BUY, 3, i, i).showing(1).selfTrade(StpMode.DECREMENT));
                client.massQuote(quotes.begin(1, 2, i).quote(0, 3, 4, 5, 6, 7).ask(1, 2, 3, 4));
                client.mmpConfig(1, 2, 3, limits, i);
                client.deadMan(1, 2, i);
            }
            leastBytes = Math.min(leastBytes, threads.getThreadAllocatedBytes(self) - before);
        }
        assertEquals(0, leastBytes);
    }

    @Test
    void shouldSendNothingMoreWhenItsNumbersAreUsedUp() {
        final VenueClient client = establish(0xFFFF_FFFEL - 1, 1);
        assertEquals(0xFFFF_FFFEL, order(client));
        final IllegalStateException usedUp = assertThrows(IllegalStateException.class, () -> order(client));
        assertTrue(usedUp.getMessage().contains("higher sessionVerId"), usedUp.getMessage());
    }
}
