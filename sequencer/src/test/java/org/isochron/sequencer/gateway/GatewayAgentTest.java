package org.isochron.sequencer.gateway;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.GatewayAliveDecoder;
import org.isochron.codecs.KillReleaseEncoder;
import org.isochron.codecs.KillSwitchEncoder;
import org.isochron.codecs.MassCancelEncoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.QuoteCancelEncoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.Outbound;
import org.junit.jupiter.api.Test;

class GatewayAgentTest {
    private final TestVenue venue = new TestVenue();
    private final RecordingListener listener = new RecordingListener();

    private RawClient openRaw(final int sessionId) {
        final RawClient client = new RawClient(venue, "raw-" + sessionId);
        client.open(venue, sessionId);
        assertEquals(List.of("template 2", "template 5"), client.read());
        return client;
    }

    private List<String> answers(final RawClient client) {
        venue.run();
        return client.read();
    }

    private List<TerminateCode> closes() {
        final List<TerminateCode> codes = new ArrayList<>();
        for (final FakeCore.Seen seen : venue.core.commandsOf(SessionClosedDecoder.TEMPLATE_ID)) {
            codes.add(new SessionClosedDecoder()
                    .wrapAndApplyHeader(new UnsafeBuffer(seen.payload()), 0, new MessageHeaderDecoder())
                    .code());
        }
        return codes;
    }

    private int orders() {
        return venue.core.commandsOf(NewOrderDecoder.TEMPLATE_ID).size();
    }

    @Test
    void shouldForwardTheClientsBytesUnchanged() {
        final RawClient client = openRaw(1);
        venue.clock.advance(17);
        final int length = client.encodeOrder(1, 4711);
        final byte[] sent = new byte[length];
        client.buffer.getBytes(0, sent);
        client.send(length);
        venue.run();

        final FakeCore.Seen seen =
                venue.core.commandsOf(NewOrderDecoder.TEMPLATE_ID).get(0);
        assertArrayEquals(sent, seen.payload());
        assertEquals(FrameType.SESSION, seen.type());
        assertEquals(1, seen.source());
        assertEquals(TestVenue.GATEWAY_ID, seen.gatewayId());
        assertEquals(venue.clock.wallNs(), seen.arrivalNs());
        assertEquals(List.of("template 200"), client.read());
    }

    @Test
    void shouldRejectEachMalformedMessageWithItsCodeAndForwardNone() {
        final RawClient client = openRaw(1);
        client.send(4);
        assertEquals(List.of("rejected MALFORMED ref 0 template 0"), answers(client));

        final int length = client.encodeOrder(1, 1);
        client.send(length - 1);
        assertEquals(List.of("rejected MALFORMED ref 1 template 100"), answers(client));

        client.encodeOrder(2, 1);
        client.send(length + 8);
        assertEquals(List.of("rejected MALFORMED ref 2 template 100"), answers(client));

        client.encodeOrder(3, 1);
        client.buffer.putShort(4, (short) 72, LITTLE_ENDIAN);
        client.send(length);
        assertEquals(List.of("rejected SCHEMA_VERSION ref 3 template 100"), answers(client));

        client.encodeOrder(4, 1);
        client.buffer.putShort(2, (short) 150, LITTLE_ENDIAN);
        client.send(length);
        assertEquals(List.of("rejected UNKNOWN_TEMPLATE ref 4 template 150"), answers(client));

        client.encodeOrder(5, 1);
        client.send(1376);
        assertEquals(List.of("rejected OVERSIZED ref 5 template 100"), answers(client));

        assertEquals(0, orders());
        client.send(client.encodeOrder(6, 1));
        assertEquals(List.of("template 200"), answers(client));
    }

