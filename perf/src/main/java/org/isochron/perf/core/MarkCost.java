package org.isochron.perf.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.BookPrices;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;

/**
 * What a new mark costs the order path, however many hold the instrument: the update itself, and the look at one holder's
 * bucket that the next order takes, which catches up with it. Ledger, marks and margins as the matcher has them, without
 * messages; a position for each account.
 */
public final class MarkCost {
    /** Marks of a full run at each size. */
    public static final int UPDATES = 2_000_000;
    /** Marks of a quick one. */
    public static final int QUICK_UPDATES = 200_000;

    private static final int[] HOLDERS = {1_000, 100_000};
    private static final int ASSET = 0;
    /** Room for the most holders, in one asset and one instrument. */
    private static final Capacities CAPACITIES = new Capacities(1, 1, 131_072, 131_072, 1, 1, 1, 1, 1);

    private static final int BATCH = 1_000;
    /** Holders whose buckets are looked at: as many however many there are, so that caches hold as much of them. */
    private static final int LOOKED_AT = 1_000;

    private static final long MIDDLE_TICKS = 1_000_000;
    private static final long SEED = 20_260_105;

    /** One size: medians over batches of the rounds, ns. */
    public record Point(int holders, double nsPerMark, double nsPerMarkAndLook) {}

    private final int updates;
    private final int rounds;

    public MarkCost(final int updates, final int rounds) {
        this.updates = updates;
        this.rounds = rounds;
    }

    /** How many steps {@link #run} tells of. */
    public int trials() {
        return HOLDERS.length * rounds;
    }

    /** From few holders to many; the first of all batches warms up and does not count. */
    public List<Point> run(final LongConsumer progress) {
        final List<Market> markets = new ArrayList<>();
        for (final int holders : HOLDERS) {
            markets.add(new Market(holders));
        }
        markets.forEach(market -> market.round(updates));
        markets.forEach(Market::forget);
        int done = 0;
        for (int round = 0; round < rounds; round++) {
            for (final Market market : markets) {
                market.round(updates);
                progress.accept(++done);
            }
        }
        return markets.stream().map(Market::point).toList();
    }

    /** One instrument and everybody who holds it. */
    private static final class Market {
        private final int holders;
        private final Ledger ledger;
        private final Marks marks;
        private final Margin margin;
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final List<Double> marked = new ArrayList<>();
        private final List<Double> looked = new ArrayList<>();
        private final int instrument;
        private long nowNs;
        private long sink;

        Market(final int holders) {
            this.holders = holders;
            ledger = new Ledger(CAPACITIES);
            marks = new Marks(ledger, BookPrices.NONE, CAPACITIES.instruments());
            margin = new Margin(ledger, marks, (position, buy, visitor) -> {
                // nobody has orders
            });
            ledger.assets().define(1, 1, 0, 6);
            instrument = ledger.instruments().define(terms());
            marks.tick(instrument, 0, MIDDLE_TICKS, ++nowNs);
            for (int holder = 0; holder < holders; holder++) {
                ledger.defineAccount(1 + holder, Ledger.NO_FIRM);
                final int account = Ledger.SYSTEM_ACCOUNTS + holder;
                ledger.deposit(ledger.crossBucket(account, ASSET), 1L << 40);
                if (holder % 2 == 1) {
                    final int buyer = ledger.position(account, instrument);
                    final int seller = ledger.position(account - 1, instrument);
                    ledger.trade(buyer, seller, 1, ledger.contracts().cash(instrument, MIDDLE_TICKS, 1));
                }
            }
            margin.verify();
        }

        private static InstrumentTerms terms() {
            final InstrumentTerms terms = new InstrumentTerms();
            terms.id = 1;
            terms.symbolHead = 1;
            terms.kind = Instruments.LINEAR;
            terms.tickSize = 1_000_000;
            terms.lotSize = 1_000_000_000;
            terms.factor = 1;
            terms.maxPriceTicks = 4 * MIDDLE_TICKS;
            terms.maxPositionLots = 1_000_000;
            terms.initialMarginPpm = 50_000;
            terms.maintenanceMarginPpm = 25_000;
            terms.indexStaleNs = Long.MAX_VALUE / 4;
            terms.requiredSources = 1;
            return terms;
        }

        void round(final int updates) {
            for (int done = 0; done < updates; done += BATCH) {
                marked.add(batch(false));
                looked.add(batch(true));
            }
        }

        private double batch(final boolean look) {
            final long beforeNs = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                marks.tick(instrument, 0, MIDDLE_TICKS + (i & 1_023), ++nowNs);
                if (look) {
                    margin.judge(ledger.crossBucket(Ledger.SYSTEM_ACCOUNTS + random.nextInt(LOOKED_AT), ASSET));
                    sink += margin.equity();
                }
            }
            return (System.nanoTime() - beforeNs) / (double) BATCH;
        }

        void forget() {
            marked.clear();
            looked.clear();
        }

        Point point() {
            if (sink == 0) {
                throw new IllegalStateException("nobody has been looked at");
            }
            return new Point(holders, median(marked), median(looked));
        }

        private static double median(final List<Double> figures) {
            return figures.stream()
                    .sorted()
                    .skip(figures.size() / 2)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
