package org.isochron.perf.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.venue.Venue;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.MarketShape;
import org.isochron.perf.run.Timer;
import org.isochron.perf.run.TrialFailedException;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.watch.RiskWatch;
import org.isochron.risk.watch.ScanRange;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Whether a storm of marks makes orders wait on the matcher. One thread applies orders to a venue at a fixed rate, timed
 * from when each was due; another applies the same frames to a venue of its own with a risk node's watch over it. In a
 * quiet round there are no marks, in a round of storm {@value #MARKS_PER_SECOND} a second of an instrument that {@value
 * #HOLDERS} accounts hold, at random moments. Quiet and storm take turns, a second each. The two venues are the same in
 * both.
 */
public final class ScanStorm {
    /** Rounds of each kind that a full run has for each of the others: short ones, for the machine is rarely quiet. */
    public static final int ROUNDS_FOR_ONE = 3;

    public static final int HOLDERS = 100_000;
    public static final int ORDERS_PER_SECOND = 20_000;
    public static final int MARKS_PER_SECOND = 1_000;

    /** Pairs of rounds before those that count: compiling takes the first few seconds on two cores. */
    private static final int WARM_UP_PAIRS = 6;

    private static final MarketShape MARKET = new MarketShape(1, 1_000, 2_500, false);
    private static final long SEED = 20_260_105;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long ORDER_NS = SECOND_NS / ORDERS_PER_SECOND;
    private static final long MARK_NS = SECOND_NS / MARKS_PER_SECOND;
    private static final long MOST_STEP_TICKS = VenueFrames.MIDDLE_TICKS / 2_000;
    private static final long MOST_DISTANCE_TICKS = VenueFrames.MIDDLE_TICKS / 100;
    private static final int ENDED = -1;

    /** One round: ns from when an order was due to when it was done, and finished scans. */
    public record Round(boolean storm, long p50, long p99, long p999, long max, long scans) {}

    private final int rounds;
    private final MarketFlow flow;
    private final VenueFrames source;
    private final Core matcher = new Core(false);
    private final Core risk = new Core(true);
    private final SplittableRandom random = new SplittableRandom(SEED);
    private long markTicks = VenueFrames.MIDDLE_TICKS;
    private int command;

    private final UnsafeBuffer frames;
    /** By slot: when it is due after the start of the round, ns; whether it is an order. */
    private final long[] dueNs;

    private final boolean[] isOrder;
    private int count;

    /** @param rounds of each kind. */
    public ScanStorm(final int rounds) {
        this.rounds = rounds;
        final int slots = ORDERS_PER_SECOND + MARKS_PER_SECOND;
        flow = MarketFlow.ofMain(MARKET, SEED, 2 * (rounds + WARM_UP_PAIRS) * ORDERS_PER_SECOND);
        source = new VenueFrames(flow, HOLDERS, HOLDERS + MARKET.accounts());
        frames = VenueFrames.portion(slots);
        dueNs = new long[slots];
        isOrder = new boolean[slots];
    }

    /** How many steps {@link #run} tells of. */
    public int trials() {
        return 2 * (rounds + WARM_UP_PAIRS);
    }

    /** All rounds, quiet and storm in turn; the first pairs warm up and do not count. */
    public List<Round> run(final LongConsumer progress) {
        define();
        final List<Round> results = new ArrayList<>();
        for (int round = 0; round < trials(); round++) {
            final Round result = round(round % 2 == 1);
            if (round >= 2 * WARM_UP_PAIRS) {
                results.add(result);
            }
            progress.accept(round + 1L);
        }
        return results;
    }

    private void define() {
        source.define(definition -> {
            matcher.apply(definition);
            risk.apply(definition);
        });
        final UnsafeBuffer filling = VenueFrames.portion(flow.fill());
        final int filled = source.encode(0, flow.fill(), filling);
        final Frame frame = new Frame();
        for (int i = 0; i < filled; i++) {
            matcher.apply(frame.wrap(filling, i * VenueFrames.SLOT));
            risk.apply(frame);
        }
        command = flow.fill();
        hold(matcher.venue.ledger());
        hold(risk.venue.ledger());
        risk.watch.onLive();
    }

    /** Accounts that do not trade get their positions without orders: at 2 to 18 times what they own, in both venues. */
    private static void hold(final Ledger ledger) {
        final int asset = ledger.instruments().asset(0);
        for (int i = MARKET.accounts(); i + 1 < HOLDERS; i += 2) {
            final int account = Ledger.SYSTEM_ACCOUNTS + i;
            final long cash = ledger.cash(ledger.crossBucket(account, asset));
            final long perLot = ledger.contracts().cash(0, VenueFrames.MIDDLE_TICKS, 1);
            final long lots = cash / perLot * (2 + i / 2 % 17);
            ledger.trade(ledger.position(account, 0), ledger.position(account + 1, 0), lots, lots * perLot);
        }
    }

    private Round round(final boolean storm) {
        encode(storm);
        System.gc();
        final AtomicInteger sequenced = new AtomicInteger();
        final long scansBefore = risk.scans;
        final Thread node = new Thread(() -> follow(sequenced), "risk");
        node.start();
        final Histogram times = Timer.histogram();
        try {
            lead(sequenced, times);
        } finally {
            sequenced.set(ENDED - count);
        }
        join(node);
        return new Round(
                storm,
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getValueAtPercentile(99.9),
                times.getMaxValue(),
                risk.scans - scansBefore);
    }

    /** Writes the round's frames in the order in which they are due. */
    private void encode(final boolean storm) {
        count = 0;
        long markNs = storm ? random.nextLong(MARK_NS) : Long.MAX_VALUE;
        int marks = 0;
        for (int order = 0; order < ORDERS_PER_SECOND; order++) {
            final long orderNs = order * ORDER_NS;
            while (markNs < orderNs) {
                final long step = random.nextLong(2 * MOST_STEP_TICKS + 1) - MOST_STEP_TICKS;
                markTicks = Math.max(
                        VenueFrames.MIDDLE_TICKS - MOST_DISTANCE_TICKS,
                        Math.min(VenueFrames.MIDDLE_TICKS + MOST_DISTANCE_TICKS, markTicks + step));
                source.encodePrice(markTicks, frames, count);
                put(markNs, false);
                markNs = ++marks * MARK_NS + random.nextLong(MARK_NS);
            }
            source.encodeOne(command++, frames, count);
            put(orderNs, true);
        }
    }

    private void put(final long due, final boolean order) {
        dueNs[count] = due;
        isOrder[count++] = order;
    }

    /** The matcher's thread: each frame when it is due, or as soon after as the ones before allow. */
    private void lead(final AtomicInteger sequenced, final Histogram times) {
        final Frame frame = new Frame();
        final long startNs = System.nanoTime() + ORDER_NS;
        for (int slot = 0; slot < count; slot++) {
            final long due = startNs + dueNs[slot];
            while (System.nanoTime() - due < 0) {
                Thread.onSpinWait();
            }
            sequenced.lazySet(slot + 1);
            matcher.apply(frame.wrap(frames, slot * VenueFrames.SLOT));
            if (isOrder[slot]) {
                Timer.record(times, System.nanoTime() - due);
            }
        }
    }

    /** The risk node's thread: follows, and scans between. */
    private void follow(final AtomicInteger sequenced) {
        final Frame frame = new Frame();
        int applied = 0;
        while (true) {
            final int position = sequenced.get();
            if (position < 0 && applied == ENDED - position && risk.watch.isIdle()) {
                return;
            }
            final int end = position < 0 ? ENDED - position : position;
            while (applied < end) {
                risk.apply(frame.wrap(frames, applied * VenueFrames.SLOT));
                applied++;
            }
            if (risk.watch.doWork(System.nanoTime()) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static void join(final Thread thread) {
        try {
            thread.join();
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new TrialFailedException("interrupted while the risk node caught up", ex);
        }
    }

    /** A venue, with a watch over it where it is a risk node's. */
    private static final class Core {
        private final Venue venue = new Venue();
        private final EventBatch events = new EventBatch();
        private final RiskWatch watch;
        private long scans;

        Core(final boolean isRisk) {
            watch = isRisk
                    ? new RiskWatch(
                            venue.ledger(),
                            venue.marks(),
                            venue.margin(),
                            ScanRange.WHOLE,
                            1,
                            (message, offset, length) -> report(MessageShape.templateId(message, offset)),
                            RiskWatch.MIN_REPORT_INTERVAL_NS)
                    : null;
        }

        private boolean report(final int template) {
            if (template == ScanCompletedDecoder.TEMPLATE_ID) {
                scans++;
            }
            return true;
        }

        void apply(final Frame frame) {
            events.begin(frame);
            venue.onCommand(frame, events);
            if (watch != null) {
                watch.onEvents(frame, events);
            }
        }
    }
}
