package org.isochron.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isochron.risk.ledger.RiskWorld;
import org.isochron.risk.margin.Margin;
import org.junit.jupiter.api.Test;

class ZeroPriceTest {
    private final RiskWorld world = new RiskWorld();
    private final Margin margin = world.margin;
    private final ZeroPrice zeroPrice = new ZeroPrice(world.ledger, margin);
    private final int bank = world.account(99, 1_000_000);

    @Test
    void shouldAskALongForItsValueLessItsEquity() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int account = world.account(1, 30);
        final int position = world.hold(account, bank, instrument, 10, 100);

        zeroPrice.judge(position);

        // Value 1,000, equity 30: 970 over 10 lots.
        assertEquals(970, zeroPrice.cash());
        assertEquals(97, zeroPrice.limitTicks());
    }

    @Test
    void shouldRoundASellUpAndABuyDown() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int seller = world.account(1, 31);
        final int buyer = world.account(2, 31);
        final int longPosition = world.hold(seller, bank, instrument, 10, 100);
        final int shortPosition = world.hold(buyer, bank, instrument, -10, 100);

        zeroPrice.judge(longPosition);
        assertEquals(969, zeroPrice.cash());
        assertEquals(97, zeroPrice.limitTicks());
        zeroPrice.judge(shortPosition);
        assertEquals(-1_031, zeroPrice.cash());
        assertEquals(103, zeroPrice.limitTicks());
    }

    @Test
    void shouldAskForMoreThanTheValueWhenEquityIsNegative() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int account = world.account(1, 0);
        final int position = world.hold(account, bank, instrument, 10, 105);

        zeroPrice.judge(position);

        assertEquals(1_050, zeroPrice.cash());
        assertEquals(105, zeroPrice.limitTicks());
    }

    @Test
    void shouldShareEquityByMaintenanceAndTakeTheLargestFirst() {
        final int small = world.instrument(1, 100_000, 0, 100);
        final int large = world.instrument(2, 100_000, 0, 100);
        final int account = world.account(1, 60);
        final int first = world.hold(account, bank, small, 10, 100);
        final int second = world.hold(account, bank, large, 20, 100);

        assertEquals(second, zeroPrice.nextPosition(world.ledger.crossBucket(account, RiskWorld.ASSET)));
        zeroPrice.judge(second);
        assertEquals(2_000 - 40, zeroPrice.cash());
        zeroPrice.judge(first);
        assertEquals(1_000 - 20, zeroPrice.cash());
    }

    @Test
    void shouldTakeTheLowerIdFirstWhenMaintenanceIsEqual() {
        final int later = world.instrument(7, 100_000, 0, 100);
        final int earlier = world.instrument(3, 100_000, 0, 100);
        final int account = world.account(1, 60);
        world.hold(account, bank, later, 10, 100);
        final int expected = world.hold(account, bank, earlier, -10, 100);

        assertEquals(expected, zeroPrice.nextPosition(world.ledger.crossBucket(account, RiskWorld.ASSET)));
    }

    @Test
    void shouldSkipTheBookWhenAShortCannotBuyAtAnyPositivePrice() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int account = world.account(1, 0);
        final int position = world.hold(account, bank, instrument, -10, 1);
        world.marks.tick(instrument, 0, 500, 0);

        zeroPrice.judge(position);

        // Sold for 10 in all; it cannot pay 1 a lot and keep nothing back.
        assertEquals(-10, zeroPrice.cash());
        assertEquals(1, zeroPrice.limitTicks());
        world.ledger.transfer(
                world.ledger.crossBucket(account, RiskWorld.ASSET), world.ledger.crossBucket(bank, RiskWorld.ASSET), 1);
        zeroPrice.judge(position);
        assertEquals(ZeroPrice.NONE, zeroPrice.limitTicks());
    }

    @Test
    void shouldOfferALongAtOneTickWhenAnythingIsEnough() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int account = world.account(1, 2_000);
        final int position = world.hold(account, bank, instrument, 10, 100);

        zeroPrice.judge(position);

        assertEquals(-1_000, zeroPrice.cash());
        assertEquals(1, zeroPrice.limitTicks());
    }

    @Test
    void shouldSplitCashOverFillsWithoutLosingAny() {
        long sum = 0;
        for (long done = 0; done < 7; done++) {
            sum += ZeroPrice.share(-100, done + 1, 7) - ZeroPrice.share(-100, done, 7);
        }

        assertEquals(-100, sum);
    }

    @Test
    void shouldChargeHalfTheSurplusAtMost() {
        assertEquals(10, ZeroPrice.fee(1_000, 10_000, 100));
        assertEquals(4, ZeroPrice.fee(1_000, 10_000, 9));
        assertEquals(0, ZeroPrice.fee(1_000, 10_000, 1));
        assertEquals(1, ZeroPrice.fee(1, 10_000, 100));
    }
}
