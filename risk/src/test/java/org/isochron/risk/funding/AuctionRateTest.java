package org.isochron.risk.funding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.isochron.risk.ledger.RiskWorld;
import org.isochron.risk.state.Capacities;
import org.junit.jupiter.api.Test;

/** Rates in multiples of 1,000 billionths. */
class AuctionRateTest {
    private static final long STEP = 1_000;
    private static final long CAP = 20 * STEP + 999;

    private final RiskWorld world = new RiskWorld();
    private final int instrument = world.instrument(1, 100_000, 0, 100);
    private final FundingOrders orders = new FundingOrders(world.ledger.positions(), Capacities.GENESIS);
    private final AuctionRate rate = new AuctionRate(orders);
    private long accounts = 1;

    /** A pair of holders, neither with an order. */
    private int[] pair(final long lots) {
        final int buyer = world.account(accounts++, 0);
        final int seller = world.account(accounts++, 0);
        world.hold(buyer, seller, instrument, lots, 100);
        return new int[] {
            world.ledger.position(buyer, instrument), world.ledger.position(seller, instrument),
        };
    }

    private void order(final int position, final long lots, final long steps) {
        orders.enter(position, lots, steps * STEP, 7);
    }

    private long steps() {
        final long found = rate.find(instrument, CAP);
        assertEquals(0, found % STEP);
        return found / STEP;
    }

    private long closing() {
        return rate.closing(instrument, rate.find(instrument, CAP));
    }

    @Test
    void shouldBeZeroWithoutOrders() {
        pair(10);

        assertEquals(0, steps());
        assertEquals(0, closing());
    }

    @Test
    void shouldBeWhatTheOnlyOnesWhoAskWant() {
        final int[] both = pair(10);
        order(both[1], 10, 5);
        assertEquals(5, steps(), "shorts want at least 5 and no long minds");

        order(both[0], 10, -3);
        orders.withdraw(both[1]);
        assertEquals(-3, steps(), "longs pay at most -3 and no short minds");
    }

    @Test
    void shouldTakeTheLeastRateAmongEqualOnes() {
        final int[] both = pair(10);
        order(both[0], 10, 9);
        order(both[1], 10, -4);
        assertEquals(0, steps(), "all carry from -4 to 9");

        order(both[1], 10, 3);
        assertEquals(3, steps(), "all carry from 3 to 9");

        order(both[0], 10, -2);
        order(both[1], 10, -8);
        assertEquals(-2, steps(), "all carry from -8 to -2");
    }

    @Test
    void shouldLetCarryAsManyAsPossible() {
        final int[] first = pair(10);
        final int[] second = pair(6);
        order(first[0], 4, -5);
        order(second[1], 6, 5);

        assertEquals(5, steps(), "12 longs and all 16 shorts carry; at less only 10 shorts would");
        assertEquals(0, closing(), "no short is unwilling");
    }

    @Test
    void shouldPreferTheLeastImbalanceWhereAsManyCarry() {
        final int[] first = pair(10);
        order(first[0], 4, -1);
        order(first[1], 4, 1);
        final int[] second = pair(3);
        order(second[1], 3, -2);

        assertEquals(0, steps(), "13 - 4 on both sides at 0; at -1 all longs, and at 1 all shorts");
        assertEquals(4, closing());
    }

    @Test
    void shouldCountNoMoreThanThePositionStillHasOnThatSide() {
        final int[] both = pair(10);
        order(both[1], 10, 5);
        assertEquals(10, orders.lots(both[1]));
        world.ledger.trade(both[1], both[0], 7, 700);
        assertEquals(3, orders.lots(both[1]));
        world.ledger.trade(both[1], both[0], 7, 700);
        assertEquals(0, orders.lots(both[1]), "it is long now");
        assertEquals(0, steps());
    }

    @Test
    void shouldFindWhatATrialOfEveryRateFinds() {
        final long seed = System.nanoTime();
        System.out.println("auction rate seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final int[][] pairs = new int[12][];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = pair(random.nextLong(1, 9));
        }
        for (int round = 0; round < 2_000; round++) {
            final int position = pairs[random.nextInt(pairs.length)][random.nextInt(2)];
            final long held = Math.abs(world.ledger.positions().lots(position));
            orders.withdraw(position);
            if (random.nextInt(4) != 0) {
                order(position, random.nextLong(1, held + 1), random.nextLong(-21, 22));
            }
            assertEquals(trial(), steps(), "round " + round);
        }
    }

    /** Every rate from the lowest on; only a better one replaces the one found. */
    private long trial() {
        long best = Long.MIN_VALUE;
        long[] bestKey = null;
        for (long steps = -20; steps <= 20; steps++) {
            long longs = world.ledger.positions().openInterestLots(instrument);
            long shorts = longs;
            for (int at = orders.oldest(instrument); at != FundingOrders.NONE; at = orders.newer(at)) {
                final long limit = orders.rate(at) / STEP;
                longs -= orders.isLong(at) && steps > limit ? orders.lots(at) : 0;
                shorts -= !orders.isLong(at) && steps < limit ? orders.lots(at) : 0;
            }
            final long[] key = {Math.min(longs, shorts), -Math.abs(longs - shorts), -Math.abs(steps)};
            if (bestKey == null || Arrays.compare(key, bestKey) > 0) {
                best = steps;
                bestKey = key;
            }
        }
        return best;
    }
}
