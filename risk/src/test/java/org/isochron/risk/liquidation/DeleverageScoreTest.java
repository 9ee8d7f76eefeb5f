package org.isochron.risk.liquidation;

import static org.isochron.risk.rules.LiquidationRules.HYPERLIQUID;
import static org.isochron.risk.rules.LiquidationRules.NONE;
import static org.isochron.risk.rules.LiquidationRules.PNL_LEVERAGE;
import static org.isochron.risk.rules.LiquidationRules.PRO_RATA;
import static org.isochron.risk.rules.LiquidationRules.SEEDED_RANDOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

class DeleverageScoreTest {
    private final RiskWorld world = new RiskWorld();
    private final DeleverageScore scores = new DeleverageScore(world.ledger, world.margin);
    private final int bank = world.account(99, 1_000_000_000);

    private long score(final int position, final int rule) {
        return scores.of(position, rule, 0);
    }

    /** Opens lots of the inverse contract at a price; the buyer receives what they are worth. */
    private int holdInverse(final int account, final int instrument, final long lots, final long ticks) {
        final int position = world.ledger.position(account, instrument);
        world.ledger.trade(
                position,
                world.ledger.position(bank, instrument),
                lots,
                world.ledger.contracts().cash(instrument, ticks, lots));
        return position;
    }

    @Test
    void shouldMultiplyAGainByLeverageAndDivideALossByIt() {
        final int instrument = world.instrument(1, 100_000, 0, 150);
        final int winner = world.hold(world.account(1, 100), bank, instrument, 10, 100);
        final int loser = world.hold(world.account(2, 600), bank, instrument, 10, 200);

        // 50 % of profit; notional 1,500 over equity 600.
        assertEquals(1_250_000, score(winner, PNL_LEVERAGE));
        // A loss of 25 %; notional 1,500 over equity 100.
        assertEquals(-16_666, score(loser, PNL_LEVERAGE));
    }

    @Test
    void shouldCountProfitOfShortsAsProfit() {
        final int instrument = world.instrument(1, 100_000, 0, 75);
        final int winner = world.hold(world.account(1, 500), bank, instrument, -10, 100);

        // A quarter of profit; 750 over 750.
        assertEquals(250_000, score(winner, PNL_LEVERAGE));
    }

    /** Hyperliquid prints mark over entry, which is for longs: a short gains when the mark falls. */
    @Test
    void shouldTurnHyperliquidsRatioRoundForShorts() {
        final int instrument = world.instrument(1, 100_000, 0, 80);
        final int gaining = world.hold(world.account(1, 600), bank, instrument, -10, 100);
        final int losing = world.hold(world.account(2, 1_100), bank, instrument, -10, 50);
        final int longGaining = world.hold(world.account(3, 500), bank, instrument, 10, 50);

        assertEquals(1_250_000, score(gaining, HYPERLIQUID), "100 / 80, leverage 800 / 800");
        assertEquals(625_000, score(losing, HYPERLIQUID), "50 / 80, leverage 800 / 800");
        assertEquals(1_600_000, score(longGaining, HYPERLIQUID), "80 / 50, leverage 800 / 800");
    }

    /** An inverse long has a negative value: without signs its profit would count as a loss. */
    @Test
    void shouldReckonInverseContractsWithSignedValues() {
        final int instrument = world.inverse(50, 200);
        final int winner = holdInverse(world.account(1, 5_000_000), instrument, 1_000, 100);
        final int loser = holdInverse(world.account(2, 15_000_000), instrument, -1_000, 100);

        // 1,000 lots are worth 10 million at 100, 5 million at 200: half of it gained, or lost; leverage 1/2.
        assertEquals(250_000, score(winner, PNL_LEVERAGE));
        assertEquals(-1_000_000, score(loser, PNL_LEVERAGE));
        assertEquals(1_000_000, score(winner, HYPERLIQUID), "200 / 100, times 1/2");
        assertEquals(250_000, score(loser, HYPERLIQUID), "100 / 200, times 1/2");
    }

    @Test
    void shouldCountTheWholeBucketForLeverageAndOnePositionForProfit() {
        final int instrument = world.instrument(1, 100_000, 0, 150);
        final int other = world.instrument(2, 100_000, 0, 100);
        final int account = world.account(1, 1_000);
        final int position = world.hold(account, bank, instrument, 10, 100);
        world.hold(account, bank, other, 30, 100);

        // 4,500 over 1,500.
        assertEquals(1_500_000, score(position, PNL_LEVERAGE));
    }

