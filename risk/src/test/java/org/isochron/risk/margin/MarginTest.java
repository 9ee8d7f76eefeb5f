package org.isochron.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

class MarginTest {
    private final RiskWorld world = new RiskWorld();
    private final Margin margin = world.margin;
    private final int bank = world.account(99, 1_000_000);

    @Test
    void shouldSumPositionsOfTheBucketAtTheirMarks() {
        final int account = world.account(1, 1_000);
        final int longOne = world.instrument(1, 100_000, 1_000, 100);
        final int shortOne = world.instrument(2, 200_000, 0, 50);
        world.hold(account, bank, longOne, 10, 90);
        world.hold(account, bank, shortOne, -4, 60);

        margin.judge(world.ledger.crossBucket(account, RiskWorld.ASSET));

        assertEquals(1_000 + 10 * 10 + 4 * 10, margin.equity());
        assertEquals(50 + 20, margin.maintenance());
        assertEquals(100 + 40, margin.initial());
        assertEquals(1, margin.closingFee());
        assertEquals(1_200, margin.notional());
        assertEquals(2, margin.openPositions());
    }

    @Test
    void shouldRoundRequirementsAndFeesUp() {
        final int account = world.account(1, 1_000);
        final int instrument = world.instrument(1, 20, 1, 101);
        world.hold(account, bank, instrument, 1, 101);

        margin.judge(world.ledger.crossBucket(account, RiskWorld.ASSET));

        assertEquals(1, margin.maintenance());
        assertEquals(1, margin.initial());
        assertEquals(1, margin.closingFee());
    }

    @Test
    void shouldBeSafeAtEqualityAndUnderwaterOneQuantumBelow() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int equal = world.account(1, 50);
        final int below = world.account(2, 49);
        world.hold(equal, bank, instrument, 10, 100);
        world.hold(below, bank, instrument, 10, 100);

        margin.judge(world.ledger.crossBucket(equal, RiskWorld.ASSET));
        assertFalse(margin.isUnderwater());
        margin.judge(world.ledger.crossBucket(below, RiskWorld.ASSET));
        assertTrue(margin.isUnderwater());
    }

    /** DYR-19 to DYR-21 of the design's vectors: 0.1 BTC long at 50,000, initial margin 20 %, maintenance 10 %. */
    @Test
    void shouldJudgeThePublishedBorderlineAccount() {
        final int instrument = world.instrument(1, 200_000, 0, 50_000);
        final int[] accounts = {world.account(1, 1_000), world.account(2, 500), world.account(3, 499)};
        final boolean[] underwater = {false, false, true};
        for (int i = 0; i < accounts.length; i++) {
            // One lot is 0.1 BTC worth of ticks here: 5,000 of value against cash of -4,000, -4,500 and -4,501.
            world.marks.tick(instrument, 0, 5_000, 0);
            world.hold(accounts[i], bank, instrument, 1, 5_000);
            margin.judge(world.ledger.crossBucket(accounts[i], RiskWorld.ASSET));
            assertEquals(underwater[i], margin.isUnderwater());
        }
    }

    @Test
    void shouldAgreeWithWideArithmeticOnFractionsOfAnySize() {
        final long seed = 99;
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            final long amount = random.nextLong(1L << (1 + random.nextInt(60)));
            final long ppm = random.nextLong(Margin.PPM + 1);
            assertEquals(FixedPoint.mulDivCeil(amount, ppm, Margin.PPM), Margin.ceilPpm(amount, ppm), "seed " + seed);
            assertEquals(FixedPoint.mulDivFloor(amount, ppm, Margin.PPM), Margin.floorPpm(amount, ppm), "seed " + seed);
        }
    }
}
