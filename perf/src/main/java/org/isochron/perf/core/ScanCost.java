package org.isochron.perf.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.perf.run.Allocation;
import org.isochron.perf.run.Rounds;
import org.isochron.perf.run.Timer;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.BookPrices;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.watch.RiskWatch;
import org.isochron.risk.watch.ScanRange;
import org.isochron.sequencer.replica.EventBatch;

/**
 * What a risk node does after a mark: the watch of production over a ledger with {@value #ACCOUNTS} accounts, each with a
 * long or short position in each of three instruments, at a leverage of 2 to 20 in all. Marks walk at random, up to 5
 * hundredths of a percent at a time and within 1 % of where the positions were entered, so nobody is under water. Timed from
 * the mark to the finished scan, ScanCompleted included; the mark itself, which the replica applies, is not.
 */
public final class ScanCost {
    /** Passes of a full round. */
    public static final int PASSES = 2_000;
    /** Passes of a quick one. */
    public static final int QUICK_PASSES = 300;

    public static final int ACCOUNTS = 100_000;
    private static final int INSTRUMENTS = 3;
    private static final int ASSET = 0;
    private static final Capacities CAPACITIES =
            new Capacities(1, INSTRUMENTS, 131_072, INSTRUMENTS * ACCOUNTS, 1, 1, 1, 1, 1);

    private static final long MIDDLE_TICKS = 1_000_000;
    private static final long MOST_STEP_TICKS = MIDDLE_TICKS / 2_000;
    private static final long MOST_DISTANCE_TICKS = MIDDLE_TICKS / 100;
    private static final long SEED = 20_260_105;
    /** Passes in which Margin is asked about everybody. */
    private static final int FULL_JUDGEMENTS = 20;

    /**
     * Times in ns, of single passes.
     *
     * @param holdersP50    all holders of one instrument, after its mark.
     * @param passP50       all accounts, after the marks of all instruments.
     * @param bytesPerPass  allocated by the thread, median of the rounds.
     * @param judgedP50     all accounts, each by Margin: what a node does once, when it goes live.
     */
    public record Result(
            long holdersP50,
            long holdersP99,
            long holdersMax,
            long passP50,
            long passP99,
            long passMax,
            double bytesPerPass,
            long judgedP50) {}

    private final int passes;
    private final int rounds;
    private final Ledger ledger = new Ledger(CAPACITIES);
    private final Marks marks = new Marks(ledger, BookPrices.NONE, CAPACITIES.instruments());
    private final Margin margin = new Margin(ledger, marks, (position, buy, visitor) -> {
        // nobody has orders
    });
    private final RiskWatch watch =
            new RiskWatch(ledger, marks, margin, ScanRange.WHOLE, 1, (message, offset, length) -> report(), 0);
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final Frame frame = new Frame();
    private final EventBatch events = new EventBatch();
    private long sequence;
    private long nowNs;
    private long reports;

    public ScanCost(final int passes, final int rounds) {
        this.passes = passes;
        this.rounds = rounds;
    }

    /** How many steps {@link #run} tells of. */
    public int trials() {
        return 2 * rounds;
    }

