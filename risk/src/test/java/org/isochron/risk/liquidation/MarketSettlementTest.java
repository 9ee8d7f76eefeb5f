package org.isochron.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.RiskWorld;
import org.isochron.risk.state.Capacities;
import org.junit.jupiter.api.Test;

class MarketSettlementTest {
    private static final long NOW_NS = 1;

    private final RiskWorld world = new RiskWorld();
    private final Ledger ledger = world.ledger;
    private final SettledBuckets settled = new SettledBuckets(ledger, Capacities.GENESIS);
    private final FundLimits limits = new FundLimits(ledger, world.margin, world.marks);
    private final MarketSettlement settlement =
            new MarketSettlement(ledger, world.marks, world.margin, limits, settled);

    private int cross(final int account) {
        return ledger.crossBucket(account, RiskWorld.ASSET);
    }

    private long told(final int account, final int field) {
        return settled.get(cross(account), field);
    }

    private long rounding() {
        return ledger.cash(cross(Ledger.ROUNDING));
    }

    private void verify() {
        ledger.checkBalance();
        ledger.verifyInFull();
        final Burden burden = settlement.burden();
        assertEquals(
                burden.deficit(), burden.insurancePaid() + burden.profitCharged() + burden.equityCharged(), "borne");
    }

    @Test
    void shouldClosePositionsAtTheMarkAndChargeProfitBeforeEquity() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int loser = world.account(5, 100);
        final int winner = world.account(3, 1_000);
        final int idle = world.account(4, 2_000);
        world.hold(loser, winner, instrument, 10, 130);

        settlement.settle(instrument, NOW_NS);

