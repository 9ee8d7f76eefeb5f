package org.isochron.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.ListedOrders;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

/** Running totals against a walk over everything, in wide numbers, by the formulas of the rulebook. */
class BucketTotalsTest {
    private static final int ASSETS = 3;
    private static final int INSTRUMENTS = 20;
    private static final int ACCOUNTS = 6;

    private final RiskWorld world = new RiskWorld();
    private final Ledger ledger = world.ledger;
    private final Positions positions = ledger.positions();
    private final Instruments instruments = ledger.instruments();
    private final ListedOrders orders = world.orders;
    private final Margin margin = world.margin;
    private long seed;
    private SplittableRandom random;
    private long nowNs = 1;
    private final long[] factors = new long[INSTRUMENTS];
    private final long[][][] tiers = new long[INSTRUMENTS][][];

    private void begin(final long seed) {
        this.seed = seed;
        System.out.println("BucketTotalsTest seed " + seed);
        random = new SplittableRandom(seed);
        ledger.assets().define(2, 0x435442, 0, 8);
        ledger.assets().define(3, 0x525545, 0, 2);
        for (int i = 0; i < ACCOUNTS; i++) {
            final int account = world.account(100 + i, 0);
            for (int asset = 0; asset < ASSETS; asset++) {
                ledger.deposit(ledger.crossBucket(account, asset), random.nextLong(1L << 40));
            }
        }
        for (int i = 0; i < INSTRUMENTS; i++) {
            define(i);
        }
    }

