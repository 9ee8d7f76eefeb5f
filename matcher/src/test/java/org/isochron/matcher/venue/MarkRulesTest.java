package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.named;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkRulesTest {
    private static final String EMA = "ClosedRules:{instrumentId:1,impactNotional:'1000'";

    private final VenueBed bed = VenueBed.tradingInASmallVenue();

    private static Event only(final List<Event> events, final String name) {
        final List<Event> found = named(events, name);
        assertEquals(1, found.size(), name + " in " + events);
        return found.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IndexRules:{instrumentId:9}|UNKNOWN_INSTRUMENT|2",
                "IndexRules:{instrumentId:1,activationSequence:'1'}|BAD_VALUE|3",
                "IndexRules:{instrumentId:1,staleMs:0}|BAD_VALUE|5",
                "IndexRules:{instrumentId:1,staleMs:4000,softStaleMs:4001}|BAD_VALUE|4",
                "IndexRules:{instrumentId:1,deviationPpm:1000000}|BAD_VALUE|6",
                "IndexRules:{instrumentId:1,jumpPpm:-1}|BAD_VALUE|7",
                "IndexRules:{instrumentId:1,jumpPersistMs:0}|BAD_VALUE|8",
                "IndexRules:{instrumentId:1,requiredSources:0}|BAD_VALUE|9",
                "IndexRules:{instrumentId:1,requiredSources:17}|BAD_VALUE|9",
                "IndexRules:{instrumentId:1,requiredSources:2,sources:[{source:0,weight:3}]}|BAD_VALUE|9",
                "IndexRules:{instrumentId:1,sources:[{source:16,weight:3}]}|BAD_VALUE|13",
                "IndexRules:{instrumentId:1,sources:[{source:0,weight:3},{source:0,weight:1}]}|BAD_VALUE|13",
                "IndexRules:{instrumentId:1,sources:[{source:0,weight:101}]}|BAD_VALUE|14",
                "MarkRules:{instrumentId:1,stepPpm:-1}|BAD_VALUE|4",
                "MarkRules:{instrumentId:1,lastTradeMs:0}|BAD_VALUE|5",
                "MarkRules:{instrumentId:1,basisTauMs:999}|BAD_VALUE|6",
                "MarkRules:{instrumentId:1,indexTauMs:86400001}|BAD_VALUE|7",
                "ClosedRules:{instrumentId:1}|BAD_VALUE|4",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',impactNotional:'0'}|BAD_VALUE|4",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',internalTauMs:1}|BAD_VALUE|5",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',boundPpm:0}|BAD_VALUE|6",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',initialMarginScalePpm:999999}|BAD_VALUE|7",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',rampMs:86400001}|BAD_VALUE|8",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',overnightLimitPpm:1000001}|BAD_VALUE|9",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',weekendLimitPpm:-1}|BAD_VALUE|10",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',fundingPpm:1000001}|BAD_VALUE|11",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',feedSilentMs:999}|BAD_VALUE|12",
                "ClosedRules:{instrumentId:1,rule:'FREEZE',reanchors:101}|BAD_VALUE|14",
                "CalendarTransition:{instrumentId:9,session:'OPEN'}|UNKNOWN_INSTRUMENT|2",
                "CalendarTransition:{instrumentId:1,session:'OPEN'}|BAD_VALUE|2",
            })
    void shouldRefuseWhatIsOutOfRange(final String command, final String code, final int field) {
        final Event reject = only(bed.operator(command), "BusinessReject");

        assertEquals(code, reject.get("code"));
        assertEquals(String.valueOf(field), reject.get("refFieldId"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session:'FEED_SILENT'|4",
                "nextSession:'OPEN',nextTransitionNs:'9767623400000000000'|4",
                "session:'OPEN',nextSession:'OPEN',nextTransitionNs:'9767623400000000000'|5",
                "session:'OPEN',nextSession:'WEEKEND'|5",
                "session:'OPEN',nextTransitionNs:'9767623400000000000'|5",
                "session:'OPEN',nextSession:'WEEKEND',nextTransitionNs:'1767623400000000000'|3",
            })
    void shouldRefuseATransitionThatMakesNoSense(final String fields, final int field) {
        bed.operator(EMA + "}");

        final Event reject = only(bed.operator("CalendarTransition:{instrumentId:1," + fields + "}"), "BusinessReject");

        assertEquals("BAD_VALUE", reject.get("code"));
        assertEquals(String.valueOf(field), reject.get("refFieldId"));
    }

    @Test
    void shouldRefuseRulesFromAnybodyButAnOperator() {
        final Event reject = only(bed.send(VenueBed.MAKER, "MarkRules:{instrumentId:1}"), "BusinessReject");
        assertEquals("SESSION_SCOPE", reject.get("code"));
    }

    @Test
    void shouldTellTheRuleInTheDefinitionAndFromItsSequenceOn() {
        final Event now = only(bed.operator("MarkRules:{instrumentId:1,rule:'LAST_TRADE'}"), "SecurityDefinition");
        assertEquals("LAST_TRADE", now.get("markRule"));

        final long from = now.stamp("matchSeq") + 3;
        final List<Event> announced =
                bed.operator("MarkRules:{instrumentId:1,rule:'ORACLE',activationSequence:'" + from + "'}");
        assertTrue(named(announced, "SecurityDefinition").isEmpty());
        assertEquals("LAST_TRADE", only(bed.tick("100"), "MarkIndex").get("rule"));
        final List<Event> due = bed.tick("100");
        assertEquals("ORACLE", only(due, "SecurityDefinition").get("markRule"));
        assertEquals("ORACLE", only(due, "MarkIndex").get("rule"));
    }

    @Test
    void shouldTellTheMarkOnceACommandWhenTheBookMovesIt() {
        bed.operator("MarkRules:{instrumentId:1,rule:'LAST_TRADE',stepPpm:0}");
        bed.sell(VenueBed.MAKER, 100, 1, "101", "");
        bed.sell(VenueBed.MAKER, 100, 1, "102", "");

        final List<Event> events = bed.buy(VenueBed.TAKER, 200, 2, "102", "");

        assertEquals("102", only(events, "MarkIndex").get("markPrice"));
        assertEquals(102_00, bed.venue.marks().markTicks(0));
        assertTrue(named(bed.buy(VenueBed.TAKER, 200, 1, "99", ""), "MarkIndex").isEmpty(), "a bid is no trade");
    }

    /** Trap 18, through the venue: however many trades a second sees, the mark goes one step. */
    @Test
    void shouldNotBeWalkedByABurstOfTrades() {
        bed.operator("MarkRules:{instrumentId:1,rule:'LAST_TRADE'}");
        bed.pass(1_000);
        for (int trade = 0; trade < 50; trade++) {
            bed.sell(VenueBed.MAKER, 100, 1, "150", "");
            bed.buy(VenueBed.TAKER, 200, 1, "150", "");
        }

        assertEquals(101_00, bed.venue.marks().markTicks(0), "1 % of 100, and a whole second has not passed");
    }

    /** Trap 14: a stop that an outage fires, because the first trades after it are no price. */
    @Test
    void shouldFireNoStopByTheTradesAfterAnOutage() {
        bed.operator("MarkRules:{instrumentId:1,stepPpm:0}");
        bed.order(VenueBed.TAKER, 200, "SELL", 1, "90", ",ordType:'STOP',triggerPrice:'95'");
        bed.buy(VenueBed.MAKER, 100, 5, "80", "");
        bed.nowNs += 60_000_000_000L;

        final List<Event> events = bed.pass(1_000);

        assertTrue(named(events, "OrderActivated").isEmpty());
        assertFalse(bed.venue.marks().isValid(0), "until a source ticks nothing is a price of now");
        assertTrue(named(bed.tick("100"), "OrderActivated").isEmpty(), "the mark is where it was");
        assertEquals(1, named(bed.tick("94"), "OrderActivated").size(), "and fires when it really falls");
    }

    @Test
    void shouldJudgeTheNextOrderByTheNewMark() {
        bed.operator("MarkRules:{instrumentId:1,rule:'LAST_TRADE',stepPpm:0}");
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ""));
        bed.account(102, 1, "1000");
        bed.session(30, 1, "{accountId:102}");
        bed.order(30, 102, "BUY", 90, "100", "");
        bed.sell(VenueBed.TAKER, 200, 90, "100", "");
        bed.buy(VenueBed.MAKER, 101, 1, "91", "");
        bed.sell(VenueBed.TAKER, 200, 1, "91", "");

        // 90 lots bought at 100 are down by 810: 190 are left, and 10 % of 8,190 is 819.
        assertEquals(
                "INSUFFICIENT_MARGIN",
                only(bed.order(30, 102, "BUY", 1, "90", ""), "Reject").get("code"));
    }

    @Test
    void shouldTakePerpetualPricesBesideTheIndex() {
        bed.operator("MarkRules:{instrumentId:1,stepPpm:0}");
        final Event told = only(
                bed.send(VenueBed.PUBLISHER, "PriceTick:{instrumentId:1,source:1,kind:'PERPETUAL',price:'104'}"),
                "MarkIndex");

        assertEquals("100", told.get("indexPrice"));
        assertEquals("102", told.get("markPrice"), "no book: the median of 100 and 104");
        assertEquals("1", told.get("sourceBitmap"));
    }

    private List<Event> transition(final String session) {
        return bed.operator("CalendarTransition:{instrumentId:1,session:'" + session + "'}");
    }

    @Test
    void shouldTakeCancelsOnlyByTheRuleHaltUntilTheAuction() {
        bed.operator("ClosedRules:{instrumentId:1,rule:'HALT'}");
        bed.buy(VenueBed.MAKER, 100, 1, "99", "");

        final Event closed = only(transition("WEEKEND"), "SecurityStatus");
        assertEquals("HALT", closed.get("state"));
        assertEquals("WEEKEND", closed.get("session"));
        assertEquals(
                "MARKET_CLOSED",
                only(bed.buy(VenueBed.MAKER, 100, 1, "99", ""), "Reject").get("code"));

        final Event opens = only(transition("OPEN"), "SecurityStatus");
        assertEquals("AUCTION", opens.get("state"));
        assertEquals("CALENDAR", opens.get("reason"));
    }

    @Test
    void shouldLeaveAnOperatorsHaltWhenTheMarketOpens() {
        bed.operator("ClosedRules:{instrumentId:1,rule:'HALT'}");
        bed.operator("InstrumentState:{instrumentId:1,state:'HALT'}");
        transition("OVERNIGHT");

        assertEquals("HALT", only(transition("OPEN"), "SecurityStatus").get("state"));
    }

    @Test
    void shouldTradeWithinBoundsAndLimitsWhileClosed() {
        bed.operator(EMA + ",weekendLimitPpm:1}");
        transition("WEEKEND");
        final Event above = only(bed.sell(VenueBed.MAKER, 100, 1, "110.01", ""), "Reject");
        assertEquals("PRICE_BAND", above.get("code"));
        assertEquals("110000000000", above.get("limitValue"));
        assertEquals(
                "POSITION_LIMIT",
                only(bed.sell(VenueBed.MAKER, 100, 2, "110", ""), "Reject").get("code"));
        assertTrue(named(bed.sell(VenueBed.MAKER, 100, 1, "110", ""), "Reject").isEmpty());
    }

    @Test
    void shouldCallAnIndexInternalWhileTheBookMakesIt() {
        bed.operator(EMA + "}");
        bed.buy(VenueBed.MAKER, 100, 100, "105", "");
        final List<Event> closed = transition("WEEKEND");
        assertEquals("INTERNAL", only(closed, "MarkIndex").get("source"));
        assertEquals("OPEN", only(closed, "SecurityStatus").get("state"));

        final List<Event> ticks = named(bed.pass(10_000), "MarkIndex");

        // 5 * (1 - exp(-10 / 3,600)) = 0.0139
        assertEquals("100.01", ticks.get(ticks.size() - 1).get("indexPrice"));
        assertEquals("100.01", only(bed.tick("120"), "MarkIndex").get("indexPrice"), "the sources do not count now");
    }

    @Test
    void shouldCloseByItselfWhenTheFeedIsSilentAndOpenWhenItIsBack() {
        bed.operator(EMA + ",feedSilentMs:5000}");
        bed.tick("100");
        final Event closed = only(bed.pass(5_200), "SecurityStatus");
        assertEquals("FEED_SILENT", closed.get("session"));
        assertEquals("FEED_SILENT", closed.get("reason"));
        assertTrue(bed.venue.marks().isValid(0));

        final Event open = only(bed.tick("101"), "SecurityStatus");

        assertEquals("OPEN", open.get("session"));
        assertEquals("AUCTION", open.get("state"));
        assertEquals("RECOVERED", open.get("reason"));
    }

    @Test
    void shouldAskForMoreInitialMarginWhileClosed() {
        bed.operator(EMA + "}");
        bed.account(102, 1, "1500");
        bed.session(30, 1, "{accountId:102}");
        assertFalse(named(bed.order(30, 102, "BUY", 100, "100", ",clOrdId:900"), "OrderAck")
                .isEmpty());
        bed.send(30, "Cancel:{accountId:102,instrumentId:1,origClOrdId:900,clOrdId:901}");
        transition("OVERNIGHT");

        assertEquals(
                "INSUFFICIENT_MARGIN",
                only(bed.order(30, 102, "BUY", 100, "100", ""), "Reject").get("code"),
                "2,000 are asked for now");
    }
}
