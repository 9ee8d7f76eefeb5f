package org.isochron.risk.margin;

import java.util.SplittableRandom;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.ledger.RiskWorld;

/**
 * Accounts of a few dozen members in instruments of every kind, with tiers, fees, funding, isolated positions and pledged
 * collateral, and random things that happen to them.
 */
public final class RandomPortfolios {
    public static final int ACCOUNTS = 40;
    public static final int INSTRUMENTS = 15;
    private static final int ASSETS = 2;
    private static final long MAX_TICKS = 1_000_000;

    public final RiskWorld world = new RiskWorld();
    public final SplittableRandom random;
    private final Ledger ledger = world.ledger;
    private final Positions positions = ledger.positions();
    private long nowNs = 1;

    public RandomPortfolios(final long seed) {
        random = new SplittableRandom(seed);
        ledger.assets().define(2, 0x435442, 0, 8);
        for (int i = 0; i < INSTRUMENTS; i++) {
            define(i);
        }
        // Asset 1 counts for asset 0, at the index of instrument 0.
        ledger.defineCollateral(1, 0, 0, 1L << 40, 1L << 40, 100_000);
        for (int i = 0; i < ACCOUNTS; i++) {
            final int account = world.account(100 + i, 0);
            for (int asset = 0; asset < ASSETS; asset++) {
                ledger.deposit(ledger.crossBucket(account, asset), random.nextLong(1L << 20 + random.nextInt(20)));
            }
            if (i % 4 == 0) {
                ledger.pledge(ledger.crossBucket(account, 1), ledger.pledge(account, 0), random.nextLong(1L << 30));
            }
        }
    }

    private void define(final int i) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = 10 + i;
        terms.symbolHead = 10 + i;
        terms.tickSize = i == 0 ? 1_000_000 : 1;
        terms.lotSize = 1;
        terms.assetSlot = i % ASSETS;
        terms.factor = i % 3 == 1 ? -(1L + random.nextInt(1_000)) << 30 : 1 + random.nextInt(1_000);
        if (i % 5 == 2 && terms.factor > 0) {
            terms.exponent = i % 2 == 0 ? Instruments.EXPONENT_TWO : Instruments.EXPONENT_HALF;
        }
        if (i == 9) {
            terms.exponent = Instruments.EXPONENT_THREE;
        }
        terms.maxPriceTicks = MAX_TICKS;
        terms.initialMarginPpm = 10_000 + random.nextInt(200_000);
        terms.maintenanceMarginPpm = terms.initialMarginPpm / 2;
        terms.takerFeePpm = random.nextInt(1_000);
        terms.indexStaleNs = Long.MAX_VALUE / 2;
        terms.requiredSources = 1;
        final int instrument = ledger.instruments().define(terms);
        world.marks.tick(instrument, 0, 1_000 + random.nextInt(200_000), 0);
        if (i % 2 == 0) {
            setTiers(instrument);
        }
        if (i % 3 != 0) {
            ledger.rules().funding().table().adopt(instrument, 1);
        }
    }

    public int account() {
        return Ledger.SYSTEM_ACCOUNTS + random.nextInt(ACCOUNTS);
    }

    public int instrument() {
        return random.nextInt(INSTRUMENTS);
    }

    /** Up to 8 tiers of rising rates, at floors within what the positions are worth. */
    public void setTiers(final int instrument) {
        final long[][] rows = new long[1 + random.nextInt(8)][];
        long floor = 0;
        long initial = 10_000;
        long maintenance = 5_000;
        for (int tier = 0; tier < rows.length; tier++) {
            initial += random.nextInt(50_000);
            maintenance += random.nextLong(initial - maintenance + 1);
            rows[tier] = new long[] {floor, initial, maintenance};
            floor += Margin.PPM * (1 + random.nextInt(10_000));
        }
        world.tiers(instrument, 0, 0, rows);
    }

    /** Two members trade near the mark. Returns the rows of buyer and seller. */
    public int[] trade() {
        final int instrument = instrument();
        final int buyer = ledger.position(account(), instrument);
        final int seller = ledger.position(account(), instrument);
        if (buyer == seller) {
            return new int[] {buyer, seller};
        }
        final long mark = world.marks.markTicks(instrument);
        final long ticks = Math.max(1, mark + random.nextLong(mark / 50 + 1) - mark / 100);
        final long lots = 1 + random.nextInt(1 << random.nextInt(10));
        ledger.trade(buyer, seller, lots, ledger.contracts().cash(instrument, ticks, lots));
        return new int[] {buyer, seller};
    }

    /** A member takes an idle position out of cross margin and gives it something. Returns its row, or -1. */
    public int isolate() {
        final int instrument = instrument();
        final int position = ledger.position(account(), instrument);
        if (!positions.isIdle(position) || ledger.isIsolated(ledger.bucketOf(position))) {
            return -1;
        }
        ledger.isolate(position, true);
        ledger.transfer(ledger.crossOf(position), ledger.bucketOf(position), random.nextLong(1L << 30));
        return position;
    }

    /** Cash comes or goes. Returns the bucket. */
    public int deposit() {
        final int bucket = ledger.crossBucket(account(), random.nextInt(ASSETS));
        ledger.deposit(bucket, random.nextLong(1L << 32) - (1L << 31));
        return bucket;
    }

    /** A mark moves, mostly a little. Returns the instrument. */
    public int move() {
        final int instrument = instrument();
        final long mark = world.marks.markTicks(instrument);
        final long most = random.nextInt(20) == 0 ? mark / 2 : mark / 200 + 1;
        mark(instrument, mark + random.nextLong(2 * most + 1) - most);
        return instrument;
    }

    /** Sets a mark, within what prices there can be. */
    public void mark(final int instrument, final long ticks) {
        world.marks.tick(instrument, 0, Math.max(1, Math.min(ticks, MAX_TICKS)), nowNs++);
    }

    /** Longs pay, or receive. Returns the instrument. */
    public int fund() {
        final int instrument = instrument();
        fund(instrument, random.nextLong(1L << random.nextInt(40)) - (1L << random.nextInt(38)));
        return instrument;
    }

    public void fund(final int instrument, final long delta) {
        ledger.funding().advance(instrument, delta);
        world.marks.fundingChanged(instrument);
    }
}
