package org.isochron.perf.core;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.sequencer.replica.EventBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole core, one thread, per command of the market of {@link CoreComparison}: check, decode, gate, match, settle,
 * encode events. Each iteration applies the same frames to a new venue whose books are filled. Run it with
 * {@code -prof gc} to see that nothing is allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
public class VenueBenchmark {
    private static final int COMMANDS = 200_000;
    private static final long SEED = 20_260_105;

    private final MarketFlow flow = MarketFlow.ofMain(CoreComparison.MARKET, SEED, COMMANDS);
    private final UnsafeBuffer filling = VenueFrames.portion(flow.fill());
    private final UnsafeBuffer commands = VenueFrames.portion(COMMANDS);
    private final EventBatch events = new EventBatch();
    private final Frame frame = new Frame();
    private Venue venue;
    private int frames;

    @Setup(Level.Iteration)
    public void setUp() {
        venue = new Venue();
        final VenueFrames source = new VenueFrames(flow, flow.shape().accounts());
        source.define(definition -> {
            events.begin(definition);
            venue.onCommand(definition, events);
        });
        apply(filling, source.encode(0, flow.fill(), filling));
        frames = source.encode(flow.fill(), flow.length(), commands);
    }

    /** All commands, told per command; the number of events keeps the work alive. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long command() {
        return apply(commands, frames);
    }

    private long apply(final UnsafeBuffer buffer, final int count) {
        long told = 0;
        for (int i = 0; i < count; i++) {
            frame.wrap(buffer, i * VenueFrames.SLOT);
            events.begin(frame);
            venue.onCommand(frame, events);
            told += events.count();
        }
        return told;
    }
}
