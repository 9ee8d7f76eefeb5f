package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Auctions of instrument 2: mark 100.00, collar 1 %, 1 s. */
class AuctionTest {
    private final VenueBed bed = VenueBed.trading();

    @BeforeEach
    void define() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ",collarPpm:10000,auctionMs:1000")
                .replace("makerFeePpm:0,takerFeePpm:0", "makerFeePpm:-100,takerFeePpm:1000"));
        bed.tick(2, 0, "100");
    }

    private List<Event> buy(final long lots, final String price, final String more) {
        return bed.buy(MAKER, 100, lots, price, ",instrumentId:2" + more);
    }

    private List<Event> sell(final long lots, final String price, final String more) {
        return bed.sell(TAKER, 200, lots, price, ",instrumentId:2" + more);
    }

    private List<Event> set(final String state) {
        return bed.operator("InstrumentState:{instrumentId:2,state:'" + state + "'}");
    }

    private static List<String> trades(final List<Event> events) {
        return lines(
                events.stream().filter(event -> event.name().equals("Trade")).toList(), "quantity", "price");
    }

    @Test
    void shouldCollectWithoutMatchingAndShowTheCrossedBook() {
        set("AUCTION");
        assertEquals(List.of("OrderAck RESTING", "OrderAdd", "Bbo"), lines(buy(5, "101", ""), "state"));
        final Event top = only(sell(3, "99", ",flags:['postOnly']"), "Bbo");
        assertEquals("101 99", top.get("bidPrice") + " " + top.get("askPrice"));
    }

    @Test
    void shouldTakeNothingThatCannotRest() {
        set("AUCTION");
        assertEquals(
                "MARKET_CLOSED",
                only(buy(5, "101", ",timeInForce:'IOC'"), "Reject").get("code"));
        assertEquals(
                "MARKET_CLOSED",
                only(buy(5, "101", ",timeInForce:'FOK'"), "Reject").get("code"));
        assertEquals(
                "MARKET_CLOSED",
                only(buy(5, "101", ",ordType:'MARKET'"), "Reject").get("code"));
    }

    @Test
    void shouldTellWhereItWouldClearAtTicksThatFindItChanged() {
        set("AUCTION");
        assertTrue(indicatives(bed.pass(100)).isEmpty(), "nothing crosses, nothing told");
        buy(5, "101", "");
        sell(3, "99", "");
        assertEquals(List.of("AuctionIndicative 101 3 2"), indicatives(bed.pass(100)));
        assertEquals(List.of(), indicatives(bed.pass(100)));
        sell(2, "99", "");
        assertEquals(List.of("AuctionIndicative 100 5 0"), indicatives(bed.pass(100)));
        bed.send(MAKER, "MassCancel:{scope:'ACCOUNT',accountId:100,clOrdId:7000}");
        assertEquals(List.of("AuctionIndicative 0 0"), indicatives(bed.pass(100)), "the price is null");
    }

    private static List<String> indicatives(final List<Event> events) {
        return lines(
                events.stream()
                        .filter(event -> event.name().equals("AuctionIndicative"))
                        .toList(),
                "price",
                "quantity",
                "imbalance");
    }

    @Test
    void shouldTradeAllAtOnePriceAndChargeBothSidesTheTakerFee() {
        set("AUCTION");
        buy(5, "101", "");
        sell(3, "99", "");

        final List<Event> events = set("OPEN");

        assertEquals(
                List.of(
                        "CommandAccepted",
                        "Fill 100 BUY 3 101 AUCTION 0.303",
                        "Fill 200 SELL 3 101 AUCTION 0.303",
                        "Trade 3 101",
                        "OrderReduce",
                        "OrderDelete",
                        "SecurityStatus OPEN",
                        "Bbo"),
                lines(
                        events,
                        "accountId",
                        "side",
                        "lastQuantity",
                        "lastPrice",
                        "liquidity",
                        "fee",
                        "quantity",
                        "price",
                        "state"));
        assertEquals("-", only(events, "Trade").get("aggressorSide"));
    }

    @Test
    void shouldOpenWithoutATradeWhenNothingCrosses() {
        set("AUCTION");
        buy(5, "99", "");
        sell(3, "101", "");

        final List<Event> events = bed.pass(1_100);

        assertEquals(List.of(), trades(events));
        assertEquals("TIMER", only(events, "SecurityStatus").get("reason"));
    }

    @Test
    void shouldPairByPriceThenPriority() {
        set("AUCTION");
        sell(4, "99", "");
        buy(2, "100", "");
        buy(1, "101", "");
        buy(3, "100", "");

        final List<Event> events = set("OPEN");

        assertEquals(List.of("Trade 1 100", "Trade 2 100", "Trade 1 100"), trades(events));
    }

    @Test
    void shouldExtendWithATwiceAsWideCollarWhenThePriceLiesOutside() {
        set("AUCTION");
        buy(5, "101.50", "");
        sell(3, "99", "");

        final List<Event> extended = bed.pass(1_100);
        assertEquals("AUCTION_EXTENDED", only(extended, "SecurityStatus").get("reason"));
        assertEquals(List.of(), trades(extended));

        assertEquals(List.of("Trade 3 101.5"), trades(bed.pass(1_100)), "102 is the end of 2 %");
    }

    @Test
    void shouldOpenAtTheCollarAtCommandUnlessTheBookWouldStayCrossed() {
        set("AUCTION");
        buy(5, "101.50", "");
        sell(3, "99", "");
        assertEquals(List.of("Trade 3 101"), trades(set("OPEN")));

        set("AUCTION");
        sell(3, "101.20", "");
        final List<Event> events = set("OPEN");
        assertEquals(List.of("CommandAccepted", "SecurityStatus"), lines(events));
        assertEquals("AUCTION_EXTENDED", events.get(1).get("reason"));
    }

    @Test
    void shouldTradeIcebergsInFullAndShowTheNextSlice() {
        set("AUCTION");
        buy(10, "101", ",displayQuantity:4");
        sell(6, "99", "");

        final List<Event> events = set("OPEN");

        assertEquals(List.of("Trade 6 101"), trades(events));
        assertEquals("REFILL", only(events, "OrderActivated").get("cause"));
        assertEquals("4", only(events, "OrderAdd").get("quantity"));
    }

    @Test
    void shouldClearAnewWhenOwnOrdersLeaveTheBookCrossed() {
        set("AUCTION");
        bed.buy(TAKER, 200, 10, "101", ",instrumentId:2");
        buy(2, "99.50", "");
        sell(5, "99", "");

        final List<Event> events = set("OPEN");

        assertEquals("STP", only(events, "Cancelled").get("reason"));
        assertEquals(List.of("Trade 2 99"), trades(events), "sells are left over");
    }

    @Test
    void shouldCancelAnOrderThatFailsTheFillRule() {
        bed.account(300, 2, "22.1");
        bed.session(30, 2, "{accountId:300}");
        bed.operator("InstrumentState:{instrumentId:1,state:'AUCTION'}");
        bed.buy(30, 300, 2, "101", "");
        bed.sell(TAKER, 200, 1, "99", "");
        bed.tick("95");

        final List<Event> events = bed.operator("InstrumentState:{instrumentId:1,state:'OPEN'}");

        assertEquals("MARGIN", only(events, "Cancelled").get("reason"));
        assertEquals(List.of(), trades(events));
    }

    @Test
    void shouldTradeNoMoreOfAReduceOnlyOrderThanItMayReduce() {
        buy(3, "100", "");
        sell(3, "100", "");
        set("AUCTION");
        bed.sell(MAKER, 100, 3, "99", ",instrumentId:2,flags:['reduceOnly']");
        bed.sell(MAKER, 100, 3, "99", ",instrumentId:2,flags:['reduceOnly']");
        bed.buy(TAKER, 200, 10, "100", ",instrumentId:2");

        final List<Event> events = set("OPEN");

        assertEquals(List.of("Trade 3 100"), trades(events));
        assertEquals("REDUCE_ONLY", only(events, "Cancelled").get("reason"));
    }

    /** An auction of instrument 3 in which more trades than one command can tell. */
    private void collectMany() {
        bed.verifies = false;
        bed.operator(VenueBed.instrument(3, "SOL-PERP", ",auctionMs:60000"));
        bed.tick(3, 0, "100");
        bed.operator("InstrumentState:{instrumentId:3,state:'AUCTION'}");
        for (int i = 0; i < 2_500; i++) {
            bed.buy(MAKER, 100, 1, "100", ",instrumentId:3");
        }
        bed.sell(TAKER, 200, 2_500, "100", ",instrumentId:3");
    }

    private String stateOf3() {
        return bed.venue.inspection().instrument(3).state().name();
    }

    @Test
    void shouldGoOnWithTheNextCommandsWhenABatchIsFull() {
        collectMany();

        final List<Event> first = bed.operator("InstrumentState:{instrumentId:3,state:'OPEN'}");
        assertTrue(lines(first).stream().noneMatch("SecurityStatus"::equals));
        final Event refused = only(bed.operator("InstrumentState:{instrumentId:3,state:'HALT'}"), "BusinessReject");
        assertEquals("ALREADY_PENDING", refused.get("code"));

        bed.pass(300);
        assertEquals("OPEN", stateOf3());
        assertEquals(
                2_500, bed.venue.inspection().account(100).holdings().get(0).lots());
        bed.venue.verifyInFull();
    }

    @Test
    void shouldNotCollectAnewWhenThePrimaryMarketOpensWhileTheAuctionIsHeld() {
        collectMany();
        bed.operator("ClosedRules:{instrumentId:3,rule:'HALT',feedSilentMs:1000}");
        bed.pass(1_200);
        assertEquals("HALT", stateOf3());
        bed.operator("InstrumentState:{instrumentId:3,state:'OPEN'}");
        assertEquals("HALT", stateOf3(), "until the auction has been held");

        final Event status = only(bed.tick(3, 0, "100"), "SecurityStatus");
        assertEquals("HALT RECOVERED", status.get("state") + " " + status.get("reason"));
        bed.pass(300);
        assertEquals("OPEN", stateOf3());
    }
}
