package org.isochron.risk.marks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.risk.rules.MarkRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarkRuleTest {
    private static final int NO_STEP_LIMIT = 0;

    private final RuledWorld world = new RuledWorld();

    @AfterEach
    void verify() {
        world.marks.verifyInFull();
    }

    @Test
    void shouldBeTheIndexByTheRuleOracle() {
        world.mark(MarkRules.ORACLE, NO_STEP_LIMIT);
        world.tick(0, 10_000);
        world.book(9_000, 9_100);
        world.trade(8_000);

        assertEquals(10_000, world.mark());
    }

    @Test
    void shouldBeTheIndexWithoutABook() {
        world.mark(MarkRules.MEDIAN_OF_THREE, NO_STEP_LIMIT);
        world.tick(0, 10_000);
        assertEquals(10_000, world.mark());
    }

    @Test
    void shouldStayInvalidWithoutAnIndexWhateverTheBookSays() {
        world.mark(MarkRules.MEDIAN_OF_THREE, NO_STEP_LIMIT);
        world.book(9_000, 9_100);
        world.marks.tickPerpetual(world.instrument, 0, 9_000, world.nowNs);

        assertFalse(world.isValid());
        assertEquals(0, world.mark());
    }

    @Test
    void shouldTakeTheMiddleOfIndexBookAndExternalPerpetuals() {
        world.mark(MarkRules.MEDIAN_OF_THREE, NO_STEP_LIMIT);
        world.tick(0, 10_000);
        world.book(10_040, 10_060);
        assertEquals(10_000, world.mark(), "index, book at 10,050, and the index again");

        world.marks.tickPerpetual(world.instrument, 0, 10_030, world.nowNs);
        assertEquals(10_030, world.mark());
        world.marks.tickPerpetual(world.instrument, 1, 10_070, world.nowNs);
        world.marks.tickPerpetual(world.instrument, 2, 10_080, world.nowNs);
        assertEquals(10_050, world.mark(), "externals at 10,070: the book is in the middle");
    }

    @Test
    void shouldTakeTheMedianOfBestPricesAndLastTrade() {
        world.mark(MarkRules.MEDIAN_OF_THREE, NO_STEP_LIMIT);
        world.tick(0, 10_000);
        world.marks.tickPerpetual(world.instrument, 0, 20_000, world.nowNs);
        world.book(10_040, 10_061);
        assertEquals(10_051, world.mark(), "an even median rounds away from zero");
        world.trade(10_045);
        assertEquals(10_045, world.mark());
        world.trade(10_090);
        assertEquals(10_061, world.mark());
        world.book(0, 10_070);
        assertEquals(10_080, world.mark(), "an offer and a last trade");
        world.book(0, 0);
        assertEquals(10_090, world.mark(), "a last trade alone");
    }

    @Test
    void shouldTakeOneSideAloneForTheBook() {
        world.mark(MarkRules.MEDIAN_OF_THREE, NO_STEP_LIMIT);
        world.tick(0, 10_000);
        world.marks.tickPerpetual(world.instrument, 0, 20_000, world.nowNs);
        world.book(10_040, 0);
        assertEquals(10_040, world.mark());
        world.book(0, 0);
        assertEquals(15_000, world.mark(), "no book: the median of the other two");
    }

    /** Trap 4: a stale last trade must drop out of the mark. */
    @Test
    void shouldLeaveOutALastTradeThatIsTooOld() {
        world.mark(MarkRules.MEDIAN_OF_THREE, NO_STEP_LIMIT);
        world.tick(0, 10_000);
        world.marks.tickPerpetual(world.instrument, 0, 20_000, world.nowNs);
        world.trade(12_000);
        for (int minute = 0; minute < 2; minute++) {
            world.pass(29);
            world.tick(0, 10_000);
            world.marks.tickPerpetual(world.instrument, 0, 20_000, world.nowNs);
        }
        world.pass(2);
        assertEquals(12_000, world.mark(), "60 s old");

        assertTrue(world.clock());

        assertEquals(15_000, world.mark(), "older: median of index and external");
    }

    @Test
    void shouldAddTheAverageBasisSampledByTheClock() {
        world.mark(MarkRules.MEDIAN_OF_THREE, NO_STEP_LIMIT);
        world.index(1);
        world.tick(0, 100_000);
        world.marks.tickPerpetual(world.instrument, 0, 200_000, world.nowNs);
        world.book(100_000, 100_200);
        world.clock();
        assertEquals(100_100, world.mark(), "the book between index and external");
        world.book(101_000, 300_000);
        world.book(0, 0);

        assertEquals((100_000 + 200_000) / 2, world.mark(), "what comes and goes between two ticks leaves no trace");
    }

    @Test
    void shouldWeighABasisByTheTimeItLasted() {
        world.mark(MarkRules.MEDIAN_OF_THREE, NO_STEP_LIMIT);
        world.tick(0, 1_000_000);
        world.book(1_000_000, 1_000_000);
        world.clock();
        world.book(1_010_000, 1_010_000);
        world.marks.tickPerpetual(world.instrument, 0, 2_000_000, world.nowNs);
        world.pass(15);
        world.book(0, 0);

        // 10,000 * (1 - exp(-15 / 150)) = 951.6, and the median of 1,000,952 and 2,000,000
        assertEquals((1_000_952 + 2_000_000) / 2, world.mark());
    }

    @Test
    void shouldGiveABookThatWasGoneNoWeightForTheTimeItWas() {
        world.mark(MarkRules.MEDIAN_OF_THREE, NO_STEP_LIMIT);
        world.tick(0, 1_000_000);
        world.pass(25);
        world.tick(0, 1_000_000);
        world.book(1_010_000, 1_010_000);
        world.marks.tickPerpetual(world.instrument, 0, 2_000_000, world.nowNs);
        world.clock();
        world.book(0, 0);

        // 10,000 * (1 - exp(-0.1 / 150)) = 6.7
        assertEquals((1_000_007 + 2_000_000) / 2 + 1, world.mark());
    }

    @Test
    void shouldFollowFundingByTheRuleFairBasis() {
        world.mark(MarkRules.FAIR_BASIS, NO_STEP_LIMIT);
        world.marks.funding(new FundingOutlook() {
            @Override
            public long nextRateE9(final int instrument) {
                return 400_000;
            }

            @Override
            public long nextFundingNs(final int instrument) {
                return RuledWorld.START_NS + 4 * 3_600 * RuledWorld.SECOND_NS;
            }

            @Override
            public long fundingIntervalNs(final int instrument) {
                return 8 * 3_600 * RuledWorld.SECOND_NS;
            }
        });
        world.tick(0, 1_000_000);

        assertEquals(1_000_200, world.mark(), "half the interval is left of 0.04 %");
        world.nowNs += 4 * 3_600 * RuledWorld.SECOND_NS;
        world.tick(0, 1_000_000);
        assertEquals(1_000_000, world.mark(), "nothing is left");
    }

    @Test
    void shouldBeTheIndexByFairBasisWithoutFunding() {
        world.mark(MarkRules.FAIR_BASIS, NO_STEP_LIMIT);
        world.tick(0, 10_000);
        assertEquals(10_000, world.mark());
    }

    @Test
    void shouldBeTheLastTradeByTheRuleLastTradeHoweverOld() {
        world.mark(MarkRules.LAST_TRADE, NO_STEP_LIMIT);
        world.tick(0, 10_000);
        assertEquals(10_000, world.mark(), "the index before the first");
        world.trade(9_000);
        world.pass(25);
        assertEquals(9_000, world.mark());
    }

    /** Trap 18: a burst of book changes walking a mark that is clamped step by step. */
    @Test
    void shouldMoveNoFurtherThanOneStepASecondHoweverManyChangesThereAre() {
        world.mark(MarkRules.LAST_TRADE, 10_000);
        world.tick(0, 10_000);
        world.trade(10_000);
        world.pass(1);
        for (int change = 0; change < 1_000; change++) {
            world.trade(20_000 + change);
        }
        assertEquals(10_100, world.mark());

        world.nowNs += RuledWorld.SECOND_NS;
        for (int change = 0; change < 1_000; change++) {
            world.trade(30_000);
        }
        assertEquals(10_201, world.mark(), "1 % of 10,100, a second later");
        world.trade(1);
        assertEquals(9_999, world.mark(), "both ways from the same anchor");
    }

    @Test
    void shouldGoOnTowardsAPriceTheStepLimitKeepsItFrom() {
        world.mark(MarkRules.MEDIAN_OF_THREE, 10_000);
        world.agree(10_000);
        world.pass(1);
        world.agree(10_300);
        assertEquals(10_100, world.mark());
        world.pass(3);
        assertEquals(10_300, world.mark());
    }

    @Test
    void shouldMoveByOneTickAtLeast() {
        world.mark(MarkRules.ORACLE, 10_000);
        world.tick(0, 50);
        world.pass(1);
        world.tick(0, 60);
        assertEquals(51, world.mark(), "1 % of 50 is half a tick");
    }
}
