package org.isochron.perf.book;

import java.io.IOException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.isochron.perf.flow.FlowCommand;
import org.isochron.perf.flow.OrderFlow;
import org.isochron.perf.flow.TradeTape;
import org.isochron.perf.run.Allocation;
import org.isochron.perf.run.Figures;
import org.isochron.perf.run.Timer;

/**
 * Measures one engine with one stream, alone in its JVM. Every pass starts with an empty book and is checked for its
 * trades: two passes of each kind to warm up, one for throughput and allocation, one that times every command.
 */
public final class BookTrial {
    /** Commands a call applies, so that the loop is compiled as a method and not replaced on the stack. */
    private static final int CHUNK = 4_096;
    /** Of each kind. After them the compiler has nothing left to do, nor a thread to allocate for it. */
    private static final int WARM_UP_PASSES = 2;

    private final EngineKind kind;
    private final OrderFlow flow;
    private final TradeTape trades;

    BookTrial(final EngineKind kind, final OrderFlow flow) {
        this.kind = kind;
        this.flow = flow;
        trades = new TradeTape(flow.trades());
    }

    /** @param args the engine's name in {@link EngineKind}, the file of the stream, the file to write figures to. */
    public static void main(final String[] args) throws IOException {
        final BookTrial trial = new BookTrial(EngineKind.valueOf(args[0]), OrderFlow.read(Path.of(args[1])));
        trial.measure().write(Path.of(args[2]));
    }

    Figures measure() {
        for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
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
                trades.count(),
                Timer.costNs());
    }

    /** Returns ns and bytes per command. */
    private double[] throughput() {
        final BookEngine engine = filled();
        final long bytesBefore = Allocation.ofThisThread();
        final long beforeNs = System.nanoTime();
        for (int from = flow.fill(); from < flow.length(); from += CHUNK) {
            apply(engine, from, Math.min(flow.length(), from + CHUNK));
        }
        final long ns = System.nanoTime() - beforeNs;
        final long bytes = Allocation.ofThisThread() - bytesBefore;
        requireSameTrades();
        final double commands = flow.length() - flow.fill();
        return new double[] {ns / commands, bytes / commands};
    }

    private Histogram latency() {
        final BookEngine engine = filled();
        final Histogram times = Timer.histogram();
        for (int from = flow.fill(); from < flow.length(); from += CHUNK) {
            time(engine, from, Math.min(flow.length(), from + CHUNK), times);
        }
        requireSameTrades();
        return times;
    }

    private BookEngine filled() {
        trades.clear();
        final BookEngine engine = kind.create(trades);
        apply(engine, 0, flow.fill());
        // What the last pass left behind is no concern of this one.
        System.gc();
        return engine;
    }

    private void apply(final BookEngine engine, final int from, final int to) {
        final long[] words = flow.words();
        for (int i = from * FlowCommand.LONGS; i < to * FlowCommand.LONGS; i += FlowCommand.LONGS) {
            engine.apply(words[i], words[i + 1]);
        }
    }

    private void time(final BookEngine engine, final int from, final int to, final Histogram times) {
        final long[] words = flow.words();
        for (int i = from * FlowCommand.LONGS; i < to * FlowCommand.LONGS; i += FlowCommand.LONGS) {
            final long beforeNs = System.nanoTime();
            engine.apply(words[i], words[i + 1]);
            Timer.record(times, System.nanoTime() - beforeNs);
        }
    }

    private void requireSameTrades() {
        if (trades.count() != flow.trades() || trades.hash() != flow.tradesHash()) {
            throw new IllegalStateException(
                    kind.id() + " made other trades than the reference: " + trades.count() + " with hash "
                            + Long.toHexString(trades.hash()) + ", expected " + flow.trades() + " with hash "
                            + Long.toHexString(flow.tradesHash()));
        }
    }
}
