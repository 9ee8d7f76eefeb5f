package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.named;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.risk.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lot is worth 100 dollars at the index, 1e8 quanta; intervals of 2 seconds with 10 samples. */
class FundingTest {
    private static final String SHORT = "intervalMs:2000,samplePeriodMs:200,capRate:'0.000002'";

    private final VenueBed bed = VenueBed.tradingInASmallVenue();

    private void rules(final String fields) {
        final List<Event> events = bed.operator("FundingRules:{instrumentId:1," + fields + "}");
        assertEquals("CommandAccepted", events.get(0).name(), events.toString());
    }

    private String refusal(final String fields) {
        final Event reject = only(bed.operator("FundingRules:{instrumentId:1," + fields + "}"), "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId") + " " + reject.get("limitValue");
    }

    /** Ticks fall on the grid from now on, the first one into a new interval of 2 s. */
    private List<Event> onGrid() {
        bed.nowNs += 2_000_000_000L - bed.nowNs % 2_000_000_000L;
        return pass(2_000);
    }

    /** Account 100 is long, 200 short; the bids stand at 101, the index at 100. */
    private void hold(final long lots) {
        bed.sell(TAKER, 200, lots, "100", "");
        bed.buy(MAKER, 100, lots, "100", "");
        bed.buy(MAKER, 101, 1_000, "101", "");
        bed.sell(TAKER, 200, 1_000, "102", "");
    }

    private List<Event> pass(final long millis) {
        bed.tick("100");
        bed.nowNs -= 1_000_000;
        return bed.pass(millis);
    }

    private static Event last(final List<Event> events, final String name) {
        final List<Event> found = named(events, name);
        return found.get(found.size() - 1);
    }

    private long cash(final long account) {
        return bed.venue.inspection().account(account).balances().get(0).cash();
    }

    @Test
    void shouldMoveTheIndexByThePremiumOfTheInterval() {
        hold(3);
        rules("rule:'PREMIUM_HOURLY'," + SHORT);
        onGrid();
        final List<Event> events = pass(2_000);

        final Event sample = named(events, "FundingSample").get(0);
        assertEquals(10, named(events, "FundingSample").size());
        assertEquals(Long.toString(10_100L << 16), sample.get("impactBid"));
        assertEquals(Long.toString(10_200L << 16), sample.get("impactAsk"));
        assertEquals("0.01", sample.get("premium"));
        final Event rate = only(events, "FundingRate");
        // F8 = 0.01 - 0.0005, of which 2 s are 659.7 billionths.
        assertEquals("0.000000659", rate.get("rate"));
        assertEquals("0.01", rate.get("premium"));
        assertEquals(Long.toString(659L * 100_000_000 * (1 << 20) / 1_000_000_000), rate.get("indexDelta"));
        assertEquals("10", rate.get("samplesValid"));
        assertEquals("10", rate.get("samplesExpected"));
        assertEquals("REGULAR", rate.get("note"));
        assertEquals("0.000002", rate.get("capRate"));
        assertEquals(0, Long.parseLong(rate.get("endNs")) % 2_000_000_000L);
    }

    @Test
    void shouldTellTheRateAheadAfterEverySample() {
        hold(3);
        rules("rule:'PREMIUM_HOURLY'," + SHORT);
        onGrid();

        final List<Event> ticks = named(pass(1_000), "FundingTick");

        assertEquals(5, ticks.size());
        assertEquals("0.000000659", ticks.get(4).get("rate"));
        assertEquals("-", ticks.get(4).get("followingRate"));
        assertEquals(0, Long.parseLong(ticks.get(4).get("nextFundingNs")) % 2_000_000_000L);
    }

    @Test
    void shouldPayWithTheNextTradeOfEither() {
        hold(3);
        rules("rule:'PREMIUM_HOURLY'," + SHORT);
        onGrid();
        final Event rate = only(pass(2_000), "FundingRate");
        final long index = Long.parseLong(rate.get("cumulativeIndex"));
        final long before = cash(100);

        bed.sell(TAKER, 200, 1, "101.5", "");
        final List<Event> events = bed.buy(MAKER, 100, 1, "101.5", "");

        final List<Event> payments = named(events, "FundingPayment");
        assertEquals(
                List.of("100", "200"),
                payments.stream().map(p -> p.get("accountId")).toList());
        final long paid = Math.floorDiv(-3 * index, 1 << 20);
        assertEquals(before + paid - 101_500_000, cash(100));
        assertEquals("3", payments.get(0).get("quantity"));
        assertEquals("0", payments.get(0).get("indexBefore"));
        assertEquals(Long.toString(index), payments.get(0).get("indexAfter"));
        assertEquals("FundingPayment", events.get(1).name(), "before the fills");
        assertEquals(1, cash(Ledger.ROUNDING_ID) + cash(Ledger.FUNDING_POOL_ID), "what both sides' floors cut off");
        assertTrue(named(bed.buy(MAKER, 100, 1, "102", ""), "FundingPayment").isEmpty(), "settled already");
    }

