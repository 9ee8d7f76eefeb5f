package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.blotter;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

/** Accounts 100 and 101 belong to one firm. */
class SelfTradeTest {
    private final VenueBed bed = VenueBed.trading();

    private List<Event> buy(final long account, final long lots, final String more) {
        return bed.buy(MAKER, account, lots, "100", more);
    }

    @Test
    void shouldCancelTheRestingOrderAndGoOnUnlessToldOtherwise() {
        bed.sell(MAKER, 100, 3, "100", "");

        assertEquals(
                List.of(
                        "OrderAck 100 BUY 5 100 RESTING",
                        "Cancelled 100 SELL 3 STP",
                        "OrderDelete",
                        "OrderAdd BUY 5 100",
                        "Bbo 5 100 0"),
                blotter(buy(100, 5, ",stpMode:'CANCEL_RESTING'")));
    }

    @Test
    void shouldCancelWhatIsLeftOfTheAggressor() {
        bed.sell(MAKER, 101, 1, "100", "");
        bed.sell(MAKER, 100, 3, "100", "");

        assertEquals(
                List.of(
                        "OrderAck 100 BUY 5 100 RESTING",
                        "Fill 100 BUY 1 4 100",
                        "Fill 101 SELL 1 0 100",
                        "Trade 1 100",
                        "OrderDelete",
                        "Cancelled 100 BUY 4 STP",
                        "Bbo 0 3 100"),
                blotter(buy(100, 5, ",stpMode:'CANCEL_AGGRESSOR'")));
    }

    @Test
    void shouldCancelBoth() {
        bed.sell(MAKER, 100, 3, "100", "");

        assertEquals(
                List.of(
                        "OrderAck 100 BUY 5 100 RESTING",
                        "Cancelled 100 SELL 3 STP",
                        "OrderDelete",
                        "Cancelled 100 BUY 5 STP",
                        "Bbo 0 0"),
                blotter(buy(100, 5, ",stpMode:'CANCEL_BOTH'")));
    }

    @Test
    void shouldTakeTheSmallerRestingOrderOffTheIncomingOne() {
        bed.sell(MAKER, 100, 3, "100", "");

        assertEquals(
                List.of(
                        "OrderAck 100 BUY 5 100 RESTING",
                        "Cancelled 100 SELL 3 STP",
                        "OrderDelete",
                        "OrderReduced 100 BUY 2 STP",
                        "OrderAdd BUY 2 100",
                        "Bbo 2 100 0"),
                blotter(buy(100, 5, ",stpMode:'DECREMENT'")));
    }

    @Test
    void shouldTakeTheSmallerIncomingOrderOffTheRestingOne() {
        bed.sell(MAKER, 100, 5, "100", "");

        assertEquals(
                List.of(
                        "OrderAck 100 BUY 3 100 RESTING",
                        "OrderReduced 100 SELL 2 STP",
                        "OrderReduce 2",
                        "Cancelled 100 BUY 3 STP",
                        "Bbo 0 2 100"),
                blotter(buy(100, 3, ",stpMode:'DECREMENT'")));
    }

    @Test
    void shouldEndBothWhenEqualOrdersDecrementEachOther() {
        bed.sell(MAKER, 100, 3, "100", "");

        final List<Event> events = buy(100, 3, ",stpMode:'DECREMENT'");

        assertEquals(
                2, events.stream().filter(e -> e.name().equals("Cancelled")).count());
        assertEquals(0, bed.venue.inspection().summary().openOrders());
    }

    @Test
    void shouldDecrementTheHiddenLotsOfAnIcebergFirst() {
        bed.sell(MAKER, 100, 10, "100", ",displayQuantity:'2'");

        assertEquals(
                List.of("OrderAck 100 BUY 7 100 RESTING", "OrderReduced 100 SELL 3 STP", "Cancelled 100 BUY 7 STP"),
                blotter(buy(100, 7, ",stpMode:'DECREMENT'")));
        assertEquals(
                List.of(
                        "OrderAck 100 BUY 2 100 RESTING",
                        "OrderReduced 100 SELL 1 STP",
                        "OrderReduce 1",
                        "Cancelled 100 BUY 2 STP",
                        "Bbo 0 1 100"),
                blotter(buy(100, 2, ",stpMode:'DECREMENT'")));
    }

    @Test
    void shouldTradeWithinTheFirmUnlessItsScopeIsAskedFor() {
        bed.sell(MAKER, 101, 2, "100", "");

        assertEquals("100", only(buy(100, 1, ""), "Trade").get("price"));
        assertEquals(
                "STP", only(buy(100, 1, ",flags:['stpScopeFirm']"), "Cancelled").get("reason"));
    }

    @Test
    void shouldNarrowTheFirmToTheGroupButNeverTradeWithItself() {
        bed.sell(MAKER, 101, 2, "100", "");
        bed.sell(MAKER, 101, 2, "100", ",flags:['stpScopeFirm'],stpGroup:7");
        bed.sell(MAKER, 100, 2, "100", "");
        final String scope = ",flags:['stpScopeFirm'],stpGroup:7";

        assertEquals("2", only(buy(100, 2, scope), "Trade").get("quantity"));

        final List<Event> events = buy(100, 1, scope);
        assertEquals(
                List.of("Cancelled 101 SELL 2 STP", "Cancelled 100 SELL 2 STP"),
                blotter(events).stream()
                        .filter(line -> line.startsWith("Cancelled"))
                        .toList());
    }
}
