package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.OPERATOR;
import static org.isochron.matcher.venue.VenueBed.PUBLISHER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.named;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.isochron.codecs.frame.FrameType;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

class SessionRulesTest {
    private final VenueBed bed = VenueBed.trading();

    private List<Event> open(final int gateway, final long session, final long verId, final String more) {
        return bed.gateway(
                gateway,
                "SessionOpen:{sessionId:" + session + ",gatewayId:" + gateway + ",sessionVerId:" + verId + more + "}");
    }

    private List<Event> close(final int gateway, final long verId, final String code) {
        return bed.gateway(
                gateway,
                "SessionClosed:{sessionId:" + MAKER + ",gatewayId:" + gateway + ",sessionVerId:" + verId + ",code:'"
                        + code + "'}");
    }

    private static String order(final long seqNum) {
        return "NewOrder:{seqNum:" + seqNum + ",accountId:100,instrumentId:1,clOrdId:" + (seqNum + 5000)
                + ",side:'BUY',quantity:'1',price:'99'}";
    }

    private int openOrders() {
        return bed.venue.inspection().summary().openOrders();
    }

    @Test
    void shouldMeasureAGatewaysSilenceByATimeoutThatHasJustBeenDefined() {
        final VenueBed other = VenueBed.blank();
        other.operator("VenueDefine:{gatewayTimeoutMs:100}");

        other.nowNs += 90_000_000;
        assertEquals(List.of(), named(other.sequencer("ClockTick:{tickTimeNs:0}"), "SessionEnded"));
        other.nowNs += 10_000_000;
        assertEquals(
                1,
                named(other.sequencer("ClockTick:{tickTimeNs:0}"), "SessionEnded")
                        .size());
    }

    // Opening

    @Test
    void shouldContinueWhereTheCoreStandsUnderTheSameVerId() {
        bed.send(MAKER, order(7));

        final Event opened = only(open(1, MAKER, 1, ""), "SessionOpened");

        assertEquals("7", opened.get("lastIncomingSeqNo"));
        assertEquals("2", opened.get("nextSeqNo"));
        assertEquals("OPENED", opened.get("status"));
        assertEquals(0, opened.stamp("sessionSeq"));
        assertEquals(2, opened.body().get("accounts").size());
    }

    @Test
    void shouldStartBothDirectionsAtOneUnderAHigherVerId() {
        bed.send(MAKER, order(7));

        final List<Event> events = open(1, MAKER, 2, "");

        assertEquals(List.of("SessionEnded EVICTED", "SessionOpened"), lines(events, "code"));
        assertEquals("0", events.get(1).get("lastIncomingSeqNo"));
        assertEquals("1", events.get(1).get("nextSeqNo"));
        assertEquals(1, bed.send(MAKER, order(1)).get(0).stamp("sessionSeq"));
    }

    @Test
    void shouldRefuseALowerVerIdAndAnUnknownSession() {
        open(1, MAKER, 5, "");

        final Event stale = only(open(2, MAKER, 4, ""), "SessionRefused");
        assertEquals(
                "STALE_SESSION_VER_ID 5 2",
                stale.get("code") + " " + stale.get("lastSessionVerId") + " " + stale.get("gatewayId"));
        final Event unknown = only(open(1, 777, 1, ""), "SessionRefused");
        assertEquals("UNKNOWN_SESSION 0", unknown.get("code") + " " + unknown.get("lastSessionVerId"));
        assertEquals(777, unknown.stamp("sessionId"));
        assertEquals(
                "BAD_VALUE",
                only(open(1, MAKER, 6, ",codWindowMs:60001"), "SessionRefused").get("code"));
    }

    @Test
    void shouldEndTheSessionAtItsOldGatewayWhenItMoves() {
        final List<Event> events = open(2, MAKER, 1, "");

        assertEquals(List.of("SessionEnded 1", "SessionOpened 2"), lines(events, "gatewayId"));
        assertEquals(
                "NOT_LEADER", only(bed.sendAt(MAKER, 1, order(1)), "Reject").get("code"));
        assertEquals("OrderAck", bed.sendAt(MAKER, 2, order(2)).get(0).name());
        assertEquals(List.of(), close(1, 1, "DISCONNECTED"), "the old gateway no longer speaks for it");
    }

    @Test
    void shouldTellADropCopySessionTheNextOfItsFirm() {
        bed.operator("SessionDefine:{sessionId:40,firmId:1,role:'DROP_COPY',accounts:[]}");
        bed.send(MAKER, order(1));
        final long last = only(bed.send(MAKER, order(2)), "OrderAck").stamp("dropCopySeq");

        assertEquals(
                Long.toString(last + 1), only(bed.connect(40), "SessionOpened").get("nextSeqNo"));
    }

