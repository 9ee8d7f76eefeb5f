package org.isochron.sequencer.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.EventReplayRequestEncoder;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.ResendFlow;
import org.isochron.codecs.ResendQueryEncoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.client.DropCopyClient;
import org.isochron.sequencer.client.DropCopyListener;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.junit.jupiter.api.Test;

/** What was missed is sent again out of event journals, through the whole way from the core to the client. */
class ResendTest {
    private static final long NO_ACCOUNT = EventReplayRequestEncoder.accountIdNullValue();
    private static final int MAKER = 1;
    private static final int DROP_COPY = 5;

    private final TestVenue venue = new TestVenue(4096, TestVenue.config(), 2);
    private final RecordingListener listener = new RecordingListener();

    ResendTest() {
        venue.core.define(DROP_COPY).role = Role.DROP_COPY;
    }

    private VenueClient resume(final long lastEventSeq, final RecordingListener heard) {
        final VenueClient client = VenueClient.resume(
                TestVenue.clientConfig(MAKER, 1), new MemoryTransport(venue.world), venue.clock, lastEventSeq, heard);
        venue.clients.add(client);
        return client;
    }

    private void lose(final VenueClient client) {
        client.close();
        venue.clients.remove(client);
        venue.pass(5);
    }

    private void order(final VenueClient client, final int count) {
        for (int i = 0; i < count; i++) {
            TestVenue.order(client, client.nextSeqNum());
            if (i % 50 == 49) {
                venue.run();
            }
        }
        venue.run();
    }

    private static List<String> acks(final long from, final long to) {
        final List<String> acks = new ArrayList<>();
        for (long seqNum = from; seqNum <= to; seqNum++) {
            acks.add("ack " + seqNum + " ref " + seqNum);
        }
        return acks;
    }

    @Test
    void shouldTellClientThatComesBackWhatItMissedBeforeAnythingNewer() {
        final VenueClient first = venue.open(MAKER, listener);
        order(first, 3);
        // The client sends on, and what becomes of it never reaches him.
        venue.core.isMute = true;
        order(first, 300);
        lose(first);
        venue.core.isMute = false;
        final RecordingListener heard = new RecordingListener();
        final VenueClient second = resume(3, heard);
        for (int i = 0; i < 100 && !second.isEstablished(); i++) {
            venue.pass(1);
        }
        assertEquals(304, second.nextSeqNum());
        TestVenue.order(second, 304);
        venue.pass(20);
        assertEquals(acks(4, 304), heard.take().subList(1, 302));
        assertFalse(second.isRecovering());
        assertEquals(304, second.lastEventSeq());
        assertEquals(300, venue.count(GatewayCounter.RESENT_EVENTS));
    }

    @Test
    void shouldSendTheSameBytesAgain() {
        final List<byte[]> told = new ArrayList<>();
        final RawClient first = new RawClient(venue, "first");
        first.open(venue, MAKER);
        for (int i = 1; i <= 20; i++) {
            first.send(first.encodeOrder(i, i));
        }
        venue.run();
        first.response.poll((lane, buffer, offset, length) -> note(told, buffer, offset, length), 1_000);
        final List<byte[]> again = new ArrayList<>();
        first.askAgain(7, 1, 20);
        venue.run();
        first.response.poll((lane, buffer, offset, length) -> note(again, buffer, offset, length), 1_000);
        // Logging on was two answers, the resend begins with one.
        assertEquals(22, told.size());
        assertEquals(21, again.size());
        for (int i = 0; i < 20; i++) {
            assertArrayEquals(told.get(2 + i), again.get(1 + i));
        }
    }

