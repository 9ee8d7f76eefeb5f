package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.blotter;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

/** Margin 10 %, maintenance 5 %, no fees: a lot at 100 is worth 100. */
class FillRuleTest {
    private static final long POOR = 30;

    private final VenueBed bed = VenueBed.trading();

    FillRuleTest() {
        bed.account(300, 1, "1000");
        bed.session(POOR, 1, "{accountId:300}");
    }

    private long position(final long account) {
        return bed.venue.inspection().account(account).holdings().get(0).lots();
    }

    @Test
    void shouldCancelAMakerWithoutMarginAndMatchOn() {
        bed.sell(POOR, 300, 90, "100", "");
        bed.sell(MAKER, 101, 10, "100", "");
        // The offer stands below the mark now: its loss is more than the account has.
        bed.tick("120");

        assertEquals(
                List.of(
                        "OrderAck 200 BUY 10 100 RESTING",
                        "Cancelled 300 SELL 90 MARGIN",
                        "OrderDelete",
                        "Fill 200 BUY 10 0 100",
                        "Fill 101 SELL 10 0 100",
                        "Trade 10 100",
                        "OrderDelete",
                        "Bbo 0 0"),
                blotter(bed.buy(TAKER, 200, 10, "100", "")));
    }

    @Test
    void shouldLetAnAccountBelowItsInitialMarginReduce() {
        bed.sell(MAKER, 101, 90, "100", "");
        bed.buy(POOR, 300, 90, "100", "");
        bed.tick("95");
        bed.buy(MAKER, 100, 10, "95", "");

        bed.sell(POOR, 300, 10, "95", "");

        assertEquals(80, position(300));
    }

    @Test
    void shouldCancelATakerWhoseReducingFillCostsMoreThanItsZeroPrice() {
        bed.sell(MAKER, 101, 90, "100", "");
        bed.buy(POOR, 300, 90, "100", "");
        bed.tick("94");
        bed.buy(MAKER, 100, 90, "80", "");

        final List<Event> events = bed.sell(POOR, 300, 90, "80", ",flags:['reduceOnly']");

        assertEquals("MARGIN", only(events, "Cancelled").get("reason"));
        assertEquals(90, position(300));
    }
}