    @Test
    void shouldTellTheGatewayWhenAnOpenSessionIsRedefined() {
        final List<Event> events = bed.operator(
                "SessionDefine:{sessionId:10,firmId:1,role:'MAKER',messagesPerSecond:50,accounts:[{accountId:100}]}");

        assertEquals(List.of("CommandAccepted", "SessionOpened UPDATED"), lines(events, "status"));
        assertEquals("10", events.get(1).get("burst"), "a tenth of the rate, at least ten");
        assertEquals(
                "SESSION_SCOPE",
                only(bed.buy(MAKER, 101, 1, "99", ""), "Reject").get("code"));
    }

    // Sending

    @Test
    void shouldOnlyCountARepeatedSeqNum() {
        bed.send(MAKER, order(3));

        assertEquals(List.of(), bed.send(MAKER, order(3)));
        assertEquals(List.of(), bed.send(MAKER, order(2)));
        assertEquals(2, bed.venue.inspection().summary().duplicates());
        assertEquals("OrderAck", bed.send(MAKER, order(9)).get(0).name(), "gaps are the gateway's to see");
    }

    @Test
    void shouldRefuseWhatTheRoleMayNotSend() {
        assertEquals(
                "SESSION_SCOPE", only(bed.send(PUBLISHER, order(900)), "Reject").get("code"));
        assertEquals(
                "SESSION_SCOPE",
                only(bed.send(MAKER, "Deposit:{accountId:100,assetId:1,amount:'1'}"), "BusinessReject")
                        .get("code"));
        assertEquals(
                "SESSION_SCOPE",
                only(bed.send(OPERATOR, "Cancel:{accountId:100,instrumentId:1,clOrdId:1}"), "CancelReject")
                        .get("code"));
    }

    @Test
    void shouldRefuseASessionThatIsUnknownOrNotOpen() {
        final Event unknown = only(bed.send(777, order(1)), "BusinessReject");
        assertEquals("UNKNOWN_SESSION", unknown.get("code"));
        assertEquals(777, unknown.stamp("sessionId"));
        close(1, 1, "FINISHED");

        final Event reject = only(bed.send(MAKER, order(1)), "Reject");

        assertEquals("SESSION_NOT_OPEN", reject.get("code"));
        assertEquals(0, reject.stamp("sessionSeq"), "no part of the session's flow");
    }

    @Test
    void shouldAnswerWhatItCannotRead() {
        final byte[] good = bed.bytes(order(50));
        final byte[] cut = Arrays.copyOf(good, good.length - 1);
        final byte[] unknown = good.clone();
        unknown[2] = (byte) 0xE7;
        unknown[3] = 3;
        final byte[] schema = good.clone();
        schema[4] = 9;

        assertEquals(
                "MALFORMED",
                only(bed.raw(FrameType.SESSION, MAKER, cut), "BusinessReject").get("code"));
        assertEquals(
                "UNKNOWN_TEMPLATE",
                only(bed.raw(FrameType.SESSION, MAKER, unknown), "BusinessReject")
                        .get("code"));
        assertEquals(
                "SCHEMA_VERSION",
                only(bed.raw(FrameType.SESSION, MAKER, schema), "BusinessReject")
                        .get("code"));
        assertEquals(
                "MALFORMED",
                only(bed.raw(FrameType.SESSION, MAKER, new byte[3]), "BusinessReject")
                        .get("code"));
        assertEquals(
                "MALFORMED",
                only(bed.raw(FrameType.GATEWAY, 1, new byte[0]), "BusinessReject")
                        .get("code"));
        assertEquals(
                "MALFORMED",
                only(bed.raw(FrameType.SEQUENCER, 1, cut), "BusinessReject").get("code"));
        assertEquals("MALFORMED", only(bed.raw(77, 1, good), "BusinessReject").get("code"));
        assertEquals("OrderAck", bed.send(MAKER, order(50)).get(0).name(), "none of it counted as a seqNum");
    }

    @Test
    void shouldRefuseATemplateOfAnotherOrigin() {
        final byte[] tick = bed.bytes("ClockTick:{tickTimeNs:1}");
        final byte[] alive = bed.bytes("GatewayAlive:{gatewayId:1}");

        assertEquals(
                "SESSION_SCOPE",
                only(bed.raw(FrameType.SESSION, MAKER, tick), "BusinessReject").get("code"));
        assertEquals(
                "SESSION_SCOPE",
                only(bed.raw(FrameType.GATEWAY, 1, tick), "BusinessReject").get("code"));
        assertEquals(
                "SESSION_SCOPE",
                only(bed.raw(FrameType.SEQUENCER, 1, alive), "BusinessReject").get("code"));
        assertEquals(
                "SESSION_SCOPE",
                only(bed.raw(FrameType.SEQUENCER, 1, bed.bytes(order(1))), "BusinessReject")
                        .get("code"));
    }

    // Leaving

    @Test
    void shouldCancelOrdersAtOnceWithoutAWindow() {
        bed.send(MAKER, order(1));
        bed.send(MAKER, order(2));

        final List<Event> events = close(1, 1, "DISCONNECTED");

        assertEquals(
                List.of(
                        "SessionEnded DISCONNECTED",
                        "Cancelled COD",
                        "OrderDelete",
                        "Cancelled COD",
                        "OrderDelete",
                        "Bbo"),
                lines(events, "code", "reason"));
        assertEquals(0, openOrders());
    }