    /** The envelope differs from sending to sending and is left out. */
    private static boolean note(
            final List<byte[]> messages, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] message = new byte[length - 16];
        buffer.getBytes(offset + 16, message);
        messages.add(message);
        return true;
    }

    @Test
    void shouldMarkWhatIsSentAgainAndSayHowMuchFollows() {
        final RawClient client = new RawClient(venue, "raw");
        client.open(venue, MAKER);
        for (int i = 1; i <= 3; i++) {
            client.send(client.encodeOrder(i, i));
        }
        venue.run();
        client.read();
        client.askAgain(77, 2, 2);
        venue.run();
        assertEquals(List.of("again 77 from 2 count 2", "ack 2 flags 1", "ack 3 flags 1"), client.read());
    }

    @Test
    void shouldHealGapWhileLive() {
        final VenueClient client = venue.open(MAKER, listener);
        listener.take();
        order(client, 2);
        venue.core.isMute = true;
        order(client, 2);
        venue.core.isMute = false;
        order(client, 2);
        // The gateway waits a while for what no matcher brings.
        venue.pass(600);
        assertEquals(acks(1, 6), listener.take());
    }

    @Test
    void shouldAskTheOtherMatcherWhenOneIsSilentOrBehind() {
        final VenueClient client = venue.open(MAKER, listener);
        venue.core.isMute = true;
        order(client, 5);
        lose(client);
        venue.core.isMute = false;
        venue.nodes.get(0).isServing = false;
        final RecordingListener heard = new RecordingListener();
        final VenueClient second = resume(0, heard);
        venue.pass(400);
        assertEquals(acks(1, 5), heard.take().subList(1, 6));
        lose(second);
        venue.nodes.get(0).isServing = true;
        venue.nodes.get(0).isRecording = false;
        final VenueClient third = resume(5, heard);
        venue.pass(5);
        venue.core.isMute = true;
        order(third, 2);
        lose(third);
        venue.core.isMute = false;
        heard.take();
        final VenueClient fourth = resume(5, heard);
        venue.pass(50);
        assertEquals(acks(6, 7), heard.take().subList(1, 3));
        assertEquals(7, fourth.lastEventSeq());
    }

    /** The gateway then asked for no events at all, and the matcher that was asked ended by an exception. */
    @Test
    void shouldBeContentWhenOnlyTheEndOfAnAnswerIsLost() {
        final VenueClient client = venue.open(MAKER, listener);
        venue.core.isMute = true;
        order(client, 5);
        lose(client);
        venue.core.isMute = false;
        venue.nodes.get(0).endsToLose = 1;
        final RecordingListener heard = new RecordingListener();
        final VenueClient second = resume(0, heard);
        venue.pass(400);
        assertEquals(acks(1, 5), heard.take().subList(1, 6));
        assertFalse(second.isRecovering());
        assertEquals(0, venue.nodes.get(0).endsToLose);
        assertEquals(1, venue.nodes.get(0).server.answered());
        assertEquals(0, venue.nodes.get(1).server.answered());
        assertEquals(5, venue.count(GatewayCounter.RESENT_EVENTS));
    }

    /** A query comes from another process: what it asks for has to be possible. */
    @Test
    void shouldNotAnswerAQueryForNoEvents() {
        venue.run();
        final MemoryTransport asker = new MemoryTransport(venue.world);
        final UnsafeBuffer query =
                new UnsafeBuffer(new byte[MessageShape.HEADER_LENGTH + ResendQueryEncoder.BLOCK_LENGTH]);
        new ResendQueryEncoder()
                .wrapAndApplyHeader(query, 0, new MessageHeaderEncoder())
                .queryId(1)
                .from(1)
                .addresseeId(MAKER)
                .accountId(NO_ACCOUNT)
                .count(0)
                .flow(ResendFlow.SESSION)
                .reserved8((short) 0)
                .reserved32(0);
        assertTrue(asker.publish(TestVenue.queries(0)).offer(query, 0, query.capacity()) > 0);
        venue.run();
        assertEquals(0, venue.nodes.get(0).server.answered());
        assertEquals(0, venue.nodes.get(0).server.refused());
    }

    @Test
    void shouldAskEveryMatcherOnceWhenAllAreDamagedThere() {
        final RawClient client = new RawClient(venue, "raw");
        client.open(venue, MAKER);
        client.send(client.encodeOrder(1, 1));
        venue.run();
        for (final EventNode node : venue.nodes) {
            final long segment = node.store.segments().get(0);
            for (int block = 0; block < node.store.blockCount(segment); block++) {
                node.store.flipByte(segment, block, 40);
            }
        }
        client.read();

        client.askAgain(1, 1, 1);
        venue.pass(20);

        assertEquals(List.of("not again 1 UNAVAILABLE from 1 template 12"), client.read());
        venue.nodes.forEach(node -> assertEquals(1, node.server.answered()));
    }

    @Test
    void shouldSayThatNobodyCanAnswerAndServeTheNextRequest() {
        final RawClient client = new RawClient(venue, "raw");
        client.open(venue, MAKER);
        client.send(client.encodeOrder(1, 1));
        venue.run();
        venue.nodes.forEach(node -> node.isServing = false);
        client.read();
        client.askAgain(1, 1, 1);
        venue.run();
        client.askAgain(2, 1, 1);
        venue.run();
        assertEquals(List.of("not again 2 IN_FLIGHT from 1 template 12"), client.read());
        for (int i = 0; i < 4; i++) {
            venue.pass(900);
            client.heartbeat(2);
        }
        assertTrue(client.read().contains("not again 1 UNAVAILABLE from 1 template 12"), client.heard::toString);
        venue.nodes.forEach(node -> node.isServing = true);
        client.askAgain(3, 1, 1);
        venue.run();
        assertEquals(List.of("again 3 from 1 count 1", "ack 1 flags 1"), client.read());
    }

    @Test
    void shouldNameWhyNothingIsSentAgain() {
        final RawClient client = new RawClient(venue, "raw");
        client.open(venue, MAKER);
        client.send(client.encodeOrder(1, 1));
        venue.run();
        client.read();
        client.askAgain(1, 0, 1);
        client.askAgain(2, 1, 2);
        client.askAgain(3, 1, 0);
        client.askAgain(4, 1, 1_001);
        client.askReplay(99, 1, 10);
        client.askReplay(NO_ACCOUNT, 1, 0);
        venue.run();
        assertEquals(
                List.of(
                        "not again 1 OUT_OF_RANGE from 0 template 12",
                        "not again 2 OUT_OF_RANGE from 1 template 12",
                        "not again 3 BAD_COUNT from 1 template 12",
                        "not again 4 BAD_COUNT from 1 template 12",
                        "not again 1 NOT_ENTITLED from 0 template 20",
                        "not again 1 BAD_COUNT from 0 template 20"),
                client.read());
        for (int i = 0; i < 50; i++) {
            client.askAgain(5, 0, 1);
        }
        venue.run();
        assertTrue(client.read().contains("not again 5 THROTTLED from 0 template 12"));
    }

    @Test
    void shouldOfferNothingWithoutEventJournals() {
        final TestVenue bare = new TestVenue();
        final RawClient client = new RawClient(bare, "raw");
        client.open(bare, MAKER);
        client.read();
        client.askAgain(1, 1, 1);
        bare.run();
        assertEquals(List.of("not again 1 NOT_OFFERED from 1 template 12"), client.read());
    }

    @Test
    void shouldEndConnectionThatAsksBeforeItIsOpen() {
        final RawClient client = new RawClient(venue, "raw");
        client.negotiate(MAKER, 1, TestVenue.secret(MAKER), venue.clock.wallNs());
        venue.run();
        client.read();
        client.askAgain(1, 1, 1);
        venue.run();
        assertEquals(List.of("terminated MALFORMED ref 12"), client.read());
    }

    @Test
    void shouldCopyFirmFromAnyNumberOn() {
        final VenueClient maker = venue.open(MAKER, listener);
        order(maker, 400);
        long verId = 1;
        for (final long last : new long[] {0, 1, 399, 400, DropCopyClient.FROM_NOW}) {
            final List<Long> copies = new ArrayList<>();
            final DropCopyClient copy = new DropCopyClient(
                    TestVenue.clientConfig(DROP_COPY, verId++),
                    new MemoryTransport(venue.world),
                    venue.clock,
                    last,
                    new DropCopyListener() {
                        @Override
                        public void onOther(
                                final int templateId, final DirectBuffer buffer, final int offset, final int length) {
                            copies.add(new EventStampDecoder()
                                    .wrap(buffer, offset + 8)
                                    .dropCopySeq());
                        }
                    });
            final long before = maker.nextSeqNum() - 1;
            for (int i = 0; i < 40; i++) {
                venue.clock.advance(1_000_000);
                venue.cycle();
                copy.poll();
                if (i % 10 == 0 && copy.isEstablished()) {
                    TestVenue.order(maker, maker.nextSeqNum());
                }
            }
            for (int i = 0; i < 10; i++) {
                venue.cycle();
                copy.poll();
            }
            final long from = last == DropCopyClient.FROM_NOW ? before : last;
            final List<Long> expected = new ArrayList<>();
            for (long seq = from + 1; seq < maker.nextSeqNum(); seq++) {
                expected.add(seq);
            }
            assertEquals(expected, copies, "behind " + last);
            assertEquals(maker.nextSeqNum() - 1, copy.lastDropCopySeq());
            copy.close();
            venue.run();
        }
    }

    @Test
    void shouldReplayAcrossIncarnationsOfTheSession() {
        final VenueClient first = venue.open(MAKER, listener);
        order(first, 3);
        lose(first);
        final RecordingListener heard = new RecordingListener();
        final VenueClient second = venue.client(TestVenue.clientConfig(MAKER, 2), heard);
        venue.run();
        order(second, 1);
        heard.take();
        assertTrue(second.replayEvents(NO_ACCOUNT, 1, 0, 3));
        assertFalse(second.replayEvents(NO_ACCOUNT, 1, 0, 3), "one at a time");
        venue.run();
        assertEquals(
                List.of(
                        "replayed 200 session 1 seq 1",
                        "replayed 200 session 1 seq 2",
                        "replayed 200 session 1 seq 3",
                        "replay goes on"),
                heard.take());
        assertTrue(second.replayEvents(1, 1, 0, 1_000));
        venue.run();
        assertEquals(
                List.of(
                        "replayed 200 session 1 seq 1",
                        "replayed 200 session 1 seq 2",
                        "replayed 200 session 1 seq 3",
                        "replayed 200 session 1 seq 1",
                        "replay complete"),
                heard.take());
        assertTrue(second.replayEvents(2, 1, 0, 1_000));
        venue.run();
        assertEquals(List.of("replay complete"), heard.take(), "another account of the session has no event");
    }

    /** A client that does not read gets what fits and is not thrown out for having asked. */
    @Test
    void shouldWaitForSlowClient() {
        final TestVenue narrow = new TestVenue(20, TestVenue.config().withBacklogBytes(1 << 16), 1);
        final RawClient client = new RawClient(narrow, "slow");
        client.open(narrow, MAKER);
        final List<String> heard = new ArrayList<>(client.read());
        for (int i = 1; i <= 300; i++) {
            client.send(client.encodeOrder(i, i));
            narrow.run();
            heard.addAll(client.read());
        }
        heard.clear();
        client.askAgain(9, 1, 300);
        narrow.pass(500);
        assertTrue(narrow.count(GatewayCounter.RESENT_EVENTS) < 200, "sent though the client does not read");
        for (int i = 0; i < 200; i++) {
            narrow.cycle();
            heard.addAll(client.read());
        }
        assertEquals(
                301, heard.stream().filter(line -> !line.equals("template 9")).count());
        assertEquals(0, narrow.count(GatewayCounter.SLOW_CONSUMERS));
    }

    @Test
    void shouldServeFirstWhoAskedFirstWhenMoreAskThanAreServedAtOnce() {
        final int askers = 12;
        final Map<Integer, byte[]> secrets = new HashMap<>();
        for (int sessionId = 1; sessionId <= askers; sessionId++) {
            secrets.put(sessionId, TestVenue.secret(sessionId));
        }
        final TestVenue crowded = new TestVenue(64, GatewayConfig.of(TestVenue.GATEWAY_ID, secrets), 1);
        final List<RawClient> clients = new ArrayList<>();
        for (int sessionId = 1; sessionId <= askers; sessionId++) {
            crowded.core.define(sessionId);
            final RawClient client = new RawClient(crowded, "asker-" + sessionId);
            client.open(crowded, sessionId);
            client.send(client.encodeOrder(1, 1));
            crowded.run();
            client.read();
            clients.add(client);
        }
        crowded.nodes.get(0).isServing = false;
        for (final RawClient client : clients) {
            client.askAgain(1, 1, 1);
            crowded.cycle();
        }
        crowded.nodes.get(0).isServing = true;
        final List<Integer> served = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            crowded.cycle();
            for (int asker = 0; asker < askers; asker++) {
                if (clients.get(asker).read().contains("again 1 from 1 count 1")) {
                    served.add(asker);
                }
            }
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), served);
    }

    @Test
    void shouldSendNothingFromAPlaceThatNoCommandCanHave() {
        final RawClient client = new RawClient(venue, "raw");
        client.open(venue, MAKER);
        client.send(client.encodeOrder(1, 1));
        venue.run();
        client.read();
        client.askReplay(NO_ACCOUNT, 1L << 48, 10);
        venue.run();
        assertEquals(List.of("not again 1 OUT_OF_RANGE from 0 template 20"), client.read());
    }
}
