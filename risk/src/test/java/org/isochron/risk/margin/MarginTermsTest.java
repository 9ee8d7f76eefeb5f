package org.isochron.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

class MarginTermsTest {
    private static final long M = 1_000_000;

    private final RiskWorld world = new RiskWorld();
    private final int bank = world.account(99, 1L << 50);
    private final MarginTerms terms = world.margin.scratch().terms();
    private final int instrument = world.instrument(1, 100_000, 0, 100);

    private int power(final int exponent, final int initialPpm) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = 7;
        terms.symbolHead = 7;
        terms.kind = Instruments.POWER;
        terms.exponent = exponent;
        terms.norm = 1_000_000_000;
        terms.tickSize = 1;
        terms.factor = 1;
        terms.maxPriceTicks = 1_000_000;
        terms.initialMarginPpm = initialPpm;
        terms.maintenanceMarginPpm = initialPpm / 2;
        terms.indexStaleNs = RiskWorld.STALE_NS;
        terms.requiredSources = 1;
        final int defined = world.ledger.instruments().define(terms);
        world.marks.tick(defined, 0, 100, 0);
        return defined;
    }

    private long maintenance(final long size) {
        return terms.maintenance(terms.of(instrument), false, size);
    }

    private long initial(final long size) {
        return terms.initial(terms.of(instrument), false, size);
    }

    @Test
    void shouldKeepToTheContractsRatesWithoutTiers() {
        assertEquals(50_001, maintenance(M + 1));
        assertEquals(100_001, initial(M + 1));
    }

    @Test
    void shouldTakeEachRateOfThePartInsideItsTier() {
        world.tiers(instrument, 0, 0, new long[][] {
            {0, 20_000, 10_000}, {5 * M, 50_000, 25_000}, {20 * M, 100_000, 60_000}
        });

        assertEquals(50_000, maintenance(5 * M));
        assertEquals(50_000 + 25_000, maintenance(6 * M));
        assertEquals(50_000 + 15 * 25_000, maintenance(20 * M));
        assertEquals(50_000 + 15 * 25_000 + 60_000, maintenance(21 * M));
        assertEquals(100_000 + 15 * 50_000 + 100_000, initial(21 * M));
    }

    @Test
    void shouldNeverJumpAndNeverFall() {
        final long seed = 31;
        final SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < 200; run++) {
            final long[][] tiers = new long[1 + random.nextInt(16)][];
            long floor = 0;
            long initial = 10_000;
            long maintenance = 1;
            for (int tier = 0; tier < tiers.length; tier++) {
                initial += random.nextInt(50_000);
                maintenance += random.nextLong(initial - maintenance + 1);
                tiers[tier] = new long[] {floor, initial, maintenance};
                floor += M * (1 + random.nextInt(1_000_000));
            }
            world.tiers(instrument, 0, 0, tiers);
            for (final long[] tier : tiers) {
                if (tier[0] != 0) {
                    final long below = maintenance(tier[0] - 1);
                    final long at = maintenance(tier[0]);
                    assertTrue(at >= below && at <= below + 1, "seed " + seed + ", run " + run);
                    assertTrue(initial(tier[0]) - initial(tier[0] - 1) <= 1, "seed " + seed + ", run " + run);
                }
                final long size = tier[0] + random.nextLong(M * M);
                final long more = random.nextLong(M * M);
                final long added = initial(size + more) - initial(size);
                assertTrue(added >= 0 && added <= terms.mostAdded(terms.of(instrument), size, more), "seed " + seed);
            }
        }
    }

    @Test
    void shouldFollowTheOpenInterestOfTheLastTick() {
        world.tiers(instrument, 1_000, 3_000, new long[] {0, 100_000, 50_000});
        final int account = world.account(1, 1_000_000);
        world.hold(account, bank, instrument, 20, 100);

        world.margin.judge(world.ledger.crossBucket(account, RiskWorld.ASSET));
        assertEquals(200, world.margin.initial(), "nobody has told it yet");
        world.margin.noteOpenInterest();
        world.margin.judge(world.ledger.crossBucket(account, RiskWorld.ASSET));
        // Open interest 2,000 is half way from 1,000 to 3,000: the rate is half way from 10 % to all.
        assertEquals(1_100, world.margin.initial());
        assertEquals(100, world.margin.maintenance());

        world.marks.tick(instrument, 0, 200, 0);
        world.margin.judge(world.ledger.crossBucket(account, RiskWorld.ASSET));
        assertEquals(4_000, world.margin.initial(), "4,000 are beyond the upper bound: all of it");
        world.margin.verify();
    }

    @Test
    void shouldCountABucketAnewWhenItsRulesChange() {
        final int account = world.account(1, 1_000_000);
        world.hold(account, bank, instrument, 20, 100);
        world.margin.judge(world.ledger.crossBucket(account, RiskWorld.ASSET));
        assertEquals(100, world.margin.maintenance());

        world.tiers(instrument, 0, 0, new long[] {0, 200_000, 150_000});

        world.margin.judge(world.ledger.crossBucket(account, RiskWorld.ASSET));
        assertEquals(300, world.margin.maintenance());
        assertEquals(400, world.margin.initial());
        world.margin.verify();
    }

    @Test
    void shouldAskOfASquareForTheMoveOfItsUnderlying() {
        final int square = power(Instruments.EXPONENT_TWO, 100_000);

        // 5 % down: 1 - 0.95^2 = 9.75 %; 10 % down: 19 %.
        assertEquals(97_500, terms.maintenance(terms.of(square), false, M));
        assertEquals(190_000, terms.initial(terms.of(square), false, M));
        // Up it is 10.25 and 21 %, but a short needs a quarter and half.
        assertEquals(250_000, terms.maintenance(terms.of(square), true, M));
        assertEquals(500_000, terms.initial(terms.of(square), true, M));
    }

    @Test
    void shouldAskOfACubeForMoreThanItsSizeWhereThatMayBeLost() {
        final int cube = power(Instruments.EXPONENT_THREE, 800_000);

        assertEquals(992_000, terms.initial(terms.of(cube), false, M), "1 - 0.2^3");
        assertEquals(4_832_000, terms.initial(terms.of(cube), true, M), "1.8^3 - 1");
        assertEquals(1_744_000, terms.maintenance(terms.of(cube), true, M), "1.4^3 - 1");
    }

    @Test
    void shouldNotAskOfARootForLessThanItsTier() {
        final int root = power(Instruments.EXPONENT_HALF, 100_000);

        assertEquals(50_000, terms.maintenance(terms.of(root), false, M));
        assertEquals(100_000, terms.initial(terms.of(root), true, M));
    }

    @Test
    void shouldRoundMovesOfPowersUp() {
        for (final int exponent :
                new int[] {Instruments.EXPONENT_HALF, Instruments.EXPONENT_TWO, Instruments.EXPONENT_THREE}) {
            for (int ppm = 1; ppm <= M; ppm += 997) {
                final double e = exponent == Instruments.EXPONENT_HALF ? 0.5 : exponent - 2;
                final BigDecimal one = BigDecimal.ONE;
                final BigDecimal s = BigDecimal.valueOf(ppm, 6);
                if (e == 0.5) {
                    assertEquals(1 - Math.sqrt(1 - ppm / 1e6), PowerMoves.fall(exponent, ppm) / 1e6, 1.01e-6);
                    assertEquals(Math.sqrt(1 + ppm / 1e6) - 1, PowerMoves.rise(exponent, ppm) / 1e6, 1.01e-6);
                } else {
                    final BigDecimal fall = one.subtract(one.subtract(s).pow((int) e));
                    final BigDecimal rise = one.add(s).pow((int) e).subtract(one);
                    assertEquals(ceil(fall), PowerMoves.fall(exponent, ppm));
                    assertEquals(ceil(rise), PowerMoves.rise(exponent, ppm));
                }
            }
        }
    }

    private static long ceil(final BigDecimal part) {
        return part.movePointRight(6)
                .setScale(0, java.math.RoundingMode.CEILING)
                .longValueExact();
    }
}
