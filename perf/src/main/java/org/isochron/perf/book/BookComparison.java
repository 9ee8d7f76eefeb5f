package org.isochron.perf.book;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.isochron.perf.flow.FlowGenerator;
import org.isochron.perf.flow.FlowShape;
import org.isochron.perf.flow.OrderFlow;
import org.isochron.perf.run.ChildJvm;
import org.isochron.perf.run.Figures;
import org.isochron.perf.run.TrialFailedException;
import org.isochron.perf.run.TrialSpace;

/**
 * All engines with all workloads: in every round each engine once with each workload, one JVM after the other, so that
 * what else the machine does hits all of them alike.
 */
public final class BookComparison {
    /** Commands of a full run, after the fill. */
    public static final int COMMANDS = 3_000_000;
    /** Commands of a quick one. */
    public static final int QUICK_COMMANDS = 300_000;

    private static final long SEED = 20_260_105;
    private static final String HEAP = "1g";
    private static final int TIMEOUT_SEC = 120;

    private final Path root;
    private final int commands;
    private final int rounds;

    /** @param root of the source tree. */
    public BookComparison(final Path root, final int commands, final int rounds) {
        this.root = root;
        this.commands = commands;
        this.rounds = rounds;
    }

    /** How many steps {@link #run} tells of. */
    public int trials() {
        return FlowShape.ALL.size() * EngineKind.values().length * rounds;
    }

    /**
     * @param progress told how many trials are done.
     * @return for each workload and engine the figures of each round.
     * @throws TrialFailedException when an engine fails or makes other trades than the reference.
     */
    public Map<FlowShape, Map<EngineKind, List<Figures>>> run(final LongConsumer progress) {
        final Map<FlowShape, Map<EngineKind, List<Figures>>> figures = new LinkedHashMap<>();
        try (TrialSpace space = TrialSpace.open(root)) {
            for (final FlowShape shape : FlowShape.ALL) {
                write(space, shape);
                figures.put(shape, new EnumMap<>(EngineKind.class));
            }
            int done = 0;
            for (int round = 0; round < rounds; round++) {
                for (final FlowShape shape : FlowShape.ALL) {
                    for (final EngineKind kind : EngineKind.values()) {
                        figures.get(shape)
                                .computeIfAbsent(kind, first -> new ArrayList<>())
                                .add(trial(space, shape, kind));
                        progress.accept(++done);
                    }
                }
            }
        }
        return figures;
    }

    private void write(final TrialSpace space, final FlowShape shape) {
        try {
            final OrderFlow flow = FlowGenerator.generate(shape, SEED, commands, made -> {});
            flow.write(file(space, shape));
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot write the commands: " + ex.getMessage(), ex);
        }
    }

    private Figures trial(final TrialSpace space, final FlowShape shape, final EngineKind kind) {
        final ChildJvm jvm = kind.isPeer() ? space.peers(HEAP, BookTrial.class) : space.ours(HEAP, BookTrial.class);
        return Figures.of(jvm.run(
                space.directory(), TIMEOUT_SEC, kind.name(), file(space, shape).toString()));
    }

    private static Path file(final TrialSpace space, final FlowShape shape) {
        return space.directory().resolve(shape.name() + ".flow");
    }
}