    /** All rounds in one; a round before them warms up and does not count. */
    public Result run(final LongConsumer progress) {
        define();
        watch.onLive();
        scan();
        round(1, Timer.histogram());
        round(INSTRUMENTS, Timer.histogram());
        final Histogram holders = Timer.histogram();
        final Histogram all = Timer.histogram();
        final List<Double> bytes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            bytes.add(round(1, holders));
            progress.accept(2L * round + 1);
            bytes.add(round(INSTRUMENTS, all));
            progress.accept(2L * round + 2);
        }
        return new Result(
                holders.getValueAtPercentile(50),
                holders.getValueAtPercentile(99),
                holders.getMaxValue(),
                all.getValueAtPercentile(50),
                all.getValueAtPercentile(99),
                all.getMaxValue(),
                Rounds.medianHundredths(bytes, Double::doubleValue),
                judgeEverybody());
    }

    private boolean report() {
        reports++;
        return true;
    }

    private void define() {
        ledger.assets().define(1, 1, 0, 6);
        for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
            ledger.instruments().define(terms(1 + instrument));
            marks.tick(instrument, 0, MIDDLE_TICKS, ++nowNs);
        }
        for (int i = 0; i < ACCOUNTS; i++) {
            ledger.defineAccount(1 + i, Ledger.NO_FIRM);
        }
        for (int i = 0; i < ACCOUNTS; i += 2) {
            final int account = Ledger.SYSTEM_ACCOUNTS + i;
            final long gross = takePositions(account, account + 1);
            for (int side = account; side <= account + 1; side++) {
                ledger.deposit(ledger.crossBucket(side, ASSET), gross / (2 + random.nextInt(19)));
            }
        }
    }

    /** Both hold the same sizes on opposite sides. Returns their gross notional. */
    private long takePositions(final int account, final int other) {
        long gross = 0;
        for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
            final int first = ledger.position(account, instrument);
            final int second = ledger.position(other, instrument);
            final long lots = 1 + random.nextInt(1_000);
            final long cash = ledger.contracts().cash(instrument, MIDDLE_TICKS, lots);
            final boolean buys = random.nextBoolean();
            ledger.trade(buys ? first : second, buys ? second : first, lots, cash);
            gross += cash;
        }
        return gross;
    }

    private static InstrumentTerms terms(final long id) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = id;
        terms.symbolHead = id;
        terms.kind = Instruments.LINEAR;
        terms.tickSize = 1_000_000;
        terms.lotSize = 1_000_000_000;
        terms.factor = 1;
        terms.maxPriceTicks = 4 * MIDDLE_TICKS;
        terms.maxPositionLots = 1_000_000;
        terms.initialMarginPpm = 40_000;
        terms.maintenanceMarginPpm = 20_000;
        terms.takerFeePpm = 500;
        terms.indexStaleNs = Long.MAX_VALUE / 4;
        terms.requiredSources = 1;
        return terms;
    }

    /** Returns bytes allocated in a pass. */
    private double round(final int instruments, final Histogram times) {
        final long bytesBefore = Allocation.ofThisThread();
        for (int pass = 0; pass < passes; pass++) {
            for (int instrument = 0; instrument < instruments; instrument++) {
                marks.tick(instrument, 0, nextTicks(instrument), ++nowNs);
            }
            Timer.record(times, scan());
        }
        return (double) (Allocation.ofThisThread() - bytesBefore) / passes;
    }

    private long nextTicks(final int instrument) {
        final long ticks = marks.markTicks(instrument) + random.nextLong(2 * MOST_STEP_TICKS + 1) - MOST_STEP_TICKS;
        return Math.max(MIDDLE_TICKS - MOST_DISTANCE_TICKS, Math.min(MIDDLE_TICKS + MOST_DISTANCE_TICKS, ticks));
    }

    /** A command without events, after which the watch works until nothing is left. Returns how long that took, ns. */
    private long scan() {
        Frame.encodeUnstamped(
                buffer,
                0,
                MessageHeaderEncoder.ENCODED_LENGTH + ClockTickEncoder.BLOCK_LENGTH,
                FrameType.SEQUENCER,
                1,
                0,
                ++nowNs,
                0);
        Frame.stamp(buffer, 0, 1, ++sequence, nowNs, 0);
        frame.wrap(buffer, 0);
        events.begin(frame);
        final long before = reports;
        final long beforeNs = System.nanoTime();
        watch.onEvents(frame, events);
        while (!watch.isIdle()) {
            watch.doWork(sequence);
        }
        final long ns = System.nanoTime() - beforeNs;
        if (reports != before + 1) {
            throw new IllegalStateException(reports - before + " scans or proposals where one scan was due");
        }
        return ns;
    }

    /** The median of passes over all accounts in which Margin is asked about each. */
    private long judgeEverybody() {
        final Histogram times = Timer.histogram();
        for (int pass = 0; pass < FULL_JUDGEMENTS; pass++) {
            marks.tick(0, 0, nextTicks(0), ++nowNs);
            watch.onLive();
            Timer.record(times, scan());
        }
        return times.getValueAtPercentile(50);
    }
}
