package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.blotter;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReduceOnlyTest {
    private static final String REDUCE_ONLY = ",flags:['reduceOnly']";

    private final VenueBed bed = VenueBed.trading();

    /** Account 200 gets long by so many lots, bought from account 101. */
    private void holdLong(final long lots) {
        bed.sell(MAKER, 101, lots, "100", "");
        bed.buy(TAKER, 200, lots, "100", "");
    }

    private long position(final long account) {
        return bed.venue.inspection().account(account).holdings().get(0).lots();
    }

    @Test
    void shouldRefuseAnOrderThatHasNothingToReduce() {
        assertEquals(
                "REDUCE_ONLY_VIOLATED",
                only(bed.sell(TAKER, 200, 5, "101", REDUCE_ONLY), "Reject").get("code"));
        holdLong(10);
        assertEquals(
                "REDUCE_ONLY_VIOLATED",
                only(bed.buy(TAKER, 200, 5, "99", REDUCE_ONLY), "Reject").get("code"));
    }

    @Test
    void shouldClipAtEntryToThePosition() {
        holdLong(10);

        assertEquals(
                "9",
                only(bed.sell(TAKER, 200, 9, "101", REDUCE_ONLY), "OrderAck").get("quantity"));
        assertEquals(
                "10",
                only(bed.sell(TAKER, 200, 10, "101", REDUCE_ONLY), "OrderAck").get("quantity"));
        assertEquals(
                "10",
                only(bed.sell(TAKER, 200, 11, "101", REDUCE_ONLY), "OrderAck").get("quantity"));
    }

    @Test
    void shouldTellAStopThatFiresWhatItIsCutDownBy() {
        holdLong(10);
        bed.sell(TAKER, 200, 25, "95", REDUCE_ONLY + ",ordType:'STOP',triggerPrice:'99',triggerRef:'MARK'");

        final List<Event> events = bed.tick("99");
        assertEquals(
                List.of("OrderReduced 15 10 0 REDUCE_ONLY", "OrderActivated 10 TRIGGER"),
                VenueBed.lines(
                        events.stream()
                                .filter(event -> event.name().startsWith("Order") && event.isPrivate())
                                .toList(),
                        "reducedQuantity",
                        "leavesQuantity",
                        "cumQuantity",
                        "reason",
                        "cause"));
    }

    @Test
    void shouldTellAStopThatFitsThePositionOfItsTriggerOnly() {
        holdLong(10);
        bed.sell(TAKER, 200, 10, "95", REDUCE_ONLY + ",ordType:'STOP',triggerPrice:'99',triggerRef:'MARK'");

        assertEquals(List.of(), VenueBed.named(bed.tick("99"), "OrderReduced"));
    }

    @Test
    void shouldHoldNoMarginAndCountAsAnOpenOrder() {
        holdLong(10);
        final long margin =
                bed.venue.inspection().account(200).balances().get(0).orderMargin();

        bed.sell(TAKER, 200, 10, "101", REDUCE_ONLY);

        assertEquals(
                margin, bed.venue.inspection().account(200).balances().get(0).orderMargin());
        assertEquals(1, bed.venue.inspection().account(200).holdings().get(0).openOrders());
    }

    @Test
    void shouldShrinkSiblingsWithThePositionAndCancelThemWhenItIsFlat() {
        holdLong(10);
        bed.sell(TAKER, 200, 10, "101", REDUCE_ONLY);
        bed.sell(TAKER, 200, 4, "102", REDUCE_ONLY);

        assertEquals(
                List.of(
                        "OrderAck 100 BUY 7 101 RESTING",
                        "Fill 100 BUY 7 0 101",
                        "Fill 200 SELL 7 3 101",
                        "Trade 7 101",
                        "OrderReduce 3",
                        "OrderReduced 200 SELL 3 REDUCE_ONLY",
                        "OrderReduce 3",
                        "Bbo 0 3 101"),
                blotter(bed.buy(MAKER, 100, 7, "101", "")));
        assertEquals(
                List.of(
                        "OrderAck 100 BUY 3 101 RESTING",
                        "Fill 100 BUY 3 0 101",
                        "Fill 200 SELL 3 0 101",
                        "Trade 3 101",
                        "OrderDelete",
                        "Cancelled 200 SELL 3 REDUCE_ONLY",
                        "OrderDelete",
                        "Bbo 0 0"),
                blotter(bed.buy(MAKER, 100, 3, "101", "")));
    }

    @Test
    void shouldCancelAtTheMatchAMakerThatASiblingHasLeftNothing() {
        holdLong(10);
        bed.sell(TAKER, 200, 10, "101", REDUCE_ONLY);
        bed.sell(TAKER, 200, 10, "102", REDUCE_ONLY);

        final List<String> blotter = blotter(bed.buy(MAKER, 100, 15, "102", ""));

        assertTrue(blotter.contains("Cancelled 200 SELL 10 REDUCE_ONLY"), blotter.toString());
        assertTrue(blotter.contains("OrderAdd BUY 5 102"), blotter.toString());
        assertEquals(0, position(200));
    }

    @Test
    void shouldCancelSiblingsWhenThePositionTurns() {
        holdLong(10);
        bed.sell(TAKER, 200, 5, "102", REDUCE_ONLY);
        bed.buy(MAKER, 100, 15, "99", "");

        final List<String> blotter = blotter(bed.sell(TAKER, 200, 15, "99", ""));

        assertTrue(blotter.contains("Cancelled 200 SELL 5 REDUCE_ONLY"), blotter.toString());
        assertEquals(-5, position(200));
    }

    @Test
    void shouldRefuseAReduceOnlyFillOrKillThatThePositionCannotFill() {
        holdLong(10);
        bed.buy(MAKER, 100, 20, "99", "");
        final String fok = REDUCE_ONLY + ",timeInForce:'FOK'";

        assertEquals(
                "REDUCE_ONLY_VIOLATED",
                only(bed.sell(TAKER, 200, 11, "99", fok), "Reject").get("code"));
        assertEquals("10", only(bed.sell(TAKER, 200, 10, "99", fok), "Trade").get("quantity"));
    }

    @Test
    void shouldBeEnteredWithoutAValidMark() {
        holdLong(10);
        bed.pass(31_000);

        assertEquals(
                "RISK_UNAVAILABLE",
                only(bed.buy(TAKER, 200, 1, "99", ""), "Reject").get("code"));
        assertEquals(
                "OrderAck", bed.sell(TAKER, 200, 10, "101", REDUCE_ONLY).get(0).name());
    }

    /** Whatever trades, no fill of a reduce-only order ever brings its position across zero, or further from it. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void shouldNeverFlipAPosition(final long seed) {
        final Random random = new Random(seed);
        final VenueBed small = VenueBed.tradingInASmallVenue();
        for (int i = 0; i < 1_500; i++) {
            final long session = random.nextBoolean() ? MAKER : TAKER;
            final long account = session == TAKER ? 200 : 100 + random.nextInt(2);
            final boolean reduceOnly = random.nextInt(3) == 0;
            final long[] before = {heldBy(small, 100), heldBy(small, 101), heldBy(small, 200)};
            final List<Event> events = small.order(
                    session,
                    account,
                    random.nextBoolean() ? "BUY" : "SELL",
                    1 + random.nextInt(20),
                    Integer.toString(98 + random.nextInt(5)),
                    (reduceOnly ? REDUCE_ONLY : "") + (random.nextInt(4) == 0 ? ",timeInForce:'IOC'" : ""));
            if (reduceOnly && events.get(0).name().equals("OrderAck")) {
                final int slot = (int) (account == 200 ? 2 : account - 100);
                final long after = heldBy(small, account);
                assertTrue(
                        Math.abs(after) <= Math.abs(before[slot]) && after * before[slot] >= 0,
                        "seed " + seed + ", command " + i + ": " + before[slot] + " became " + after);
            }
        }
    }

    private static long heldBy(final VenueBed bed, final long account) {
        final var holdings = bed.venue.inspection().account(account).holdings();
        return holdings.isEmpty() ? 0 : holdings.get(0).lots();
    }
}
