package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

class MarginTierDeskTest {
    private final VenueBed bed = VenueBed.trading();

    private List<Event> set(final String more, final String tiers) {
        return bed.operator("MarginTierSet:{instrumentId:1" + more + ",tiers:[" + tiers + "]}");
    }

    private String refusal(final String more, final String tiers) {
        final Event reject = only(set(more, tiers), "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId") + " " + reject.get("refValue") + " "
                + reject.get("limitValue");
    }

    private String refusal(final String tiers) {
        return refusal("", tiers);
    }

    private Inspection.Balance balance(final long account) {
        return bed.venue.inspection().account(account).balances().get(0);
    }

    @Test
    void shouldPutTiersInForceAtOnceAndTellTheFirst() {
        final List<Event> events =
                set("", "{floor:'0',initialMarginPpm:20000,maintenanceMarginPpm:10000},{floor:'1000',maxLeverage:20}");

        assertEquals(List.of("CommandAccepted", "SecurityDefinition"), lines(events));
        assertEquals("20000", events.get(1).get("initialMarginPpm"));
        assertEquals("10000", events.get(1).get("maintenanceMarginPpm"));
        bed.sell(MAKER, 100, 30, "100", "");
        bed.buy(TAKER, 200, 30, "100", "");
        // 1,000 dollars at 2 %, 2,000 at 5 %; maintenance 1 % and 2.5 %.
        assertEquals(120_000_000, balance(200).initialMargin());
        assertEquals(60_000_000, balance(200).maintenanceMargin());
    }

    @Test
    void shouldHaveOneRuleHashInWhateverOrderTiersAndTermsChange() {
        final String tiers = "MarginTierSet:{instrumentId:1,tiers:[{floor:'0',maxLeverage:5}]}";
        final String terms = "InstrumentUpdate:{instrumentId:1,takerDelayUs:100}";
        bed.operator(terms);
        final Event tiersLast = only(bed.operator(tiers), "SecurityDefinition");

        final VenueBed other = VenueBed.trading();
        other.operator(tiers);
        final Event termsLast = only(other.operator(terms), "SecurityDefinition");

        assertEquals(tiersLast.get("ruleHash"), termsLast.get("ruleHash"));
    }

    @Test
    void shouldWaitForTheSequenceAnnounced() {
        bed.sell(MAKER, 100, 30, "100", "");
        bed.buy(TAKER, 200, 30, "100", "");
        final long now = bed.log().size();
        final List<Event> announced = set(",activationSequence:'" + (now + 3) + "'", "{floor:'0',maxLeverage:2}");
        assertEquals(List.of("CommandAccepted"), lines(announced));
        final String before = only(bed.operator(VenueBed.instrument(8, "OTHER", "")), "SecurityDefinition")
                .get("symbol");
        assertEquals("OTHER", before);
        assertEquals(150_000_000, balance(200).maintenanceMargin());

        final Event definition = bed.tick("100").get(0);

        assertEquals("SecurityDefinition", definition.name());
        assertEquals("500000", definition.get("initialMarginPpm"));
        assertNotEquals("-", definition.get("ruleHash"));
        assertEquals(750_000_000, balance(200).maintenanceMargin());
    }

    @Test
    void shouldLetInitialMarginFollowTheOpenInterest() {
        set(",openInterestLower:'1000',openInterestUpper:'5000'", "{floor:'0',initialMarginPpm:100000}");
        bed.sell(MAKER, 100, 30, "100", "");
        bed.buy(TAKER, 200, 30, "100", "");

        bed.pass(100);

        // 3,000 are half way: 10 % half way to all of it.
        assertEquals(1_650_000_000, balance(200).initialMargin());
        assertEquals(150_000_000, balance(200).maintenanceMargin());
    }

    @Test
    void shouldRefuseTiersThatAreNotSound() {
        assertEquals(
                "BAD_VALUE 3 1 " + (bed.log().size() + 2),
                refusal(",activationSequence:'1'", "{floor:'0',maxLeverage:2}"));
        assertEquals("BAD_VALUE 6 0 1", refusal(""));
        assertEquals("BAD_VALUE 7 1000000 0", refusal("{floor:'1',maxLeverage:2}"));
        assertEquals("BAD_VALUE 7 0 1000000", refusal("{floor:'0',maxLeverage:2},{floor:'0',maxLeverage:2}"));
        assertEquals("BAD_VALUE 7 1500000 1000000", refusal("{floor:'0',maxLeverage:2},{floor:'1.5',maxLeverage:2}"));
        assertEquals("BAD_VALUE 8 - -", refusal("{floor:'0'}"));
        assertEquals("BAD_VALUE 10 2 -", refusal("{floor:'0',maxLeverage:2,initialMarginPpm:500000}"));
        assertEquals("BAD_VALUE 10 0 1", refusal("{floor:'0',maxLeverage:0}"));
        assertEquals("BAD_VALUE 10 101 100", refusal("{floor:'0',maxLeverage:101}"));
        assertEquals("BAD_VALUE 10 11 10", refusal("{floor:'0',maxLeverage:10},{floor:'5',maxLeverage:11}"));
        assertEquals("BAD_VALUE 8 9999 10000", refusal("{floor:'0',initialMarginPpm:9999}"));
        assertEquals("BAD_VALUE 8 1000001 1000000", refusal("{floor:'0',initialMarginPpm:1000001}"));
        assertEquals(
                "BAD_VALUE 8 49999 50000",
                refusal("{floor:'0',initialMarginPpm:50000},{floor:'5',initialMarginPpm:49999}"));
        assertEquals("BAD_VALUE 9 0 1", refusal("{floor:'0',maxLeverage:2,maintenanceMarginPpm:0}"));
        assertEquals("BAD_VALUE 9 500001 500000", refusal("{floor:'0',maxLeverage:2,maintenanceMarginPpm:500001}"));
        assertEquals(
                "BAD_VALUE 9 1999 2000",
                refusal("{floor:'0',maxLeverage:9,maintenanceMarginPpm:2000},"
                        + "{floor:'5',maxLeverage:8,maintenanceMarginPpm:1999}"));
        assertEquals("BAD_VALUE 5 - -", refusal(",openInterestLower:'1'", "{floor:'0',maxLeverage:2}"));
        assertEquals("BAD_VALUE 4 - -", refusal(",openInterestUpper:'1'", "{floor:'0',maxLeverage:2}"));
        assertEquals(
                "BAD_VALUE 5 1000000 1000001",
                refusal(",openInterestLower:'1',openInterestUpper:'1'", "{floor:'0',maxLeverage:2}"));
    }
}