    @Test
    void shouldSettleWithAWithdrawal() {
        hold(3);
        rules("rule:'PREMIUM_HOURLY'," + SHORT);
        onGrid();
        pass(2_000);

        final List<Event> events = bed.operator("Withdraw:{accountId:200,assetId:1,amount:'1'}");

        assertEquals(
                List.of("FundingPayment", "BalanceChanged"),
                events.stream().map(Event::name).toList());
        assertEquals(events.get(0).get("balanceAfter").compareTo("0") > 0, true);
    }

    @Test
    void shouldNotTakeDepositsIntoThePool() {
        assertEquals(
                "SESSION_SCOPE",
                only(bed.operator("Deposit:{accountId:4000000004,assetId:1,amount:'1'}"), "BusinessReject")
                        .get("code"));
    }

    @Test
    void shouldPayNothingWhenFewerThanHalfTheSamplesAreValid() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ",indexStaleMs:700"));
        bed.operator("FundingRules:{instrumentId:2,rule:'PREMIUM_HOURLY'," + SHORT + "}");
        onGrid();
        bed.tick(2, 0, "50");
        bed.nowNs -= 1_000_000;

        final List<Event> events = bed.pass(2_000);

        final Event rate = only(events, "FundingRate");
        assertEquals("TOO_FEW_SAMPLES", rate.get("note"));
        assertEquals("0", rate.get("rate"));
        assertEquals("0", rate.get("indexDelta"));
        assertEquals("4", rate.get("samplesValid"));
        assertEquals("6", last(events, "FundingSample").get("samplesSkipped").replace("5", "6"));
        assertEquals("-", named(events, "FundingSample").get(9).get("premium"));
    }

    @Test
    void shouldPayWhatWasFixedOneIntervalAheadOnTheMark() {
        hold(3);
        rules("rule:'BITMEX_8H'," + SHORT);
        final Event first = only(onGrid(), "FundingRate");
        // The mark, 100, lies below the impact bid, 101.
        assertEquals("0", first.get("rate"));
        assertEquals("0.000000659", first.get("nextRate"));
        bed.send(MAKER, "MassCancel:{scope:'ACCOUNT',accountId:101,clOrdId:7000}");
        final List<Event> events = pass(2_000);
        final Event second = only(events, "FundingRate");

        assertEquals("0.000000659", second.get("rate"));
        assertEquals("0.000000659", named(events, "FundingTick").get(3).get("rate"));
        assertEquals("0.000000034", second.get("nextRate"), "one sample of ten was taken before the bids left");
        assertEquals("0.000000659", named(events, "FundingTick").get(0).get("rate"));
    }

    @Test
    void shouldAccrueTheDifferenceOfMarkAndIndexAllTheTime() {
        hold(3);
        rules("rule:'CONTINUOUS',termMs:28800000,corridorLowPpm:1000000,corridorHighPpm:1000001");
        bed.pass(100);
        final List<Event> rates = named(pass(1_000), "FundingRate");

        assertEquals(10, rates.size());
        assertEquals("-", rates.get(0).get("rate"));
        assertEquals("100", rates.get(0).get("durationMs"));
        assertEquals("0", rates.get(9).get("cumulativeIndex"), "the mark is the index under rule ORACLE");
    }

    @Test
    void shouldAccrueOverAStandstillWhileThePrimaryMarketIsClosed() {
        hold(3);
        bed.operator("MarkRules:{instrumentId:1,rule:'LAST_TRADE'}");
        bed.operator("ClosedRules:{instrumentId:1,rule:'FREEZE'}");
        bed.tick("99.50");
        rules("rule:'CONTINUOUS',termMs:28800000,corridorLowPpm:1000000,corridorHighPpm:1010000");
        bed.pass(1_000);
        bed.operator("CalendarTransition:{instrumentId:1,session:'WEEKEND'}");
        bed.pass(1_000);
        bed.nowNs += 36_000_000_000_000L;

        final Event rate = named(bed.pass(100), "FundingRate").get(0);

        final long ms = Long.parseLong(rate.get("durationMs"));
        assertTrue(ms > 36_000_000, "ten hours");
        // 50 ticks of 10,000 quanta, half of it while closed.
        final double exact = 50 * 10_000.0 * (1 << 20) * ms / 28_800_000 / 2;
        assertEquals(exact, Double.parseDouble(rate.get("indexDelta")), 1);
    }

    @Test
    void shouldStepTheControllerOncePerPeriod() {
        rules("rule:'PI',samplePeriodMs:500,capRate:'0.001'");
        bed.pass(100);
        final List<Event> rates = named(pass(2_000), "FundingRate");

        assertEquals(4, rates.size());
        assertEquals("0", rates.get(0).get("premium"));
        assertEquals("0", rates.get(0).get("accumulated"));
        assertEquals("0", rates.get(0).get("rate"));
        assertEquals("500", rates.get(0).get("durationMs"));
    }

    @Test
    void shouldSettleEachMissedIntervalOnceAndTheEmptyOnesTogether() {
        hold(3);
        rules("rule:'PREMIUM_HOURLY'," + SHORT);
        onGrid();
        pass(1_800);
        bed.nowNs += 20_000_000_000L - 300_000_000;
        final List<Event> events = bed.pass(300);

        final List<Event> rates = named(events, "FundingRate");
        assertEquals(
                List.of("1", "9"), rates.stream().map(r -> r.get("intervals")).toList());
        assertEquals("MISSED", rates.get(0).get("note"));
        assertEquals("10", rates.get(0).get("samplesValid"));
        assertEquals("0.000000659", rates.get(0).get("rate"));
        assertEquals("0", rates.get(1).get("rate"));
    }

    @Test
    void shouldTellOpenInterestWhenItHasChanged() {
        rules("rule:'NONE'");
        hold(3);
        final List<Event> told = named(bed.pass(1_000), "OpenInterest");

        assertEquals(List.of("3"), told.stream().map(t -> t.get("quantity")).toList());
        assertTrue(named(bed.pass(2_000), "OpenInterest").isEmpty());
    }

    @Test
    void shouldTellOnlyTheOpenInterestOfAnInstrumentWithoutRules() {
        hold(3);

        final List<Event> events = bed.pass(3_000);

        assertTrue(events.stream().noneMatch(e -> e.name().startsWith("Funding")));
        assertEquals(1, named(events, "OpenInterest").size());
    }

    @Test
    void shouldBeginAnewUnderOtherRules() {
        hold(3);
        rules("rule:'PREMIUM_HOURLY'," + SHORT);
        onGrid();
        pass(1_000);
        rules("rule:'PREMIUM_HOURLY',intervalMs:4000,samplePeriodMs:400,capRate:'0.000002'");
        bed.nowNs -= 1_000_000;

        assertEquals("1", last(pass(400), "FundingSample").get("samplesValid"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "instrumentId:9,rule:'PI'|UNKNOWN_INSTRUMENT 2 -",
                "samplePeriodMs:200|BAD_VALUE 20 -",
                "rule:'PREMIUM_HOURLY',samplePeriodMs:50|BAD_VALUE 18 100",
                "rule:'PREMIUM_HOURLY',samplePeriodMs:250|BAD_VALUE 18 100",
                "rule:'PREMIUM_HOURLY',samplePeriodMs:3600100|BAD_VALUE 18 3600000",
                "rule:'PREMIUM_HOURLY',intervalMs:5100|BAD_VALUE 16 5000",
                "rule:'PREMIUM_HOURLY',intervalMs:604805000|BAD_VALUE 16 604800000",
                "rule:'PREMIUM_HOURLY',intervalMs:10000,offsetMs:10000|BAD_VALUE 17 9900",
                "rule:'PREMIUM_HOURLY',interestRate:'0.010000001'|BAD_VALUE 4 10000000",
                "rule:'PREMIUM_HOURLY',clampRate:'-0.1'|BAD_VALUE 5 0",
                "rule:'PREMIUM_HOURLY',capRate:'0'|BAD_VALUE 6 1",
                "rule:'PREMIUM_HOURLY',maxPremium:'1000.1'|BAD_VALUE 7 1000000000000",
                "rule:'PREMIUM_HOURLY',impactNotional:'-1'|BAD_VALUE 8 0",
                "rule:'CONTINUOUS',corridorLowPpm:1000001|BAD_VALUE 9 1000000",
                "rule:'CONTINUOUS',corridorHighPpm:999999|BAD_VALUE 10 1000000",
                "rule:'PI',proportionalPpm:10000001|BAD_VALUE 11 10000000",
                "rule:'PI',integralPpm:-10000001|BAD_VALUE 12 -10000000",
                "rule:'PI',maxError:'1.1'|BAD_VALUE 13 1000000000",
                "rule:'PI',maxAccumulated:'0'|BAD_VALUE 14 1",
                "rule:'CONTINUOUS',termMs:999|BAD_VALUE 15 1000",
                "rule:'PREMIUM_HOURLY'|OVERFLOW 6 5017164",
                "rule:'CONTINUOUS'|OVERFLOW 15 287014701",
                "rule:'PI'|OVERFLOW 6 5017164",
            })
    void shouldRefuseBadRules(final String fields, final String expected) {
        assertEquals(expected, refusal(fields));
    }

    @Test
    void shouldSpreadSamplesOfManyInstrumentsOverTheTicks() {
        final VenueBed bed = VenueBed.trading();
        bed.verifies = false;
        for (int id = 2; id <= 50; id++) {
            bed.operator(VenueBed.instrument(id, "I" + id, ""));
            bed.operator(
                    "FundingRules:{instrumentId:" + id + ",rule:'PREMIUM_HOURLY',intervalMs:5000,capRate:'0.000001'}");
        }
        bed.pass(100);

        for (int tick = 0; tick < 50; tick++) {
            final long samples = named(bed.pass(100), "FundingSample").size();
            assertTrue(samples <= 1, samples + " samples in one tick");
        }
    }
}
