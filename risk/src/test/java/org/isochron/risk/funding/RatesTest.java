package org.isochron.risk.funding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final BigInteger UNITS = BigInteger.ONE.shiftLeft(20);

    @Test
    void shouldPayTheInterestItselfWhileThePremiumIsNearIt() {
        assertEquals(100_000, Rates.withInterest(-400_000, 100_000, 500_000));
        assertEquals(100_000, Rates.withInterest(600_000, 100_000, 500_000));
        assertEquals(101_000, Rates.withInterest(601_000, 100_000, 500_000));
        assertEquals(99_000, Rates.withInterest(-401_000, 100_000, 500_000));
    }

    @Test
    void shouldGiveAnHourAnEighthOfTheRateForEightHours() {
        assertEquals(12_500, Rates.forInterval(100_000, 3_600_000));
        assertEquals(100_000, Rates.forInterval(100_000, 28_800_000));
        assertEquals(-1, Rates.forInterval(-15, 3_600_000));
        assertEquals(17, Rates.forInterval(100_000, 5_000));
    }

    @Test
    void shouldCapTheRateAtThreeQuartersOfTheMarginInBetween() {
        assertEquals(37_500_000, Rates.cap(40_000_000, 100_000, 50_000));
        assertEquals(40_000_000, Rates.cap(40_000_000, 200_000, 100_000));
    }

    @Test
    void shouldHalveTheRateOfAClosedMarketTowardZero() {
        assertEquals(-7, Rates.multiplied(-15, 500_000));
        assertEquals(-15, Rates.multiplied(-15, 1_000_000));
    }

    @Test
    void shouldBoundAPremiumWhoseQuotientLeaves64Bits() {
        assertEquals(1_000, Premium.relative(Long.MAX_VALUE / 2, 1, 1_000));
        assertEquals(-1_000, Premium.relative(-Long.MAX_VALUE / 2, 1, 1_000));
    }

    @Test
    void shouldHoldTheMarkWithinTheImpactPrices() {
        final long bid = 99L << Premium.IMPACT_BITS;
        final long ask = 101L << Premium.IMPACT_BITS;
        final long largest = 1_000_000_000;

        assertEquals(10_000_000, Premium.ofMark(105, bid, ask, 100, largest));
        assertEquals(-10_000_000, Premium.ofMark(90, bid, ask, 100, largest));
        assertEquals(5_000_000, Premium.ofMark(201, bid << 1, ask << 1, 200, largest));
        assertEquals(50_000_000, Premium.ofMark(105, bid, Premium.NO_DEPTH, 100, largest));
        assertEquals(-100_000_000, Premium.ofMark(90, Premium.NO_DEPTH, ask, 100, largest));
    }

    @Test
    void shouldMoveTheIndexOfEveryKindByItsDefinition() {
        final SplittableRandom random = random();
        for (int i = 0; i < 100_000; i++) {
            final long rate = random.nextLong(-1_000_000_000, 1_000_000_001);
            final long ticks = 1 + random.nextLong(1L << random.nextInt(1, 30));
            final long factor = 1 + random.nextLong(1L << random.nextInt(1, 12));
            final BigInteger units = big(rate).multiply(UNITS);
            final BigInteger billion = big(1_000_000_000);

            assertEquals(units.multiply(big(ticks * factor)).divide(billion), big(IndexDelta.of(rate, factor, ticks)));
            final long perTick = factor << 20;
            assertEquals(
                    units.multiply(big(perTick)).divide(billion.multiply(big(ticks))),
                    big(IndexDelta.of(rate, -perTick, ticks)));
        }
    }

    @Test
    void shouldLeaveNothingBehindInManyDivisions() {
        final SplittableRandom random = random();
        final CarriedDivision division = new CarriedDivision();
        for (int run = 0; run < 1_000; run++) {
            final long divisor = 1 + random.nextLong(1L << random.nextInt(1, 51));
            BigInteger carried = BigInteger.ZERO;
            for (int step = 0; step < 100; step++) {
                final long a = random.nextLong(-divisor << 10, divisor << 10);
                final long b = random.nextLong(1L << 50);
                final BigInteger[] expected =
                        big(a).multiply(big(b)).add(carried).divideAndRemainder(big(divisor));

                division.divide(a, b, divisor, carried.longValueExact());

                assertEquals(expected[0], big(division.quotient));
                assertEquals(expected[1], big(division.remainder));
                carried = expected[1];
            }
        }
    }

    @Test
    void shouldTakeAnHourlyShareByItsDefinition() {
        final SplittableRandom random = random();
        final CarriedDivision division = new CarriedDivision();
        for (int i = 0; i < 100_000; i++) {
            final long rate = random.nextLong(-40_000_000, 40_000_001);
            final long stepMs = 100 * (1 + random.nextInt(36_000));
            final long ticks = 1 + random.nextLong(1L << 31);
            final BigInteger exact = big(rate).multiply(UNITS).multiply(big(stepMs));
            final BigInteger hour = big(1_000_000_000).multiply(big(3_600_000));

            HourlyShare.divide(division, rate, stepMs, 7, ticks, 0);
            assertEquals(exact.multiply(big(7 * ticks)).divide(hour), big(division.quotient));

            HourlyShare.divide(division, rate, stepMs, -7_000_000_000L, ticks, 5);
            assertEquals(exact.multiply(big(7_000_000_000L)).divide(hour.multiply(big(ticks))), big(division.quotient));
            assertEquals(0, division.remainder);
        }
    }

    @Test
    void shouldCountOnlyWholeLotsOfTheLastLevel() {
        final ImpactWalk walk = new ImpactWalk();
        walk.begin(1_000, 1, true);
        assertTrue(!walk.take(100, 4));
        assertTrue(walk.take(90, 50));

        // 4 lots at 100 and 6 at 90; 60 quanta are less than a seventh.
        assertEquals((400 + 540) * 65_536 / 10, walk.price());
    }

    @Test
    void shouldRoundTheImpactAskUp() {
        final ImpactWalk walk = new ImpactWalk();
        walk.begin(301, 1, false);
        walk.take(100, 2);
        assertTrue(walk.take(101, 9));

        assertEquals((301 * 65_536 + 2) / 3, walk.price());
    }

    @Test
    void shouldCountCoinsOfAnInverseContract() {
        final ImpactWalk walk = new ImpactWalk();
        walk.begin(25, -1_000, true);
        assertTrue(!walk.take(100, 1));
        assertTrue(walk.take(50, 7));

        assertEquals(100L << 16, walk.price(), "15 quanta left are less than one lot of 20");
    }

    @Test
    void shouldLackTheDepthWhereTheBookEndsOrGoesTooDeep() {
        final ImpactWalk walk = new ImpactWalk();
        walk.begin(1_000_000, 1, true);
        assertEquals(Premium.NO_DEPTH, walk.price());
        for (int level = 1; level < ImpactWalk.MAX_LEVELS; level++) {
            assertTrue(!walk.take(100, 1));
        }
        assertTrue(walk.take(100, 1));

        assertEquals(Premium.NO_DEPTH, walk.price());
    }

    private static BigInteger big(final long value) {
        return BigInteger.valueOf(value);
    }

    private static SplittableRandom random() {
        final long seed = System.nanoTime();
        System.out.println("RatesTest seed " + seed);
        return new SplittableRandom(seed);
    }
}
