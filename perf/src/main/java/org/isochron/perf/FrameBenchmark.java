package org.isochron.perf;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the frame costs on each hop: stamping at the sequencer, checking at a replica. One NewOrder, one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Frame frame = new Frame();
    private long sequence;
    private long chain;

    @Setup
    public void setUp() {
        Frame.encodeUnstamped(buffer, 0, 8 + NewOrderEncoder.BLOCK_LENGTH, FrameType.SESSION, 101, 2, 1, 0);
        chain = Frame.stamp(buffer, 0, 1, ++sequence, sequence, chain);
        frame.wrap(buffer, 0);
    }

    /** Stamp and seal: CRC32C and XXH64 over the frame. */
    @Benchmark
    public long stamp() {
        sequence++;
        chain = Frame.stamp(buffer, 0, 1, sequence, sequence, chain);
        return chain;
    }

    /** What a replica checks: CRC32C, then the chain. */
    @Benchmark
    public long check() {
        return frame.damage(Frame.MAX_LENGTH) == null ? frame.chain() : 0;
    }
}
