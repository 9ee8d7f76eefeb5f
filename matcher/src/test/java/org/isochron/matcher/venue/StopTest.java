package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

/** When stops fire, and in which order; instrument 1, mark 100.00. */
class StopTest {
    private final VenueBed bed = VenueBed.trading();

    private long stop(final String side, final String type, final String trigger, final String ref) {
        bed.order(
                TAKER,
                200,
                side,
                1,
                side.equals("BUY") ? "120" : "80",
                ",ordType:'" + type + "',triggerPrice:'" + trigger + "',triggerRef:'" + ref + "'");
        return bed.lastClOrdId();
    }

    /** Client ids of the orders that were activated, with the price that fired them. */
    private static List<String> fired(final List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("OrderActivated"))
                .map(event -> event.get("clOrdId") + " " + event.get("refPrice"))
                .toList();
    }

    private List<Event> set(final String state) {
        return bed.operator("InstrumentState:{instrumentId:1,state:'" + state + "'}");
    }

    private void trade(final String price) {
        bed.sell(MAKER, 100, 1, price, "");
        bed.buy(TAKER, 200, 1, price, "");
    }

    @Test
    void shouldFireAtTheTriggerAndNotOneTickBefore() {
        final long rises = stop("BUY", "STOP", "101", "MARK");
        final long falls = stop("SELL", "STOP", "99", "MARK");
        assertEquals(List.of(), fired(bed.tick("100.99")));
        assertEquals(List.of(), fired(bed.tick("99.01")));
        assertEquals(List.of(falls + " 99"), fired(bed.tick("99")));
        assertEquals(List.of(rises + " 101"), fired(bed.tick("101")));
        assertEquals(List.of(), fired(bed.tick("99")), "once");
    }

    @Test
    void shouldTakeProfitTheOtherWayRound() {
        final long falls = stop("BUY", "TAKE_PROFIT", "99", "MARK");
        final long rises = stop("SELL", "TAKE_PROFIT", "101", "MARK");
        assertEquals(List.of(rises + " 101.5"), fired(bed.tick("101.50")));
        assertEquals(List.of(falls + " 98"), fired(bed.tick("98")));
    }

    @Test
    void shouldLookAtTheReferenceAnOrderNames() {
        final long byIndex = stop("BUY", "STOP", "101", "INDEX");
        final long byLast = stop("BUY", "STOP", "101", "LAST");
        assertEquals(List.of(byIndex + " 102"), fired(bed.tick("102")));
        final List<Event> trade = bed.sell(MAKER, 100, 1, "120", "");
        assertEquals(List.of(byLast + " 120"), fired(trade), "it meets the order that has entered at 120");
    }

    @Test
    void shouldFireInTheOrderOfEntryWhateverTheTriggers() {
        final long first = stop("BUY", "STOP", "103", "MARK");
        final long second = stop("BUY", "STOP", "101", "MARK");
        final long third = stop("SELL", "TAKE_PROFIT", "102", "INDEX");
        assertEquals(List.of(first + " 104", second + " 104", third + " 104"), fired(bed.tick("104")));
    }

    @Test
    void shouldFireOneRoundPerCommand() {
        bed.buy(MAKER, 100, 1, "99", "");
        bed.buy(MAKER, 100, 1, "98", "");
        bed.buy(MAKER, 100, 1, "97", "");
        final long first = stop("SELL", "STOP", "99.50", "MARK");
        final long second = stop("SELL", "STOP", "99", "LAST");
        final long third = stop("SELL", "STOP", "98", "LAST");
        assertEquals(List.of(first + " 99.5"), fired(bed.tick("99.50")), "its trade at 99 is for the next round");
        assertEquals(List.of(second + " 99"), fired(bed.gateway("GatewayAlive:{gatewayId:1}")));
        assertEquals(List.of(third + " 98"), fired(bed.gateway("GatewayAlive:{gatewayId:1}")));
        assertEquals(List.of(), fired(bed.gateway("GatewayAlive:{gatewayId:1}")));
    }

    @Test
    void shouldFireAtOnceWhenItIsThroughItsTriggerAlready() {
        final List<Event> events =
                bed.order(TAKER, 200, "BUY", 1, "120", ",ordType:'STOP',triggerPrice:'99',triggerRef:'MARK'");
        assertEquals(List.of("OrderAck UNTRIGGERED", "OrderActivated", "OrderAdd", "Bbo"), lines(events, "state"));
    }

    @Test
    void shouldNotFireInHaltOrAuctionButWhenTheInstrumentOpens() {
        final long stop = stop("BUY", "STOP", "101", "MARK");
        set("HALT");
        assertEquals(List.of(), fired(bed.tick("102")));
        assertEquals(List.of(), fired(set("AUCTION")));
        assertEquals(List.of(), fired(bed.tick("103")));
        assertEquals(List.of(stop + " 103"), fired(set("OPEN")));
    }

    @Test
    void shouldFireOnTheAuctionsOwnPrice() {
        trade("100");
        set("AUCTION");
        final long stop = stop("BUY", "STOP", "101", "LAST");
        bed.buy(MAKER, 100, 2, "101", "");
        bed.sell(TAKER, 200, 1, "101", "");
        assertEquals(List.of(stop + " 101"), fired(set("OPEN")));
    }

    @Test
    void shouldNotFireOnAMarkThatIsNotValid() {
        bed.pass(31_000);
        stop("BUY", "STOP", "99", "MARK");
        final List<Event> events = bed.gateway("GatewayAlive:{gatewayId:1}");
        assertEquals(List.of(), fired(events));
        assertEquals(1, fired(bed.tick("100")).size());
    }

    @Test
    void shouldTakeManyStopsOverSeveralCommands() {
        bed.verifies = false;
        for (int i = 0; i < 2_500; i++) {
            stop("BUY", "STOP", "101", "MARK");
        }
        int count = fired(bed.tick("101")).size();
        for (int i = 0; i < 3 && count < 2_500; i++) {
            count += fired(bed.gateway("GatewayAlive:{gatewayId:1}")).size();
        }
        assertEquals(2_500, count);
        bed.venue.verifyInFull();
    }
}
