package org.isochron.risk.marks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IndexTest {
    private final RuledWorld world = new RuledWorld();

    @AfterEach
    void verify() {
        world.marks.verifyInFull();
    }

    @Test
    void shouldTakeTheSmallestPriceAtWhichTwiceTheWeightReachesTheTotal() {
        world.index(1, 3, 2, 2);
        world.tick(0, 10_000);
        world.tick(1, 10_100);
        world.tick(2, 10_200);
        assertEquals(10_100, world.index(), "3 of 7 is less than half, 5 of 7 is not");

        world.index(1, 4, 2, 2);
        world.tick(0, 10_000);
        assertEquals(10_000, world.index(), "4 of 8 is half, which will do");
    }

    @Test
    void shouldNeverCountASourceWithoutWeight() {
        world.index(1, 1);
        world.tick(1, 10_000);
        assertFalse(world.isValid());

        world.tick(0, 20_000);
        assertEquals(20_000, world.index());
        assertEquals(1, world.marks.sourceBitmap(world.instrument));
    }

    @Test
    void shouldDropASourceThatLiesAndTakeTheMedianAgain() {
        world.index(2);
        world.tick(0, 10_000);
        world.tick(1, 10_010);
        world.tick(2, 10_510);
        assertEquals(0b111, world.marks.sourceBitmap(world.instrument), "500 is less than 5 % of 10,010, 500.5");
        assertEquals(10_010, world.index());

        world.tick(2, 10_511);

        assertEquals(0b11, world.marks.sourceBitmap(world.instrument));
        assertEquals(10_000, world.index(), "the median of the two that are left");
    }

    @Test
    void shouldBeInvalidWithTooFewSourcesAndKeepItsPrice() {
        world.index(3);
        world.agree(10_000);
        assertTrue(world.isValid());

        world.tick(2, 11_000);

        assertFalse(world.isValid(), "two of three are near each other, three are required");
        assertEquals(10_000, world.index());
        assertEquals(10_000, world.mark());
        world.tick(2, 10_020);
        assertTrue(world.isValid());
    }

    @Test
    void shouldLeaveOutASoftStaleSourceAsLongAsTheOthersAreEnough() {
        world.index(2);
        world.agree(10_000);
        world.pass(5);
        world.tick(1, 10_100);
        world.tick(2, 10_100);

        assertEquals(0b110, world.marks.sourceBitmap(world.instrument));
        world.pass(5);
        assertEquals(0b111, world.marks.sourceBitmap(world.instrument), "all three are soft-stale now: all count");
        assertTrue(world.isValid());
    }

    @Test
    void shouldDropAStaleSourceAndTellIt() {
        world.index(1);
        world.tick(0, 10_000);
        world.pass(29);
        assertTrue(world.isValid());
        for (int tick = 0; tick < 9; tick++) {
            assertFalse(world.clock());
        }

        assertTrue(world.clock(), "30 s old");

        assertFalse(world.isValid());
        assertEquals(0, world.marks.sourceBitmap(world.instrument));
    }

    @Test
    void shouldHoldBackAJumpUntilASecondSourceConfirmsIt() {
        world.index(1);
        world.tick(0, 10_000);
        world.tick(0, 12_001);
        assertEquals(10_000, world.index());
        assertTrue(world.isValid(), "what was valid stays so while the step waits");

        world.tick(1, 12_100);

        assertEquals(12_001, world.index());
    }

    @Test
    void shouldLetAStepOfTheJumpLimitItselfPass() {
        world.index(1);
        world.tick(0, 10_000);
        world.tick(0, 12_000);
        assertEquals(12_000, world.index());
        world.tick(0, 9_600);
        assertEquals(9_600, world.index());
    }

    @Test
    void shouldTakeAJumpThatPersists() {
        world.index(1);
        world.tick(0, 10_000);
        world.tick(0, 7_000);
        world.pass(2);
        world.tick(0, 7_100);
        assertEquals(10_000, world.index());
        world.pass(1);
        assertEquals(7_100, world.index(), "3 s after the first of them");
    }

    @Test
    void shouldBeginToWaitAnewWhenTheJumpTurnsRound() {
        world.index(1);
        world.tick(0, 10_000);
        world.tick(0, 7_000);
        world.pass(2);
        world.tick(0, 14_000);
        world.pass(2);
        assertEquals(10_000, world.index());
        world.tick(0, 10_100);
        assertEquals(10_100, world.index(), "back within the limit");
        world.tick(0, 14_000);
        world.pass(2);
        assertEquals(10_100, world.index(), "and the wait begins anew");
    }

    @Test
    void shouldAverageTheIndexOnClockTicksOnly() {
        world.index(1);
        world.tick(0, 10_000);
        assertEquals(10_000, world.marks.indexAverageTicks(world.instrument));
        world.clock();
        world.tick(0, 11_000);
        assertEquals(10_000, world.marks.indexAverageTicks(world.instrument));

        world.pass(20);
        world.tick(0, 11_000);
        world.pass(20);

        // 40 s of an hour: 10,000 + 1,000 * (1 - exp(-40 / 3,600)) = 10,011.05
        assertEquals(10_011, world.marks.indexAverageTicks(world.instrument));
    }
}
