package org.isochron.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published liquidation prices, named by their ids: Binance (BNL), Gate and OKX (FQL), and prices of bankruptcy and margins
 * of Bybit (BYL). Ours is the outermost tick that is safe, so of a long not below the published price, of a short not above.
 *
 * <p>Left out: FQL-07, FQL-08, and the liquidation prices of BYL-01, BYL-02 and BYL-04: that venue takes maintenance margin
 * on the value at entry, we at mark. LIN-08: the venue's own formula is not published with it. BMA: queues of deleveraging.
 */
class LiquidationPriceVectorsTest {
    private static final String BINANCE_BTC = "16300 25000";
    private static final String BINANCE_ETH = "135365 100000";

    private final VectorBed bed = new VectorBed();

    /** One tier that matters, with its deduction, out of a lower one that makes it so. */
    private void tier(final int instrument, final String deductionAndRate) {
        final String[] parts = deductionAndRate.split(" ");
        final long rate = Long.parseLong(parts[1]);
        final long deduction = VectorBed.quanta(parts[0]);
        // Of half the rate below a floor of twice the deduction over the rate.
        final long floor = deduction * 2 / rate * Margin.PPM;
        bed.world.tiers(instrument, 0, 0, new long[] {0, rate, rate / 2}, new long[] {floor, rate, rate});
        assertEquals(deduction, floor / Margin.PPM * (rate - rate / 2), "the table can be had");
    }

