package org.isochron.risk.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.isochron.risk.state.InvariantViolation;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final RiskWorld world = new RiskWorld();
    private final Ledger ledger = world.ledger;
    private final int alice = world.account(1, 1_000);
    private final int bob = world.account(2, 1_000);
    private final int instrument = world.instrument(1, 100_000, 0, 100);

    @Test
    void shouldMoveTheFullNotionalFromBuyerToSeller() {
        final int position = world.hold(alice, bob, instrument, 3, 100);

        assertEquals(700, ledger.cash(ledger.crossBucket(alice, 0)));
        assertEquals(1_300, ledger.cash(ledger.crossBucket(bob, 0)));
        assertEquals(3, ledger.positions().lots(position));
        assertEquals(3, ledger.positions().openInterestLots(instrument));
        ledger.verifyInFull();
    }

    @Test
    void shouldKeepAverageCostAndRealiseTheRest() {
        final int position = world.hold(alice, bob, instrument, 2, 100);
        world.hold(alice, bob, instrument, 2, 200);
        assertEquals(600, ledger.positions().entryCost(position));

        world.hold(alice, bob, instrument, -3, 180);

        assertEquals(150, ledger.positions().entryCost(position));
        assertEquals(540 - 450, ledger.positions().realised(position));
        ledger.verifyInFull();
    }

    @Test
    void shouldCloseThenOpenAnewWhenAPositionFlips() {
        final int position = world.hold(alice, bob, instrument, 2, 100);

        world.hold(alice, bob, instrument, -5, 110);

        assertEquals(-3, ledger.positions().lots(position));
        assertEquals(20, ledger.positions().realised(position));
        assertEquals(-330, ledger.positions().entryCost(position));
        ledger.verifyInFull();
    }

    @Test
    void shouldCountDepositsLessWithdrawals() {
        ledger.deposit(ledger.crossBucket(alice, 0), -400);

        assertEquals(600, ledger.cash(ledger.crossBucket(alice, 0)));
        assertEquals(1_600, ledger.assets().netDeposits(0));
        assertEquals(0, ledger.imbalance(0));
        ledger.verifyInFull();
    }

    @Test
    void shouldStopWhenLotsComeFromNowhere() {
        ledger.positions().move(ledger.position(alice, instrument), 1, 0);

        assertThrows(InvariantViolation.class, ledger::checkBalance);
        assertThrows(InvariantViolation.class, ledger::verifyInFull);
    }

    @Test
    void shouldStopWhenDepositsAreBookedWithoutCash() {
        ledger.assets().addNetDeposits(0, 1);

        assertThrows(InvariantViolation.class, ledger::verifyInFull);
    }

    @Test
    void shouldWalkTheHoldersOfAnInstrumentAndThePositionsOfAnAccount() {
        final int other = world.instrument(2, 100_000, 0, 100);
        final int first = world.hold(alice, bob, instrument, 1, 100);
        final int second = world.hold(alice, bob, other, 1, 100);

        assertEquals(second, ledger.firstPosition(alice));
        assertEquals(first, ledger.positions().nextOfAccount(second));
        assertEquals(-1, ledger.positions().nextOfAccount(first));
        final int holder = ledger.instruments().firstHolder(instrument);
        assertEquals(bob, ledger.positions().account(holder));
        assertEquals(first, ledger.positions().nextOfInstrument(holder));
        assertEquals(-1, ledger.positions().nextOfInstrument(first));
    }
}
