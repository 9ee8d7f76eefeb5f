package org.isochron.sequencer.gateway;

import static org.isochron.sequencer.gateway.TestVenue.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.isochron.codecs.CodType;
import org.isochron.codecs.GatewayAliveDecoder;
import org.isochron.codecs.GatewayStartDecoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.edge.Channel;
import org.junit.jupiter.api.Test;

class LogonTest {
    private final TestVenue venue = new TestVenue();
    private final RecordingListener listener = new RecordingListener();

    private List<String> refusal(final RawClient client) {
        venue.run();
        return client.read();
    }

    @Test
    void shouldTellTheCoreThatItStartsBeforeAnythingElse() {
        venue.open(1, listener);

        final FakeCore.Seen first = venue.core.seen.get(1);
        assertEquals(GatewayStartDecoder.TEMPLATE_ID, first.templateId());
        assertEquals(FrameType.GATEWAY, first.type());
        assertEquals(TestVenue.GATEWAY_ID, first.source());
        assertEquals(TestVenue.GATEWAY_ID, first.gatewayId());
    }

    @Test
    void shouldOpenASessionThatTheCoreOpens() {
        final VenueClient client = venue.open(1, listener);

        assertTrue(client.isEstablished());
        assertEquals(List.of("established MAKER last 0 next 1 burst 100000 epoch 1 D1"), listener.take());
        assertEquals(1, venue.core.commandsOf(SessionOpenDecoder.TEMPLATE_ID).size());
        assertEquals(1, venue.count(GatewayCounter.SESSIONS_OPENED));
    }

    @Test
    void shouldSendAliveEveryHalfSecondWhileTheLogGoesOn() {
        venue.run();
        venue.pass(2_000);
        venue.run();
        assertEquals(4, venue.core.commandsOf(GatewayAliveDecoder.TEMPLATE_ID).size());

        venue.core.close();
        venue.core = null;
        final long before = venue.journal.lastSequence();
        venue.pass(2_000);
        assertEquals(before, venue.journal.lastSequence());
    }

    @Test
    void shouldAnswerAWrongSecretAndAnUnknownSessionAlike() {
        final RawClient wrong = new RawClient(venue, "wrong");
        wrong.negotiate(1, 1, TestVenue.secret(2), venue.clock.wallNs());
        final RawClient unknown = new RawClient(venue, "unknown");
        unknown.negotiate(77, 1, TestVenue.secret(2), venue.clock.wallNs());

        assertEquals(List.of("negotiation rejected BAD_CREDENTIALS 0"), refusal(wrong));
        assertEquals(List.of("negotiation rejected BAD_CREDENTIALS 0"), refusal(unknown));
        assertEquals(2, venue.count(GatewayCounter.NEGOTIATIONS_REFUSED));
    }

    @Test
    void shouldRefuseAClockFurtherOffThanFiveSeconds() {
        final RawClient late = new RawClient(venue, "late");
        late.negotiate(1, 1, TestVenue.secret(1), venue.clock.wallNs() - 5_000 * MS - 1);
        final RawClient early = new RawClient(venue, "early");
        early.negotiate(2, 1, TestVenue.secret(2), venue.clock.wallNs() + 5_000 * MS + 1);
        final RawClient justInTime = new RawClient(venue, "just");
        justInTime.negotiate(3, 1, TestVenue.secret(3), venue.clock.wallNs() + 5_000 * MS);

        assertEquals(List.of("negotiation rejected BAD_VALUE 0"), refusal(late));
        assertEquals(List.of("negotiation rejected BAD_VALUE 0"), refusal(early));
        assertEquals(List.of("template 2"), refusal(justInTime));
    }

    @Test
    void shouldRefuseANegotiateThatSomebodyHasAnsweredElsewhere() {
        final RawClient thief = new RawClient(venue, "thief");
        thief.negotiate(1, 1, TestVenue.secret(1), venue.clock.wallNs(), thief.responseChannel.uri(), "memory:genuine");

        assertEquals(List.of("negotiation rejected BAD_CREDENTIALS 0"), refusal(thief));
    }

    @Test
    void shouldRefuseANegotiateThatIsPlayedBack() {
        final long timestampNs = venue.clock.wallNs();
        final RawClient genuine = new RawClient(venue, "genuine");
        genuine.negotiate(1, 1, TestVenue.secret(1), timestampNs);
        assertEquals(List.of("template 2"), refusal(genuine));

        final RawClient replayer = new RawClient(venue, "replayer");
        replayer.negotiate(1, 1, TestVenue.secret(1), timestampNs);
        assertEquals(List.of("negotiation rejected BAD_CREDENTIALS 0"), refusal(replayer));
    }

