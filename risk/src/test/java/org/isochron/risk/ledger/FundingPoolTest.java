package org.isochron.risk.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.isochron.risk.state.InvariantViolation;
import org.junit.jupiter.api.Test;

class FundingPoolTest {
    private static final long QUANTUM = FundingScale.UNITS;

    private final RiskWorld world = new RiskWorld();
    private final Ledger ledger = world.ledger;
    private final int alice = world.account(1, 10_000);
    private final int bob = world.account(2, 10_000);
    private final int carol = world.account(3, 10_000);
    private final int instrument = world.instrument(1, 100_000, 0, 100);

    private void advance(final long units) {
        ledger.funding().advance(instrument, units);
        world.marks.fundingChanged(instrument);
    }

    private int bucket(final int account) {
        return ledger.crossBucket(account, RiskWorld.ASSET);
    }

    private long cash(final int account) {
        return ledger.cash(bucket(account));
    }

    @Test
    void shouldPassFundingFromLongsToShortsThroughThePool() {
        final int buyer = world.hold(alice, bob, instrument, 3, 100);
        final int seller = ledger.position(bob, instrument);
        advance(5 * QUANTUM);

        assertEquals(-15, ledger.settleFunding(buyer));
        assertEquals(15, cash(Ledger.FUNDING_POOL));
        ledger.verifyInFull();
        assertEquals(15, ledger.settleFunding(seller));

        assertEquals(10_000 - 300 - 15, cash(alice));
        assertEquals(10_000 + 300 + 15, cash(bob));
        assertEquals(0, cash(Ledger.FUNDING_POOL));
        assertEquals(0, cash(Ledger.ROUNDING));
        ledger.verifyInFull();
    }

    @Test
    void shouldPayShortsOutOfThePoolBeforeLongsHavePaidIn() {
        world.hold(alice, bob, instrument, 3, 100);
        advance(5 * QUANTUM);

        assertEquals(15, ledger.settleFunding(ledger.position(bob, instrument)));

        assertEquals(-15, cash(Ledger.FUNDING_POOL));
        ledger.checkBalance();
        ledger.verifyInFull();
    }

    @Test
    void shouldSettleNothingTwice() {
        final int buyer = world.hold(alice, bob, instrument, 3, 100);
        advance(5 * QUANTUM);
        ledger.settleFunding(buyer);

        assertEquals(0, ledger.settleFunding(buyer));
        assertEquals(0, ledger.unsettledFunding(buyer));
    }

    @Test
    void shouldSettleBeforeLotsChange() {
        final int buyer = world.hold(alice, bob, instrument, 2, 100);
        advance(7 * QUANTUM);

        world.hold(alice, bob, instrument, 8, 100);

        assertEquals(10_000 - 1_000 - 14, cash(alice));
        assertEquals(10_000 + 1_000 + 14, cash(bob));
        assertEquals(0, ledger.unsettledFunding(buyer));
        ledger.verifyInFull();
    }

    @Test
    void shouldGiveWhatRoundingCutsOffToRounding() {
        final int buyer = world.hold(alice, bob, instrument, 1, 100);
        advance(QUANTUM / 2);

        assertEquals(-1, ledger.settleFunding(buyer));
        assertEquals(0, cash(Ledger.ROUNDING));
        assertEquals(QUANTUM / 2, ledger.funding().fraction(RiskWorld.ASSET));
        assertEquals(0, ledger.settleFunding(ledger.position(bob, instrument)));

        assertEquals(1, cash(Ledger.ROUNDING));
        assertEquals(0, cash(Ledger.FUNDING_POOL));
        assertEquals(0, ledger.funding().fraction(RiskWorld.ASSET));
        ledger.verifyInFull();
    }

    @Test
    void shouldCountUnsettledFundingAsEquity() {
        world.hold(alice, bob, instrument, 3, 100);
        world.margin.judge(bucket(alice));
        final long before = world.margin.equity();
        advance(5 * QUANTUM + 1);

        world.margin.judge(bucket(alice));
        assertEquals(before - 16, world.margin.equity());
        ledger.settleFunding(ledger.position(alice, instrument));

        world.margin.judge(bucket(alice));
        assertEquals(before - 16, world.margin.equity());
        world.margin.verify();
    }