    @Test
    void shouldRoundSizesDownBeforeTheyGetTheirSign() {
        assertEquals(333_333, DeleverageScore.profitPpm(4, 3));
        assertEquals(-333_333, DeleverageScore.profitPpm(2, 3));
        assertEquals(333_333, DeleverageScore.profitPpm(-2, -3));
        assertEquals(-333_333, DeleverageScore.profitPpm(-4, -3));
        assertEquals(666_666, DeleverageScore.leveragePpm(2, 3));
        assertEquals(222_221, DeleverageScore.pnlLeverage(4, 3, 2, 3), "333,333 * 666,666 / 1,000,000");
        assertEquals(-500_000, DeleverageScore.pnlLeverage(2, 3, 2, 3), "-333,333 * 1,000,000 / 666,666");
        assertEquals(0, DeleverageScore.pnlLeverage(1_000_001, 1_000_000, 1, 1_000_000_000), "less than a millionth");
        assertEquals(0, DeleverageScore.pnlLeverage(999_999, 1_000_000, 1_000_000_000, 1));
    }

    @Test
    void shouldHoldProfitAndLeverageWithinTheirBounds() {
        final long largest = 1L << 61;
        assertEquals(1_000_000_000_000L, DeleverageScore.profitPpm(1_000_001, 1));
        assertEquals(999_999_000_000L, DeleverageScore.profitPpm(1_000_000, 1));
        assertEquals(-1_000_000_000_000L, DeleverageScore.profitPpm(-largest, 1));
        assertEquals(1_000_000_000_000L, DeleverageScore.profitPpm(largest, 0), "bought for nothing");
        assertEquals(2_000_000, DeleverageScore.profitPpm(largest, -largest));
        assertEquals(1_000_000_000, DeleverageScore.leveragePpm(largest, 1));
        assertEquals(1_000_000_000, DeleverageScore.leveragePpm(1_000, 1));
        assertEquals(999_000_000, DeleverageScore.leveragePpm(999, 1));
        assertEquals(1_000_000_000, DeleverageScore.leveragePpm(largest, -largest), "equity counts as 1 at least");
        assertEquals(1, DeleverageScore.leveragePpm(1, largest), "never 0, for a loss is divided by it");
        assertEquals(1, DeleverageScore.leveragePpm(0, 1));
    }

    @Test
    void shouldFitExtremesIntoSixtyFourBits() {
        final long largest = 1L << 61;
        assertEquals(1_000_000_000_000_000L, DeleverageScore.pnlLeverage(largest, 1, largest, 1));
        assertEquals(-1_000_000_000_000_000_000L, DeleverageScore.pnlLeverage(-largest, 1, 1, largest));
        assertEquals(1_000_000_000_000_000L, DeleverageScore.hyperliquid(largest, 1, largest, 1));
        assertEquals(0, DeleverageScore.hyperliquid(-largest, -1, 0, largest));
        assertEquals(1_000_000, DeleverageScore.hyperliquid(-largest, -largest, largest, largest));
    }

    @Test
    void shouldScoreBySizeAloneUnderProRata() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        assertEquals(70, score(world.hold(world.account(1, 1_000), bank, instrument, -70, 150), PRO_RATA));
        assertEquals(30, score(world.hold(world.account(2, 1_000), bank, instrument, 30, 100), PRO_RATA));
        assertEquals(0, score(world.hold(world.account(3, 1_000), bank, instrument, 30, 100), NONE));
    }

    @Test
    void shouldDrawLotsFromSeedAndAccountIdAndNothingElse() {
        final int instrument = world.instrument(1, 100_000, 0, 100);
        final int position = world.hold(world.account(77, 1_000), bank, instrument, 10, 100);
        final ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0, -5).putLong(8, 77);
        final long expected = XxHash64.hash(new UnsafeBuffer(bytes), 0, 16) >>> 1;

        final long drawn = scores.of(position, SEEDED_RANDOM, -5);
        world.marks.tick(instrument, 0, 500, 0);

        assertEquals(expected, drawn);
        assertEquals(drawn, scores.of(position, SEEDED_RANDOM, -5));
        assertNotEquals(drawn, scores.of(position, SEEDED_RANDOM, -6));
        assertTrue(drawn >= 0);
    }
}
