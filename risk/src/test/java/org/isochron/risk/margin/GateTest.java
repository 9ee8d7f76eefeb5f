package org.isochron.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.isochron.risk.ledger.ListedOrders;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.ledger.RiskWorld;
import org.isochron.risk.margin.Gate.Verdict;
import org.junit.jupiter.api.Test;

/** Mark 100, K 1, initial margin 10 %, taker fee 0.1 %. */
class GateTest {
    private final RiskWorld world = new RiskWorld();
    private final ListedOrders orders = world.orders;
    private final Gate gate = new Gate(world.ledger, world.marks, world.margin);
    private final Positions positions = world.ledger.positions();
    private final int instrument = world.instrument(1, 100_000, 1_000, 100);
    private final int bank = world.account(99, 1_000_000_000);

    private Verdict judge(final int account, final boolean buy, final long ticks, final long lots) {
        return gate.judgeOrder(account, instrument, positions.find(account, instrument), buy, ticks, lots, 0, 0, false);
    }

    private void rest(final int account, final boolean buy, final long ticks, final long lots) {
        orders.rest(world.ledger.position(account, instrument), buy, ticks, lots);
    }

    @Test
    void shouldAskForInitialMarginAndTakerFeeOfABuyAtTheMark() {
        // 50 lots at 100: margin 500, fee 5.
        final int account = world.account(1, 505);

        assertEquals(Verdict.ADMITTED, judge(account, true, 100, 50));
        assertEquals(505, gate.required());
    }

    @Test
    void shouldRefuseOneQuantumBelowAndAdmitOneAbove() {
        assertEquals(Verdict.INSUFFICIENT_MARGIN, judge(world.account(1, 504), true, 100, 50));
        assertEquals(Verdict.ADMITTED, judge(world.account(2, 506), true, 100, 50));
    }

    @Test
    void shouldAddTheLossOfABuyAboveTheMark() {
        final int account = world.account(1, 1_000_000);

        judge(account, true, 110, 50);

        // Margin 500, loss 10 * 50, fee ceil(5.5).
        assertEquals(500 + 500 + 6, gate.required());
    }

    @Test
    void shouldAddTheLossOfASellBelowTheMark() {
        final int account = world.account(1, 1_000_000);

        judge(account, false, 90, 50);

        assertEquals(500 + 500 + 5, gate.required());
    }

    @Test
    void shouldCountTheWorseSideOnly() {
        final int account = world.account(1, 1_000_000);
        rest(account, false, 105, 30);

        judge(account, true, 95, 50);

        // Buying 50 is worse than selling 30; the fee is that of 50 * 95.
        assertEquals(500 + 5, gate.required());
    }

    @Test
    void shouldAdmitAReducingOrderBelowTheRequirementButNotOneThatFlips() {
        final int account = world.account(1, 1_500);
        world.hold(account, bank, instrument, 100, 100);
        world.marks.tick(instrument, 0, 90, 0);

        // Equity 500, requirement 900 and more.
        assertEquals(Verdict.INSUFFICIENT_MARGIN, judge(account, true, 90, 1));
        assertEquals(Verdict.ADMITTED, judge(account, false, 100, 1));
        assertEquals(Verdict.INSUFFICIENT_MARGIN, judge(account, false, 90, 101));
    }

    @Test
    void shouldRefuseAReducingOrderThatRaisesTheRequirement() {
        final int account = world.account(1, 1_500);
        world.hold(account, bank, instrument, 100, 100);
        world.marks.tick(instrument, 0, 90, 0);

        // Sold far below the mark it would lose 40 a lot.
        assertEquals(Verdict.INSUFFICIENT_MARGIN, judge(account, false, 50, 100));
    }

    @Test
    void shouldTakeTheReplacedOrderOutBeforeTheNewOneComesIn() {
        final int account = world.account(1, 505);
        rest(account, true, 100, 50);
        final int position = positions.find(account, instrument);

        assertEquals(Verdict.ADMITTED, gate.judgeOrder(account, instrument, position, true, 100, 50, 100, 50, true));
        assertEquals(
                Verdict.INSUFFICIENT_MARGIN,
                gate.judgeOrder(account, instrument, position, true, 100, 51, 100, 50, true));
    }

