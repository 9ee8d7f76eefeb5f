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

/** Instrument 2 delays takers by 5 ms; commands come 1 ms apart unless a test says otherwise. */
class TakerDelayTest {
    private static final String HERE = ",instrumentId:2";
    private static final long DELAY_NS = 5_000_000;

    private final VenueBed bed = VenueBed.trading();

    @BeforeEach
    void define() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ",takerDelayUs:5000"));
        bed.tick(2, 0, "100");
    }

    private List<Event> tickAt(final long nowNs) {
        bed.nowNs = nowNs - 1_000_000;
        return bed.sequencer("ClockTick:{tickTimeNs:0}");
    }

    private long openOrders() {
        return bed.venue.inspection().summary().openOrders();
    }

    @Test
    void shouldHoldATakerBackAndMatchItWhenItsTimeIsOver() {
        bed.sell(MAKER, 100, 3, "101", HERE);

        final List<Event> entry = bed.buy(TAKER, 200, 5, "101", HERE + ",clOrdId:7");
        final long releaseNs = bed.nowNs + DELAY_NS;

        assertEquals(List.of("OrderAck DELAYED"), lines(entry, "state", "priority"));
        assertEquals(List.of(), lines(tickAt(releaseNs - 1)));
        final List<Event> release = tickAt(releaseNs);
        assertEquals(
                List.of("OrderActivated", "Fill", "Fill", "Trade", "OrderDelete", "OrderAdd", "Bbo"), lines(release));
        final Event activated = only(release, "OrderActivated");
        assertEquals("TAKER_DELAY", activated.get("cause"));
        assertEquals("7", activated.get("clOrdId"));
        assertEquals("5", activated.get("leavesQuantity"));
        assertEquals("-", activated.get("refPrice"));
        assertEquals(activated.get("priority"), only(release, "OrderAdd").get("orderId"));
    }

    @Test
    void shouldLetTheMakerCancelFirst() {
        bed.sell(MAKER, 100, 3, "101", HERE + ",clOrdId:1");
        bed.buy(TAKER, 200, 3, "101", HERE + ",timeInForce:'IOC'");
        final long releaseNs = bed.nowNs + DELAY_NS;

        only(bed.send(MAKER, "Cancel:{accountId:100,instrumentId:2,clOrdId:9,origClOrdId:1}"), "Cancelled");

        assertEquals(List.of("OrderActivated", "Cancelled IOC"), lines(tickAt(releaseNs), "reason"));
    }

    @Test
    void shouldLetOrdersThatDoNotCrossOvertake() {
        bed.sell(MAKER, 100, 1, "101", HERE);
        bed.buy(TAKER, 200, 1, "101", HERE);
        final long releaseNs = bed.nowNs + DELAY_NS;

        assertEquals(
                "RESTING",
                only(bed.sell(MAKER, 101, 1, "100.5", HERE), "OrderAck").get("state"));
        only(bed.sell(MAKER, 101, 1, "100.6", HERE + ",flags:['postOnly']"), "OrderAdd");

        assertEquals("100.5", only(tickAt(releaseNs), "Trade").get("price"), "the new offer is met first");
    }

    @Test
    void shouldReleaseInOrderOfEntry() {
        bed.sell(MAKER, 100, 3, "101", HERE);
        bed.buy(TAKER, 200, 2, "101", HERE + ",clOrdId:7");
        bed.buy(TAKER, 200, 2, "102", HERE + ",clOrdId:8");
        final long secondNs = bed.nowNs + DELAY_NS;

        final List<Event> events = tickAt(secondNs);

        assertEquals(
                List.of("7", "8"),
                events.stream()
                        .filter(event -> event.name().equals("OrderActivated"))
                        .map(event -> event.get("clOrdId"))
                        .toList());
        assertEquals("8", bed.lastClOrdId() > 0 ? last(events, "Fill", "200").get("clOrdId") : "");
        assertEquals("1", last(events, "Fill", "200").get("lastQuantity"), "the first one took two of three");
    }

    private static Event last(final List<Event> events, final String name, final String accountId) {
        return events.stream()
                .filter(event ->
                        event.name().equals(name) && event.get("accountId").equals(accountId))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void shouldHoldMarginMeanwhile() {
        bed.account(201, 2, "100");
        bed.session(21, 2, "{accountId:201}");
        bed.sell(MAKER, 100, 9, "101", HERE);

        assertEquals(
                "DELAYED", only(bed.buy(21, 201, 9, "101", HERE), "OrderAck").get("state"));

        assertEquals(
                "INSUFFICIENT_MARGIN",
                only(bed.buy(21, 201, 2, "100", HERE), "Reject").get("code"));
    }

    @Test
    void shouldReachADelayedOrderByEveryCancel() {
        bed.sell(MAKER, 100, 9, "101", HERE);
        bed.buy(TAKER, 200, 1, "101", HERE + ",clOrdId:7");
        bed.buy(TAKER, 200, 1, "101", HERE + ",clOrdId:8");

        assertEquals(
                "USER",
                only(bed.send(TAKER, "Cancel:{accountId:200,instrumentId:2,clOrdId:9,origClOrdId:7}"), "Cancelled")
                        .get("reason"));
        final List<Event> events = bed.send(
                TAKER,
                "MassCancel:{clOrdId:9,accountId:200,scope:'PRICE_RANGE',instrumentId:2,side:'BUY',fromPrice:'101',toPrice:'101'}");
        assertEquals(List.of("MassCancelAck", "Cancelled USER"), lines(events, "reason"));
        assertEquals(List.of(), lines(tickAt(bed.nowNs + 2 * DELAY_NS)));
    }

    @Test
    void shouldRefuseToReplaceADelayedOrder() {
        bed.sell(MAKER, 100, 9, "101", HERE);
        bed.buy(TAKER, 200, 2, "101", HERE + ",clOrdId:7");

        final List<Event> events = bed.send(
                TAKER, "Replace:{accountId:200,instrumentId:2,clOrdId:9,origClOrdId:7,price:'101',quantity:'1'}");

        assertEquals(
                "TAKER_DELAY_AMEND_FORBIDDEN", only(events, "ReplaceReject").get("code"));
    }

    @Test
    void shouldDelayAReplaceThatWouldTake() {
        bed.sell(MAKER, 100, 1, "101", HERE);
        bed.buy(TAKER, 200, 1, "99", HERE + ",clOrdId:7");

        final List<Event> events = bed.send(
                TAKER, "Replace:{accountId:200,instrumentId:2,clOrdId:8,origClOrdId:7,price:'101',quantity:'1'}");
        final long releaseNs = bed.nowNs + DELAY_NS;

        assertEquals(List.of("ReplaceAck 0", "OrderDelete", "Bbo"), lines(events, "priority", "priorityKept"));
        assertEquals("101", only(tickAt(releaseNs), "Trade").get("price"));
    }

    @Test
    void shouldNotDelayInAnInstrumentWithoutIt() {
        bed.sell(MAKER, 100, 1, "101", "");

        only(bed.buy(TAKER, 200, 1, "101", ""), "Trade");
    }

    @Test
    void shouldEndADelayedOrderWhoseInstrumentHasHalted() {
        bed.sell(MAKER, 100, 1, "101", HERE);
        bed.buy(TAKER, 200, 1, "101", HERE);
        final long releaseNs = bed.nowNs + DELAY_NS;
        bed.operator("InstrumentState:{instrumentId:2,state:'HALT'}");

        assertEquals(List.of("Cancelled INSTRUMENT_HALT"), lines(tickAt(releaseNs), "reason"));
        assertEquals(1, openOrders());
    }

    @Test
    void shouldReleaseTwoThousandOrdersAtATimeAndTheRestWithLaterCommands() {
        bed.verifies = false;
        bed.sell(MAKER, 100, 2_000, "101", HERE);
        final long firstNs = bed.nowNs + 1_000_000 + DELAY_NS;
        for (int i = 0; i < 2_000; i++) {
            // Entered within the delay of the first: a microsecond apart.
            bed.nowNs -= 999_000;
            bed.buy(TAKER, 200, 1, "101", HERE);
        }
        assertEquals(2_001, openOrders());

        int trades = 0;
        bed.nowNs = firstNs + DELAY_NS;
        for (int command = 0; openOrders() > 0; command++) {
            assertTrue(command < 10, "the releases come to an end");
            trades += (int) bed.sequencer("ClockTick:{tickTimeNs:0}").stream()
                    .filter(event -> event.name().equals("Trade"))
                    .count();
        }
        assertEquals(2_000, trades);
        bed.venue.verifyInFull();
    }
}
