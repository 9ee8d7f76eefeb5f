package org.isochron.perf.book;

import java.util.concurrent.TimeUnit;
import org.isochron.perf.flow.FlowCommand;
import org.isochron.perf.flow.FlowGenerator;
import org.isochron.perf.flow.FlowShape;
import org.isochron.perf.flow.OrderFlow;
import org.isochron.perf.flow.TradeTape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The production book alone, per command of a workload; each iteration starts with a filled book. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
public class BookBenchmark {
    private static final int COMMANDS = 500_000;
    private static final long SEED = 20_260_105;

    /** Name of a {@link FlowShape}. */
    @Param({"main", "wide", "randomIds"})
    public String workload;

    private OrderFlow flow;
    private TradeTape trades;
    private BookEngine engine;

    @Setup(Level.Trial)
    public void generate() {
        flow = FlowGenerator.generate(FlowShape.named(workload), SEED, COMMANDS, made -> {});
        trades = new TradeTape(flow.trades());
    }

    @Setup(Level.Iteration)
    public void fill() {
        trades.clear();
        engine = new IsochronEngine(trades);
        apply(0, flow.fill());
    }

    /** All commands, told per command; the number of trades keeps the work alive. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public int command() {
        apply(flow.fill(), flow.length());
        return trades.count();
    }

    private void apply(final int from, final int to) {
        final long[] words = flow.words();
        for (int i = from * FlowCommand.LONGS; i < to * FlowCommand.LONGS; i += FlowCommand.LONGS) {
            engine.apply(words[i], words[i + 1]);
        }
    }
}
