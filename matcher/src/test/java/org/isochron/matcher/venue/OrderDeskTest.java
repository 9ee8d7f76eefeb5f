package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.blotter;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

class OrderDeskTest {
    private final VenueBed bed = VenueBed.trading();

    private static String outcome(final List<Event> events) {
        assertEquals(1, events.size(), () -> blotter(events).toString());
        final Event event = events.get(0);
        return event.name() + " " + event.get("code") + " " + event.get("refFieldId");
    }

    private String limits(final List<Event> events) {
        final Event reject = only(events, "Reject");
        return reject.get("code") + " " + reject.get("refValue") + " " + reject.get("limitValue");
    }

    private List<Event> cancel(final long session, final long account, final String which) {
        return bed.send(session, "Cancel:{accountId:" + account + ",instrumentId:1,clOrdId:9," + which + "}");
    }

    private List<Event> replace(final long account, final long clOrdId, final String more) {
        return bed.send(
                MAKER,
                "Replace:{accountId:" + account + ",instrumentId:1,clOrdId:" + (clOrdId + 1000) + ",origClOrdId:"
                        + clOrdId + "," + more + "}");
    }

    // Matching

    @Test
    void shouldRestAnOrderThatMeetsNobody() {
        assertEquals(
                List.of("OrderAck 100 BUY 5 99 RESTING", "OrderAdd BUY 5 99", "Bbo 5 99 0"),
                blotter(bed.buy(MAKER, 100, 5, "99", "")));
    }

    @Test
    void shouldTradeAtTheRestingPriceAndRestTheRemainder() {
        bed.sell(MAKER, 100, 3, "100", "");

        assertEquals(
                List.of(
                        "OrderAck 200 BUY 5 101 RESTING",
                        "Fill 200 BUY 3 2 100",
                        "Fill 100 SELL 3 0 100",
                        "Trade 3 100",
                        "OrderDelete",
                        "OrderAdd BUY 2 101",
                        "Bbo 2 101 0"),
                blotter(bed.buy(TAKER, 200, 5, "101", "")));
    }

    @Test
    void shouldSweepPricesBestFirstAndTimeWithinAPrice() {
        bed.sell(MAKER, 100, 1, "102", "");
        bed.sell(MAKER, 100, 2, "101", "");
        bed.sell(MAKER, 101, 3, "101", "");

        assertEquals(
                List.of(
                        "OrderAck 200 BUY 4 102 RESTING",
                        "Fill 200 BUY 2 2 101",
                        "Fill 100 SELL 2 0 101",
                        "Trade 2 101",
                        "OrderDelete",
                        "Fill 200 BUY 2 0 101",
                        "Fill 101 SELL 2 1 101",
                        "Trade 2 101",
                        "OrderReduce 1",
                        "Bbo 0 1 101"),
                blotter(bed.buy(TAKER, 200, 4, "102", "")));
    }

    @Test
    void shouldCancelWhatAnImmediateOrderCannotTrade() {
        bed.sell(MAKER, 100, 3, "100", "");

        final List<Event> events = bed.buy(TAKER, 200, 5, "100", ",timeInForce:'IOC'");

        assertEquals("DONE", only(events, "OrderAck").get("state"));
        assertEquals("2", only(events, "Cancelled").get("cancelledQuantity"));
        assertEquals("3", only(events, "Cancelled").get("cumQuantity"));
        assertEquals("IOC", only(events, "Cancelled").get("reason"));
        assertEquals(0, bed.venue.inspection().instrument(1).openOrders());
    }

    @Test
    void shouldCancelItsOwnRestingOrderInTheWayAndMatchOn() {
        bed.sell(MAKER, 100, 3, "100", "");
        bed.sell(TAKER, 200, 2, "101", "");

        assertEquals(
                List.of(
                        "OrderAck 100 BUY 2 101 RESTING",
                        "Cancelled 100 SELL 3 STP",
                        "OrderDelete",
                        "Fill 100 BUY 2 0 101",
                        "Fill 200 SELL 2 0 101",
                        "Trade 2 101",
                        "OrderDelete",
                        "Bbo 0 0"),
                blotter(bed.buy(MAKER, 100, 2, "101", "")));
    }

