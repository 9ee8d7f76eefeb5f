package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.blotter;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrderDeskTest {
    private final VenueBed bed = VenueBed.trading();

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
}
