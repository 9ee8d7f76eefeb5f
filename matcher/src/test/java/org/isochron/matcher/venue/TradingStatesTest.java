package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

class TradingStatesTest {
    private final VenueBed bed = VenueBed.trading();

    /** Instrument 2 has a band of 10 %, 90.00 to 110.00 at its mark of 100. */
    private void band() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ",bandPpm:100000,limitMs:1000,haltMs:2000,auctionMs:3000"));
        bed.tick(2, 0, "100");
    }

    private List<Event> buy(final String price) {
        return bed.buy(MAKER, 100, 10, price, ",instrumentId:2");
    }

    private List<Event> sell(final String price) {
        return bed.sell(TAKER, 200, 10, price, ",instrumentId:2");
    }

    private List<Event> set(final String state) {
        return bed.operator("InstrumentState:{instrumentId:2,state:'" + state + "'}");
    }

    /** The changes of state among the events, with the time to the next one in ms. */
    private List<String> changes(final List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("SecurityStatus"))
                .map(event -> event.get("state") + " " + event.get("reason") + " "
                        + (event.body().has("nextChangeNs")
                                ? (event.body().get("nextChangeNs").asLong() - event.stamp("transactTimeNs"))
                                        / 1_000_000
                                : "-"))
                .toList();
    }

    // By the operator

    @Test
    void shouldTellAChangeOfStateOnce() {
        final String halt = "InstrumentState:{instrumentId:1,state:'HALT'}";
        assertEquals(
                List.of("CommandAccepted", "SecurityStatus HALT OPERATOR"),
                lines(bed.operator(halt), "state", "reason"));
        assertEquals(List.of("CommandAccepted"), lines(bed.operator(halt)));
    }

    @Test
    void shouldGiveTheOperatorsReason() {
        final List<Event> events = bed.operator("InstrumentState:{instrumentId:1,state:'CLOSED',reason:'CALENDAR'}");
        assertEquals(List.of("CLOSED CALENDAR -"), changes(events));
    }

    @Test
    void shouldRefuseStatesNobodyCanEnter() {
        assertEquals("UNKNOWN_INSTRUMENT 2", refusal("InstrumentState:{instrumentId:9,state:'OPEN'}"));
        assertEquals("BAD_VALUE 3", refusal("InstrumentState:{instrumentId:1,state:'LIMIT'}"));
        assertEquals("BAD_VALUE 3", refusal("InstrumentState:{instrumentId:1}"));
    }

    private String refusal(final String command) {
        final Event reject = only(bed.operator(command), "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    @Test
    void shouldMoveBetweenAllStatesAtCommand() {
        band();
        assertEquals(List.of("AUCTION OPERATOR 3000"), changes(set("AUCTION")));
        assertEquals(List.of(), changes(set("AUCTION")));
        assertEquals(List.of("OPEN OPERATOR -"), changes(set("OPEN")));
        assertEquals(List.of(), changes(set("OPEN")));
        assertEquals(List.of("CLOSED OPERATOR -"), changes(set("CLOSED")));
        assertEquals(List.of("HALT OPERATOR -"), changes(set("HALT")));
        assertEquals(List.of("AUCTION OPERATOR 3000"), changes(set("AUCTION")));
        assertEquals(List.of("HALT OPERATOR -"), changes(set("HALT")));
        assertEquals(List.of("OPEN OPERATOR -"), changes(set("OPEN")));
    }

    @Test
    void shouldStayInAHaltOfTheOperator() {
        band();
        set("HALT");
        assertEquals(List.of(), changes(bed.pass(10_000)));
    }

    @Test
    void shouldEndAnAuctionOfTheOperatorByItself() {
        band();
        set("AUCTION");
        assertEquals(List.of(), changes(bed.pass(2_900)));
        assertEquals(List.of("OPEN TIMER -"), changes(bed.pass(200)));
    }

    @Test
    void shouldKeepOrdersThroughAHaltAndLetThemBeCancelled() {
        band();
        buy("95.00");
        final long clOrdId = bed.lastClOrdId();
        set("HALT");
        assertEquals("MARKET_CLOSED", only(sell("95.00"), "Reject").get("code"));
        final List<Event> events =
                bed.send(MAKER, "Cancel:{accountId:100,instrumentId:2,clOrdId:9000,origClOrdId:" + clOrdId + "}");
        assertEquals(List.of("Cancelled", "OrderDelete", "Bbo"), lines(events));
    }

    // At the band

    @Test
    void shouldEnterLimitWhenTheBestBidReachesTheBand() {
        band();
        assertEquals(List.of(), changes(buy("109.99")));
        assertEquals(List.of("LIMIT BAND 1000"), changes(buy("110.00")));
        assertEquals(List.of(), changes(buy("110.00")), "told once");
    }

    @Test
    void shouldEnterLimitWhenTheBestOfferReachesTheBand() {
        band();
        assertEquals(List.of(), changes(sell("90.01")));
        assertEquals(List.of("LIMIT BAND 1000"), changes(sell("90.00")));
    }

    @Test
    void shouldEnterLimitWhenTheMarkMovesTheBandToTheBook() {
        band();
        buy("105.00");
        assertEquals(List.of(), changes(bed.tick(2, 0, "95.47")), "its band ends at 105.01");
        assertEquals(List.of("LIMIT BAND 1000"), changes(bed.tick(2, 0, "95.46")), "its band ends at 105.00");
    }

    @Test
    void shouldTellTheBandBehindWhatTouchedIt() {
        band();
        assertEquals(
                List.of("OrderAck", "OrderAdd", "SecurityStatus", "Bbo"), lines(buy("110.00")), "band before the top");
    }

    @Test
    void shouldRecoverFromLimitWhenTheBookLeavesTheBand() {
        band();
        buy("110.00");
        final List<Event> events = sell("110.00");
        assertEquals(List.of("OPEN RECOVERED -"), changes(events));
        assertEquals(List.of(), changes(bed.pass(5_000)), "the timer is gone");
    }

    @Test
    void shouldMatchInLimitAsInOpen() {
        band();
        buy("110.00");
        assertEquals(
                2,
                sell("105.00").stream()
                        .filter(event -> event.name().equals("Fill"))
                        .count());
    }

    @Test
    void shouldGoRoundTheWholeCycleByItself() {
        band();
        buy("110.00");
        assertEquals(List.of(), changes(bed.pass(900)));
        assertEquals(List.of("HALT BAND 2000"), changes(bed.pass(100)));
        assertEquals(List.of(), changes(bed.pass(1_900)));
        assertEquals(List.of("AUCTION TIMER 3000"), changes(bed.pass(100)));
        assertEquals(List.of(), changes(bed.pass(2_900)));
        assertEquals(List.of("OPEN TIMER -", "LIMIT BAND 1000"), changes(bed.pass(100)), "the bid is still there");
    }

    @Test
    void shouldStopTheTimerOfAHaltAtCommand() {
        band();
        buy("110.00");
        bed.pass(1_000);
        assertEquals(List.of("HALT OPERATOR -"), changes(set("HALT")));
        assertEquals(List.of(), changes(bed.pass(5_000)));
    }

    @Test
    void shouldBeginLimitAnewWhenTheOperatorOpensAtTheBand() {
        band();
        buy("110.00");
        bed.pass(500);
        assertEquals(List.of("OPEN OPERATOR -", "LIMIT BAND 1000"), changes(set("OPEN")));
    }

    @Test
    void shouldHaveNoLimitWithoutABand() {
        assertEquals(List.of(), changes(bed.buy(MAKER, 100, 1, "9999.00", "")));
        assertTrue(changes(bed.tick("1")).isEmpty());
    }
}
