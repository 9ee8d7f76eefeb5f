package org.isochron.ops.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.isochron.ops.bench.BenchReport;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import picocli.CommandLine.Option;

/** What the sub-commands of {@code bench} share: how long to measure, and where the findings go. */
abstract class MeasuringCommand extends ReportingCommand {
    private static final int ROUNDS = 5;
    private static final int MAX_ROUNDS = 100;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings there, too.")
    private Path json;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Draw them there as SVG; default is beside the JSON.")
    private Path picture;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each is measured; the median counts. Default " + ROUNDS + ", with --quick 1.")
    private Integer rounds;

    @Option(names = "--quick", description = "A tenth of the commands, one round: to see that it works.")
    private boolean quick;

    final boolean isQuick() {
        return quick;
    }

    final int rounds() {
        return rounds != null ? rounds : quick ? 1 : ROUNDS;
    }

    /** Root of the source tree: the launcher says it. */
    static Path root() {
        return Path.of(System.getProperty("isochron.root", "."));
    }

    /** Measures and reports. */
    abstract BenchReport measure() throws IOException;

    @Override
    public final Integer call() throws IOException {
        if (rounds() < 1 || rounds() > MAX_ROUNDS) {
            throw new BadInputException("--rounds is " + rounds + "; 1 to " + MAX_ROUNDS + " are possible");
        }
        final Path drawing = picture != null ? picture : json == null ? null : besides(json);
        // Measuring takes minutes.
        OutputFiles.requireWritable("--json", json);
        OutputFiles.requireWritable("--picture", drawing);
        final BenchReport report = measure();
        report.print(out());
        if (json != null) {
            Files.writeString(
                    json,
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.toJson()) + "\n");
        }
        if (drawing != null) {
            Files.writeString(drawing, report.toChart().toSvg());
        }
        return Failures.OK;
    }

    /** out.json to out.svg. */
    private static Path besides(final Path file) {
        final String name = file.getFileName().toString();
        return file.resolveSibling((name.endsWith(".json") ? name.substring(0, name.length() - 5) : name) + ".svg");
    }

    /** Shows steps of work done on standard error. */
    final <T> T watched(final String task, final String unit, final int steps, final Work<T> work) {
        try (Progress progress = Progress.of(task, unit, steps, err())) {
            return work.run(progress::at);
        }
    }

    /** Something that tells how far it is. */
    interface Work<T> {
        T run(LongConsumer progress);
    }
}