    @Test
    void shouldRefuseWhatTheRoleMayNotSendAndWhatOnlyTheVenueMaySend() {
        venue.core.define(2).role = Role.PUBLISHER;
        final RawClient publisher = openRaw(2);
        publisher.send(publisher.encodeOrder(1, 1));
        assertEquals(List.of("rejected SESSION_SCOPE ref 1 template 100"), answers(publisher));

        final RawClient maker = openRaw(1);
        new ClockTickEncoder()
                .wrapAndApplyHeader(maker.buffer, 0, new MessageHeaderEncoder())
                .tickTimeNs(1);
        maker.send(16);
        assertEquals(List.of("rejected SESSION_SCOPE ref 0 template 650"), answers(maker));
    }

    @Test
    void shouldRefuseAForeignAccountUntilTheCoreGrantsIt() {
        final VenueClient client = venue.open(1, listener);
        listener.take();
        TestVenue.order(client, 3, 100);
        TestVenue.order(client, 2, 101);
        venue.run();
        assertEquals(List.of("rejected SESSION_SCOPE ref 1 template 100", "ack 101 ref 2"), listener.take());

        venue.core.define(1).accounts = new int[] {3};
        venue.core.opened(1, SessionStatus.UPDATED);
        venue.run();
        TestVenue.order(client, 3, 102);
        TestVenue.order(client, 2, 103);
        venue.run();
        assertEquals(
                List.of("event 670", "rejected SESSION_SCOPE ref 4 template 100", "ack 102 ref 3"), listener.take());
    }

