package org.isochron.risk.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractsTest {
    /** A lot of 1,000 dollars in satoshi, ticks of half a dollar: worth 2e11 at one tick. */
    private static final long N = 200_000_000_000L;

    private final Instruments instruments = new Instruments(8);
    private final Contracts contracts = new Contracts(instruments);
    private final int linear = define(Instruments.LINEAR, 7, 1_000_000);
    private final int inverse = define(Instruments.INVERSE, -N, 2_000_000);

    private int define(final int kind, final long factor, final long maxPriceTicks) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = 1 + instruments.count();
        terms.symbolHead = terms.id;
        terms.kind = kind;
        terms.factor = factor;
        terms.tickSize = 500_000_000;
        terms.maxPriceTicks = maxPriceTicks;
        return instruments.define(terms);
    }

    private int power(final int exponent, final long tickSize, final long norm) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = 1 + instruments.count();
        terms.symbolHead = terms.id;
        terms.kind = Instruments.POWER;
        terms.exponent = exponent;
        terms.norm = norm;
        terms.factor = 1;
        terms.tickSize = tickSize;
        terms.maxPriceTicks = 1_000_000_000_000_000_000L / tickSize;
        return instruments.define(terms);
    }

    @Test
    void shouldMultiplyOutALinearContract() {
        assertEquals(3 * 500 * 7, contracts.cash(linear, 500, 3));
        assertEquals(-3 * 500 * 7, contracts.cash(linear, 500, -3));
        assertEquals(500, contracts.unit(linear, 500, true));
        assertEquals(7, contracts.unitQuanta(linear));
        assertEquals(6 * 1_000_000 * 7, contracts.largest(linear, 6));
    }

    @Test
    void shouldPayTheBuyerOfAnInverseContractInCoinRoundedDown() {
        // 3,000 dollars at 30,000.5: 9,999,833.33 satoshi.
        assertEquals(-9_999_833, contracts.cash(inverse, 60_001, 3));
        assertEquals(9_999_833, contracts.cash(inverse, 60_001, -3));
        assertEquals(9_999_833, contracts.notional(inverse, 60_001, 3));
        assertEquals(6 * N, contracts.largest(inverse, 6));
    }

    @Test
    void shouldRoundUnitsAwayFromWhatTheyAreHeldAgainst() {
        // 3,333,277.78 satoshi a lot.
        assertEquals(-3_333_277, contracts.unit(inverse, 60_001, true));
        assertEquals(-3_333_278, contracts.unit(inverse, 60_001, false));
        assertEquals(-2_000_000, contracts.unit(inverse, 100_000, true));
        assertEquals(-2_000_000, contracts.unit(inverse, 100_000, false));
    }

    @Test
    void shouldNeverUnderstateWhatAnInverseOrderLosesInHoweverManyFills() {
        final SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 20_000; i++) {
            final long mark = 1 + random.nextInt(2_000_000);
            final long ticks = 1 + random.nextInt(2_000_000);
            final long held = random.nextInt(2_000) - 1_000;
            final boolean buy = random.nextBoolean();
            final long perLot =
                    OrdersBeyond.of(buy, contracts.unit(inverse, ticks, buy), contracts.unit(inverse, mark, !buy));
            long lots = 0;
            long cash = 0;
            for (int fill = 0; fill < 3; fill++) {
                final long filled = 1 + random.nextInt(100);
                lots += filled;
                cash -= contracts.cash(inverse, ticks, buy ? filled : -filled);
            }
            final long gain = cash
                    + contracts.cash(inverse, mark, buy ? held + lots : held - lots)
                    - contracts.cash(inverse, mark, held);
            assertTrue(gain >= -perLot * lots, "seed 17, step " + i);
        }
    }

    @Test
    void shouldNeverFallWithThePrice() {
        for (final boolean up : new boolean[] {true, false}) {
            long before = Long.MIN_VALUE;
            for (long ticks = 1; ticks < 2_000_000; ticks += 997) {
                final long unit = contracts.unit(inverse, ticks, up);
                assertTrue(unit >= before);
                before = unit;
            }
        }
    }

    @Test
    void shouldFindTheLowestSellThatBringsEnough() {
        for (final int instrument : new int[] {linear, inverse}) {
            final SplittableRandom random = new SplittableRandom(18);
            for (int i = 0; i < 5_000; i++) {
                final long lots = 1 + random.nextInt(1_000);
                final long cash = contracts.cash(instrument, 2 + random.nextInt(500_000), lots) + random.nextInt(9) - 4;
                final long sell = contracts.lowestSell(instrument, lots, cash);
                assertTrue(contracts.cash(instrument, sell, lots) >= cash, "seed 18, step " + i);
                assertTrue(sell == 1 || contracts.cash(instrument, sell - 1, lots) < cash, "seed 18, step " + i);
            }
        }
        assertEquals(Long.MAX_VALUE, contracts.lowestSell(inverse, 1, 1));
    }

    @Test
    void shouldFindABuyThatBringsEnoughInHoweverManyFills() {
        final SplittableRandom random = new SplittableRandom(19);
        for (int i = 0; i < 5_000; i++) {
            final long lots = 1 + random.nextInt(1_000);
            final long cash = -contracts.cash(inverse, 1 + random.nextInt(500_000), lots) + random.nextInt(9) - 4;
            final long buy = contracts.highestBuy(inverse, lots, cash);
            final long first = random.nextLong(lots + 1);
            final long received = -contracts.cash(inverse, buy, first) - contracts.cash(inverse, buy, lots - first);
            assertTrue(received >= cash, "seed 19, step " + i);
            // Short of the best by less than a quantum a lot.
            assertTrue(-contracts.cash(inverse, buy + 1, lots) < cash + lots, "seed 19, step " + i);
        }
        assertEquals(2_000_000, contracts.highestBuy(inverse, 5, 0));
        assertEquals(0, contracts.highestBuy(inverse, 1, N + 1));
        assertEquals(-3, contracts.highestBuy(linear, 1, 15));
    }

    @Test
    void shouldTellTheAveragePrice() {
        assertEquals(500 * 500_000_000L, contracts.averagePrice(linear, 3, 3 * 500 * 7));
        assertEquals(
                10_000 * 1_000_000_000L, contracts.averagePrice(inverse, 100, contracts.cash(inverse, 20_000, 100)));
        assertEquals(
                10_000 * 1_000_000_000L, contracts.averagePrice(inverse, -100, contracts.cash(inverse, 20_000, -100)));
    }

    @Test
    void shouldTurnPricesOfTheUnderlyingIntoTicks() {
        assertEquals(60_001, contracts.ticks(inverse, 30_000_500_000_000L));
        assertEquals(60_001, contracts.ticks(inverse, 30_000_250_000_000L));
        assertEquals(0, contracts.ticks(inverse, 249_999_999));
        assertEquals(Long.MAX_VALUE, contracts.ticks(inverse, 1_000_000_000_000_001L));
    }

    @Test
    void shouldTradeAPowerContractOnThePowerOfTheNormedPrice() {
        final long eth = 3_000_000_000_000L;
        final long norm = 10_000_000_000_000L;
        assertEquals(1_000_000_000, contracts.ticks(power(Instruments.EXPONENT_ZERO, 1, norm), eth));
        assertEquals(547_722_557, contracts.ticks(power(Instruments.EXPONENT_HALF, 1, norm), eth));
        assertEquals(300_000_000, contracts.ticks(power(Instruments.EXPONENT_ONE, 1, norm), eth));
        assertEquals(90_000_000, contracts.ticks(power(Instruments.EXPONENT_TWO, 1, norm), eth));
        assertEquals(27_000_000, contracts.ticks(power(Instruments.EXPONENT_THREE, 1, norm), eth));
        assertEquals(9_000, contracts.ticks(power(Instruments.EXPONENT_TWO, 10_000, norm), eth));
    }

    /** The index of a square on ETH at 3,000, normed at 10,000: 0.09. */
    @ParameterizedTest(name = "{0}")
    @CsvSource("SQH-01, 3000000000000, 10000000000000, 90000000")
    void shouldSquareTheNormedPrice(final String id, final long price, final long norm, final long ticks) {
        assertEquals(ticks, contracts.ticks(power(Instruments.EXPONENT_TWO, 1, norm), price));
    }

    @Test
    void shouldSayThatAPowerIsTooLargeWhateverItOverflows() {
        final long dollar = 1_000_000_000L;
        // Of the smallest norm, a billion dollars per unit of price: the root of it is 31,622.776601683.
        assertEquals(31_622_776_602L, contracts.ticks(power(Instruments.EXPONENT_HALF, 1_000, 1), dollar));
        assertEquals(Long.MAX_VALUE, contracts.ticks(power(Instruments.EXPONENT_HALF, 1_000, 1), Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, contracts.ticks(power(Instruments.EXPONENT_ONE, 1_000, 1), Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, contracts.ticks(power(Instruments.EXPONENT_TWO, 1_000, dollar), 40_000 * dollar));
        assertEquals(Long.MAX_VALUE, contracts.ticks(power(Instruments.EXPONENT_THREE, 1_000, dollar), 2_000 * dollar));
        assertEquals(Long.MAX_VALUE, contracts.ticks(power(Instruments.EXPONENT_THREE, 1_000, dollar), 1L << 62));
    }

    @Test
    void shouldTakeTheSquareRootRoundedDown() {
        final SplittableRandom random = new SplittableRandom(20);
        for (int i = 0; i < 20_000; i++) {
            final long ratio = random.nextLong() >>> 1 + random.nextInt(62);
            assertEquals(
                    BigInteger.valueOf(ratio).shiftLeft(32).sqrt().longValueExact(),
                    Powers.root(ratio),
                    "ratio " + ratio);
        }
        assertEquals(0, Powers.root(0));
    }

    @Test
    void shouldNeverFallAsTheUnderlyingRises() {
        final SplittableRandom random = new SplittableRandom(21);
        for (int exponent = Instruments.EXPONENT_ZERO; exponent <= Instruments.EXPONENT_THREE; exponent++) {
            for (int i = 0; i < 5_000; i++) {
                final long price = 1 + random.nextLong(50_000_000_000_000L);
                final long norm = 1_000_000_000_000L;
                assertTrue(
                        Powers.price(exponent, price, norm)
                                <= Powers.price(exponent, price + random.nextInt(1_000), norm),
                        "seed 21, exponent " + exponent + ", step " + i);
            }
        }
    }
}
