package org.isochron.perf;

import java.util.concurrent.TimeUnit;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole core, one thread: check, decode, gate, match, settle, encode events. Per command of {@link CommandCycle}'s
 * mix, in which no journal, network or CRC is included. Run it with {@code -prof gc} to see that nothing is allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class VenueBenchmark {
    private final Venue venue = new Venue();
    private final CommandCycle commands = new CommandCycle(7);
    private final EventBatch events = new EventBatch();
    private final Frame frame = new Frame();

    @Setup
    public void setUp() {
        for (int i = 0; i < commands.setUpLength(); i++) {
            commands.setUp(i, frame);
            apply();
        }
    }

    /** One cycle, told per command; the number of events keeps the work alive. */
    @Benchmark
    @OperationsPerInvocation(CommandCycle.LENGTH)
    public long command() {
        long count = 0;
        for (int i = 0; i < CommandCycle.LENGTH; i++) {
            commands.next(frame);
            apply();
            count += events.count();
        }
        return count;
    }

    private void apply() {
        events.begin(frame);
        venue.onCommand(frame, events);
    }
}