    @Test
    void shouldRefuseALowerSessionVerIdAndTellTheLastOne() {
        final RecordingListener second = new RecordingListener();
        venue.client(TestVenue.clientConfig(1, 5), listener);
        venue.run();
        venue.clock.advance(1);
        venue.client(TestVenue.clientConfig(1, 4), second);
        venue.run();

        assertEquals(List.of("refused STALE_SESSION_VER_ID 5"), second.take());
        assertTrue(venue.clients.get(0).isEstablished());
    }

    @Test
    void shouldNotAnswerOnAChannelThatIsNotAllowed() {
        final RawClient client = new RawClient(venue, "x");
        client.negotiate(1, 1, TestVenue.secret(1), venue.clock.wallNs(), "memory:elsewhere");

        assertEquals(List.of(), refusal(client));
        assertEquals(1, venue.count(GatewayCounter.NEGOTIATIONS_REFUSED));
    }

    @Test
    void shouldIgnoreAndCountGarbageBeforeNegotiate() {
        final RawClient client = new RawClient(venue, "x");
        client.send(3);
        client.send(client.encodeOrder(1, 1));
        client.send(1376);

        assertEquals(List.of(), refusal(client));
        assertEquals(3, venue.count(GatewayCounter.IGNORED));
        // and the lane may still behave
        client.open(venue, 1);
        assertEquals(List.of("template 2", "template 5"), client.read());
    }

