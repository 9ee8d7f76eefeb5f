package org.isochron.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published numbers of margins, named by their ids: dYdX v4 (DYG, DYI, DYO, DYR), tiers of Binance (BNB, BNE, BNM) and
 * Hyperliquid (HLT), the risk of Starknet perpetuals (SNR). Each row runs through the classes that judge accounts.
 *
 * <p>Left out: DYG-05, a margin of 0, and DYG-07, the largest unsigned numbers: no definition allows either. DYQ, a
 * maintenance margin as a part of the initial one: here it is a rate of its own, or half. DYC: another clamp of the funding
 * rate than ours. DYX, an order of buckets by ratio: ours go by shortfall. BNM-04 to 08: their tiers are not published with
 * them. DRB: rates that grow with every coin, not by tiers. HLT-02 is a default of the command, tested with it. SNR-10
 * with 301 and 299 rounds down; requirements here round up.
 */
class MarginVectorsTest {
    private static final long PPM = 1_000_000;

    private final VectorBed bed = new VectorBed();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DYG-01, 0.1, 0.0001, 5555, 7000, 10000, 500000, 38885000, 19442500",
        "DYG-02, 1, 0.000001, 420000, -5000, 10000, 500000, 21000000, 10500000",
        "DYG-03, 1, 0.000001, 5555, 7000, 1000000, 1000000, 38885000, 38885000",
        "DYG-04, 1, 0.000001, 5555, 7000, 10000, 1000000, 388850, 388850",
        "DYG-06, 1, 0.000001, 0, 7000, 100, 1000000, 0, 0",
        "DYG-08, 1, 0.000001, 5555, 7000, 10000, 500000, 388850, 194425",
        "DYG-09, 1, 0.000001, 36750, 12000, 200000, 500000, 88200000, 44100000",
        "DYG-10, 1, 0.000001, 123456, 74523, 50000, 600000, 460015575, 276009345",
        "DYG-11, 1, 0.000001, 123456, 74523, 250000, 600000, 2300077872, 1380046724",
        "DYG-15, 0.00001, 10000, 1234567.89123, 1, 200000, 500000, 2469135782460000, 1234567891230000",
        "DYG-16, 0.00001, 10000, 1234567.89123, -1, 200000, 500000, 2469135782460000, 1234567891230000"
    })
    void shouldAskForMarginRoundedUp(
            final String id,
            final String tick,
            final String lot,
            final String price,
            final long lots,
            final long initialPpm,
            final long maintenanceFraction,
            final long initial,
            final long maintenance) {
        final int instrument = bed.linear(tick, lot, initialPpm, initialPpm * maintenanceFraction / PPM, 0);
        final int account = bed.account(0);
        if (!price.equals("0")) {
            bed.mark(instrument, price);
        }
        bed.trade(account, instrument, lots, price);

        assertEquals(initial, bed.judge(account).initial());
        assertEquals(maintenance, bed.margin.maintenance());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DYG-12, 36750, 12000, 200000, 100000, 408163265, 10000000000000, 20000000000000, 264599559, 44100000",
        "DYG-13, 36750, 12000, 200000, 100000, 1000000000, 10000000000000, 20000000000000, 441000000, 44100000",
        "DYG-14, 36750, 12000, 200000, 100000, 1123456789, 25000000000000, 50000000000000, 318042585, 44100000"
    })
    void shouldRaiseInitialMarginWithTheOpenInterest(
            final String id,
            final String price,
            final long lots,
            final long initialPpm,
            final long maintenancePpm,
            final long openLots,
            final long lower,
            final long upper,
            final long initial,
            final long maintenance) {
        final int instrument = bed.linear("1", "0.000001", initialPpm, maintenancePpm, 0);
        bed.world.tiers(instrument, lower, upper, new long[] {0, initialPpm, maintenancePpm});
        bed.mark(instrument, price);
        bed.trade(bed.account(0), instrument, openLots - lots, price);
        final int account = bed.account(0);
        bed.trade(account, instrument, lots, price);
        bed.margin.noteOpenInterest();

        assertEquals(initial, bed.judge(account).initial());
        assertEquals(maintenance, bed.margin.maintenance());
    }

    /** Notional, open interest and its bounds as they are: one quantum a lot. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DYI-01, 200000, 0, 0, 0, 500000, 100000",
        "DYI-02, 500000, 0, 0, 0, 1000000, 500000",
        "DYI-03, 100000, 0, 0, 0, 1, 1",
        "DYI-04, 567243, 0, 0, 0, 123456, 70030",
        "DYI-05, 200000, 1500000000000, 0, 0, 500000, 100000",
        "DYI-06, 200000, 1500000000000, 1000000000000, 2000000000000, 500000, 300000",
        "DYI-07, 200000, 80000000000000, 25000000000000, 50000000000000, 500000, 500000",
        "DYI-08, 200000, 25000000000000, 25000000000000, 50000000000000, 500000, 100000",
        "DYI-09, 200000, 28123456789123, 25000000000000, 60000000000000, 500000, 135697",
        "DYO-01, 200000, 0, 1000000, 2000000, 1000000, 200000",
        "DYO-02, 200000, 1500000, 1000000, 2000000, 1000000, 600000",
        "DYO-03, 200000, 1234567, 1000000, 2000000, 1000000, 387653",
        "DYO-04, 200000, 1000000, 1000000, 2000000, 1000000, 200000",
        "DYO-05, 200000, 2000000, 1000000, 2000000, 1000000, 1000000",
        "DYO-06, 200000, 2500000, 1000000, 2000000, 1000000, 1000000",
        "DYO-07, 200000, 1500000, 0, 0, 1000000, 200000"
    })
    void shouldFindTheInitialMarginOfASize(
            final String id,
            final long initialPpm,
            final long openInterest,
            final long lower,
            final long upper,
            final long size,
            final long initial) {
        final int instrument = bed.linear("0.000001", "1", initialPpm, initialPpm, 0);
        bed.world.tiers(instrument, lower, upper, new long[] {0, initialPpm, initialPpm});
        bed.mark(instrument, "0.000001");
        if (openInterest != 0) {
            bed.trade(bed.account(0), instrument, openInterest, "0.000001");
        }
        bed.margin.noteOpenInterest();

        assertEquals(initial, bed.terms.initial(bed.terms.of(instrument), false, size));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DYR-01, 200, 100, true",
        "DYR-02, 100, 100, true",
        "DYR-03, 50, 100, false",
        "DYR-04, 0, 0, true",
        "DYR-05, -100, 0, false"
    })
    void shouldStandAtItsInitialMargin(final String id, final long equity, final long initial, final boolean stands) {
        final int account = bed.account(equity);
        if (initial != 0) {
            final int instrument = bed.linear("1", "0.000001", 100_000, 50_000, 0);
            bed.mark(instrument, "100");
            bed.trade(account, instrument, initial / 10, "100");
        }
        final Gate gate = new Gate(bed.ledger, bed.world.marks, bed.margin);

        assertEquals(stands, gate.spare(bed.ledger.crossBucket(account, RiskWorld.ASSET)) >= 0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DYR-06, 200, 100, false",
        "DYR-07, 100, 100, false",
        "DYR-08, 50, 100, true",
        "DYR-09, 0, 0, false",
        "DYR-10, -100, 0, true",
        "DYR-11, 100, 0, false",
        "DYR-12, 0, 100, true",
        "DYR-13, 0, 0, false",
        "DYR-14, -100, 100, true",
        "DYR-15, -100, 0, true",
        "DYR-16, 75, 100, true",
        "DYR-17, 100, 100, false",
        "DYR-18, 125, 100, false"
    })
    void shouldBeLiquidatedBelowItsMaintenanceMargin(
            final String id, final long equity, final long maintenance, final boolean liquidated) {
        final int account = bed.account(equity);
        if (maintenance != 0) {
            final int instrument = bed.linear("1", "0.000001", 200_000, 100_000, 0);
            bed.mark(instrument, "100");
            bed.trade(account, instrument, maintenance / 10, "100");
        }

        assertEquals(liquidated, bed.judge(account).isUnderwater());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"DYR-19, -4000, false", "DYR-20, -4500, false", "DYR-21, -4501, true"})
    void shouldCountValueAndCashTogether(final String id, final String cash, final boolean liquidated) {
        final int instrument = bed.linear("1", "0.1", 200_000, 100_000, 0);
        bed.mark(instrument, "50000");
        final int account = bed.account(VectorBed.quanta(cash) + VectorBed.quanta("5000"));
        bed.trade(account, instrument, 1, "50000");

        assertEquals(liquidated, bed.judge(account).isUnderwater());
    }

    private static final long[][] BTC_TIERS = tiers(
            "0 4000",
            "50000 5000",
            "250000 10000",
            "1000000 25000",
            "5000000 50000",
            "20000000 100000",
            "50000000 125000",
            "100000000 150000",
            "200000000 250000",
            "300000000 500000");
    private static final long[][] ETH_TIERS = tiers(
            "0 5000",
            "10000 6500",
            "100000 10000",
            "500000 20000",
            "1000000 50000",
            "2000000 100000",
            "5000000 125000",
            "10000000 150000",
            "20000000 250000");

    /** Floor in dollars and maintenance rate; initial is twice that. */
    private static long[][] tiers(final String... rows) {
        final long[][] tiers = new long[rows.length][];
        for (int tier = 0; tier < rows.length; tier++) {
            final String[] row = rows[tier].split(" ");
            final long rate = Long.parseLong(row[1]);
            tiers[tier] = new long[] {VectorBed.quanta(row[0]), 2 * rate, rate};
        }
        return tiers;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BNB-01, BTC, 40000, 4000, 0",
        "BNB-02, BTC, 50000, 5000, 50",
        "BNB-03, BTC, 250000, 10000, 1300",
        "BNB-04, BTC, 1000000, 25000, 16300",
        "BNB-05, BTC, 5000000, 50000, 141300",
        "BNB-06, BTC, 20000000, 100000, 1141300",
        "BNB-07, BTC, 50000000, 125000, 2391300",
        "BNB-08, BTC, 100000000, 150000, 4891300",
        "BNB-09, BTC, 200000000, 250000, 24891300",
        "BNB-10, BTC, 300000000, 500000, 99891300",
        "BNE-01, ETH, 9000, 5000, 0",
        "BNE-02, ETH, 10000, 6500, 15",
        "BNE-03, ETH, 100000, 10000, 365",
        "BNE-04, ETH, 500000, 20000, 5365",
        "BNE-05, ETH, 1000000, 50000, 35365",
        "BNE-06, ETH, 2000000, 100000, 135365",
        "BNE-07, ETH, 5000000, 125000, 260365",
        "BNE-08, ETH, 10000000, 150000, 510365",
        "BNE-09, ETH, 20000000, 250000, 2510365"
    })
    void shouldDeductWhatLowerTiersTakeLess(
            final String id, final String coin, final String floor, final long ppm, final String deduction) {
        final int instrument = bed.linear("1", "1", 500_000, 500_000, 0);
        bed.world.tiers(instrument, 0, 0, coin.equals("BTC") ? BTC_TIERS : ETH_TIERS);
        final long size = VectorBed.quanta(floor);

        assertEquals(
                VectorBed.quanta(deduction),
                size / PPM * ppm - bed.terms.maintenance(bed.terms.of(instrument), false, size));
        // Initial margins deduct as well: twice as much, for they are twice as high.
        assertEquals(
                2 * VectorBed.quanta(deduction),
                size / PPM * 2 * ppm - bed.terms.initial(bed.terms.of(instrument), false, size));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"BNM-01, BTC, 3500032.458, 71200.81145", "BNM-02, ETH, 4918775.081, 356512.5081"})
    void shouldAskForTheMaintenanceMarginOfATier(
            final String id, final String coin, final String size, final String maintenance) {
        final int instrument = bed.linear("1", "1", 500_000, 500_000, 0);
        bed.world.tiers(instrument, 0, 0, coin.equals("BTC") ? BTC_TIERS : ETH_TIERS);

        assertEquals(
                VectorBed.quanta(maintenance),
                bed.terms.maintenance(bed.terms.of(instrument), false, VectorBed.quanta(size)));
    }

    /** The deduction of the tier before is 0.56 coins, from 28 on at 2 % more. */
    @ParameterizedTest(name = "{0}")
    @CsvSource("BNM-03, 60, 1.81")
    void shouldDeductInCoin(final String id, final long size, final String deduction) {
        final long coin = 100_000_000;
        final int instrument = bed.inverse("0.1", 500_000, 500_000, 0);
        bed.world.tiers(instrument, 0, 0, new long[][] {
            {0, 100_000, 5_000}, {28 * coin, 100_000, 25_000}, {50 * coin, 100_000, 50_000}
        });

        assertEquals(
                new BigDecimal(deduction).movePointRight(8).longValueExact(),
                size * coin / 20 - bed.terms.maintenance(bed.terms.of(instrument), false, size * coin));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "HLT-01, 0:40:12500 150000000:20:25000, 200000000, 3125000",
        // Rates in ppm: a sixth is 0.166667.
        "HLT-03 tier 2, 0:10:50000 20000:5:100000 100000:3:166667, 50000, 4000",
        "HLT-03 tier 3, 0:10:50000 20000:5:100000 100000:3:166667, 100000, 9000",
        "HLT-03 deduction, 0:10:50000 20000:5:100000 100000:3:166667, 200000, 25666.7"
    })
    void shouldFollowTiersOfLeverage(final String id, final String tiers, final String size, final String maintenance) {
        final String[] rows = tiers.split(" ");
        final long[][] set = new long[rows.length][];
        for (int tier = 0; tier < rows.length; tier++) {
            final String[] row = rows[tier].split(":");
            set[tier] = new long[] {
                VectorBed.quanta(row[0]), -Math.floorDiv(-PPM, Long.parseLong(row[1])), Long.parseLong(row[2])
            };
        }
        final int instrument = bed.linear("1", "1", 500_000, 500_000, 0);
        bed.world.tiers(instrument, 0, 0, set);

        assertEquals(
                VectorBed.quanta(maintenance),
                bed.terms.maintenance(bed.terms.of(instrument), false, VectorBed.quanta(size)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"HLT-04 10x, 10, 1000, 250", "HLT-04 20x, 20, 500, 250"})
    void shouldAskForInitialMarginByTheLeverageChosen(
            final String id, final int leverage, final String initial, final String maintenance) {
        final int instrument = bed.linear("1", "1", 50_000, 25_000, 0);
        bed.mark(instrument, "100");
        final int account = bed.account(0);
        bed.ledger.positions().leverage(bed.trade(account, instrument, 100, "100"), leverage);

        assertEquals(VectorBed.quanta(initial), bed.judge(account).initial());
        assertEquals(VectorBed.quanta(maintenance), bed.margin.maintenance());
    }

    /** Positions as lots@price/risk: total value and total risk. A value below its risk is under water. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SNR-01 before, 0, 60@900/500000, 54000, 27000",
        "SNR-01 after, 0, 80@900/500000, 72000, 36000",
        "SNR-02 before, 0, -60@900/500000, -54000, 27000",
        "SNR-02 after, 0, 20@900/500000, 18000, 9000",
        "SNR-03 before, 0, 60@900/500000 40@1000/900000 20@500/100000 10@100/700000 5@2000/0, 115000, 64700",
        "SNR-03 after, 0, 80@900/500000 40@1000/900000 20@500/100000 10@100/700000 5@2000/0, 133000, 73700",
        "SNR-04, 0, 60@900/500000, 54000, 27000",
        "SNR-05, 0, '', 0, 0",
        "SNR-06, 0, 50@900/500000, 45000, 22500",
        "SNR-07, 50, 50@900/500000 100@1000/900000 150@500/100000, 220050, 120000",
        "SNR-08, 50, 200@900/500000, 180050, 90000",
        "SNR-09, 0, -50@900/500000, -45000, 22500",
        "SNR-10, 0, 1@300/750000, 300, 225",
        "SNR-11, 0, 2@100/0, 200, 0"
    })
    void shouldAddUpValueAndRisk(
            final String id, final long cash, final String held, final String value, final String risk) {
        long total = VectorBed.quanta(Long.toString(cash));
        final int account = bed.account(0);
        for (final String part : held.isEmpty() ? new String[0] : held.split(" ")) {
            final String[] fields = part.split("[@/]");
            final int instrument = bed.linear("1", "1", 1_000_000, Long.parseLong(fields[2]), 0);
            bed.mark(instrument, fields[1]);
            bed.trade(account, instrument, Long.parseLong(fields[0]), fields[1]);
            final Positions positions = bed.ledger.positions();
            total += positions.entryCost(positions.find(account, instrument));
        }
        bed.ledger.deposit(bed.ledger.crossBucket(account, RiskWorld.ASSET), total);

        assertEquals(VectorBed.quanta(value), bed.judge(account).equity());
        assertEquals(VectorBed.quanta(risk), bed.margin.maintenance());
        assertEquals(new BigDecimal(value).compareTo(new BigDecimal(risk)) < 0, bed.margin.isUnderwater());
    }
}
