package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.OPERATOR;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KillDeskTest {
    private static final String ACCOUNT_100 = "accountId:100,scope:'ACCOUNT'";
    private static final String FIRM = "scope:'FIRM'";

    private final VenueBed bed = VenueBed.trading();

    @BeforeEach
    void rest() {
        bed.session(11, 1, "{accountId:101}");
        bed.buy(MAKER, 100, 1, "97", ",clOrdId:1");
        bed.sell(MAKER, 100, 1, "103", ",clOrdId:2");
        bed.buy(MAKER, 101, 1, "96", ",clOrdId:3");
        bed.buy(11, 101, 1, "95", ",clOrdId:4");
        bed.sell(TAKER, 200, 1, "104", ",clOrdId:5");
    }

    private List<Event> kill(final long session, final String fields) {
        return bed.send(session, "KillSwitch:{clOrdId:9," + fields + "}");
    }

    private List<Event> release(final long session, final String fields) {
        return bed.send(session, "KillRelease:{clOrdId:9," + fields + "}");
    }

    private static String killed(final List<Event> events) {
        final List<String> ids = new ArrayList<>();
        for (final Event event : events) {
            if (event.name().equals("Cancelled")) {
                assertEquals("KILL", event.get("reason"));
                ids.add(event.get("clOrdId"));
            }
        }
        assertEquals(Integer.toString(ids.size()), only(events, "MassCancelAck").get("count"));
        ids.sort(null);
        return String.join(" ", ids);
    }

    private String entry(final long session, final long account) {
        final List<Event> events = bed.buy(session, account, 1, "90", "");
        return events.get(0).name().equals("OrderAck")
                ? "OrderAck"
                : only(events, "Reject").get("code");
    }

    private static String refusal(final List<Event> events) {
        final Event reject = only(events, "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    @Test
    void shouldCancelAnAccountsOrdersAndRefuseNewOnesUntilItsRelease() {
        final List<Event> events = kill(MAKER, ACCOUNT_100);

        assertEquals("1 2", killed(events));
        assertEquals("9", only(events, "MassCancelAck").get("clOrdId"));
        assertEquals("100", only(events, "MassCancelAck").get("accountId"));
        assertEquals("KILL_SWITCH_ON", entry(MAKER, 100));
        assertEquals("OrderAck", entry(MAKER, 101));

        only(release(MAKER, ACCOUNT_100), "CommandAccepted");

        assertEquals("OrderAck", entry(MAKER, 100));
    }

    @Test
    void shouldCancelTheOrdersOfEverySessionOfAFirm() {
        final List<Event> events = kill(11, FIRM);

        assertEquals("1 2 3 4", killed(events));
        assertEquals("-", only(events, "MassCancelAck").get("accountId"));
        assertEquals("KILL_SWITCH_ON", entry(MAKER, 100));
        assertEquals("KILL_SWITCH_ON", entry(11, 101));
        assertEquals("OrderAck", entry(TAKER, 200));

        only(release(MAKER, FIRM), "CommandAccepted");

        assertEquals("OrderAck", entry(MAKER, 100));
    }

    @Test
    void shouldLetAnySessionOfTheFirmStopAnAccountItDoesNotTrade() {
        assertEquals("1 2", killed(kill(11, ACCOUNT_100)));
    }

    @Test
    void shouldLetOnlyAnOperatorReleaseWhatAnOperatorHasStopped() {
        assertEquals("1 2", killed(kill(OPERATOR, ACCOUNT_100)));

        assertEquals("SESSION_SCOPE 6", refusal(release(MAKER, ACCOUNT_100)));
        assertEquals("KILL_SWITCH_ON", entry(MAKER, 100));
        only(release(OPERATOR, ACCOUNT_100), "CommandAccepted");
        assertEquals("OrderAck", entry(MAKER, 100));
    }

    @Test
    void shouldStayStoppedUntilBothHaveReleased() {
        kill(MAKER, FIRM);
        kill(OPERATOR, FIRM + ",firmId:1");

        only(release(MAKER, FIRM), "CommandAccepted");
        assertEquals("KILL_SWITCH_ON", entry(MAKER, 100));
        assertEquals("SESSION_SCOPE 6", refusal(release(MAKER, FIRM)));
        only(release(OPERATOR, FIRM + ",firmId:1"), "CommandAccepted");
        assertEquals("OrderAck", entry(MAKER, 100));
    }

    @Test
    void shouldKeepTheSwitchesOfAccountAndFirmApart() {
        kill(MAKER, ACCOUNT_100);
        kill(MAKER, FIRM);

        only(release(MAKER, FIRM), "CommandAccepted");

        assertEquals("KILL_SWITCH_ON", entry(MAKER, 100));
        assertEquals("OrderAck", entry(MAKER, 101));
    }

    @Test
    void shouldAcceptASecondKillAndAReleaseOfWhatRuns() {
        kill(MAKER, ACCOUNT_100);

        assertEquals("", killed(kill(MAKER, ACCOUNT_100)));
        only(release(MAKER, ACCOUNT_100), "CommandAccepted");
        only(release(MAKER, ACCOUNT_100), "CommandAccepted");
        assertEquals("OrderAck", entry(MAKER, 100));
    }

    @Test
    void shouldRefuseWhatIsNotTheSessionsToStop() {
        assertEquals("BAD_VALUE 6", refusal(kill(MAKER, "accountId:100")));
        assertEquals("UNKNOWN_ACCOUNT 2", refusal(kill(MAKER, "accountId:999,scope:'ACCOUNT'")));
        assertEquals("UNKNOWN_ACCOUNT 2", refusal(kill(OPERATOR, "accountId:4000000002,scope:'ACCOUNT'")));
        assertEquals("SESSION_SCOPE 2", refusal(kill(MAKER, "accountId:200,scope:'ACCOUNT'")));
        assertEquals("SESSION_SCOPE 5", refusal(kill(MAKER, FIRM + ",firmId:2")));
        assertEquals("BAD_VALUE 5", refusal(kill(OPERATOR, FIRM)));
        assertEquals("UNKNOWN_FIRM 5", refusal(kill(OPERATOR, FIRM + ",firmId:9")));
        assertEquals("SESSION_SCOPE 2", refusal(release(MAKER, "accountId:200,scope:'ACCOUNT'")));
        assertEquals(5, bed.venue.inspection().summary().openOrders());
    }

    @Test
    void shouldLetAStoppedAccountCancelAndBeLiquidated() {
        bed.buy(MAKER, 100, 1, "104", ",clOrdId:6");
        kill(TAKER, FIRM);

        assertEquals("KILL_SWITCH_ON", entry(TAKER, 200));
        only(bed.send(TAKER, "MassCancel:{clOrdId:9,accountId:200,scope:'ACCOUNT'}"), "MassCancelAck");
    }

    @Test
    void shouldGoOnWithAFirmOfTenThousandOrdersAndRefuseItMeanwhile() {
        bed.verifies = false;
        for (int i = 0; i < 10_000; i++) {
            bed.buy(MAKER, i % 2 == 0 ? 100 : 101, 1, "80", ",clOrdId:" + (1_000_000 + i));
        }

        final List<Event> events = kill(OPERATOR, FIRM + ",firmId:1");

        assertEquals("10004", only(events, "MassCancelAck").get("count"));
        assertEquals("KILL_SWITCH_ON", entry(MAKER, 100));
        only(release(OPERATOR, FIRM + ",firmId:1"), "CommandAccepted");
        assertEquals("ALREADY_PENDING", entry(MAKER, 100));
        for (int i = 0; bed.venue.inspection().summary().pendingWork() > 0; i++) {
            assertTrue(i < 20, "the work comes to an end");
            assertTrue(bed.sequencer("ClockTick:{tickTimeNs:0}").size() <= EventBatch.MAX_EVENTS);
        }
        assertEquals(1, bed.venue.inspection().summary().openOrders());
        assertEquals("OrderAck", entry(MAKER, 100));
        bed.venue.verifyInFull();
    }
}