    @Test
    void shouldTerminateWhoSendsCommandsBeforeEstablish() {
        final RawClient client = new RawClient(venue, "x");
        client.negotiate(1, 1, TestVenue.secret(1), venue.clock.wallNs());
        venue.run();
        client.send(client.encodeOrder(1, 1));

        assertEquals(List.of("template 2", "terminated NOT_NEGOTIATED ref 100"), refusal(client));
        assertEquals(0, venue.core.commandsOf(SessionClosedDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldTerminateAMalformedHandshake() {
        final RawClient client = new RawClient(venue, "x");
        client.negotiate(1, 1, TestVenue.secret(1), venue.clock.wallNs());
        venue.run();
        client.establish(1, 1, 1000, 0);
        venue.run();
        client.read();
        client.establish(1, 1, 1000, 0);

        assertEquals(List.of("terminated MALFORMED ref 4"), refusal(client));
        assertEquals(1, venue.core.commandsOf(SessionClosedDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldRefuseWhatEstablishMayNotAsk() {
        final int[][] asked = {{99, 0}, {60_001, 0}, {1000, 60_001}};
        for (int i = 0; i < asked.length; i++) {
            final int sessionId = i + 1;
            final RawClient client = new RawClient(venue, "x" + i);
            client.negotiate(sessionId, 1, TestVenue.secret(sessionId), venue.clock.wallNs());
            client.establish(sessionId, 1, asked[i][0], asked[i][1]);
            assertEquals(List.of("template 2", "establish rejected BAD_VALUE"), refusal(client));
        }
        assertEquals(0, venue.core.commandsOf(SessionOpenDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldRefuseToEstablishAnotherSessionThanNegotiated() {
        final RawClient client = new RawClient(venue, "x");
        client.negotiate(1, 1, TestVenue.secret(1), venue.clock.wallNs());
        client.establish(2, 1, 1000, 0);

        assertEquals(List.of("template 2", "establish rejected BAD_VALUE"), refusal(client));
    }

    @Test
    void shouldPassOnTheRefusalOfTheCore() {
        venue.client(TestVenue.clientConfig(9, 1), listener); // known here, unknown to the core
        venue.run();

        assertEquals(List.of("refused UNKNOWN_SESSION 0"), listener.take());
        assertEquals(1, venue.count(GatewayCounter.ESTABLISHES_REFUSED));
    }

    @Test
    void shouldEvictTheConnectionThatAHigherSessionVerIdReplaces() {
        final RecordingListener second = new RecordingListener();
        venue.open(1, listener);
        listener.take();
        venue.clock.advance(1);
        final VenueClient newer = venue.client(TestVenue.clientConfig(1, 2), second);
        venue.run();

        assertTrue(newer.isEstablished());
        assertEquals(List.of("event 672", "terminated EVICTED"), listener.take());
        assertEquals(0, venue.core.commandsOf(SessionClosedDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldLetAClientComeBackUnderTheSameSessionVerIdAndGoOnWhereTheCoreStands() {
        final VenueClient first = venue.open(1, listener);
        TestVenue.order(first, 100);
        venue.run();
        listener.take();
        venue.clock.advance(1);
        // the first connection is still there: the gateway has not noticed its loss
        final RecordingListener second = new RecordingListener();
        final VenueClient again = venue.client(
                new ClientConfig(
                        1,
                        1,
                        TestVenue.secret(1),
                        TestVenue.INGRESS,
                        new Channel("memory:client-again", 11),
                        1000,
                        CodType.NONE,
                        0,
                        5000),
                second);
        venue.run();

        assertTrue(again.isEstablished());
        assertEquals(2, again.nextSeqNum());
        assertEquals(List.of("terminated EVICTED"), listener.take());
        assertEquals(List.of("established MAKER last 1 next 2 burst 100000 epoch 1 D1"), second.take());
        assertEquals(1, venue.core.commandsOf(SessionClosedDecoder.TEMPLATE_ID).size());
        TestVenue.order(again, 101);
        venue.run();
        assertEquals(List.of("ack 101 ref 2"), second.take());
    }

    @Test
    void shouldIgnoreTheCoresAnswerToAClientThatHasLeft() {
        venue.core.silent.add(1);
        final RawClient client = new RawClient(venue, "x");
        client.open(venue, 1);
        client.transport.close();
        venue.run();
        venue.core.silent.clear();
        venue.core.opened(1, SessionStatus.OPENED);
        venue.run();

        assertEquals(0, venue.count(GatewayCounter.SESSIONS_OPENED));
        assertEquals(1, venue.core.commandsOf(SessionClosedDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldEndAHandshakeThatTakesTooLong() {
        final RawClient client = new RawClient(venue, "x");
        client.negotiate(1, 1, TestVenue.secret(1), venue.clock.wallNs());
        venue.run();
        venue.pass(5_002);

        assertEquals(List.of("template 2", "terminated NOT_NEGOTIATED ref 65535"), client.read());
    }

    @Test
    void shouldServeNoMoreConnectionsThanConfigured() {
        final GatewayConfig config = TestVenue.config();
        final TestVenue small = new TestVenue(
                1024,
                new GatewayConfig(
                        3,
                        1,
                        config.durability(),
                        config.secrets(),
                        1,
                        8192,
                        100,
                        60_000,
                        60_000,
                        5_000,
                        100,
                        500,
                        64));
        small.open(1, listener);
        final RawClient second = new RawClient(small, "x");
        second.negotiate(2, 1, TestVenue.secret(2), small.clock.wallNs());
        small.run();

        assertEquals(List.of(), second.read());
        assertEquals(1, small.count(GatewayCounter.NEGOTIATIONS_REFUSED));
    }

    @Test
    void shouldDeliverCopiesToTheDropCopyOfTheFirmOnly() {
        venue.core.define(2).role = Role.DROP_COPY;
        venue.core.define(3).role = Role.DROP_COPY;
        venue.core.define(3).firmId = 11;
        final RecordingListener own = new RecordingListener();
        final RecordingListener foreign = new RecordingListener();
        final VenueClient maker = venue.open(1, listener);
        venue.open(2, own);
        venue.open(3, foreign);
        own.take();
        foreign.take();
        TestVenue.order(maker, 100);
        venue.run();

        assertEquals(List.of("copy 200 seq 1"), own.take());
        assertEquals(List.of(), foreign.take());
    }

    @Test
    void shouldNameKeyAndValueOfABadConfiguration() {
        final String shortSecret = assertThrows(
                        IllegalArgumentException.class, () -> GatewayConfig.of(3, Map.of(7, new byte[2])))
                .getMessage();
        assertEquals("secrets.7 is 2 bytes long, at least 8 bytes is needed", shortSecret);
        final String badId = assertThrows(IllegalArgumentException.class, () -> GatewayConfig.of(65_536, Map.of()))
                .getMessage();
        assertEquals("gatewayId is 65536, 1 to 65535 is needed", badId);
        final String backlog = assertThrows(
                        IllegalArgumentException.class, () -> TestVenue.config().withBacklogBytes(10_000))
                .getMessage();
        assertTrue(backlog.startsWith("backlogBytes is 10000"), backlog);
        assertFalse(TestVenue.config().toString().contains("secret of"));
    }

    @Test
    void shouldLetNobodyInTheWayWhoHasNotProvedWhoHeIs() {
        for (int i = 0; i < 100; i++) {
            final RawClient stranger = new RawClient(venue, "stranger-" + i);
            stranger.negotiate(1, 1, TestVenue.secret(2), venue.clock.wallNs(), "memory:client-nobody-" + i);
            venue.run();
        }
        assertEquals(100, venue.count(GatewayCounter.NEGOTIATIONS_REFUSED));

        assertTrue(venue.open(1, listener).isEstablished());
    }

    @Test
    void shouldLetOneSessionTakeNoMoreThanAFewConnections() {
        for (int i = 0; i < 100; i++) {
            venue.clock.advance(1);
            final RawClient hoarder = new RawClient(venue, "hoarder-" + i);
            hoarder.negotiate(2, 1, TestVenue.secret(2), venue.clock.wallNs());
            venue.run();
        }

        assertTrue(venue.open(1, listener).isEstablished());
    }
}