    private void assertPrice(final String expected, final int instrument, final int position, final boolean isLong) {
        final BigDecimal tick = bed.price(instrument, 1);
        final BigDecimal published = new BigDecimal(expected);
        final BigDecimal ours = bed.price(instrument, bed.liquidation.ticks(position));
        // Published prices are rounded to the nearest of their last digit.
        final BigDecimal half = published.ulp().divide(BigDecimal.valueOf(2));
        final BigDecimal from =
                isLong ? published.subtract(half) : published.subtract(half).subtract(tick);
        final BigDecimal to = isLong ? published.add(half).add(tick) : published.add(half);
        assertTrue(ours.compareTo(from) >= 0 && ours.compareTo(to) <= 0, ours + " instead of " + published);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"BNL-01, BTC, 26316.89", "BNL-02, ETH, 1153.26"})
    void shouldCountTheOtherPositionsOfABucket(final String id, final String asked, final String expected) {
        final int btc = bed.linear("0.01", "0.001", 500_000, 500_000, 0);
        final int eth = bed.linear("0.01", "0.001", 500_000, 500_000, 0);
        tier(btc, BINANCE_BTC);
        tier(eth, BINANCE_ETH);
        bed.mark(btc, "31967.27");
        bed.mark(eth, "1335.18");
        final int account = bed.account(VectorBed.quanta("1535443.01"));
        final int held = bed.trade(account, btc, 109_488, "32481.98");
        final int other = bed.trade(account, eth, 3_683_979, "1456.84");

        assertPrice(expected, asked.equals("BTC") ? btc : eth, asked.equals("BTC") ? held : other, true);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BNL-03, 1456.84, 3683979, 0.001, 1535443.01, 135365 100000, 1114.78",
        "BNL-04, 32481.98, 109488, 0.001, 1535443.01, 16300 25000, 18778.73",
        "BNL-05, 10, -10, 0.1, 2, 0.01 10000, 11.89108910891089",
        "BNL-06, 10, -10, 0.1, 3.333333, 0.01 10000, 13.2112211",
        "BNL-07, 8, -10, 0.1, 1.6, 0.01 10000, 9.514851485148514",
        "BNL-08, 10, -6, 0.1, 1.2, 0.01 10000, 11.897689768976898",
        "BNL-09, 10, 10, 0.1, 2, 0.01 10000, 8.070707070707071",
        "BNL-10, 8, 10, 0.1, 1.6, 0.01 10000, 6.454545454545454",
        "BNL-11, 10, 10, 0.1, 3.333333, 0.01 10000, 6.7239061",
        "BNL-12, 10, 6, 0.1, 1.2, 0.01 10000, 8.063973063973064"
    })
    void shouldStandOnItsOwnCash(
            final String id,
            final String entry,
            final long lots,
            final String lot,
            final String cash,
            final String tier,
            final String expected) {
        final int instrument = bed.linear(lot.equals("0.1") ? "0.00001" : "0.01", lot, 500_000, 500_000, 0);
        tier(instrument, tier);
        bed.mark(instrument, entry);
        final int position = bed.trade(bed.account(VectorBed.quanta(cash)), instrument, lots, entry);

        assertPrice(expected, instrument, position, lots > 0);
    }

    /** Maintenance 1 %, taker fee 0.06 %; cash is a fifth or a third of the entry. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "FQL-01, 10, -1, 5, 11.87413417771621",
        "FQL-02, 10, -1, 3, 13.193482419684678",
        "FQL-03, 8, -1, 5, 9.499307342172967",
        "FQL-04, 10, 1, 5, 8.085708510208207",
        "FQL-05, 10, 1, 3, 6.738090425173506",
        "FQL-06 short, 10, -1, 3, 13.193482419684678",
        "FQL-06 long, 10, 1, 3, 6.738090425173506"
    })
    void shouldKeepTheFeeOfClosing(
            final String id, final String entry, final int side, final int leverage, final String expected) {
        final int instrument = bed.linear("0.00001", "0.1", 20_000, 10_000, 600);
        bed.mark(instrument, entry);
        // A hundred coins, so that cash rounded to a quantum is nothing beside a tick.
        final long cash = VectorBed.quanta(entry) * 100 / leverage;
        final int position = bed.trade(bed.account(cash), instrument, 1_000L * side, entry);

        assertPrice(expected, instrument, position, side > 0);
    }

    /** An isolated position's own cash counts, and nothing else the account has. */
    @ParameterizedTest(name = "{0}")
    @CsvSource("BNL-09 isolated, 8.070707070707071")
    void shouldReadNoCrossCashOfAnIsolatedPosition(final String id, final String expected) {
        final int instrument = bed.linear("0.00001", "0.1", 500_000, 500_000, 0);
        tier(instrument, "0.01 10000");
        bed.mark(instrument, "10");
        final int account = bed.account(VectorBed.quanta("1000000"));
        final int position = bed.ledger.position(account, instrument);
        bed.ledger.isolate(position, true);
        bed.ledger.transfer(
                bed.ledger.crossBucket(account, RiskWorld.ASSET),
                bed.ledger.isolatedBucket(position),
                VectorBed.quanta("2"));
        bed.trade(account, instrument, 10, "10");

        assertPrice(expected, instrument, position, true);
    }

    /** What is left to pay with is the margin of a leverage: closing at this price takes all of it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"BYL-03, 7735.5", "BYL-05, 9800"})
    void shouldBeBankruptWhereClosingTakesAll(final String id, final String expected) {
        final Contracts contracts = bed.ledger.contracts();
        if (id.equals("BYL-05")) {
            final int linear = bed.linear("1", "1", 20_000, 10_000, 0);
            final long cost = contracts.cash(linear, 10_000, 1);
            assertEquals(Long.parseLong(expected), contracts.lowestSell(linear, 1, cost - cost / 50));
            return;
        }
        // Entry between ticks of half a dollar: a contract of finer ticks gives what was bought.
        final int fine = bed.inverse("0.01", 20_000, 5_000, 0);
        final int inverse = bed.inverse("0.5", 20_000, 5_000, 0);
        final long bought = contracts.notional(fine, bed.ticks(fine, "7890.08"), 5_000);
        final long sell = contracts.lowestSell(inverse, 5_000, -(bought + bought / 50));
        assertEquals(0, new BigDecimal(expected).compareTo(bed.price(inverse, sell)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"BYL-01, 20000, 1, 20000, 400, 100", "BYL-04, 50000, -60000, 1.2, 0.12, 0.006"})
    void shouldAskForMarginsOfAnIsolatedPosition(
            final String id,
            final String entry,
            final long lots,
            final String value,
            final String initial,
            final String maintenance) {
        final boolean inverse = id.equals("BYL-04");
        final int instrument = inverse ? bed.inverse("0.5", 100_000, 5_000, 0) : bed.linear("1", "1", 20_000, 5_000, 0);
        bed.mark(instrument, entry);
        final int account = bed.account(0);
        bed.trade(account, instrument, lots, entry);

        final int scale = inverse ? 8 : 6;
        assertEquals(money(value, scale), bed.judge(account).notional());
        assertEquals(money(initial, scale), bed.margin.initial());
        assertEquals(money(maintenance, scale), bed.margin.maintenance());
    }

    private static long money(final String amount, final int scale) {
        return new BigDecimal(amount)
                .movePointRight(scale)
                .setScale(0, RoundingMode.UNNECESSARY)
                .longValueExact();
    }

    /** The verdict agrees with the display on the tick itself and on the one beyond. */
    @ParameterizedTest(name = "inverse {0}, lots {1}")
    @CsvSource({"false, 700", "false, -700", "true, 70000", "true, -70000"})
    void shouldBeTheOutermostTickThatIsSafe(final boolean inverse, final long lots) {
        final int instrument =
                inverse ? bed.inverse("0.5", 20_000, 10_000, 750) : bed.linear("0.5", "0.001", 20_000, 10_000, 750);
        bed.mark(instrument, "10000");
        final int account = bed.account(inverse ? 60_000_000 : VectorBed.quanta("600"));
        final int position = bed.trade(account, instrument, lots, "10000");

        final long ticks = bed.liquidation.ticks(position);

        bed.world.marks.tick(instrument, 0, ticks, 0);
        assertFalse(bed.judge(account).isUnderwater());
        bed.world.marks.tick(instrument, 0, lots > 0 ? ticks - 1 : ticks + 1, 0);
        assertTrue(bed.judge(account).isUnderwater());
    }
}
