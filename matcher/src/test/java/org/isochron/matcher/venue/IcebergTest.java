package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.blotter;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

class IcebergTest {
    private final VenueBed bed = VenueBed.trading();

    private String refusal(final long lots, final String more) {
        final Event reject = only(bed.sell(MAKER, 100, lots, "100", more), "Reject");
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    @Test
    void shouldShowOneSliceAndAcknowledgeAllLots() {
        assertEquals(
                List.of("OrderAck 100 SELL 10 100 RESTING", "OrderAdd SELL 3 100", "Bbo 0 3 100"),
                blotter(bed.sell(MAKER, 100, 10, "100", ",displayQuantity:'3'")));
    }

    @Test
    void shouldTakeDisplaysFromOneToTheWholeQuantity() {
        assertEquals("BAD_VALUE 13", refusal(10, ",displayQuantity:'0'"));
        assertEquals("BAD_VALUE 13", refusal(10, ",displayQuantity:'11'"));
        assertEquals("BAD_VALUE 13", refusal(10, ",displayQuantity:'3',timeInForce:'IOC'"));
        assertEquals(
                "1",
                only(bed.sell(MAKER, 100, 10, "100", ",displayQuantity:'1'"), "OrderAdd")
                        .get("quantity"));
        assertEquals(
                "9",
                only(bed.sell(MAKER, 100, 10, "100", ",displayQuantity:'9'"), "OrderAdd")
                        .get("quantity"));
        assertEquals(
                "10",
                only(bed.sell(MAKER, 100, 10, "100", ",displayQuantity:'10'"), "OrderAdd")
                        .get("quantity"));
    }

    @Test
    void shouldRefillBehindTheOthersAtItsPrice() {
        bed.sell(MAKER, 100, 5, "100", ",displayQuantity:'2'");
        bed.sell(MAKER, 101, 1, "100", "");

        assertEquals(
                List.of(
                        "OrderAck 200 BUY 4 100 RESTING",
                        "Fill 200 BUY 2 2 100",
                        "Fill 100 SELL 2 3 100",
                        "Trade 2 100",
                        "OrderDelete",
                        "OrderActivated 100 SELL 3 100",
                        "OrderAdd SELL 2 100",
                        "Fill 200 BUY 1 1 100",
                        "Fill 101 SELL 1 0 100",
                        "Trade 1 100",
                        "OrderDelete",
                        "Fill 200 BUY 1 0 100",
                        "Fill 100 SELL 1 2 100",
                        "Trade 1 100",
                        "OrderReduce 1",
                        "Bbo 0 1 100"),
                blotter(bed.buy(TAKER, 200, 4, "100", "")));
    }

    @Test
    void shouldGiveARefilledSliceItsNewPriorityAsPublicId() {
        final Event ack = only(bed.sell(MAKER, 100, 5, "100", ",displayQuantity:'2'"), "OrderAck");

        final List<Event> events = bed.buy(TAKER, 200, 2, "100", "");

        final Event activated = only(events, "OrderActivated");
        assertEquals("REFILL", activated.get("cause"));
        assertEquals("-", activated.get("refPrice"));
        assertEquals(ack.get("orderId"), activated.get("orderId"));
        assertEquals(ack.get("priority"), only(events, "OrderDelete").get("orderId"));
        assertEquals(activated.get("priority"), only(events, "OrderAdd").get("orderId"));
        assertNotEquals(ack.get("priority"), activated.get("priority"));
    }

    @Test
    void shouldShowNoMoreThanIsLeft() {
        bed.sell(MAKER, 100, 5, "100", ",displayQuantity:'3'");

        final List<Event> events = bed.buy(TAKER, 200, 3, "100", "");

        assertEquals("2", only(events, "OrderAdd").get("quantity"));
        assertEquals("OrderDelete", bed.buy(TAKER, 200, 2, "100", "").get(4).name());
    }

    @Test
    void shouldShowItsDisplayOfWhatIsLeftWhenItHasTradedOnArrival() {
        bed.buy(TAKER, 200, 8, "100", "");

        final List<Event> events = bed.sell(MAKER, 100, 10, "100", ",displayQuantity:'3'");

        assertEquals("8", only(events, "Trade").get("quantity"));
        assertEquals("2", only(events, "OrderAdd").get("quantity"));
    }

    @Test
    void shouldLoseHiddenLotsFirstWhenReplacedAndKeepItsPlace() {
        bed.sell(MAKER, 100, 10, "100", ",displayQuantity:'4'");
        final long id = bed.lastClOrdId();

        final List<Event> events = bed.send(
                MAKER,
                "Replace:{accountId:100,instrumentId:1,clOrdId:901,origClOrdId:" + id + ",price:'100',quantity:'5'}");
        assertEquals(List.of("ReplaceAck 100 SELL 5 100"), blotter(events));
        assertEquals("1", only(events, "ReplaceAck").get("priorityKept"));

        final List<Event> more = bed.send(
                MAKER, "Replace:{accountId:100,instrumentId:1,clOrdId:902,origClOrdId:901,price:'100',quantity:'3'}");
        assertEquals("3", only(more, "OrderReduce").get("leavesQuantity"));
    }

    /** A slice refilled while an order waits for its turn stands before it, and the order takes a new priority. */
    @Test
    void shouldQueueAWaitingOrderBehindSlicesRefilledMeanwhile() {
        bed.verifies = false;
        bed.sell(MAKER, 100, 5_000, "100", ",displayQuantity:'1'");
        bed.buy(TAKER, 200, 2_000, "100", "");
        final List<Event> queued = bed.sell(MAKER, 101, 1, "100", "");
        assertEquals("QUEUED", only(queued, "OrderAck").get("state"));

        List<Event> events = queued;
        while (events.stream().noneMatch(event -> event.get("cause").equals("QUEUE"))) {
            events = bed.sequencer("ClockTick:{tickTimeNs:0}");
            assertTrue(!events.isEmpty(), "the order takes its turn");
        }

        final Event activated = events.stream()
                .filter(event -> event.get("cause").equals("QUEUE"))
                .findFirst()
                .orElseThrow();
        assertEquals(only(queued, "OrderAck").get("orderId"), activated.get("orderId"));
        final List<Event> adds =
                events.stream().filter(event -> event.name().equals("OrderAdd")).toList();
        assertEquals(activated.get("priority"), adds.get(adds.size() - 1).get("orderId"));
        bed.venue.verifyInFull();
    }
}