        // 300 lost with 100: 200 owed, and 300 won.
        assertEquals(200, settlement.burden().deficit());
        assertEquals(300, settlement.burden().profitBase());
        assertEquals(200, settlement.burden().profitCharged());
        assertEquals(0, settlement.burden().equityCharged());
        assertEquals(10, settlement.openInterest());
        assertEquals(200, told(loser, SettledBuckets.DEFICIT_PAID));
        assertEquals(0, told(loser, SettledBuckets.BALANCE_AFTER));
        assertEquals(-10, told(winner, SettledBuckets.LOTS));
        assertEquals(-1_000, told(winner, SettledBuckets.CASH));
        assertEquals(200, told(winner, SettledBuckets.PROFIT_CHARGE));
        assertEquals(1_100, ledger.cash(cross(winner)));
        assertEquals(2_000, ledger.cash(cross(idle)));
        assertEquals(0, ledger.positions().openInterestLots(instrument));
        verify();
    }

    @Test
    void shouldChargeProfitOnlyAsFarAsItsBucketHasIt() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int other = world.instrument(2, 100_000, 0, 100);
        final int loser = world.account(1, 0);
        final int winner = world.account(2, 0);
        final int rich = world.account(3, 1_000);
        world.hold(loser, winner, instrument, 10, 130);
        // All but 50 of what it won, the winner has lost elsewhere.
        world.hold(winner, rich, other, 10, 125);

        settlement.settle(instrument, NOW_NS);

        assertEquals(50, settlement.burden().profitBase());
        assertEquals(50, settlement.burden().profitCharged());
        assertEquals(250, settlement.burden().equityCharged());
        assertEquals(1_250, settlement.burden().equityBase(), "1,000, and 250 of profit that is not realised");
        assertEquals(250, told(rich, SettledBuckets.EQUITY_CHARGE));
        verify();
    }

    @Test
    void shouldLetOnlyThoseWhoWereInTheMarketRunUpItsDeficit() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int other = world.instrument(2, 100_000, 0, 100);
        final int elsewhere = world.account(1, 0);
        final int bank = world.account(2, 1_000);
        world.hold(elsewhere, bank, other, 10, 110);
        world.hold(world.account(3, 10), bank, instrument, 1, 120);

        settlement.settle(instrument, NOW_NS);

        assertEquals(10, settlement.burden().deficit());
        world.margin.judge(cross(elsewhere));
        assertEquals(-100, world.margin.equity(), "that is for its own liquidation");
        verify();
    }

    @Test
    void shouldTakeFromTheFundFirstAndFromItsRestAsFromAnyone() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int loser = world.account(1, 0);
        final int winner = world.account(2, 0);
        world.account(3, 100);
        ledger.deposit(cross(Ledger.FEE), 100);
        ledger.deposit(cross(Ledger.INSURANCE), 50);
        world.hold(loser, winner, instrument, 10, 110);
        world.hold(winner, world.account(4, 0), instrument, 1, 100);

        settlement.settle(instrument, NOW_NS);

        assertEquals(50, settlement.burden().insurancePaid());
        assertEquals(50, settlement.burden().profitCharged());
        assertEquals(0, ledger.cash(cross(Ledger.INSURANCE)));
        verify();
    }

    @Test
    void shouldShareOutADeficitWithoutAMarketByEquityAlone() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int loser = world.account(7, 0);
        final int winner = world.account(2, 0);
        world.hold(loser, winner, instrument, 10, 103);
        world.hold(winner, loser, instrument, 10, 93);
        // It has bought at 103 and sold at 93.
        ledger.deposit(cross(Ledger.FEE), 100);
        final int third = world.account(3, 100);
        ledger.deposit(cross(Ledger.INSURANCE), 100);
        assertEquals(-100, ledger.cash(cross(loser)));

        settlement.payDeficit(cross(loser));

        // 400 in all, in the order of ids: the member's two, then FEE and INSURANCE.
        assertEquals(400, settlement.burden().equityBase());
        assertEquals(25, told(winner, SettledBuckets.EQUITY_CHARGE));
        assertEquals(25, told(third, SettledBuckets.EQUITY_CHARGE));
        assertEquals(75, ledger.cash(cross(Ledger.FEE)));
        assertEquals(75, ledger.cash(cross(Ledger.INSURANCE)));
        assertEquals(100, told(loser, SettledBuckets.DEFICIT_PAID));
        assertEquals(0, settlement.openInterest());
        verify();
    }

    @Test
    void shouldLeaveWithTheFundWhatNobodyInTheAssetHas() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int loser = world.account(1, 0);
        final int winner = world.account(2, 0);
        world.hold(loser, winner, instrument, 10, 103);
        world.hold(winner, loser, instrument, 10, 93);
        // What was won has been taken out.
        ledger.deposit(cross(winner), -100);

        settlement.payDeficit(cross(loser));

        assertEquals(0, settlement.burden().equityBase());
        assertEquals(100, settlement.burden().insurancePaid());
        assertEquals(-100, ledger.cash(cross(Ledger.INSURANCE)));
        verify();
    }

    @Test
    void shouldGiveRoundingWhatInverseSettlementsLeaveOver() {
        final int instrument = world.inverse(50, 7);
        final int first = world.account(1, 10_000_000);
        final int second = world.account(2, 10_000_000);
        final int third = world.account(3, 10_000_000);
        trade(first, second, instrument, 1, 7);
        trade(first, third, instrument, 1, 7);
        final long before = rounding();

        settlement.settle(instrument, NOW_NS);

        // 2,000,000 / 7 = 285,714.28 for the long, rounded against it; 142,857.14 for each short.
        assertEquals(-285_715, told(first, SettledBuckets.CASH));
        assertEquals(142_857, told(second, SettledBuckets.CASH));
        assertEquals(1, rounding() - before);
        verify();
    }

    @Test
    void shouldSettleFundingBeforeThePositionGoes() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int payer = world.account(1, 1_000);
        final int receiver = world.account(2, 1_000);
        world.hold(payer, receiver, instrument, 10, 100);
        ledger.funding().advance(instrument, 3L << 20);
        world.marks.fundingChanged(instrument);

        settlement.settle(instrument, NOW_NS);

        assertEquals(-30, told(payer, SettledBuckets.FUNDING));
        assertEquals(30, told(receiver, SettledBuckets.FUNDING));
        assertEquals(970, ledger.cash(cross(payer)));
        verify();
    }

    @Test
    void shouldBalanceToTheQuantumWhateverTheMarketLooksLike() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            final int instrument = world.instrument(100 + round, 100_000, 0, 100);
            final int[] accounts = new int[10];
            for (int i = 0; i < accounts.length; i++) {
                accounts[i] = world.account(random.nextInt(1_000_000) * 1_000L + round * 10 + i, random.nextInt(300));
            }
            for (int i = 0; i < 30; i++) {
                final int buyer = accounts[random.nextInt(accounts.length)];
                final int seller = accounts[random.nextInt(accounts.length)];
                if (buyer != seller) {
                    world.hold(buyer, seller, instrument, 1 + random.nextInt(9), 70 + random.nextInt(60));
                }
            }
            settlement.settle(instrument, NOW_NS);
            verify();
            assertEquals(0, rounding(), "seed " + seed);
            for (final int account : accounts) {
                world.margin.judge(cross(account));
                // One that traded itself flat at a loss owes what it owes: no settlement of the market concerns it.
                assertTrue(
                        world.margin.equity() >= 0 || told(account, SettledBuckets.LOTS) == 0,
                        "seed " + seed + ", round " + round);
                settled.clear(cross(account));
            }
            for (int account = 0; account < ledger.accountCount(); account++) {
                settled.clear(cross(account));
            }
        }
    }

    private void trade(final int buyer, final int seller, final int instrument, final long lots, final long ticks) {
        ledger.trade(
                ledger.position(buyer, instrument),
                ledger.position(seller, instrument),
                lots,
                ledger.contracts().cash(instrument, ticks, lots));
    }
}
