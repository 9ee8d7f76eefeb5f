package org.isochron.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.isochron.risk.ledger.ListedOrders;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.ledger.RiskWorld;
import org.isochron.risk.margin.Gate.Verdict;
import org.junit.jupiter.api.Test;

/** Mark 100, K 1, initial margin 10 %, maintenance 5 %, taker fee 0.1 %. */
class FillRuleTest {
    private final RiskWorld world = new RiskWorld();
    private final ListedOrders orders = world.orders;
    private final Positions positions = world.ledger.positions();
    private final Gate gate = new Gate(world.ledger, world.marks, world.margin);
    private final int instrument = world.instrument(1, 100_000, 1_000, 100);
    private final int bank = world.account(99, 1L << 50);

    private boolean admitsBuy(final int position, final long ticks, final long lots, final long fee) {
        return gate.admitsFill(position, true, ticks, lots, fee, ticks, false);
    }

    private boolean admitsSell(final int position, final long ticks, final long lots, final long fee) {
        return gate.admitsFill(position, false, ticks, lots, fee, ticks, false);
    }

    @Test
    void shouldAskForInitialMarginAfterAFillThatOpens() {
        // 50 lots at the mark need 500; the fee is 5.
        final long[] cash = {504, 505, 506};
        final boolean[] admitted = {false, true, true};
        for (int i = 0; i < cash.length; i++) {
            final int position = world.ledger.position(world.account(i + 1, cash[i]), instrument);
            assertEquals(admitted[i], admitsBuy(position, 100, 50, 5));
            assertEquals(admitted[i], admitsSell(position, 100, 50, 5));
        }
    }

    @Test
    void shouldCountTheLossAtThePriceOfTheFill() {
        final int position = world.ledger.position(world.account(1, 1_000), instrument);

        // 50 lots need 500; each tick beyond the mark costs 50.
        assertTrue(admitsBuy(position, 110, 50, 0));
        assertFalse(admitsBuy(position, 110, 50, 1));
        assertFalse(admitsBuy(position, 111, 50, 0));
        assertTrue(admitsSell(position, 90, 50, 0));
        assertFalse(admitsSell(position, 89, 50, 0));
    }

    @Test
    void shouldCountARebateAsEquity() {
        final int position = world.ledger.position(world.account(1, 499), instrument);

        assertFalse(admitsBuy(position, 100, 50, 0));
        assertTrue(admitsBuy(position, 100, 50, -1));
    }

    @Test
    void shouldTakeReservedLotsOutOfTheSums() {
        // Margin 500 and fee 5 for the order, whether it rests or has traded.
        final int position = world.ledger.position(world.account(1, 505), instrument);
        orders.rest(position, true, 100, 50);

        assertTrue(gate.admitsFill(position, true, 100, 50, 5, 100, true));
        assertFalse(gate.admitsFill(position, true, 100, 50, 5, 100, false), "the order would count twice");
        assertFalse(gate.admitsFill(position, true, 100, 50, 6, 100, true));
    }

    @Test
    void shouldCountTheOtherPositionsAndOrdersOfTheBucket() {
        final int account = world.account(1, 1_000);
        final int other = world.instrument(2, 200_000, 0, 10);
        orders.rest(world.ledger.position(account, other), true, 10, 250);
        final int position = world.ledger.position(account, instrument);

        assertTrue(admitsBuy(position, 100, 50, 0));
        assertFalse(admitsBuy(position, 100, 50, 1));

        world.marks.tick(other, 0, 11, 0);
        assertFalse(admitsBuy(position, 100, 50, 0), "the other order's margin has grown by 50");
    }

    /** Between maintenance and initial margin: a sale no worse than the zero price passes, one tick below fails. */
    @Test
    void shouldAdmitAReducingFillDownToTheZeroPrice() {
        final int account = world.account(1, 700);
        // 100 lots at 100, one position: E 700 of IM 1,000. The zero price is 100 - 7 = 93.
        final int position = world.hold(account, bank, instrument, 100, 100);

        assertTrue(admitsSell(position, 94, 10, 0));
        assertTrue(admitsSell(position, 93, 10, 0));
        assertFalse(admitsSell(position, 93, 10, 1));
        assertFalse(admitsSell(position, 92, 10, 0));
        assertFalse(admitsBuy(position, 100, 1, 0), "only reducing fills may pass below the initial margin");
    }

    @Test
    void shouldAdmitAReducingFillOfAShortUpToTheZeroPrice() {
        final int account = world.account(1, 700);
        final int position = world.hold(account, bank, instrument, -100, 100);

        assertTrue(admitsBuy(position, 107, 10, 0));
        assertFalse(admitsBuy(position, 107, 10, 1));
        assertFalse(admitsBuy(position, 108, 10, 0));
        assertFalse(admitsSell(position, 100, 1, 0));
    }

    @Test
    void shouldNotLetAFillCrossZeroBelowTheInitialMargin() {
        final int account = world.account(1, 100);
        final int position = world.hold(account, bank, instrument, 100, 100);

        assertTrue(admitsSell(position, 100, 99, 0));
        assertTrue(admitsSell(position, 100, 100, 0));
        assertTrue(admitsSell(position, 100, 101, 0), "one lot short needs 10 of 100");
        assertTrue(admitsSell(position, 100, 110, 0));
        assertFalse(admitsSell(position, 100, 111, 0));
    }

    @Test
    void shouldCloseWholeOnlyAtAPriceThatLeavesNothingOwed() {
        final int account = world.account(1, 700);
        final int position = world.hold(account, bank, instrument, 100, 100);

        assertTrue(admitsSell(position, 93, 100, 0), "E1 0, MM1 0");
        assertFalse(admitsSell(position, 93, 100, 1));
        assertFalse(admitsSell(position, 92, 100, 0));
    }

