package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.blotter;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types, lives and flags of orders, and what does not go together. */
class OrderTypesTest {
    private static final String PROTECTED = ",marketProtectionPpm:10050";

    private final VenueBed bed = VenueBed.trading();

    private VenueBed with(final String overrides) {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", overrides));
        bed.tick(2, 0, "100");
        return bed;
    }

    private static String code(final List<Event> events) {
        return only(events, "Reject").get("code") + " " + only(events, "Reject").get("refFieldId");
    }

    private List<Event> market(final String side, final long lots, final String more) {
        return bed.send(
                TAKER,
                "NewOrder:{accountId:200,instrumentId:2,clOrdId:"
                        + (7_000 + bed.log().size()) + ",ordType:'MARKET',side:'" + side + "',quantity:'" + lots + "'"
                        + more + "}");
    }

    // Fields

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                ",triggerPrice:'99' | BAD_VALUE 12",
                ",triggerRef:'LAST' | BAD_VALUE 20",
                ",expireTimeNs:'1' | BAD_VALUE 14",
                ",timeInForce:'GTT' | EXPIRY_INVALID 14",
                ",timeInForce:'GTT',expireTimeNs:'1' | EXPIRY_INVALID 14",
                ",flags:['postOnly','postOnlySlide'] | BAD_VALUE 18",
                ",flags:['postOnly'],timeInForce:'IOC' | BAD_VALUE 18",
                ",flags:['postOnlySlide'],timeInForce:'FOK' | BAD_VALUE 18",
                ",stpGroup:1 | BAD_VALUE 17",
                ",mmpGroup:1 | BAD_VALUE 19",
                ",flags:['mmp'] | BAD_VALUE 19",
                ",flags:['mmp'],mmpGroup:1 | BAD_VALUE 19",
                ",ordType:'MARKET',timeInForce:'GTC' | BAD_VALUE 10",
                ",ordType:'MARKET',timeInForce:'GTT' | BAD_VALUE 10",
                ",ordType:'MARKET',flags:['postOnly'] | BAD_VALUE 18",
                ",ordType:'MARKET',displayQuantity:'1' | BAD_VALUE 13",
                ",ordType:'STOP',timeInForce:'FOK',triggerPrice:'99' | BAD_VALUE 10",
                ",ordType:'STOP',displayQuantity:'1',triggerPrice:'99' | BAD_VALUE 13",
                ",ordType:'STOP' | BAD_TICK 12",
                ",ordType:'STOP',triggerPrice:'0' | BAD_TICK 12",
                ",ordType:'TAKE_PROFIT',triggerPrice:'99.005' | BAD_TICK 12",
                ",ordType:'TAKE_PROFIT',triggerPrice:'10000.01' | PRICE_BAND 12",
                ",clOrdId:9223372036854775808 | BAD_VALUE 4",
            })
    void shouldRefuseWhatDoesNotGoTogether(final String more, final String outcome) {
        assertEquals(outcome, code(bed.buy(TAKER, 200, 2, "99", more)));
    }

    @Test
    void shouldTakeGoodTillTimeOnlyForTheFuture() {
        final long nextNs = bed.nowNs + 1_000_000;
        final String gtt = ",timeInForce:'GTT',expireTimeNs:'";
        assertEquals("EXPIRY_INVALID 14", code(bed.buy(TAKER, 200, 1, "99", gtt + nextNs + "'")));
        assertEquals(
                "RESTING",
                only(bed.buy(TAKER, 200, 1, "99", gtt + (nextNs + 1_000_001) + "'"), "OrderAck")
                        .get("state"));
        assertEquals(
                "EXPIRY",
                only(bed.sequencer("ClockTick:{tickTimeNs:0}"), "Cancelled").get("reason"));
    }

    // Market

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"BUY,100,101", "SELL,100,99", "BUY,99.99,100.99", "SELL,99.99,98.99", "SELL,0.01,0.01"})
    void shouldLimitAMarketOrderTowardTheMark(final String side, final String mark, final String limit) {
        with(PROTECTED).tick(2, 0, mark);

        final Event ack = only(market(side, 1, ""), "OrderAck");

        assertEquals(limit, ack.get("price"));
        assertEquals("DONE", ack.get("state"));
    }

    @Test
    void shouldNotTradeBeyondTheProtection() {
        with(PROTECTED);
        for (final String price : List.of("101", "101.01")) {
            bed.send(
                    MAKER,
                    "NewOrder:{accountId:100,instrumentId:2,clOrdId:"
                            + (1_000 + bed.log().size()) + ",side:'SELL',quantity:'1',price:'" + price + "'}");
        }

        final List<Event> events = market("BUY", 2, "");

        assertEquals("101", only(events, "Trade").get("price"));
        assertEquals("IOC", only(events, "Cancelled").get("reason"));
    }

    @Test
    void shouldRefuseAMarketOrderThatNothingProtects() {
        with("");
        assertEquals("BAD_VALUE 5", code(market("BUY", 1, "")));
        assertEquals(
                "100.5", only(market("BUY", 1, ",price:'100.5'"), "OrderAck").get("price"));
        bed.operator(VenueBed.instrument(3, "SOL-PERP", PROTECTED));
        final List<Event> unmarked = bed.send(
                TAKER, "NewOrder:{accountId:200,instrumentId:3,clOrdId:6000,ordType:'MARKET',side:'BUY',quantity:'1'}");
        assertEquals("RISK_UNAVAILABLE", only(unmarked, "Reject").get("code"));
    }

    // Fill or kill

    @Test
    void shouldFillAFillOrKillOrderWholeOrNotAtAll() {
        bed.sell(MAKER, 100, 3, "100", "");
        bed.sell(MAKER, 101, 2, "101", "");
        final String fok = ",timeInForce:'FOK'";

        assertEquals(
                List.of("OrderAck 200 BUY 6 101 DONE", "Cancelled 200 BUY 6 FOK"),
                blotter(bed.buy(TAKER, 200, 6, "101", fok)));
        assertEquals(
                List.of("OrderAck 200 BUY 4 100 DONE", "Cancelled 200 BUY 4 FOK"),
                blotter(bed.buy(TAKER, 200, 4, "100", fok)));
        final List<Event> filled = bed.buy(TAKER, 200, 5, "101", fok);
        assertEquals(2, filled.stream().filter(e -> e.name().equals("Trade")).count());
        assertTrue(filled.stream().noneMatch(e -> e.name().equals("Cancelled")));
    }

    @Test
    void shouldCountHiddenLotsForAFillOrKillOrderButNotItsOwn() {
        bed.sell(MAKER, 100, 10, "100", ",displayQuantity:'1'");
        bed.sell(TAKER, 200, 5, "100", "");
        final String fok = ",timeInForce:'FOK'";

        assertEquals(
                "FOK", only(bed.buy(TAKER, 200, 11, "100", fok), "Cancelled").get("reason"));
        assertEquals(
                "FOK",
                only(bed.buy(TAKER, 200, 10, "100", fok + ",stpMode:'DECREMENT'"), "Cancelled")
                        .get("reason"));
        final List<Event> events = bed.buy(TAKER, 200, 10, "100", fok);
        assertEquals(10, events.stream().filter(e -> e.name().equals("Trade")).count());
        assertEquals("STP", only(events, "Cancelled").get("reason"));
    }

    @Test
    void shouldKillAnOrderThatMeetsMoreOrdersThanACommandHasRoomFor() {
        bed.verifies = false;
        for (int i = 0; i < 500; i++) {
            bed.sell(MAKER, 100, 1, "100", "");
        }
        final String fok = ",timeInForce:'FOK'";

        assertEquals(
                "FOK", only(bed.buy(TAKER, 200, 409, "100", fok), "Cancelled").get("reason"));
        final List<Event> events = bed.buy(TAKER, 200, 300, "100", fok);
        assertEquals(300, events.stream().filter(e -> e.name().equals("Trade")).count());
    }

    // Post-only

    @Test
    void shouldRefuseOrSlideAPostOnlyOrderThatWouldCross() {
        bed.sell(MAKER, 100, 1, "100", "");
        bed.buy(MAKER, 100, 1, "98", "");

        assertEquals("POST_ONLY_WOULD_CROSS 5", code(bed.buy(TAKER, 200, 1, "100", ",flags:['postOnly']")));
        final String slide = ",flags:['postOnlySlide']";
        assertEquals(
                "99.99", only(bed.buy(TAKER, 200, 1, "100", slide), "OrderAck").get("price"));
        assertEquals(
                "99.98",
                only(bed.buy(TAKER, 200, 1, "99.98", slide), "OrderAck").get("price"));
        assertEquals(
                "100", only(bed.sell(TAKER, 200, 1, "99.99", slide), "OrderAck").get("price"));
    }

    @Test
    void shouldNotSlideOutOfTheBand() {
        bed.operator("InstrumentUpdate:{instrumentId:1,bandPpm:100000}");
        bed.sell(MAKER, 100, 1, "90", "");
        assertEquals("POST_ONLY_WOULD_CROSS 5", code(bed.buy(TAKER, 200, 1, "95", ",flags:['postOnlySlide']")));
    }

    @Test
    void shouldNotSlideBelowTheLowestPrice() {
        bed.sell(MAKER, 100, 1, "0.01", "");

        assertEquals("POST_ONLY_WOULD_CROSS 5", code(bed.buy(TAKER, 200, 1, "0.01", ",flags:['postOnlySlide']")));
    }

    // Replace

    private List<Event> replace(final long clOrdId, final String price, final long lots) {
        return bed.send(
                TAKER,
                "Replace:{accountId:200,instrumentId:1,clOrdId:" + (clOrdId + 1_000) + ",origClOrdId:" + clOrdId
                        + ",price:'" + price + "',quantity:'" + lots + "'}");
    }

    @Test
    void shouldJudgeAPostOnlyReplaceByTheOtherSideOnly() {
        bed.sell(MAKER, 100, 1, "100", "");
        bed.buy(TAKER, 200, 1, "99", ",flags:['postOnly']");
        final long plain = bed.lastClOrdId();
        bed.buy(TAKER, 200, 1, "99", ",flags:['postOnlySlide']");
        final long sliding = bed.lastClOrdId();

        assertEquals(
                "POST_ONLY_WOULD_CROSS",
                only(replace(plain, "100", 1), "ReplaceReject").get("code"));
        assertEquals("99.5", only(replace(plain, "99.5", 1), "ReplaceAck").get("price"));
        assertEquals("99.99", only(replace(sliding, "101", 1), "ReplaceAck").get("price"));
    }

    /** Only fills that came before the replace count: it asks for a total, and gets what is left of it. */
    @Test
    void shouldCountFillsThatCameBeforeTheReplace() {
        bed.buy(TAKER, 200, 10, "100", "");
        final long id = bed.lastClOrdId();
        bed.sell(MAKER, 100, 4, "100", "");

        final Event ack = only(replace(id, "100", 6), "ReplaceAck");
        assertEquals("2", ack.get("leavesQuantity"));
        assertEquals("4", ack.get("cumQuantity"));
        bed.sell(MAKER, 100, 2, "100", "");
        assertEquals(
                "TOO_LATE_TO_CANCEL",
                only(replace(id + 1_000, "100", 8), "ReplaceReject").get("code"));
    }

    @Test
    void shouldReplaceAStopWithoutMarginAndWithoutAPlace() {
        bed.buy(TAKER, 200, 1, "110", ",ordType:'STOP',triggerPrice:'105'");

        final List<Event> events = replace(bed.lastClOrdId(), "111", 90_000);

        assertEquals(List.of("ReplaceAck 200 BUY 90000 111"), blotter(events));
        assertEquals("-", events.get(0).get("priority"));
        assertEquals("1", events.get(0).get("priorityKept"));
    }

    // Bands

    @Test
    void shouldTakeLimitsWithinTheBandAndNoneOutside() {
        with(",bandPpm:50000");
        final String order = "NewOrder:{accountId:200,instrumentId:2,side:'BUY',quantity:'1',";

        for (final String[] each : new String[][] {
            {"94.99", "95"}, {"95", null}, {"95.01", null}, {"104.99", null}, {"105", null}, {"105.01", "105"}
        }) {
            final List<Event> events =
                    bed.send(TAKER, order + "clOrdId:" + (5_000 + bed.log().size()) + ",price:'" + each[0] + "'}");
            if (each[1] == null) {
                assertEquals("OrderAck", events.get(0).name());
            } else {
                assertEquals("PRICE_BAND 5", code(events));
                assertEquals(
                        each[1] + "0000000",
                        only(events, "Reject").get("limitValue").substring(0, each[1].length() + 7));
            }
        }
    }

    // Stops

    @Test
    void shouldAcknowledgeAStopWithoutAPlaceAndHoldNoMargin() {
        final long margin =
                bed.venue.inspection().account(200).balances().get(0).orderMargin();

        final Event ack = only(bed.buy(TAKER, 200, 5, "110", ",ordType:'STOP',triggerPrice:'105'"), "OrderAck");

        assertEquals("UNTRIGGERED", ack.get("state"));
        assertEquals("-", ack.get("priority"));
        assertEquals(
                margin, bed.venue.inspection().account(200).balances().get(0).orderMargin());
        assertEquals(1, bed.venue.inspection().summary().openOrders());
    }

    @Test
    void shouldFireAStopIntoTheBookAtItsLimit() {
        bed.buy(TAKER, 200, 5, "106", ",ordType:'STOP',triggerPrice:'105'");
        assertTrue(bed.tick("104.99").stream().noneMatch(e -> e.name().equals("OrderActivated")));

        final List<Event> events = bed.tick("105");

        final Event activated = only(events, "OrderActivated");
        assertEquals("TRIGGER", activated.get("cause"));
        assertEquals("105", activated.get("refPrice"));
        assertEquals(activated.get("priority"), only(events, "OrderAdd").get("orderId"));
        bed.venue.verifyInFull();
    }

    @Test
    void shouldFireAStopThatIsThroughItsTriggerAtEntry() {
        final List<Event> events = bed.buy(TAKER, 200, 5, "101", ",ordType:'STOP',triggerPrice:'99'");

        assertEquals("UNTRIGGERED", only(events, "OrderAck").get("state"));
        assertEquals("100", only(events, "OrderActivated").get("refPrice"));
    }

    @Test
    void shouldCancelAReduceOnlyStopThatFindsNothingToReduce() {
        bed.sell(TAKER, 200, 5, "90", ",ordType:'STOP',triggerPrice:'95',flags:['reduceOnly']");

        assertEquals("REDUCE_ONLY", only(bed.tick("95"), "Cancelled").get("reason"));
    }

    @Test
    void shouldCancelAStopWithoutMarginWhenItFires() {
        bed.operator("Withdraw:{accountId:200,assetId:1,amount:'999990'}");
        bed.buy(TAKER, 200, 5_000, "106", ",ordType:'STOP',triggerPrice:'105'");

        assertEquals("MARGIN", only(bed.tick("105"), "Cancelled").get("reason"));
    }
}