    @Test
    void shouldStopWhenLotsMoveWhileTheirFundingIsOpen() {
        world.hold(alice, bob, instrument, 3, 100);
        final int newcomer = ledger.position(carol, instrument);
        advance(5 * QUANTUM);
        ledger.settleFunding(newcomer);
        ledger.positions().move(newcomer, 3, -300);
        ledger.positions().move(ledger.position(alice, instrument), -3, 300);

        final InvariantViolation broken = assertThrows(InvariantViolation.class, ledger::checkBalance);
        assertEquals("zero-sum is broken in 0 assets, 0 instruments and the funding of 1", broken.getMessage());
        assertThrows(InvariantViolation.class, ledger::verifyInFull);
    }

    @Test
    void shouldStopWhenAPositionIsTakenForSettledThatIsNot() {
        final int buyer = world.hold(alice, bob, instrument, 3, 100);
        advance(5 * QUANTUM);
        ledger.positions().fundingIndex(buyer, 5 * QUANTUM);

        assertThrows(InvariantViolation.class, ledger::checkBalance);
    }

    @Test
    void shouldStopWhenThePoolIsShortOfCash() {
        final int buyer = world.hold(alice, bob, instrument, 3, 100);
        advance(5 * QUANTUM);
        ledger.settleFunding(buyer);
        ledger.transfer(bucket(Ledger.FUNDING_POOL), bucket(Ledger.FEE), 1);

        ledger.checkBalance();
        assertThrows(InvariantViolation.class, ledger::verifyInFull);
    }

    @Test
    void shouldHashIndexPoolAndFraction() {
        final long before = ledger.hash();
        advance(1);
        final long moved = ledger.hash();
        advance(-1);

        assertEquals(before, ledger.hash());
        assertEquals(true, before != moved);
    }

    @Test
    void shouldLoseNothingInManySettlementsInAnyOrder() {
        final long seed = System.nanoTime();
        System.out.println("FundingPoolTest seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final int[] accounts = {alice, bob, carol, world.account(4, 0), world.account(5, 0)};
        BigInteger pool = BigInteger.ZERO;
        for (int step = 0; step < 20_000; step++) {
            final int one = accounts[random.nextInt(accounts.length)];
            switch (random.nextInt(4)) {
                case 0 -> advance(random.nextLong(-1L << 40, 1L << 40));
                case 1 -> pool = pool.add(settle(one));
                default -> {
                    final int other = accounts[random.nextInt(accounts.length)];
                    pool = pool.add(owed(one));
                    ledger.settleFunding(ledger.position(one, instrument));
                    pool = pool.add(owed(other));
                    world.hold(one, other, instrument, 1 + random.nextInt(1_000), 1 + random.nextInt(10));
                }
            }
            ledger.checkBalance();
            assertEquals(
                    pool,
                    wide(ledger.funding().poolHigh(instrument), ledger.funding().poolLow(instrument)));
        }
        for (final int account : accounts) {
            ledger.settleFunding(ledger.position(account, instrument));
        }
        ledger.verifyInFull();
        world.margin.verify();
        assertEquals(0, cash(Ledger.FUNDING_POOL));
        assertEquals(0, ledger.funding().fraction(RiskWorld.ASSET));
    }

    private BigInteger settle(final int account) {
        final BigInteger owed = owed(account);
        final int position = ledger.position(account, instrument);
        final long before = cash(account);
        final long received = ledger.settleFunding(position);
        assertEquals(owed.negate().shiftRight(FundingScale.BITS).longValueExact(), received);
        assertEquals(before + received, cash(account));
        return owed;
    }

    /** q * (F - f), by its definition. */
    private BigInteger owed(final int account) {
        final int position = ledger.position(account, instrument);
        return BigInteger.valueOf(ledger.positions().lots(position))
                .multiply(BigInteger.valueOf(ledger.funding().index(instrument))
                        .subtract(BigInteger.valueOf(ledger.positions().fundingIndex(position))));
    }

    private static BigInteger wide(final long high, final long low) {
        return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    }
}
