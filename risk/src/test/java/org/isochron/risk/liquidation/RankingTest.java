package org.isochron.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.RiskWorld;
import org.isochron.risk.rules.LiquidationRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {
    private final RiskWorld world = new RiskWorld();
    private final Ledger ledger = world.ledger;
    private final DeleverageScore scores = new DeleverageScore(ledger, world.margin);
    private final Ranking ranking = new Ranking(ledger, scores);
    private final Remainder remainder = new Remainder(ledger, world.marks, world.margin);
    private final int bank = world.account(1_000_000, 1_000_000_000);

    private int instrument;

    private long id(final int position) {
        return ledger.accountId(ledger.positions().account(position));
    }

    private List<Long> order(final int rule) {
        final List<Long> ids = new ArrayList<>();
        ranking.begin(remainder, rule, 0);
        for (int position = ranking.next(); position != Ranking.NONE; position = ranking.next()) {
            ids.add(id(position));
        }
        return ids;
    }

    /** All of a position that is for sale at its value at mark. */
    private void liquidate(final int position) {
        final long lots = Math.abs(ledger.positions().lots(position));
        remainder.of(position, lots, world.margin.value(position), 0, lots);
    }

    /** BMA-01 and BMA-02 of BitMEX: six longs of 100 contracts in all, their scores given; a short of 20 is closed at 650. */
    @Test
    void shouldRankBitmexsSixLongsAsPublished() {
        // Everybody has doubled the price, so the score is the leverage: 660 * lots / equity.
        instrument = world.instrument(1, 10_000, 0, 660);
        final long[][] longs = {{10, 3}, {10, 6}, {20, 1}, {30, 4}, {20, 5}, {10, 2}};
        for (int i = 0; i < longs.length; i++) {
            final long lots = longs[i][0];
            final int account = world.account(i + 1, 660 * lots / longs[i][1] - 330 * lots);
            world.hold(account, bank, instrument, lots, 330);
        }
        final int victim = world.hold(world.account(20, 0), bank, instrument, -20, 650);
        remainder.of(victim, 20, -20 * 650, 0, 20);

        assertEquals(List.of(2L, 5L, 4L, 1L, 6L, 3L), order(LiquidationRules.PNL_LEVERAGE));

        ranking.begin(remainder, LiquidationRules.PNL_LEVERAGE, 0);
        final int first = ranking.next();
        assertEquals(6_000_000, ranking.score());
        assertEquals(5_000_000, ranking.cutoffScore());
        assertEquals(10, remainder.lotsFor(first, remainder.left()));
        assertEquals(-6_500, remainder.cash(10));
        remainder.pass(10);
        final int second = ranking.next();
        assertEquals(2, ranking.rank());
        assertEquals(10, remainder.lotsFor(second, remainder.left()), "10 of its 20");
        remainder.pass(10);
        assertEquals(0, remainder.left());
    }

    @Test
    void shouldPutTheOlderOfTwoEqualPositionsFirst() {
        instrument = world.instrument(1, 100_000, 0, 100);
        final int young = world.account(1, 1_000);
        final int middle = world.account(2, 1_000);
        final int old = world.account(3, 1_000);
        world.hold(young, bank, instrument, -10, 100);
        world.hold(old, bank, instrument, -10, 100);
        world.hold(middle, bank, instrument, -10, 100);
        // Closed and opened again: its age begins anew.
        world.hold(young, bank, instrument, 10, 100);
        world.hold(young, bank, instrument, -10, 100);
        liquidate(world.hold(world.account(9, 0), bank, instrument, 10, 100));

        assertEquals(List.of(3L, 2L, 1L), order(LiquidationRules.PNL_LEVERAGE));
    }

    @Test
    void shouldTakeEveryKindOfCandidateAndNoOther() {
        instrument = world.instrument(1, 100_000, 0, 100);
        final int fund = ledger.position(Ledger.INSURANCE, instrument);
        ledger.deposit(ledger.crossBucket(Ledger.INSURANCE, RiskWorld.ASSET), 1_000);
        ledger.trade(ledger.position(bank, instrument), fund, 5, 500);
        final int dying = world.account(2, 1_000);
        world.hold(dying, bank, instrument, -10, 100);
        ledger.inLiquidation(ledger.crossBucket(dying, RiskWorld.ASSET), true);
        world.hold(world.account(3, 100), bank, instrument, -10, 90);
        world.hold(world.account(4, 1_000), bank, instrument, 10, 100);
        world.hold(world.account(5, 1_000), bank, instrument, -10, 100);
        liquidate(world.hold(world.account(9, 0), bank, instrument, 10, 100));

        final List<Long> order = order(LiquidationRules.PNL_LEVERAGE);

        assertTrue(order.contains(Ledger.INSURANCE_ID), "the fund stands in the queue like anyone");
        assertTrue(order.contains(2L), "a bucket under liquidation does");
        assertTrue(!order.contains(3L), "equity of exactly 0 has nothing to give");
        assertTrue(!order.contains(4L), "the same side");
        assertTrue(!order.contains(9L), "the one under liquidation");
        assertEquals(3, order.size());
    }

    @Test
    void shouldPassOverWhoeverWouldOweAfterTheFirstLot() {
        instrument = world.instrument(1, 100_000, 0, 100);
        world.hold(world.account(1, 10), bank, instrument, -10, 100);
        world.hold(world.account(2, 9), bank, instrument, -10, 100);
        final int victim = world.hold(world.account(9, 0), bank, instrument, 10, 100);

        // A lot worth 100 for 110.
        remainder.of(victim, 10, 1_100, 0, 10);

        assertEquals(List.of(1L), order(LiquidationRules.PNL_LEVERAGE));
    }

    @Test
    void shouldFindNobodyAmongNoOppositePositions() {
        instrument = world.instrument(1, 100_000, 0, 100);
        final int victim = world.hold(world.account(9, 0), bank, instrument, 10, 100);
        world.hold(bank, world.account(8, 0), instrument, 10, 100);
        remainder.of(victim, 10, 1_000, 0, 10);

        assertEquals(List.of(), order(LiquidationRules.PNL_LEVERAGE));
        assertEquals(Ranking.NO_SCORE, ranking.cutoffScore());
        assertEquals(Ranking.NONE, ranking.next(), "asked again");
    }

    /** Random holders, many more than one pass finds, against a sort; every one is filled as far as it goes. */
    @ParameterizedTest
    @ValueSource(ints = {LiquidationRules.PNL_LEVERAGE, LiquidationRules.HYPERLIQUID, LiquidationRules.SEEDED_RANDOM})
    void shouldRankAnyNumberOfHoldersLikeASort(final int rule) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        instrument = world.instrument(1, 100_000, 0, 100);
        for (int i = 1; i <= 300; i++) {
            final int account = world.account(random.nextInt(1_000_000) * 1_000L + i, random.nextInt(20) * 50);
            world.hold(account, bank, instrument, -1 - random.nextInt(10), 95 + random.nextInt(4) * 5);
        }
        final int victim = world.hold(world.account(9, 0), bank, instrument, 400, 100);
        remainder.of(victim, 400, 400 * 103 + random.nextInt(400), 0, 400);
        final List<Integer> expected = new ArrayList<>();
        for (int at = 0; at < ledger.positions().count(); at++) {
            if (remainder.isCandidate(at)) {
                expected.add(at);
            }
        }
        final Comparator<Integer> byScore = Comparator.comparingLong(at -> -scores.of(at, rule, seed));
        expected.sort(byScore.thenComparingLong(at -> ledger.positions().opened(at)));
        final List<Long> expectedScores = new ArrayList<>();
        expected.forEach(at -> expectedScores.add(scores.of(at, rule, seed)));

        ranking.begin(remainder, rule, seed);
        for (int place = 0; place < expected.size() && remainder.left() > 0; place++) {
            final int position = ranking.next();
            final String where = "seed " + seed + ", place " + place;
            assertEquals(expected.get(place), position, where);
            assertEquals(place + 1, ranking.rank(), where);
            assertEquals(expectedScores.get(place), ranking.score(), where);
            assertEquals(
                    place + 1 < expected.size() ? expectedScores.get(place + 1) : Ranking.NO_SCORE,
                    ranking.cutoffScore(),
                    where);
            final long lots = remainder.lotsFor(position, remainder.left());
            ledger.trade(position, victim, lots, remainder.cash(lots));
            remainder.pass(lots);
            remainder.beginRound();
            assertTrue(remainder.left() == 0 || !remainder.isCandidate(position), where + ": it could take more");
        }
        assertTrue(expected.size() > 3 * Ranking.PASS, "seed " + seed + ": " + expected.size() + " candidates");
    }
}
