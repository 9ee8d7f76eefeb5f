package org.isochron.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.isochron.risk.ledger.FundingScale;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

class RemainderTest {
    private final RiskWorld world = new RiskWorld();
    private final Ledger ledger = world.ledger;
    private final Remainder remainder = new Remainder(ledger, world.marks, world.margin);
    private final int bank = world.account(99, 1_000_000_000);
    private final int instrument = world.instrument(1, 100_000, 0, 100);
    private final int victim = world.hold(world.account(9, 0), bank, instrument, 100, 100);

    private int holder(final long id, final long cash, final long lots) {
        return world.hold(world.account(id, cash), bank, instrument, lots, 100);
    }

    @Test
    void shouldAddUpToExactlyBHoweverTheLotsAreSplit() {
        remainder.of(victim, 100, 9_999, 0, 100);
        long sum = 0;
        for (int lots = 1; remainder.left() > 0; lots = 1 + lots % 3) {
            final long next = Math.min(lots, remainder.left());
            sum += remainder.cash(next);
            remainder.pass(next);
        }
        assertEquals(9_999, sum);

        remainder.of(victim, 60, -7, 40, 100);
        assertEquals(-4, remainder.cash(60), "the first 40 have cost 3");
    }

    @Test
    void shouldTakeAllThatAPositionHasAndNoMoreThanIsLeft() {
        final int small = holder(1, 1_000, -30);
        final int large = holder(2, 1_000, -300);
        remainder.of(victim, 100, 10_000, 0, 100);

        assertEquals(30, remainder.lotsFor(small, remainder.left()));
        assertEquals(100, remainder.lotsFor(large, remainder.left()));
        assertEquals(7, remainder.lotsFor(large, 7));
    }

    @Test
    void shouldLeaveACounterpartyWithExactlyNothingAtTheEdge() {
        // A lot costs 10 more than it is worth.
        remainder.of(victim, 100, 11_000, 0, 100);
        assertEquals(7, remainder.lotsFor(holder(1, 70, -50), 100));
        assertEquals(6, remainder.lotsFor(holder(2, 69, -50), 100));
        assertEquals(0, remainder.lotsFor(holder(3, 9, -50), 100));
        assertFalse(remainder.isCandidate(ledger.position(12, instrument)));
        assertEquals(50, remainder.lotsFor(holder(4, 500, -50), 100));
        assertEquals(49, remainder.lotsFor(holder(5, 499, -50), 100));
    }

    @Test
    void shouldAskNothingOfEquityWhenLotsComeBelowTheirValue() {
        remainder.of(victim, 100, 9_000, 0, 100);
        final int poor = holder(1, 1, -50);

        assertTrue(remainder.isCandidate(poor));
        assertEquals(50, remainder.lotsFor(poor, 100));
        assertFalse(remainder.isCandidate(holder(2, 0, -50)), "nothing to begin with");
    }

    @Test
    void shouldCountEverythingTheBucketHas() {
        final int other = world.instrument(2, 100_000, 0, 100);
        final int account = world.account(1, 50);
        final int position = world.hold(account, bank, instrument, -50, 100);
        remainder.of(victim, 100, 11_000, 0, 100);
        assertEquals(5, remainder.lotsFor(position, 100));

        world.hold(account, bank, other, 10, 98);
        assertEquals(7, remainder.lotsFor(position, 100), "20 of profit elsewhere");

        // What longs have paid and it has not received yet: 1 quantum a lot.
        ledger.funding().advance(instrument, FundingScale.UNITS);
        world.marks.fundingChanged(instrument);
        assertEquals(12, remainder.lotsFor(position, 100));
    }

    @Test
    void shouldLeaveNobodyBelowZeroAndNobodyAboveItWithAnotherLotInReach() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            final long all = 1 + random.nextInt(100);
            final long done = random.nextInt((int) all);
            remainder.of(victim, all - done, 9_000 + random.nextInt(3_000), done, all);
            final int position = holder(1_000 + i, 1 + random.nextInt(300), -1 - random.nextInt(100));
            final int bucket = ledger.bucketOf(position);
            final long lots = remainder.lotsFor(position, remainder.left());
            if (lots > 0) {
                ledger.trade(position, ledger.position(bank, instrument), lots, remainder.cash(lots));
                remainder.pass(lots);
            }

            world.margin.judge(bucket);
            final String where = "seed " + seed + ", case " + i;
            assertTrue(world.margin.equity() >= 0, where);
            if (remainder.left() > 0 && ledger.positions().lots(position) != 0) {
                remainder.beginRound();
                assertFalse(remainder.isCandidate(position), where);
            }
        }
    }
}