    @Test
    void shouldRefuseABucketThatCouldOutgrowSixtyOneBits() {
        final int account = world.account(1, 1L << 59);
        final int wide = world.instrument(2, 1, 0, 100);
        final int position = world.ledger.position(account, wide);
        // 2^41 lots at the largest price of 10^6 ticks is above 2^60; twice that is above the limit.
        positions.reserve(position, true, 1, 1L << 41);

        assertEquals(Verdict.OVERFLOW, gate.judgeOrder(account, wide, position, true, 1, 1L << 41, 0, 0, false));
    }

    @Test
    void shouldLeaveWithdrawableWhatMarginAndATenthOfNotionalDoNotNeed() {
        final int account = world.account(1, 11_000);
        world.hold(account, bank, instrument, 100, 100);

        // Cash 1,000 and value 10,000: equity 11,000 less a tenth of 10,000 less the closing fee of 10.
        assertEquals(11_000 - 1_000 - 10, gate.withdrawable(world.ledger.crossBucket(account, RiskWorld.ASSET)));
    }

    @Test
    void shouldNotLetGainsOutWhileTheMarkIsInvalid() {
        final int account = world.account(1, 11_000);
        world.hold(account, bank, instrument, 100, 100);
        world.marks.tick(instrument, 0, 120, 0);
        assertEquals(13_000 - 1_200 - 12, gate.withdrawable(world.ledger.crossBucket(account, RiskWorld.ASSET)));

        world.marks.forgetSources(instrument, 1);

        assertEquals(
                13_000 - 1_200 - 12 - 2_000, gate.withdrawable(world.ledger.crossBucket(account, RiskWorld.ASSET)));
    }

    @Test
    void shouldNotLetMoreOutThanThereIs() {
        final int account = world.account(1, 100);
        world.hold(account, bank, instrument, 100, 101);

        assertEquals(0, gate.withdrawable(world.ledger.crossBucket(account, RiskWorld.ASSET)));
    }

    /** Many orders: the bound must never be below the true loss, and equal it when all or none would lose. */
    @Test
    void shouldNeverUnderstateTheLossOfManyOrders() {
        final long seed = 815;
        final SplittableRandom random = new SplittableRandom(seed);
        final int account = world.account(1, 1L << 50);
        final int free = world.instrument(2, 100_000, 0, 100);
        final int position = world.ledger.position(account, free);
        int equal = 0;
        for (int i = 0; i < 3_000; i++) {
            orders.rest(position, random.nextBoolean(), 50 + random.nextInt(100), 1 + random.nextInt(9));
            if (orders.count() > 200) {
                final int gone = random.nextInt(200);
                orders.reduce(gone, orders.get(gone).lots());
            }
            final long mark = 40 + random.nextInt(120);
            world.marks.tick(free, 0, mark, 0);
            final long truth = requirementByHand(position, mark);
            // A replace that changes nothing; before the first walk over many orders their bounds are those of all
            // time.
            gate.judgeOrder(account, free, position, true, 1, 1, 1, 1, true);
            assertTrue(gate.required() >= truth, "seed " + seed + ", step " + i);
            assertTrue(orders.count() > Positions.FEW_ORDERS || gate.required() == truth, "step " + i);
            equal += gate.required() == truth ? 1 : 0;
        }
        assertTrue(equal > 300, "exact " + equal + " times");
    }

    /** Initial margin 10 %, no fee. */
    private long requirementByHand(final int position, final long mark) {
        return Math.max(
                Margin.ceilPpm(positions.orderLots(position, true) * mark, 100_000)
                        + orders.beyond(position, true, mark),
                Margin.ceilPpm(positions.orderLots(position, false) * mark, 100_000)
                        + orders.beyond(position, false, mark));
    }
}
