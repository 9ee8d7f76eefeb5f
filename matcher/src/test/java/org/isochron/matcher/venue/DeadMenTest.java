package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadMenTest {
    private final VenueBed bed = VenueBed.trading();

    @BeforeEach
    void rest() {
        bed.buy(MAKER, 100, 1, "97", ",clOrdId:1");
        bed.sell(MAKER, 100, 1, "103", ",clOrdId:2");
        bed.buy(MAKER, 101, 1, "96", ",clOrdId:3");
    }

    private List<Event> arm(final long account, final String timeoutMs) {
        return bed.send(MAKER, "DeadMan:{clOrdId:9,accountId:" + account + ",timeoutMs:" + timeoutMs + "}");
    }

    private static String dead(final List<Event> events) {
        return String.join(
                " ",
                events.stream()
                        .filter(event -> event.name().equals("Cancelled"))
                        .map(event -> event.get("clOrdId") + event.get("reason"))
                        .sorted()
                        .toList());
    }

    /** A command at a time. */
    private List<Event> tickAt(final long nowNs) {
        bed.nowNs = nowNs - 1_000_000;
        return bed.sequencer("ClockTick:{tickTimeNs:0}");
    }

    private static String refusal(final List<Event> events) {
        final Event reject = only(events, "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    @Test
    void shouldCancelTheAccountsOrdersExactlyWhenItsTimeIsOver() {
        only(arm(100, "500"), "CommandAccepted");
        final long dueNs = bed.nowNs + 500_000_000;

        assertEquals("", dead(tickAt(dueNs - 1)));
        assertEquals("1DEADMAN 2DEADMAN", dead(tickAt(dueNs)));
        assertEquals(1, bed.venue.inspection().summary().openOrders());
    }

    @Test
    void shouldBeDisarmedOnceItHasLapsed() {
        arm(100, "500");
        bed.pass(600);

        only(bed.buy(MAKER, 100, 1, "97", ",clOrdId:4"), "OrderAck");

        assertEquals("", dead(bed.pass(1_500)));
    }

    @Test
    void shouldStartAnewWithEveryRenewal() {
        arm(100, "500");
        bed.pass(400);
        arm(100, "1000");
        final long dueNs = bed.nowNs + 1_000_000_000;

        assertEquals("", dead(bed.pass(900)));
        assertEquals("1DEADMAN 2DEADMAN", dead(tickAt(dueNs)));
    }

    @Test
    void shouldCancelNothingOnceDisarmed() {
        arm(100, "500");
        only(arm(100, "0"), "CommandAccepted");

        assertEquals("", dead(bed.pass(1_000)));
    }

    @Test
    void shouldGuardEachAccountByItself() {
        arm(101, "300");
        arm(100, "300");

        assertEquals("1DEADMAN 2DEADMAN 3DEADMAN", dead(bed.pass(500)));
    }

    @Test
    void shouldOutliveTheConnection() {
        bed.gateway("SessionOpen:{sessionId:10,gatewayId:1,sessionVerId:1,codWindowMs:0,codType:'NONE'}");
        arm(100, "500");
        bed.gateway("SessionClosed:{sessionId:10,gatewayId:1,sessionVerId:1,code:'DISCONNECTED'}");

        assertEquals("1DEADMAN 2DEADMAN", dead(bed.pass(700)));
    }

    @Test
    void shouldStartAgainWithItsFullTimeAfterAGap() {
        arm(100, "3000");
        bed.nowNs += 2_000_000_000;

        assertEquals("", dead(tickAt(bed.nowNs + 1_000_001)));
        final long dueNs = bed.nowNs + 3_000_000_000L;

        assertEquals("", dead(bed.pass(2_900)));
        assertEquals("1DEADMAN 2DEADMAN", dead(tickAt(dueNs)));
    }

    @Test
    void shouldStartAgainWithItsFullTimeAfterAnEpochStart() {
        arm(100, "500");
        bed.pass(400);
        bed.sequencer("EpochStart:{epoch:2,sequencerId:1,baseSequence:1,prevChain:'0000000000000000'}");

        assertEquals("", dead(bed.pass(400)));
        assertEquals("1DEADMAN 2DEADMAN", dead(bed.pass(200)));
    }

    @Test
    void shouldRefuseWhatIsTooLongOrNotTheSessions() {
        assertEquals("BAD_VALUE 5", refusal(bed.send(MAKER, "DeadMan:{clOrdId:9,accountId:100}")));
        assertEquals("BAD_VALUE 5", refusal(arm(100, "86400001")));
        assertEquals("UNKNOWN_ACCOUNT 2", refusal(arm(999, "500")));
        assertEquals("SESSION_SCOPE 2", refusal(bed.send(TAKER, "DeadMan:{accountId:100,clOrdId:9,timeoutMs:1}")));
        only(arm(100, "1"), "CommandAccepted");
        only(arm(100, "86400000"), "CommandAccepted");
    }
}