    @Test
    void shouldOnlyAdmitABucketWithNegativeEquityOutOfItsHole() {
        final int account = world.account(1, 0);
        final int position = world.hold(account, bank, instrument, 100, 101);

        // E is -100: a sale at the mark leaves it there; ten lots at 110 bring it to 0.
        assertFalse(admitsSell(position, 100, 10, 0));
        assertFalse(admitsSell(position, 109, 10, 0));
        assertTrue(admitsSell(position, 110, 10, 0));
        assertFalse(admitsSell(position, 110, 10, 1));
    }

    @Test
    void shouldCompareRatiosOverAllPositionsOfTheBucket() {
        final int account = world.account(1, 700);
        final int other = world.instrument(2, 100_000, 0, 100);
        final int position = world.hold(account, bank, instrument, 50, 100);
        world.hold(account, bank, other, -50, 100);

        // MM 500 falls by 50 with ten lots: E may fall by a tenth, 70.
        assertTrue(admitsSell(position, 93, 10, 0));
        assertFalse(admitsSell(position, 93, 10, 1));
    }

    @Test
    void shouldAdmitAReducingFillWithoutMaintenanceMarginAsLongAsEquityIsNotNegative() {
        final int free = world.instrument(2, 1, 0, 100);
        final int account = world.account(1, 0);
        orders.rest(world.ledger.position(account, instrument), true, 100, 1);
        final int position = world.hold(account, bank, free, 100, 100);

        // Initial 1 ppm rounds to 1, maintenance is 0 ppm. The resting order keeps E below IM.
        assertTrue(admitsSell(position, 100, 10, 0));
        assertFalse(admitsSell(position, 99, 10, 0));
    }

    @Test
    void shouldSayWhatIsSpare() {
        final int account = world.account(1, 1_000);
        assertEquals(1_000, gate.spare(world.ledger.crossBucket(account, RiskWorld.ASSET)));
        orders.rest(world.ledger.position(account, instrument), true, 100, 50);

        assertEquals(1_000 - 505, gate.spare(world.ledger.crossBucket(account, RiskWorld.ASSET)));

        world.ledger.deposit(world.ledger.crossBucket(account, RiskWorld.ASSET), -600);
        assertEquals(-105, gate.spare(world.ledger.crossBucket(account, RiskWorld.ASSET)));
    }

    /**
     * What {@link Gate#admitsWhole} promises: whatever the portions and prices, no fill of the order fails. Random buckets
     * with orders on both sides, own buys below own sells.
     */
    @Test
    void shouldPassEveryFillOfAnOrderThatIsAdmittedWhole() {
        final long seed = 77;
        System.out.println("FillRuleTest seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        int admitted = 0;
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            final int account = world.ledger.accountCount() < 900 ? world.account(1_000 + i, 0) : -1;
            if (account < 0) {
                break;
            }
            final boolean buy = random.nextBoolean();
            final int position = bucket(account, buy, random);
            final long ticks = 80 + random.nextInt(40);
            final long lots = 1 + random.nextInt(60);
            final int fills = 1 + random.nextInt(5);
            final Verdict verdict = gate.judgeOrder(account, instrument, position, buy, ticks, lots, 0, 0, false);
            if (verdict == Verdict.ADMITTED
                    && gate.admitsWhole(account, instrument, position, buy, ticks, lots, fills)) {
                admitted++;
                orders.rest(position, buy, ticks, lots);
                fill(position, buy, ticks, lots, fills, random, "seed " + seed + ", bucket " + i);
            } else {
                refused++;
            }
        }
        assertTrue(admitted > 100 && refused > 100, admitted + " admitted, " + refused + " refused");
    }

    private int bucket(final int account, final boolean buy, final SplittableRandom random) {
        world.ledger.deposit(world.ledger.crossBucket(account, RiskWorld.ASSET), 1 + random.nextInt(1_500));
        final int position = world.ledger.position(account, instrument);
        world.hold(account, bank, instrument, (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(20)), 100);
        for (int order = random.nextInt(4); order > 0; order--) {
            // Own orders of the other side stand beyond any price of the order in question.
            orders.rest(position, !buy, buy ? 120 + random.nextInt(9) : 70 + random.nextInt(9), 1 + random.nextInt(30));
        }
        for (int order = random.nextInt(3); order > 0; order--) {
            orders.rest(position, buy, buy ? 70 + random.nextInt(9) : 120 + random.nextInt(9), 1 + random.nextInt(9));
        }
        return position;
    }

    private void fill(
            final int position,
            final boolean buy,
            final long limitTicks,
            final long lots,
            final int fills,
            final SplittableRandom random,
            final String where) {
        long left = lots;
        for (int fill = fills; fill > 0 && left > 0; fill--) {
            final long portion = fill == 1 ? left : 1 + random.nextLong(left);
            final long better = random.nextBoolean() ? 0 : random.nextInt(9);
            final long ticks = buy ? limitTicks - better : limitTicks + better;
            final long fee = Margin.ceilPpm(portion * ticks, 1_000);
            assertTrue(gate.admitsFill(position, buy, ticks, portion, fee, limitTicks, true), where);
            world.hold(positions.account(position), bank, instrument, buy ? portion : -portion, ticks);
            world.ledger.transfer(
                    world.ledger.bucketOf(position), world.ledger.crossBucket(bank, RiskWorld.ASSET), fee);
            orders.reduce(orders.count() - 1, portion);
            left -= portion;
        }
    }
}