    @Test
    void shouldLetTwoAccountsOfOneFirmTrade() {
        bed.sell(MAKER, 100, 3, "100", "");

        assertEquals("3", only(bed.buy(MAKER, 101, 3, "100", ""), "Trade").get("quantity"));
    }

    @Test
    void shouldNameOneTradeByOneIdEverywhere() {
        final Event resting = only(bed.sell(MAKER, 100, 3, "100", ""), "OrderAdd");

        final List<Event> events = bed.buy(TAKER, 200, 3, "100", "");

        final List<Event> fills =
                events.stream().filter(event -> event.name().equals("Fill")).toList();
        final long matchSeq = fills.get(0).stamp("matchSeq");
        final String tradeId = Long.toString(matchSeq * 65_536 + fills.get(0).stamp("subSeq"));
        assertEquals(tradeId, fills.get(0).get("execId"));
        assertEquals(tradeId, fills.get(0).get("tradeId"));
        assertEquals(tradeId, fills.get(1).get("tradeId"));
        assertEquals(
                Long.toString(matchSeq * 65_536 + fills.get(1).stamp("subSeq")),
                fills.get(1).get("execId"));
        assertEquals(tradeId, only(events, "Trade").get("tradeId"));
        assertEquals(resting.get("orderId"), only(events, "Trade").get("restingOrderId"));
        assertEquals(resting.get("priority"), resting.get("orderId"));
    }

