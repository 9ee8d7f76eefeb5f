package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.Test;

class OrderExpiryTest {
    private final VenueBed bed = VenueBed.trading();

    private static String until(final long expireNs) {
        return ",timeInForce:'GTT',expireTimeNs:'" + expireNs + "'";
    }

    /** A command at a time, one without an effect of its own. */
    private List<Event> tickAt(final long nowNs) {
        bed.nowNs = nowNs - 1_000_000;
        return bed.gateway("GatewayAlive:{gatewayId:1}");
    }

    private long openOrders() {
        return bed.venue.inspection().summary().openOrders();
    }

    @Test
    void shouldEndAnOrderWithTheFirstCommandAtItsTime() {
        final long expireNs = bed.nowNs + 50_000_000;
        bed.buy(MAKER, 100, 5, "99", until(expireNs));

        assertEquals(List.of(), lines(tickAt(expireNs - 1)));
        assertEquals(List.of("Cancelled EXPIRY", "OrderDelete", "Bbo"), lines(tickAt(expireNs), "reason"));
        assertEquals(0, openOrders());
    }

    @Test
    void shouldEndItBeforeTheCommandThatWouldTradeWithIt() {
        final long expireNs = bed.nowNs + 50_000_000;
        bed.buy(MAKER, 100, 5, "99", until(expireNs));

        bed.nowNs = expireNs - 1_000_000;
        final List<Event> events = bed.sell(TAKER, 200, 5, "99", "");

        assertEquals(
                List.of("Cancelled EXPIRY", "OrderDelete", "OrderAck", "OrderAdd", "Bbo"), lines(events, "reason"));
    }

    @Test
    void shouldExpireByTimeAndAtTheSameTimeByEntry() {
        final long expireNs = bed.nowNs + 50_000_000;
        bed.buy(MAKER, 100, 1, "97", until(expireNs) + ",clOrdId:1");
        bed.buy(MAKER, 100, 1, "96", until(expireNs - 1) + ",clOrdId:2");
        bed.buy(MAKER, 101, 1, "98", until(expireNs) + ",clOrdId:3");

        final List<String> ended = tickAt(expireNs + 1).stream()
                .filter(event -> event.name().equals("Cancelled"))
                .map(event -> event.get("clOrdId"))
                .toList();

        assertEquals(List.of("2", "1", "3"), ended);
    }

    @Test
    void shouldForgetTheTimeOfAnOrderThatEndsBefore() {
        final long expireNs = bed.nowNs + 50_000_000;
        bed.buy(MAKER, 100, 5, "99", until(expireNs) + ",clOrdId:1");
        bed.buy(MAKER, 100, 5, "98", until(expireNs) + ",clOrdId:2");
        bed.sell(TAKER, 200, 5, "99", "");
        bed.send(MAKER, "Cancel:{accountId:100,instrumentId:1,clOrdId:9,origClOrdId:2}");
        bed.buy(MAKER, 100, 5, "97", "");

        assertEquals(List.of(), lines(tickAt(expireNs)));
        assertEquals(1, openOrders());
    }

    @Test
    void shouldExpireAReplacedOrderAtTheTimeItWasGiven() {
        final long expireNs = bed.nowNs + 50_000_000;
        bed.buy(MAKER, 100, 5, "99", until(expireNs) + ",clOrdId:1");
        bed.send(MAKER, "Replace:{accountId:100,instrumentId:1,clOrdId:2,origClOrdId:1,price:'98',quantity:'7'}");

        assertEquals("7", only(tickAt(expireNs), "Cancelled").get("cancelledQuantity"));
    }

    @Test
    void shouldExpireADelayedOrderWhoseTimeIsOverNoLaterThanItsDelay() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ",takerDelayUs:5000"));
        bed.tick(2, 0, "100");
        bed.sell(MAKER, 100, 5, "101", ",instrumentId:2");
        final long releaseNs = bed.nowNs + 1_000_000 + 5_000_000;
        assertEquals(
                "DELAYED",
                only(bed.buy(TAKER, 200, 1, "101", ",instrumentId:2" + until(releaseNs)), "OrderAck")
                        .get("state"));

        assertEquals(List.of("Cancelled EXPIRY"), lines(tickAt(releaseNs), "reason"));
    }

    @Test
    void shouldKeepTheExpiryOfAnOrderReleasedFromItsDelay() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ",takerDelayUs:5000"));
        bed.tick(2, 0, "100");
        bed.sell(MAKER, 100, 1, "101", ",instrumentId:2");
        final long releaseNs = bed.nowNs + 1_000_000 + 5_000_000;
        bed.buy(TAKER, 200, 3, "101", ",instrumentId:2" + until(releaseNs + 1));

        only(tickAt(releaseNs), "OrderAdd");
        assertEquals("2", only(tickAt(releaseNs + 1_000_000), "Cancelled").get("cancelledQuantity"));
    }

    @Test
    void shouldExpireThousandsAtOnceOverSeveralCommands() {
        bed.verifies = false;
        final long expireNs = bed.nowNs + 60_000_000_000L;
        for (int i = 0; i < 5_000; i++) {
            bed.buy(MAKER, 100, 1, "99", until(expireNs));
        }

        bed.nowNs = expireNs;
        for (int command = 0; openOrders() > 0; command++) {
            assertTrue(command < 5, "the expiries come to an end");
            assertTrue(bed.sequencer("ClockTick:{tickTimeNs:0}").size() <= EventBatch.MAX_EVENTS);
        }
        bed.venue.verifyInFull();
    }
}