    @Test
    void shouldCancelOrdersAfterTheWindowUnlessTheSessionIsBack() {
        open(1, MAKER, 1, ",codWindowMs:500");
        bed.send(MAKER, order(1));
        close(1, 1, "DISCONNECTED");
        bed.pass(400);
        assertEquals(1, openOrders());

        open(1, MAKER, 1, ",codWindowMs:500");
        bed.pass(400);
        assertEquals(1, openOrders(), "back in time");

        close(1, 1, "DISCONNECTED");
        bed.pass(600);
        assertEquals(0, openOrders());
    }

    @Test
    void shouldCancelByTheSessionsOwnChoice() {
        final String[][] cases = {
            {"NONE", "DISCONNECTED", "1"},
            {"NONE", "FINISHED", "1"},
            {"CANCEL_ON_DISCONNECT", "DISCONNECTED", "0"},
            {"CANCEL_ON_DISCONNECT", "FINISHED", "1"},
            {"CANCEL_ON_TERMINATE", "DISCONNECTED", "1"},
            {"CANCEL_ON_TERMINATE", "FINISHED", "0"},
            {"CANCEL_ON_DISCONNECT_OR_TERMINATE", "KEEP_ALIVE_LAPSED", "0"},
        };
        long seqNum = 0;
        for (final String[] one : cases) {
            open(1, MAKER, 1, ",codType:'" + one[0] + "'");
            bed.send(MAKER, order(++seqNum));
            close(1, 1, one[1]);
            assertEquals(one[2], Integer.toString(openOrders()), String.join(" ", one));
            open(1, MAKER, 1, "");
            bed.send(MAKER, "MassCancel:{seqNum:" + ++seqNum + ",accountId:100,clOrdId:1,scope:'ACCOUNT'}");
        }
    }

    @Test
    void shouldKeepOrdersOfASessionThatANewerIncarnationTakesOver() {
        bed.send(MAKER, order(1));

        open(2, MAKER, 2, "");

        assertEquals(1, openOrders());
    }

    @Test
    void shouldIgnoreTheCloseOfAnOlderIncarnation() {
        open(1, MAKER, 2, "");
        bed.send(MAKER, order(1));

        assertEquals(List.of(), close(1, 1, "DISCONNECTED"));
        assertEquals(1, openOrders());
    }

    @Test
    void shouldDisconnectTheSessionsOfASilentGateway() {
        open(2, MAKER, 2, "");
        bed.sendAt(MAKER, 2, order(1));

        final List<Event> events = bed.pass(1_900);
        assertEquals(1, openOrders());
        events.addAll(bed.pass(200));

        assertEquals(0, openOrders());
        assertEquals("DISCONNECTED", only(events, "SessionEnded").get("code"));
        assertEquals(
                "SESSION_NOT_OPEN",
                only(bed.sendAt(MAKER, 2, order(2)), "Reject").get("code"));
        assertEquals("OrderAck", bed.buy(TAKER, 200, 1, "99", "").get(0).name(), "the other gateway is alive");
    }

    @Test
    void shouldCloseThePreviousIncarnationWhenAGatewayStarts() {
        bed.send(MAKER, order(1));

        final List<Event> events = bed.gateway("GatewayStart:{gatewayId:1,incarnation:2}");

        assertEquals(
                5,
                events.stream()
                        .filter(event -> event.name().equals("SessionEnded"))
                        .count());
        assertEquals(0, openOrders());
        assertEquals(
                "BAD_VALUE",
                only(bed.gateway("GatewayStart:{gatewayId:1,incarnation:2}"), "BusinessReject")
                        .get("code"));
    }

    @Test
    void shouldRestartLeasesAfterAPauseInsteadOfEndingThem() {
        open(1, MAKER, 1, ",codWindowMs:500");
        bed.send(MAKER, order(1));
        close(1, 1, "DISCONNECTED");

        bed.nowNs += 10_000_000_000L;
        final List<Event> events = bed.sequencer("ClockTick:{tickTimeNs:0}");

        assertEquals(List.of("MarkIndex INVALID", "BookHash"), lines(events, "state"));
        assertEquals(1, openOrders());
        bed.pass(600);
        assertEquals(0, openOrders(), "the window ran anew");
    }

    @Test
    void shouldForgetPricesWhenAnEpochStarts() {
        final List<Event> events = bed.sequencer("EpochStart:{epoch:2,sequencerId:1,baseSequence:'9'}");

        assertEquals(List.of("MarkIndex INVALID"), lines(events, "state"));
        assertEquals(
                "RISK_UNAVAILABLE",
                only(bed.buy(MAKER, 100, 1, "99", ""), "Reject").get("code"));
        bed.tick("100");
        assertTrue(bed.venue.inspection().instrument(1).valid());
        assertEquals("OrderAck", bed.buy(MAKER, 100, 1, "99", "").get(0).name());
    }
}
