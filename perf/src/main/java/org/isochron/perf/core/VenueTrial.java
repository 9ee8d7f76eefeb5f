package org.isochron.perf.core;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.TradeTape;
import org.isochron.perf.run.Allocation;
import org.isochron.perf.run.Figures;
import org.isochron.perf.run.Timer;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Measures the venue with one market's commands on one thread: check, decode, gate, match, settle, encode events. Frames
 * are written a portion at a time, outside what is timed. A portion is small, so that its frames are in the cache when the
 * venue reads them: in a replica the same thread has just checked their CRC and chain and appended them to the journal.
 * Every pass starts with a new venue; the first one checks every event.
 */
final class VenueTrial {
    private static final int PORTION = 64;

    private final MarketFlow flow;
    private final int accounts;
    private final int warmUpPasses;
    private final UnsafeBuffer portion = VenueFrames.portion(PORTION);
    private final Frame frame = new Frame();
    private final EventBatch events = new EventBatch();
    private Venue venue;
    private VenueFrames frames;

    /** @param accounts how many there are: at least those of the flow. */
    VenueTrial(final MarketFlow flow, final int accounts, final int warmUpPasses) {
        this.flow = flow;
        this.accounts = accounts;
        this.warmUpPasses = warmUpPasses;
    }

    /** Throughput and allocation of one pass, the times of single commands of another. */
    Figures measure() {
        verify();
        for (int pass = 0; pass < warmUpPasses; pass++) {
            throughput();
            latency();
        }
        final double[] throughput = throughput();
        final Histogram times = latency();
        return new Figures(
                throughput[0],
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getValueAtPercentile(99.9),
                times.getMaxValue(),
                throughput[1],
                flow.trades(),
                Timer.costNs());
    }

    /** Throughput and allocation only. */
    Figures measureThroughput() {
        verify();
        for (int pass = 0; pass < warmUpPasses; pass++) {
            throughput();
        }
        final double[] throughput = throughput();
        return new Figures(throughput[0], 0, 0, 0, 0, throughput[1], flow.trades(), 0);
    }

    private void verify() {
        final TradeTape trades = new TradeTape(flow.trades());
        final EventCheck check = new EventCheck(trades);
        start();
        for (int from = 0; from < flow.length(); from += PORTION) {
            final int count = frames.encode(from, Math.min(flow.length(), from + PORTION), portion);
            for (int i = 0; i < count; i++) {
                apply(i * VenueFrames.SLOT);
                check.accept(events);
            }
        }
        if (trades.count() != flow.trades() || trades.hash() != flow.tradesHash()) {
            throw new IllegalStateException("the venue made other trades than the reference: " + trades.count()
                    + " with hash " + Long.toHexString(trades.hash()) + ", expected " + flow.trades() + " with hash "
                    + Long.toHexString(flow.tradesHash()));
        }
    }

    private void start() {
        venue = new Venue();
        frames = new VenueFrames(flow, accounts);
        final EventCheck check = new EventCheck(new TradeTape(0));
        frames.define(definition -> {
            events.begin(definition);
            venue.onCommand(definition, events);
            check.accept(events);
        });
    }

    private void fill() {
        start();
        for (int from = 0; from < flow.fill(); from += PORTION) {
            applyAll(frames.encode(from, Math.min(flow.fill(), from + PORTION), portion));
        }
        // What the last pass left behind is no concern of this one.
        System.gc();
    }

    /** Returns ns and bytes per command. */
    private double[] throughput() {
        fill();
        long ns = 0;
        long bytes = 0;
        for (int from = flow.fill(); from < flow.length(); from += PORTION) {
            final int count = frames.encode(from, Math.min(flow.length(), from + PORTION), portion);
            final long bytesBefore = Allocation.ofThisThread();
            final long beforeNs = System.nanoTime();
            applyAll(count);
            ns += System.nanoTime() - beforeNs;
            bytes += Allocation.ofThisThread() - bytesBefore;
        }
        final double commands = flow.length() - flow.fill();
        return new double[] {ns / commands, bytes / commands};
    }

    private Histogram latency() {
        fill();
        final Histogram times = Timer.histogram();
        for (int from = flow.fill(); from < flow.length(); from += PORTION) {
            final int count = frames.encode(from, Math.min(flow.length(), from + PORTION), portion);
            timeAll(count, times);
        }
        return times;
    }

    private void applyAll(final int count) {
        for (int i = 0; i < count; i++) {
            apply(i * VenueFrames.SLOT);
        }
    }

    private void timeAll(final int count, final Histogram times) {
        for (int i = 0; i < count; i++) {
            final long beforeNs = System.nanoTime();
            apply(i * VenueFrames.SLOT);
            Timer.record(times, System.nanoTime() - beforeNs);
        }
    }

    private void apply(final int offset) {
        frame.wrap(portion, offset);
        events.begin(frame);
        venue.onCommand(frame, events);
    }
}
