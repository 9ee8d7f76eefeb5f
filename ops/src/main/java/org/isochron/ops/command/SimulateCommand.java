package org.isochron.ops.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.replay.sim.Campaign;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulate}: whole venues on one thread, against faults. */
@Command(
        name = "simulate",
        description = {
            "Run whole venues on one thread, made and broken by seeds, and check what must hold.",
            "",
            "Gateway, sequencer, matchers, risk nodes and clients are the real ones; network, disks and clocks are"
                    + " simulated and fail as the seed says. The same seed gives the same run, bit for bit. Exit code 1 when"
                    + " an invariant does not hold: seed, step, invariant and the last events of each host are told."
                    + " One that the core shows alone is written as a script, with every line taken out that it does not need."
        },
        footer = {
            "  isochron simulate --seeds 200 --steps 100000 --json out.json",
            "  isochron simulate --seeds 1 --seed 4711",
        })
public final class SimulateCommand extends ReportingCommand {
    private static final int DEFAULT_SEEDS = 20;
    private static final long DEFAULT_STEPS = 100_000;
    private static final double NS_PER_SECOND = 1e9;

    /** Steps in a second that has passed, and in one that the thread has had. */
    private record Pace(double wall, double processor) {}

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds. Default " + DEFAULT_SEEDS + ".")
    private int seeds = DEFAULT_SEEDS;

    @Option(names = "--steps", paramLabel = "M", description = "Steps of each. Default " + DEFAULT_STEPS + ".")
    private long steps = DEFAULT_STEPS;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "The first seed, decimal or 0x and hex digits; the others follow it. Default 1.")
    private String firstSeed = "1";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings there, too.")
    private Path json;

    @Option(
            names = "--scripts",
            paramLabel = "DIR",
            description =
                    "Where a failure that lies in the core alone goes as a script for isochron script, shrunk. Default: the"
                            + " working directory.")
    private Path scripts = Path.of("");

    @Override
    public Integer call() throws IOException {
        final Campaign campaign = campaign(seed());
        OutputFiles.requireWritable("--json", json);
        if (!Files.isDirectory(scripts.toAbsolutePath())) {
            throw new BadInputException("--scripts is " + scripts + "; name a directory that is there");
        }
        // The agents complain of every fault they meet, as they should; here that is their daily bread.
        ((Logger) LoggerFactory.getLogger("org.isochron")).setLevel(Level.OFF);
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final long startedNs = System.nanoTime();
        final long startedCpuNs = threads.getCurrentThreadCpuTime();
        final Campaign.Report report;
        try (Progress progress = Progress.of("simulating", "steps", seeds * steps, err())) {
            report = campaign.run(progress::at);
        }
        final Pace pace = new Pace(
                report.steps() * NS_PER_SECOND / (System.nanoTime() - startedNs),
                report.steps() * NS_PER_SECOND / (threads.getCurrentThreadCpuTime() - startedCpuNs));
        print(report, pace);
        if (json != null) {
            Files.writeString(
                    json,
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(toJson(report, pace))
                            + "\n");
        }
        return report.failures().isEmpty() ? Failures.OK : Failures.FAILED;
    }

    private Campaign campaign(final long seed) {
        try {
            return new Campaign(seed, seeds, steps);
        } catch (final IllegalArgumentException outside) {
            throw new BadInputException(outside.getMessage(), outside);
        }
    }

    private long seed() {
        try {
            return firstSeed.startsWith("0x")
                    ? Long.parseUnsignedLong(firstSeed.substring(2), 16)
                    : Long.parseLong(firstSeed);
        } catch (final NumberFormatException malformed) {
            throw new BadInputException(
                    "--seed is " + firstSeed + "; a seed is a decimal number, or 0x and up to 16 hex digits",
                    malformed);
        }
    }

    private void print(final Campaign.Report report, final Pace pace) throws IOException {
        final PrintWriter out = out();
        for (final Campaign.Failure failure : report.failures()) {
            out.printf(
                    Locale.ROOT,
                    "seed %d, step %d, trace %016x: %s%n",
                    failure.seed(),
                    failure.step(),
                    failure.traceHash(),
                    failure.what());
            failure.lastNotes().forEach((host, notes) -> {
                out.println("  " + host);
                notes.forEach(note -> out.println("    " + note));
            });
            writeScript(failure);
        }
        out.printf(
                Locale.ROOT,
                "%,d seeds, %,d steps, %,.0f steps/s (%,.0f of the thread's processor time), %d violations%n",
                report.seeds(),
                report.steps(),
                pace.wall(),
                pace.processor(),
                report.failures().size());
        out.printf(
                Locale.ROOT,
                "snapshots %,d taken, %,d starts behind one%n",
                report.snapshotsTaken(),
                report.snapshotsLoaded());
        out.printf(
                Locale.ROOT,
                "events    %,d sent again, %,d not to be had any more%n",
                report.eventsResent(),
                report.eventsMissed());
        out.printf(Locale.ROOT, "trace     %016x%n", report.traceHash());
        out.println("faults    " + report.faults());
        out.println("commands  " + report.commands());
        report.branches()
                .forEach((name, share) -> out.printf(
                        Locale.ROOT,
                        "reached   %s: %d of %d%s%n",
                        name,
                        share.reached(),
                        share.of(),
                        share.missing().isEmpty() ? "" : ", not " + String.join(", ", share.missing())));
    }

    private void writeScript(final Campaign.Failure failure) throws IOException {
        if (!failure.script().isEmpty()) {
            final Path script = scripts.resolve("seed-" + failure.seed() + ".jsonl");
            Files.write(script, failure.script());
            out().println("  the core alone fails: isochron script " + script);
        }
    }

    private static ObjectNode toJson(final Campaign.Report report, final Pace pace) {
        final ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("seeds", report.seeds())
                .put("steps", report.steps())
                .put("stepsPerSecond", Math.round(pace.wall()))
                .put("stepsPerProcessorSecond", Math.round(pace.processor()))
                .put("violations", report.failures().size());
        final ObjectNode faults = root.putObject("faults");
        report.faults().forEach((kind, count) -> faults.put(kind.name(), count));
        final ObjectNode commands = root.putObject("commands");
        report.commands().forEach(commands::put);
        root.put("snapshotsTaken", report.snapshotsTaken()).put("snapshotsLoaded", report.snapshotsLoaded());
        root.put("traceHash", String.format(Locale.ROOT, "%016x", report.traceHash()));
        root.put("eventsResent", report.eventsResent()).put("eventsMissed", report.eventsMissed());
        final ObjectNode branches = root.putObject("branches");
        report.branches().forEach((name, share) -> {
            final ObjectNode branch =
                    branches.putObject(name).put("reached", share.reached()).put("of", share.of());
            final ArrayNode missing = branch.putArray("missing");
            share.missing().forEach(missing::add);
        });
        final ArrayNode failures = root.putArray("failures");
        for (final Campaign.Failure failure : report.failures()) {
            failures.addObject()
                    .put("seed", failure.seed())
                    .put("step", failure.step())
                    .put("invariant", failure.invariant())
                    .put("what", failure.what())
                    .put("traceHash", String.format(Locale.ROOT, "%016x", failure.traceHash()));
        }
        return root;
    }
}