    private void define(final int i) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = 10 + i;
        terms.symbolHead = 10 + i;
        terms.tickSize = 1;
        terms.lotSize = 1;
        terms.assetSlot = i % ASSETS;
        // A third of them inverse, on some seeds that of the many orders too.
        factors[i] = (i + seed) % 3 == 0 ? -(1L + random.nextInt(1_000)) << 30 : 1 + random.nextInt(1_000);
        terms.factor = factors[i];
        if (i % 5 == 2 && factors[i] > 0) {
            terms.exponent = Instruments.EXPONENT_TWO;
        }
        terms.maxPriceTicks = 1_000_000;
        terms.initialMarginPpm = 2 + random.nextInt(500_000);
        terms.maintenanceMarginPpm = terms.initialMarginPpm / 2;
        terms.takerFeePpm = random.nextInt(1_000);
        terms.indexStaleNs = 50;
        terms.requiredSources = 1;
        world.marks.tick(instruments.define(terms), 0, 1 + random.nextInt(200_000), 0);
    }

    /** Up to 16 tiers of rising rates. */
    private void setTiers(final int instrument) {
        final long[][] rows = new long[1 + random.nextInt(16)][];
        long floor = 0;
        long initial = 10_000;
        long maintenance = 1;
        for (int tier = 0; tier < rows.length; tier++) {
            initial += random.nextInt(50_000);
            maintenance += random.nextLong(initial - maintenance + 1);
            rows[tier] = new long[] {floor, initial, maintenance};
            floor += Margin.PPM * (1 + random.nextInt(100_000));
        }
        world.tiers(instrument, 0, 0, rows);
        tiers[instrument] = rows;
    }

    private int account() {
        return Ledger.SYSTEM_ACCOUNTS + random.nextInt(ACCOUNTS);
    }

    private void step() {
        final int instrument = random.nextInt(INSTRUMENTS);
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                final int buyer = ledger.position(account(), instrument);
                final int seller = ledger.position(account(), instrument);
                final long lots = 1 + random.nextInt(1_000);
                final long ticks = 1 + random.nextInt(200_000);
                ledger.trade(buyer, seller, lots, ledger.contracts().cash(instrument, ticks, lots));
            }
            case 2 ->
                ledger.deposit(
                        ledger.crossBucket(account(), random.nextInt(ASSETS)), random.nextLong(1L << 30) - (1 << 20));
            case 3, 4, 5 ->
                // Every other order goes to one position, which so comes to have many.
                orders.rest(
                        ledger.position(random.nextBoolean() ? Ledger.SYSTEM_ACCOUNTS : account(), 0),
                        random.nextBoolean(),
                        1 + random.nextInt(200_000),
                        1 + random.nextInt(500));
            case 6 -> reduce();
            case 7, 8 -> world.marks.tick(instrument, 0, 1 + random.nextInt(200_000), nowNs++);
            default -> {
                nowNs += random.nextInt(40);
                world.marks.clock(instrument, nowNs);
                if (instrument % 4 == 1 && random.nextInt(4) == 0) {
                    setTiers(instrument);
                }
            }
        }
        while (orders.count() > 120) {
            reduce();
        }
    }

    private void reduce() {
        if (orders.count() > 0) {
            final int index = random.nextInt(orders.count());
            final long lots = orders.get(index).lots();
            orders.reduce(index, random.nextBoolean() ? lots : 1 + random.nextLong(lots));
        }
    }

    @Test
    void shouldAlwaysEqualAWalkOverPositionsAndOrders() {
        for (long seed = 1; seed <= 4; seed++) {
            final BucketTotalsTest run = new BucketTotalsTest();
            run.begin(seed);
            for (int i = 0; i < 8_000; i++) {
                run.step();
                run.compare(run.account(), run.random.nextInt(ASSETS), i);
            }
            run.margin.verify();
            run.ledger.verifyInFull();
        }
    }

    @Test
    void shouldCatchUpHoweverLongNobodyAsked() {
        begin(5);
        for (int i = 0; i < 20_000; i++) {
            step();
            if (i % 2_000 == 1_999) {
                for (int account = 0; account < ledger.accountCount(); account++) {
                    for (int asset = 0; asset < ASSETS; asset++) {
                        compare(account, asset, i);
                    }
                }
            }
        }
    }

    @Test
    void shouldComeToTheSameTotalsWhenMadeAnewFromTheCells() {
        begin(6);
        for (int i = 0; i < 5_000; i++) {
            step();
        }

        margin.rebuild();

        for (int account = 0; account < ledger.accountCount(); account++) {
            for (int asset = 0; asset < ASSETS; asset++) {
                compare(account, asset, 0);
            }
        }
        margin.verify();
    }

    @Test
    void shouldNotAllocate() {
        begin(7);
        for (int i = 0; i < 5_000; i++) {
            step();
        }
        final ThreadMXBean threads =
                (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);
        judgeAll();
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 200; i++) {
            for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
                world.marks.tick(instrument, 0, 1_000 + i, nowNs++);
            }
            judgeAll();
        }
        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
    }

    private void judgeAll() {
        for (int account = 0; account < ledger.accountCount(); account++) {
            for (int asset = 0; asset < ASSETS; asset++) {
                margin.judge(ledger.crossBucket(account, asset));
            }
        }
    }

    @Test
    void shouldLetOneMarginFollowALedgerOnly() {
        assertThrows(IllegalStateException.class, () -> new Margin(ledger, world.marks, orders));
    }

    // The naive way

    private void compare(final int account, final int asset, final int step) {
        BigInteger equity = BigInteger.valueOf(ledger.cash(ledger.crossBucket(account, asset)));
        BigInteger maintenance = BigInteger.ZERO;
        BigInteger initial = BigInteger.ZERO;
        BigInteger closingFee = BigInteger.ZERO;
        BigInteger notional = BigInteger.ZERO;
        BigInteger requirement = BigInteger.ZERO;
        int open = 0;
        boolean valid = true;
        for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
            final int position = positions.find(account, instrument);
            if (position < 0 || instruments.asset(instrument) != asset) {
                continue;
            }
            final long lots = positions.lots(position);
            final BigInteger value = value(instrument, world.marks.markTicks(instrument), lots);
            equity = equity.add(value);
            notional = notional.add(value.abs());
            maintenance = maintenance.add(margin(instrument, value.abs(), lots < 0, 2));
            initial = initial.add(margin(instrument, value.abs(), lots < 0, 1));
            closingFee = closingFee.add(ceilPpm(value.abs(), instruments.takerFeePpm(instrument)));
            requirement = requirement.add(requirement(position, instrument));
            open += lots == 0 ? 0 : 1;
            valid &= lots == 0 || world.marks.isValid(instrument);
        }
        margin.judge(ledger.crossBucket(account, asset));
        final String where = "seed " + seed + ", step " + step;
        assertEquals(equity.longValueExact(), margin.equity(), where);
        assertEquals(maintenance.longValueExact(), margin.maintenance(), where);
        assertEquals(initial.longValueExact(), margin.initial(), where);
        assertEquals(closingFee.longValueExact(), margin.closingFee(), where);
        assertEquals(notional.longValueExact(), margin.notional(), where);
        assertEquals(requirement.longValueExact(), margin.requirement(), where);
        assertEquals(open, margin.openPositions(), where);
        assertEquals(valid, margin.marksValid(), where);
    }

    private BigInteger requirement(final int position, final int instrument) {
        final long mark = world.marks.markTicks(instrument);
        final long held = positions.lots(position);
        final boolean inverse = factors[instrument] < 0;
        BigInteger larger = BigInteger.ZERO;
        BigInteger largerFee = BigInteger.ZERO;
        for (final boolean buy : new boolean[] {true, false}) {
            final long open = positions.orderLots(position, buy);
            final long units = positions.orderUnits(position, buy);
            final long after = buy ? held + open : held - open;
            final BigInteger loss = inverse
                    ? BigInteger.valueOf(loss(position, instrument, buy, mark))
                    : value(instrument, 1, loss(position, instrument, buy, mark));
            final BigInteger side = margin(
                            instrument, value(instrument, mark, after).abs(), after < 0, 1)
                    .add(loss);
            larger = larger.max(side);
            largerFee = largerFee.max(
                    inverse ? BigInteger.valueOf(buy ? open - units : -units) : value(instrument, 1, units));
        }
        return larger.add(ceilPpm(largerFee, instruments.takerFeePpm(instrument)));
    }

    /**
     * Part by part: what lies in each tier, at its rate. A square moves by twice the rate and its square more, or less;
     * its short needs half, or a quarter.
     *
     * @param column of the rate: 1 initial, 2 maintenance.
     */
    private BigInteger margin(final int instrument, final BigInteger size, final boolean isShort, final int column) {
        final long[] contract = {
            0, instruments.initialMarginPpm(instrument), instruments.maintenanceMarginPpm(instrument)
        };
        final long[][] rows = tiers[instrument] == null ? new long[][] {contract} : tiers[instrument];
        BigInteger millionths = BigInteger.ZERO;
        long last = 0;
        for (int tier = 0; tier < rows.length && size.compareTo(BigInteger.valueOf(rows[tier][0])) >= 0; tier++) {
            final BigInteger top = tier + 1 == rows.length ? size : size.min(BigInteger.valueOf(rows[tier + 1][0]));
            last = rows[tier][column];
            millionths = millionths.add(
                    top.subtract(BigInteger.valueOf(rows[tier][0])).multiply(BigInteger.valueOf(last)));
        }
        final BigInteger tiered = ceilDiv(millionths, Margin.PPM);
        if (instruments.exponent(instrument) == 0) {
            return tiered;
        }
        final long most = isShort ? column == 1 ? 500_000 : 250_000 : 0;
        final long move = -Math.floorDiv(-(2 * last * Margin.PPM + (isShort ? last : -last) * last), Margin.PPM);
        return tiered.max(ceilPpm(size, Math.max(most, move)));
    }

    /** Rounded up when that makes the loss larger: the units of buys, and the mark of sells. */
    private long unit(final int instrument, final long ticks, final boolean up) {
        final long factor = factors[instrument];
        return factor > 0 ? ticks : up ? -Math.floorDiv(-factor, ticks) : Math.floorDiv(factor, ticks);
    }

    private long loss(final int position, final int instrument, final boolean buy, final long markTicks) {
        final long mark = unit(instrument, markTicks, !buy);
        if (positions.openOrders(position) <= Positions.FEW_ORDERS) {
            return orders.beyond(position, buy, mark, ticks -> unit(instrument, ticks, buy));
        }
        final long lots = positions.orderLots(position, buy);
        final long units = positions.orderUnits(position, buy);
        final long low = positions.lowestOrderUnit(position, buy);
        final long high = positions.highestOrderUnit(position, buy);
        if (lots == 0 || (buy ? high <= mark : low >= mark)) {
            return 0;
        }
        if (buy ? low >= mark : high <= mark) {
            return Math.abs(units - mark * lots);
        }
        final BigInteger far = BigInteger.valueOf(buy ? units - low * lots : high * lots - units);
        final BigInteger[] bound = far.multiply(BigInteger.valueOf(buy ? high - mark : mark - low))
                .divideAndRemainder(BigInteger.valueOf(high - low));
        return bound[0].longValueExact() + bound[1].signum();
    }

    private BigInteger value(final int instrument, final long ticks, final long lots) {
        final BigInteger product = BigInteger.valueOf(factors[instrument]).multiply(BigInteger.valueOf(lots));
        final BigInteger price = BigInteger.valueOf(ticks);
        return factors[instrument] > 0 ? product.multiply(price) : product.divide(price);
    }

    private static BigInteger ceilPpm(final BigInteger amount, final long ppm) {
        return ceilDiv(amount.multiply(BigInteger.valueOf(ppm)), Margin.PPM);
    }

    private static BigInteger ceilDiv(final BigInteger amount, final long divisor) {
        final BigInteger[] parts = amount.divideAndRemainder(BigInteger.valueOf(divisor));
        return parts[0].add(BigInteger.valueOf(parts[1].signum()));
    }
}