    @Test
    void shouldLetAMassCancelOfTheFirmNameNoAccount() {
        final VenueClient client = venue.open(1, listener);
        client.massCancel(
                MassCancelEncoder.accountIdNullValue(),
                MassCancelScope.FIRM,
                MassCancelEncoder.instrumentIdNullValue(),
                Side.NULL_VAL,
                1);
        venue.run();

        assertEquals(1, venue.core.commandsOf(MassCancelEncoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldLetAKillSwitchNameAnAccountTheSessionDoesNotTrade() {
        final VenueClient client = venue.open(1, listener);
        client.killAccount(3, 1);
        client.killFirm(1, 2);
        client.releaseAccount(3, 3);
        venue.run();

        assertEquals(2, venue.core.commandsOf(KillSwitchEncoder.TEMPLATE_ID).size());
        assertEquals(1, venue.core.commandsOf(KillReleaseEncoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldKeepRoomForEveryKindOfCancel() {
        venue.core.define(1).rate = 10;
        venue.core.define(1).burst = 10;
        final VenueClient client = venue.open(1, listener);
        for (int i = 1; i <= 9; i++) {
            TestVenue.order(client, i);
        }
        client.quoteCancel(2, 1, 1, 50);
        client.killAccount(2, 51);
        venue.run();

        assertEquals(8, venue.core.commandsOf(NewOrderDecoder.TEMPLATE_ID).size());
        assertEquals(1, venue.core.commandsOf(QuoteCancelEncoder.TEMPLATE_ID).size());
        assertEquals(1, venue.core.commandsOf(KillSwitchEncoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldDropDuplicatesAndReportGapsAndGoOn() {
        final RawClient client = openRaw(1);
        client.send(client.encodeOrder(1, 1));
        client.send(client.encodeOrder(1, 1));
        client.send(client.encodeOrder(5, 2));
        client.send(client.encodeOrder(3, 3));

        assertEquals(
                List.of("not applied 2 count 3", "template 200", "template 200"),
                answers(client).stream().sorted().toList());
        assertEquals(2, venue.count(GatewayCounter.DUPLICATES));
        assertEquals(3, venue.count(GatewayCounter.GAPS));
        assertEquals(2, orders());
    }

    @Test
    void shouldOnlyCountAMisshapenMessageUnderANumberThatHasHadItsAnswer() {
        final RawClient client = openRaw(1);
        client.send(client.encodeOrder(1, 1));
        client.send(client.encodeOrder(1, 2) - 1);

        assertEquals(List.of("template 200"), answers(client));
        assertEquals(1, venue.count(GatewayCounter.DUPLICATES));
    }

    @Test
    void shouldReportAGapThatAHeartbeatShows() {
        final RawClient client = openRaw(1);
        client.heartbeat(4);
        assertEquals(List.of("not applied 1 count 3"), answers(client));
        client.heartbeat(4);
        client.send(client.encodeOrder(4, 1));
        assertEquals(List.of("template 200"), answers(client));
    }

    @Test
    void shouldEndASessionWhoseHeartbeatNamesANumberNoMessageCanHave() {
        for (final long beyond : new long[] {0x1_0000_0000L, Long.MIN_VALUE}) {
            final RawClient client = openRaw(beyond < 0 ? 1 : 2);
            client.heartbeat(beyond);
            assertEquals(List.of("terminated MALFORMED ref 9"), answers(client));
        }
    }

    @Test
    void shouldThrottleOrdersButKeepRoomForCancels() {
        venue.core.define(1).rate = 10;
        venue.core.define(1).burst = 10;
        final VenueClient client = venue.open(1, listener);
        listener.take();
        for (int i = 1; i <= 9; i++) {
            TestVenue.order(client, i);
        }
        venue.run();
        final List<String> heard = listener.take();
        assertEquals(9, heard.size());
        assertTrue(heard.contains("busy THROTTLED ref 9 clOrdId 9"), heard.toString());
        assertEquals(0, client.creditsLeft());

        client.cancel(1, 1, 1, 50);
        client.cancel(1, 1, 2, 51);
        client.cancel(1, 1, 3, 52);
        venue.run();
        assertEquals(2, venue.core.commandsOf(102).size());
        assertEquals(List.of("busy THROTTLED ref 12 clOrdId 52"), listener.take());

        venue.pass(400); // four tokens: two fill the reserve, two are for orders
        TestVenue.order(client, 20);
        TestVenue.order(client, 21);
        TestVenue.order(client, 22);
        venue.run();
        assertEquals(List.of("busy THROTTLED ref 15 clOrdId 22", "ack 20 ref 13", "ack 21 ref 14"), listener.take());
    }

    @Test
    void shouldAnswerBusyToCancelsTooWhileReplicasAreMissing() {
        final VenueClient client = venue.open(1, listener);
        listener.take();
        venue.core.close();
        venue.core = null;
        venue.run();
        TestVenue.order(client, 1);
        client.cancel(1, 1, 1, 2);
        venue.run();

        assertEquals(
                List.of("busy REPLICA_MISSING ref 1 clOrdId 1", "busy REPLICA_MISSING ref 2 clOrdId 2"),
                listener.take());
        assertEquals(0, venue.count(GatewayCounter.FORWARDED));
    }

    @Test
    void shouldAnswerOverloadWhenTheWayToTheSequencerIsFull() {
        final TestVenue small = new TestVenue(16, TestVenue.config());
        final VenueClient client = small.open(1, listener);
        listener.take();
        small.isSequencerPaused = true;
        for (int i = 1; i <= 16; i++) {
            TestVenue.order(client, i);
            small.cycle();
        }
        assertEquals(List.of(), listener.take());
        TestVenue.order(client, 17);
        small.cycle();
        small.cycle();
        assertEquals(List.of("busy OVERLOAD ref 17 clOrdId 17"), listener.take());

        small.isSequencerPaused = false;
        small.run();
        assertEquals(16, listener.take().size());
    }

    @Test
    void shouldTellTheCoreWhenAClientDisconnects() {
        final RawClient client = openRaw(1);
        client.transport.close();
        venue.run();

        assertEquals(List.of(TerminateCode.DISCONNECTED), closes());
    }

    @Test
    void shouldTellTheCoreWhenAClientStopsListening() {
        final RawClient client = openRaw(1);
        client.response.close();
        venue.pass(5);

        assertEquals(List.of(TerminateCode.DISCONNECTED), closes());
    }

    @Test
    void shouldEndASessionPolitely() {
        final VenueClient client = venue.open(1, listener);
        listener.take();
        client.terminate();
        venue.run();

        assertEquals(List.of("terminated FINISHED"), listener.take());
        assertEquals(List.of(TerminateCode.FINISHED), closes());
        assertEquals(Outbound.NOT_CONNECTED, TestVenue.order(client, 1));
    }

    @Test
    void shouldNotTakeAGoodbyeForADisconnect() {
        final VenueClient client = venue.open(1, listener);
        client.close();
        venue.run();

        assertEquals(List.of(TerminateCode.FINISHED), closes());
    }

    @Test
    void shouldOweTheCoreTheEndUntilTheSequencerTakesIt() {
        final TestVenue small = new TestVenue(16, TestVenue.config());
        final VenueClient client = small.open(1, listener);
        final RawClient other = new RawClient(small, "other");
        other.open(small, 2);
        small.isSequencerPaused = true;
        for (int i = 1; i <= 16; i++) {
            TestVenue.order(client, i);
            small.cycle();
        }
        other.transport.close();
        small.cycle();
        assertEquals(0, small.count(GatewayCounter.SESSIONS_CLOSED));
        small.isSequencerPaused = false;
        small.run();

        assertEquals(1, small.count(GatewayCounter.SESSIONS_CLOSED));
        assertEquals(1, small.core.commandsOf(SessionClosedDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldKeepASessionAliveByHeartbeatsBothWays() {
        final VenueClient client = venue.open(1, listener);
        listener.take();
        venue.pass(10_000);

        assertTrue(client.isEstablished());
        assertEquals(List.of(), listener.take());
        assertEquals(List.of(), closes());
    }

    @Test
    void shouldEndASessionSilentForThreeIntervals() {
        final RawClient client = openRaw(1);
        venue.pass(3_000);
        assertEquals(List.of(), closes());
        venue.pass(3);

        final List<String> heard = client.read();
        assertEquals("terminated KEEP_ALIVE_LAPSED ref 65535", heard.get(heard.size() - 1));
        assertEquals("template 9", heard.get(0));
        assertEquals(List.of(TerminateCode.KEEP_ALIVE_LAPSED), closes());
        assertEquals(1, venue.count(GatewayCounter.KEEP_ALIVES_LAPSED));
    }

    @Test
    void shouldEndTheSessionThatTheCoreEnds() {
        final VenueClient client = venue.open(1, listener);
        listener.take();
        final VenueClient bystander = venue.open(2, new RecordingListener());
        venue.core.ended(1, TerminateCode.DISCONNECTED);
        venue.run();

        assertEquals(List.of("event 672", "terminated DISCONNECTED"), listener.take());
        assertEquals(VenueClient.State.CLOSED, client.state());
        assertTrue(bystander.isEstablished());
        assertEquals(List.of(), closes());
    }

    @Test
    void shouldDisconnectASlowClientAndNobodyElse() {
        final TestVenue small = new TestVenue(8, TestVenue.config().withBacklogBytes(8192));
        final RawClient slow = new RawClient(small, "slow");
        slow.open(small, 1);
        final VenueClient quick = small.open(2, listener);
        listener.take();
        for (int i = 1; i <= 100; i++) {
            slow.send(slow.encodeOrder(i, i));
            TestVenue.order(quick, i);
            small.run();
            if (small.count(GatewayCounter.SLOW_CONSUMERS) > 0) {
                break;
            }
        }

        assertEquals(1, small.count(GatewayCounter.SLOW_CONSUMERS));
        assertTrue(quick.isEstablished());
        final List<String> heard = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            heard.addAll(slow.read());
            small.run();
        }
        assertEquals("terminated SLOW_CONSUMER ref 65535", heard.get(heard.size() - 1));
        // everything that was said before still came, in order
        assertTrue(heard.size() > 40, heard.toString());
    }

    @Test
    void shouldDrainClientsFairlyWhenOneFloods() {
        final RawClient flood = openRaw(1);
        final RawClient modest = openRaw(2);
        for (int i = 1; i <= 500; i++) {
            flood.send(flood.encodeOrder(i, i));
        }
        for (int i = 1; i <= 10; i++) {
            modest.send(modest.encodeOrder(i, i));
        }
        venue.gateway.doWork();
        venue.sequencer.doWork();
        venue.core.poll();

        final List<FakeCore.Seen> seen = venue.core.commandsOf(NewOrderDecoder.TEMPLATE_ID);
        assertEquals(
                10,
                seen.subList(0, 20).stream()
                        .filter(order -> order.source() == 2)
                        .count());
    }

    @Test
    void shouldSayGoodbyeWhenTheVenueStops() {
        venue.open(1, listener);
        listener.take();
        venue.gateway.onClose();
        venue.clients.forEach(VenueClient::poll);

        assertEquals(List.of("terminated VENUE_STOPPING"), listener.take());
    }

    @Test
    void shouldAllocateNothingOnTheWayThroughAndBack() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final VenueClient client = venue.client(TestVenue.clientConfig(1, 1), new VenueListener() {});
        venue.run();
        assertTrue(client.isEstablished());
        // The fake core allocates, so the way back is driven by hand: one event, renumbered.
        final UnsafeBuffer event = new UnsafeBuffer(new byte[512]);
        final int length = venue.core.encodeAck(event, 1, 1, 1);
        final FakeCore core = venue.core;
        venue.core = null;
        long privateSeq = core.privateSeq;
        long sessionSeq = 1;
        final long self = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long used = 0;
            for (int i = 0; i < 5_000; i++) {
                event.putLong(8 + 32, privateSeq++, LITTLE_ENDIAN);
                event.putInt(8 + 44, (int) sessionSeq++, LITTLE_ENDIAN);
                core.laneA.offer(event, 0, length);
                core.laneB.offer(event, 0, length);
                venue.clock.advance(10_000);
                final long before = threads.getThreadAllocatedBytes(self);
                assertTrue(TestVenue.order(client, i) > 0);
                venue.gateway.doWork();
                client.poll();
                used += threads.getThreadAllocatedBytes(self) - before;
                venue.sequencer.doWork();
                core.seen.clear();
                core.drain();
            }
            least = Math.min(least, used);
        }
        assertEquals(50_000, venue.count(GatewayCounter.FORWARDED));
        assertEquals(0, venue.count(GatewayCounter.PRIVATE_GAPS));
        assertEquals(0, least);
    }

    @Test
    void shouldKeepItsLeaseHoweverManyMessagesArrive() {
        final TestVenue small = new TestVenue(16, TestVenue.config());
        final VenueClient client = small.open(1, listener);
        final int before =
                small.core.commandsOf(GatewayAliveDecoder.TEMPLATE_ID).size();
        for (int ms = 0; ms < 2_000; ms++) {
            for (int i = 0; i < 16; i++) {
                TestVenue.order(client, client.nextSeqNum());
            }
            small.clock.advance(TestVenue.MS);
            small.cycle();
        }

        final int sent = small.core.commandsOf(GatewayAliveDecoder.TEMPLATE_ID).size() - before;
        assertTrue(sent >= 3, sent + " in two seconds");
        assertTrue(client.isEstablished());
    }

    @Test
    void shouldNotSpeakForANumberThatAMisshapenMessageOnlyClaims() {
        final RawClient client = openRaw(1);
        client.send(client.encodeOrder(5, 1) - 1);
        assertEquals(List.of("rejected MALFORMED ref 0 template 100"), answers(client));

        client.send(client.encodeOrder(5, 2));
        assertEquals(List.of("not applied 1 count 4", "template 200"), answers(client));
        assertEquals(1, orders());
    }
}
