package org.isochron.risk.marks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.risk.rules.ClosedRules;
import org.isochron.risk.rules.MarginRules;
import org.isochron.risk.rules.MarkRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedMarketTest {
    private static final long HOUR = 3_600;

    private final RuledWorld world = new RuledWorld();
    private final PrimaryMarkets primary = world.marks.primary();

    @AfterEach
    void verify() {
        world.marks.verifyInFull();
    }

    private void closeAt(final int rule, final long ticks) {
        world.closed(rule);
        world.tick(0, ticks);
        world.transition(PrimaryMarkets.WEEKEND, PrimaryMarkets.OPEN, 48 * HOUR);
    }

    @Test
    void shouldKeepTheIndexFixedByTheRuleFreeze() {
        closeAt(ClosedRules.FREEZE, 10_000);
        world.impactBid = 10_900;
        world.tick(0, 12_000);
        world.pass(60);

        assertEquals(10_000, world.index());
        assertTrue(world.isValid(), "fixed, and as good as it gets");
        assertFalse(world.marks.isInternal(world.instrument));
    }

    @Test
    void shouldStepTheInternalIndexByTheWeightOfATick() {
        closeAt(ClosedRules.INTERNAL_EMA, 1_000_000);
        world.impactBid = 1_050_000;
        world.impactAsk = 1_060_000;
        world.clock();

        // 50,000 * (1 - exp(-0.1 / 3,600)) = 1.3889 ticks
        assertEquals(1_000_001, world.index());
        assertTrue(world.marks.isInternal(world.instrument));
        assertEquals(0, world.marks.sourceBitmap(world.instrument));
    }

    @Test
    void shouldStayBetweenTheImpactPrices() {
        closeAt(ClosedRules.INTERNAL_EMA, 10_000);
        world.impactBid = 9_990;
        world.impactAsk = 10_010;
        world.pass(60);
        assertEquals(10_000, world.index());
    }

    @Test
    void shouldTakeNothingFromASideWithoutDepth() {
        closeAt(ClosedRules.INTERNAL_EMA, 10_000);
        world.pass(60);
        assertEquals(10_000, world.index(), "neither side");
        world.impactAsk = 9_500;
        world.pass(60);
        // 10,000 - 500 * (1 - exp(-60 / 3,600)) = 9,991.7, rounded down
        assertEquals(9_991, world.index(), "offers only");
    }

    /** However long nothing came, one tick moves it by 1 - exp(-0.1) of the way at most. */
    @Test
    void shouldLimitWhatOneMomentOfTheBookCanDo() {
        closeAt(ClosedRules.INTERNAL_EMA, 1_000_000);
        world.impactBid = 1_100_000;
        world.nowNs += 10 * HOUR * RuledWorld.SECOND_NS;
        world.clock();

        assertEquals(1_009_516, world.index(), "9.516 % of 100,000");
    }

    @ParameterizedTest(name = "{0}: {1} at 10x lies within {2} and {3}")
    @CsvSource({"BND-01, 100, 90, 110", "BND-02, 190, 171, 209"})
    void shouldBoundPricesByTheLargestLeverage(
            final String id, final long close, final long lowest, final long highest) {
        closeAt(ClosedRules.FREEZE, close);

        assertEquals(lowest, world.marks.lowestTicks(world.instrument));
        assertEquals(highest, world.marks.highestTicks(world.instrument));
    }

    @Test
    void shouldTakeTheLeverageOfTheFirstTierBeforeAnyScaling() {
        final MarginRules margins = world.ledger.rules().margins();
        margins.table().stage(MarginRules.TIERS, 2);
        margins.stageTier(0, 0, 50_000, 25_000);
        margins.stageTier(1, 1_000_000, 200_000, 100_000);
        margins.table().adopt(world.instrument, 1);
        closeAt(ClosedRules.FREEZE, 10_000);

        assertEquals(9_500, world.marks.lowestTicks(world.instrument));
        assertEquals(2_000_000, scale(), "initial margin itself is doubled");
    }

    @Test
    void shouldHaveNoBoundsWhileOpen() {
        world.closed(ClosedRules.FREEZE);
        world.tick(0, 100);
        assertEquals(0, world.marks.lowestTicks(world.instrument));
        assertEquals(Long.MAX_VALUE, world.marks.highestTicks(world.instrument));
    }

    @Test
    void shouldKeepTheMarkWithinTheBounds() {
        world.mark(MarkRules.LAST_TRADE, 0);
        closeAt(ClosedRules.FREEZE, 10_000);
        world.trade(12_000);
        assertEquals(11_000, world.mark());
        world.trade(8_000);
        assertEquals(9_000, world.mark());
    }

    /** Up to 9 / 10 of the way, then the bound is the reference: twice each way, counted apart. */
    @Test
    void shouldMoveTheReferenceWhenTheIndexHasComeFarEnough() {
        closeAt(ClosedRules.INTERNAL_EMA, 10_000);
        world.impactBid = 20_000;
        final long[] highest = {11_000, 12_100, 13_310};
        for (final long bound : highest) {
            assertEquals(bound, world.marks.highestTicks(world.instrument));
            walkTo(bound - bound / 110);
        }
        assertEquals(13_310, world.marks.highestTicks(world.instrument), "after two the bound is hard");
        world.pass(HOUR);
        assertEquals(13_310, world.index());

        world.impactBid = 0;
        world.impactAsk = 5_000;
        walkDownTo(11_011);
        // 12,100 was the reference: down to 10,890, from nine tenths of the way at 11,011
        assertEquals(9_801, world.marks.lowestTicks(world.instrument), "the way down has a counter of its own");
    }

    private void walkTo(final long ticks) {
        for (int tick = 0; tick < 100_000 && world.index() < ticks; tick++) {
            world.clock();
        }
    }

    private void walkDownTo(final long ticks) {
        for (int tick = 0; tick < 100_000 && world.index() > ticks; tick++) {
            world.clock();
        }
        world.pass(10);
    }

    @Test
    void shouldTakeTheSourcesAgainWhenTheMarketOpens() {
        closeAt(ClosedRules.INTERNAL_EMA, 10_000);
        world.pass(60);
        world.transition(PrimaryMarkets.OPEN, PrimaryMarkets.OVERNIGHT, 6 * HOUR);
        assertFalse(world.isValid(), "nobody has a price yet");

        world.tick(0, 10_700);

        assertTrue(world.isValid());
        assertEquals(10_700, world.index());
        assertEquals(Long.MAX_VALUE, world.marks.highestTicks(world.instrument));
    }

    @Test
    void shouldRaiseInitialMarginInTheHourBeforeTheClose() {
        world.closed(ClosedRules.FREEZE);
        world.tick(0, 10_000);
        world.transition(PrimaryMarkets.OPEN, PrimaryMarkets.WEEKEND, 2 * HOUR);
        assertEquals(1_000_000, scale());
        keepAlive(HOUR);
        assertEquals(1_000_000, scale());
        keepAlive(HOUR / 4);
        assertEquals(1_250_000, scale(), "a quarter of the ramp");
        keepAlive(HOUR / 2);
        assertEquals(1_750_000, scale());
        keepAlive(HOUR / 4);
        assertEquals(2_000_000, scale(), "due, whether anybody says so or not");
        world.transition(PrimaryMarkets.WEEKEND, PrimaryMarkets.OPEN, 48 * HOUR);
        assertEquals(2_000_000, scale());
        world.transition(PrimaryMarkets.OPEN, PrimaryMarkets.NONE, 0);
        assertEquals(1_000_000, scale());
    }

    @Test
    void shouldRaiseInitialMarginAtOnceWithoutARamp() {
        world.closed(ClosedRules.FREEZE);
        world.ledger.rules().closed().table().stage(ClosedRules.RAMP_NS, 0);
        world.ledger.rules().closed().table().adopt(world.instrument, 2);
        world.tick(0, 10_000);
        world.transition(PrimaryMarkets.OPEN, PrimaryMarkets.WEEKEND, 20);
        world.pass(19);
        assertEquals(1_000_000, scale());
        world.pass(2);
        assertEquals(2_000_000, scale(), "the close is overdue");
    }

    private int scale() {
        return world.marks.initialMarginScalePpm(world.instrument);
    }

    private void keepAlive(final long seconds) {
        for (long passed = 0; passed < seconds; passed += 20) {
            world.pass(20);
            world.tick(0, 10_000);
        }
    }

    @Test
    void shouldScaleLimitsAndFundingBySession() {
        world.closed(ClosedRules.FREEZE);
        world.tick(0, 10_000);
        assertEquals(1_000_000, primary.positionLimitPpm(world.instrument));
        assertEquals(1_000_000, world.marks.fundingMultiplierPpm(world.instrument));
        world.transition(PrimaryMarkets.OVERNIGHT, PrimaryMarkets.NONE, 0);
        assertEquals(500_000, primary.positionLimitPpm(world.instrument));
        assertEquals(500_000, world.marks.fundingMultiplierPpm(world.instrument));
        world.transition(PrimaryMarkets.HOLIDAY, PrimaryMarkets.NONE, 0);
        assertEquals(100_000, primary.positionLimitPpm(world.instrument));
    }

    @Test
    void shouldCountAsClosedAfterThirtySecondsOfSilence() {
        world.closed(ClosedRules.INTERNAL_EMA);
        world.tick(0, 10_000);
        world.pass(29);
        assertEquals(PrimaryMarkets.OPEN, primary.session(world.instrument));
        world.pass(1);
        assertEquals(PrimaryMarkets.FEED_SILENT, primary.session(world.instrument));
        assertTrue(world.isValid(), "the book takes over before the index is lost");
        assertEquals(500_000, primary.positionLimitPpm(world.instrument));

        world.tick(0, 10_100);

        assertEquals(PrimaryMarkets.OPEN, primary.session(world.instrument));
        assertEquals(10_100, world.index());
    }

    @Test
    void shouldStaySilentUntilEnoughSourcesAreBack() {
        world.index(2).closed(ClosedRules.FREEZE);
        world.agree(10_000);
        world.pass(30);
        world.tick(0, 10_100);
        assertEquals(PrimaryMarkets.FEED_SILENT, primary.session(world.instrument));
        world.tick(1, 10_100);
        assertEquals(PrimaryMarkets.OPEN, primary.session(world.instrument));
    }

    @Test
    void shouldKeepAnIndexThatIsNotMadeOfSourcesAcrossAPause() {
        closeAt(ClosedRules.INTERNAL_EMA, 10_000);
        assertFalse(world.marks.forgetSources(world.instrument, world.nowNs));
        assertTrue(world.isValid());
    }

    @Test
    void shouldBeOpenForeverWithoutACalendar() {
        world.tick(0, 10_000);
        world.pass(60);
        assertEquals(PrimaryMarkets.NONE, primary.session(world.instrument));
        assertTrue(primary.isOpen(world.instrument));
        assertFalse(world.isValid());
    }
}