    @Test
    void shouldChargeFeesUpAndPayRebatesTowardZero() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", "")
                .replace("makerFeePpm:0,takerFeePpm:0", "makerFeePpm:-7,takerFeePpm:11"));
        bed.tick(2, 0, "100.01");
        bed.send(MAKER, "NewOrder:{accountId:100,instrumentId:2,clOrdId:900,side:'SELL',quantity:'1',price:'100.01'}");

        final List<Event> events = bed.send(
                TAKER, "NewOrder:{accountId:200,instrumentId:2,clOrdId:901,side:'BUY',quantity:'1',price:'100.01'}");

        // 100,010,000 quanta: 11 ppm is 1,100.11, 7 ppm is 700.07.
        assertEquals(
                List.of("Fill 200 0.001101 TAKER", "Fill 100 -0.0007 MAKER"),
                lines(events, "accountId", "fee", "liquidity").stream()
                        .filter(line -> line.startsWith("Fill"))
                        .toList());
        assertEquals(401, bed.venue.inspection().summary().funds().get(0).fee());
    }

    @Test
    void shouldNumberEventsWithinCommandSessionFirmAndVenue() {
        bed.sell(MAKER, 100, 3, "100", "");
        final long privateSeq = bed.venue.inspection().summary().privateSeq();
        final long publicSeq = bed.venue.inspection().summary().publicSeq();

        final List<Event> events = bed.buy(TAKER, 200, 3, "100", "");

        assertEquals(List.of("OrderAck", "Fill", "Fill", "Trade", "OrderDelete", "Bbo"), lines(events));
        for (int i = 0; i < events.size(); i++) {
            assertEquals(i, events.get(i).stamp("subSeq"));
            assertEquals(i < 3, events.get(i).isPrivate());
        }
        assertEquals(
                List.of(1L, 0L, 2L, 1L, 0L, 2L),
                events.stream().map(event -> event.stamp("eventFlags")).toList());
        assertEquals(
                List.of(TAKER, TAKER, MAKER),
                events.stream().limit(3).map(event -> event.stamp("sessionId")).toList());
        assertEquals(
                List.of(1L, 2L, 2L),
                events.stream().limit(3).map(event -> event.stamp("sessionSeq")).toList());
        assertEquals(
                List.of(2L, 2L, 1L),
                events.stream().limit(3).map(event -> event.stamp("firmId")).toList());
        assertEquals(privateSeq + 3, events.get(2).stamp("privateSeq"));
        assertEquals(publicSeq + 1, bed.batch.firstPublicSeq());
    }

    // Refusals of new orders

    @Test
    void shouldRefuseAnUnknownInstrument() {
        assertEquals(
                "Reject UNKNOWN_INSTRUMENT 7",
                outcome(bed.send(
                        MAKER, "NewOrder:{accountId:100,instrumentId:9,clOrdId:1,side:'BUY',quantity:'1',price:'1'}")));
    }

    @Test
    void shouldRefuseOrdersWhileTheInstrumentIsHaltedOrClosed() {
        bed.operator("InstrumentState:{instrumentId:1,state:'HALT'}");
        assertEquals("Reject MARKET_CLOSED 7", outcome(bed.buy(MAKER, 100, 1, "99", "")));

        bed.operator("InstrumentState:{instrumentId:1,state:'CLOSED'}");
        assertEquals("Reject MARKET_CLOSED 7", outcome(bed.buy(MAKER, 100, 1, "99", "")));
    }

    @Test
    void shouldCancelWhileTheInstrumentIsHalted() {
        bed.buy(MAKER, 100, 1, "99", "");
        bed.operator("InstrumentState:{instrumentId:1,state:'HALT'}");

        assertEquals(
                "USER", only(cancel(MAKER, 100, "origClOrdId:1"), "Cancelled").get("reason"));
    }

    @Test
    void shouldRefuseUnknownAndForeignAccounts() {
        assertEquals("Reject UNKNOWN_ACCOUNT 2", outcome(bed.buy(MAKER, 999, 1, "99", "")));
        assertEquals("Reject SESSION_SCOPE 2", outcome(bed.buy(MAKER, 200, 1, "99", "")));
        assertEquals("Reject SESSION_SCOPE 2", outcome(bed.buy(MAKER, 4_000_000_002L, 1, "99", "")));
    }

    @Test
    void shouldRefuseAPriceThatIsNoPositiveMultipleOfTheTick() {
        assertEquals("Reject BAD_TICK 5", outcome(bed.buy(MAKER, 100, 1, "99.005", "")));
        assertEquals("Reject BAD_TICK 5", outcome(bed.buy(MAKER, 100, 1, "0", "")));
        assertEquals("Reject BAD_TICK 5", outcome(bed.buy(MAKER, 100, 1, "-99", "")));
        assertEquals(
                "Reject BAD_TICK 5",
                outcome(bed.send(MAKER, "NewOrder:{accountId:100,instrumentId:1,clOrdId:1,side:'BUY',quantity:'1'}")));
    }

    @Test
    void shouldAcceptTheLargestPriceAndRefuseOneTickMore() {
        assertEquals("OrderAck", bed.sell(MAKER, 100, 1, "10000", "").get(0).name());
        assertEquals("PRICE_BAND 10000010000000 10000000000000", limits(bed.sell(MAKER, 100, 1, "10000.01", "")));
    }

    @Test
    void shouldRefuseNoQuantityAndTooMuchOfIt() {
        assertEquals("BAD_LOT 0 1", limits(bed.buy(MAKER, 100, 0, "1", "")));
        assertEquals("BAD_LOT -1 1", limits(bed.buy(MAKER, 100, -1, "1", "")));
        assertEquals("QTY_TOO_BIG 100001 100000", limits(bed.sell(MAKER, 100, 100_001, "100", "")));
    }

    @Test
    void shouldRefuseMissingAndContradictoryValues() {
        assertEquals(
                "Reject BAD_VALUE 4",
                outcome(bed.send(MAKER, "NewOrder:{accountId:100,instrumentId:1,side:'BUY',quantity:'1',price:'99'}")));
        assertEquals(
                "Reject BAD_VALUE 8",
                outcome(bed.send(MAKER, "NewOrder:{accountId:100,instrumentId:1,clOrdId:1,quantity:'1',price:'99'}")));
        assertEquals(
                "Reject BAD_VALUE 18", outcome(bed.buy(MAKER, 100, 1, "99", ",flags:['postOnly'],timeInForce:'IOC'")));
    }

    @Test
    void shouldRefuseAnOrderSequencedLaterThanItsClientAllows() {
        // The bed's frames arrive 50 microseconds before they are stamped.
        assertEquals(
                "OrderAck",
                bed.buy(MAKER, 100, 1, "99", ",maxSeqDelayUs:50").get(0).name());
        assertEquals("STALE_BY_MAX_SEQ_DELAY 50 49", limits(bed.buy(MAKER, 100, 1, "99", ",maxSeqDelayUs:49")));
    }

    @Test
    void shouldRefuseAClientIdThatIsLiveOrRecent() {
        bed.buy(MAKER, 100, 1, "99", ",clOrdId:77");
        assertEquals("Reject DUPLICATE_CL_ORD_ID 4", outcome(bed.buy(MAKER, 100, 1, "99", ",clOrdId:77")));

        cancel(MAKER, 100, "origClOrdId:77");
        assertEquals("Reject DUPLICATE_CL_ORD_ID 4", outcome(bed.buy(MAKER, 100, 1, "99", ",clOrdId:77")));
        assertEquals(
                "OrderAck", bed.buy(TAKER, 200, 1, "98", ",clOrdId:77").get(0).name(), "another session's ids");
    }

    @Test
    void shouldTakeAClientIdAgainAfterFourThousandNinetySixOthers() {
        bed.verifies = false;
        bed.buy(MAKER, 100, 1, "98", ",clOrdId:1000000");
        bed.buy(MAKER, 100, 1, "99", ",clOrdId:2000000");
        cancel(MAKER, 100, "origClOrdId:2000000");
        for (int i = 0; i < 4_095; i++) {
            bed.buy(MAKER, 100, 1, "97", ",timeInForce:'IOC'");
        }
        assertEquals("Reject DUPLICATE_CL_ORD_ID 4", outcome(bed.buy(MAKER, 100, 1, "99", ",clOrdId:2000000")));
        bed.buy(MAKER, 100, 1, "97", ",timeInForce:'IOC'");

        assertEquals(
                "OrderAck",
                bed.buy(MAKER, 100, 1, "99", ",clOrdId:2000000").get(0).name());
        assertEquals(
                "Reject DUPLICATE_CL_ORD_ID 4",
                outcome(bed.buy(MAKER, 100, 1, "99", ",clOrdId:1000000")),
                "still live");
    }

    @Test
    void shouldUseAClientIdAgainWhenItsOrderWasRefused() {
        bed.buy(MAKER, 100, 0, "99", ",clOrdId:77");

        assertEquals(
                "OrderAck", bed.buy(MAKER, 100, 1, "99", ",clOrdId:77").get(0).name());
    }

    @Test
    void shouldRefuseOneOpenOrderMoreThanTheInstrumentAllows() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", "").replace("maxOpenOrders:100000", "maxOpenOrders:2"));
        bed.tick(2, 0, "100");
        final String order = "NewOrder:{accountId:100,instrumentId:2,side:'BUY',quantity:'1',price:'99',clOrdId:";
        bed.send(MAKER, order + "901}");
        bed.send(MAKER, order + "902}");

        assertEquals("OPEN_ORDER_LIMIT 2 2", limits(bed.send(MAKER, order + "903}")));
    }

    @Test
    void shouldRefuseAPostOnlyOrderThatWouldTakeAndRestOneThatWouldNot() {
        bed.sell(MAKER, 100, 3, "100", "");

        assertEquals(
                "POST_ONLY_WOULD_CROSS 100000000000 100000000000",
                limits(bed.buy(TAKER, 200, 1, "100", ",flags:['postOnly']")));
        assertEquals(
                "RESTING",
                only(bed.buy(TAKER, 200, 1, "99.99", ",flags:['postOnly']"), "OrderAck")
                        .get("state"));
    }

    @Test
    void shouldRefuseToOpenWithoutAValidMarkButLetPositionsClose() {
        bed.sell(MAKER, 100, 3, "100", "");
        bed.buy(TAKER, 200, 3, "100", "");
        bed.pass(31_000);

        assertEquals("Reject RISK_UNAVAILABLE -", outcome(bed.buy(TAKER, 200, 1, "99", "")));
        assertEquals("Reject RISK_UNAVAILABLE -", outcome(bed.sell(TAKER, 200, 4, "101", "")));
        assertEquals("OrderAck", bed.sell(TAKER, 200, 3, "101", "").get(0).name());
    }

    @Test
    void shouldRefuseAPositionThatCouldOutgrowItsLimit() {
        bed.account(300, 2, "900000000000");
        bed.session(30, 2, "{accountId:300}");
        for (int i = 0; i < 10; i++) {
            assertEquals("OrderAck", bed.buy(30, 300, 100_000, "99", "").get(0).name());
        }

        assertEquals("POSITION_LIMIT 1000001 1000000", limits(bed.buy(30, 300, 1, "99", "")));
    }

    @Test
    void shouldRefuseAnOrderSoLargeThatItsSumWithOthersWouldWrap() {
        bed.operator("InstrumentUpdate:{instrumentId:1,maxOrderQuantity:'" + Long.MAX_VALUE + "'}");
        bed.buy(MAKER, 100, 1, "99", "");

        final List<Event> events = bed.buy(MAKER, 100, Long.MAX_VALUE, "99", "");
        assertEquals("POSITION_LIMIT", only(events, "Reject").get("code"));
        assertEquals("1000000", only(events, "Reject").get("limitValue"));
    }

    @Test
    void shouldRefuseOneLotMoreThanTheMarginCarries() {
        // Equity 1,000,000; initial margin 10 a lot.
        assertEquals("OrderAck", bed.buy(MAKER, 100, 100_000, "100", "").get(0).name());
        assertEquals("INSUFFICIENT_MARGIN 1000010000000 1000000000000", limits(bed.buy(MAKER, 100, 1, "100", "")));
    }

    // Replace

    @Test
    void shouldKeepThePlaceWhenOnlyTheQuantityFalls() {
        final Event before = only(bed.buy(MAKER, 100, 5, "99", ""), "OrderAck");

        final List<Event> events = replace(100, 1, "price:'99',quantity:'4'");

        assertEquals(List.of("ReplaceAck", "OrderReduce", "Bbo"), lines(events));
        assertEquals("1", events.get(0).get("priorityKept"));
        assertEquals(before.get("priority"), events.get(0).get("priority"));
        assertEquals(before.get("orderId"), events.get(0).get("orderId"));
    }

    @Test
    void shouldLoseThePlaceWhenThePriceOrMoreQuantityIsAskedFor() {
        final Event before = only(bed.buy(MAKER, 100, 5, "99", ""), "OrderAck");

        final List<Event> events = replace(100, 1, "price:'99',quantity:'5'");

        assertEquals(List.of("ReplaceAck", "OrderDelete", "OrderAdd"), lines(events));
        assertEquals("0", events.get(0).get("priorityKept"));
        assertNotEquals(before.get("priority"), events.get(0).get("priority"));
        assertEquals(before.get("orderId"), events.get(0).get("orderId"));
        assertEquals(events.get(0).get("priority"), events.get(2).get("orderId"));
    }

    @Test
    void shouldCountFillsInATotalAndNotInARemainder() {
        bed.buy(MAKER, 100, 5, "99", "");
        bed.sell(TAKER, 200, 2, "99", "");

        assertEquals("2", replace(100, 1, "price:'99',quantity:'4'").get(0).get("leavesQuantity"));
        assertEquals(
                "1",
                replace(100, 1001, "price:'99',quantity:'1',qtyMode:'REMAINING'")
                        .get(0)
                        .get("leavesQuantity"));
        assertEquals("ReplaceReject BAD_LOT 8", outcome(replace(100, 2001, "price:'99',quantity:'2'")));
    }

    @Test
    void shouldMatchAReplacedOrderThatCrosses() {
        bed.buy(MAKER, 100, 5, "99", "");
        bed.sell(TAKER, 200, 2, "100", "");

        assertEquals(
                List.of(
                        "ReplaceAck 100 BUY 5 100",
                        "OrderDelete",
                        "Fill 100 BUY 2 3 100",
                        "Fill 200 SELL 2 0 100",
                        "Trade 2 100",
                        "OrderDelete",
                        "OrderAdd BUY 3 100",
                        "Bbo 3 100 0"),
                blotter(replace(100, 1, "price:'100',quantity:'5'")));
    }

    @Test
    void shouldKeepAReplacedPostOnlyOrderPostOnly() {
        bed.buy(MAKER, 100, 5, "99", ",flags:['postOnly']");
        bed.sell(TAKER, 200, 2, "100", "");

        assertEquals("ReplaceReject POST_ONLY_WOULD_CROSS 7", outcome(replace(100, 1, "price:'100',quantity:'5'")));
        assertEquals(
                "ReplaceAck",
                replace(100, 1, "price:'99.99',quantity:'5'").get(0).name());
    }

    @Test
    void shouldRefuseReplacesByTheRulesOfNewOrders() {
        bed.buy(MAKER, 100, 5, "99", "");
        bed.buy(MAKER, 100, 5, "98", ",clOrdId:1001");

        assertEquals("ReplaceReject DUPLICATE_CL_ORD_ID 4", outcome(replace(100, 1, "price:'97',quantity:'5'")));
        bed.buy(MAKER, 100, 5, "98", ",clOrdId:50");
        assertEquals("ReplaceReject BAD_TICK 7", outcome(replace(100, 50, "price:'98.001',quantity:'5'")));
        assertEquals("ReplaceReject BAD_LOT 8", outcome(replace(100, 50, "price:'98',quantity:'0'")));
        assertEquals("ReplaceReject QTY_TOO_BIG 8", outcome(replace(100, 50, "price:'98',quantity:'100001'")));
        assertEquals("ReplaceReject INSUFFICIENT_MARGIN -", outcome(replace(100, 50, "price:'100',quantity:'100000'")));
        assertEquals("ReplaceReject UNKNOWN_ORDER 5", outcome(replace(101, 50, "price:'98',quantity:'5'")));
        assertEquals("ReplaceReject UNKNOWN_ORDER 5", outcome(replace(100, 51, "price:'98',quantity:'5'")));
        assertEquals("ReplaceReject SESSION_SCOPE 2", outcome(replace(200, 50, "price:'98',quantity:'5'")));
    }

    // Cancel

    @Test
    void shouldCancelByEitherId() {
        bed.buy(MAKER, 100, 5, "99", "");
        final Event second = only(bed.buy(MAKER, 100, 4, "98", ""), "OrderAck");

        final Event cancelled = only(cancel(MAKER, 100, "origClOrdId:1"), "Cancelled");
        assertEquals("USER", cancelled.get("reason"));
        assertEquals("9", cancelled.get("requestClOrdId"));
        assertEquals(
                "4",
                only(cancel(MAKER, 100, "orderId:'" + second.get("orderId") + "'"), "Cancelled")
                        .get("cancelledQuantity"));
    }

    @Test
    void shouldRefuseToCancelWhatIsDoneUnknownOrNotItsOwn() {
        final Event theirs = only(bed.buy(TAKER, 200, 5, "99", ""), "OrderAck");
        final Event gone = only(bed.buy(MAKER, 100, 5, "98", ",clOrdId:50"), "OrderAck");
        cancel(MAKER, 100, "origClOrdId:50");

        assertEquals("CancelReject TOO_LATE_TO_CANCEL 5", outcome(cancel(MAKER, 100, "origClOrdId:50")));
        assertEquals(
                "CancelReject UNKNOWN_ORDER 6", outcome(cancel(MAKER, 100, "orderId:'" + gone.get("orderId") + "'")));
        assertEquals("CancelReject UNKNOWN_ORDER 5", outcome(cancel(MAKER, 100, "origClOrdId:51")));
        assertEquals(
                "CancelReject UNKNOWN_ORDER 6", outcome(cancel(MAKER, 100, "orderId:'" + theirs.get("orderId") + "'")));
        assertEquals(
                "CancelReject SESSION_SCOPE 2", outcome(cancel(MAKER, 200, "orderId:'" + theirs.get("orderId") + "'")));
        assertEquals("CancelReject BAD_VALUE 5", outcome(cancel(MAKER, 100, "origClOrdId:50,orderId:'1'")));
        assertEquals("CancelReject UNKNOWN_ACCOUNT 2", outcome(cancel(MAKER, 999, "origClOrdId:50")));
        assertEquals(
                "CancelReject UNKNOWN_INSTRUMENT 7",
                outcome(bed.send(MAKER, "Cancel:{accountId:100,instrumentId:9,clOrdId:9,origClOrdId:50}")));
        assertTrue(bed.venue.inspection().instrument(1).openOrders() > 0);
    }
}
