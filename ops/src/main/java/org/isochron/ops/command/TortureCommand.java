package org.isochron.ops.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.ops.torture.Torture;
import org.isochron.ops.torture.TortureReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code torture}: kills nodes of a venue under load. */
@Command(
        name = "torture",
        description = {
            "Kill random nodes of a venue under load, and prove that nothing acknowledged is lost.",
            "",
            "Starts sequencer, two matchers and a risk node as processes of this machine, trades, and kills -9 one of them,"
                    + " the sequencer as well as any, or all at once; starts them again; and so on. Afterwards every event that"
                    + " a client was told must come out of the journals under the same number with the same bytes, no order may"
                    + " be accepted twice, and all nodes must agree.",
            "",
            "One machine: the nodes' level is D1 here (D1 survives kill -9 of everything).",
            "JSON keys: kills, acknowledged, lost, duplicated, divergences, restartMsP99, tailCommandsMax (what such a restart",
            "replayed at most) and more of the kind."
        },
        footer = {
            "  isochron torture --kills 20 --seed 7",
            "  isochron torture --kills 200 --seed 7 --json torture.json",
        })
public final class TortureCommand extends ReportingCommand {
    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "20",
            description = "How often; default ${DEFAULT-VALUE}.")
    private long kills;

    @Option(names = "--seed", paramLabel = "S", description = "Decides whom to kill and when; default is a new one.")
    private Long seed;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the venue lives; must not exist. Default is run/torture-TIME.")
    private Path directory;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings to this file.")
    private Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (kills < 1) {
            throw new BadInputException("--kills is " + kills + ", 1 or more is possible");
        }
        final Path place = RunDirectory.fresh(directory, "torture");
        final long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        err().println("seed " + chosen + ", directory " + place);
        final TortureReport report;
        try (Progress progress = Progress.of("torturing", "kills", kills, err())) {
            report = new Torture(place, RunDirectory.root(), chosen).run(kills, progress::at);
        }
        print(report);
        if (json != null) {
            Files.writeString(json, report.toJson() + "\n");
        }
        return report.isPassed() ? Failures.OK : Failures.FAILED;
    }

    private void print(final TortureReport report) {
        row(
                "kills",
                report.kills() + ", " + report.killedAll() + " of them of all nodes at once, " + report.emptied()
                        + " with an empty disk afterwards");
        row("acknowledged", String.format("%,d orders, %,d events told", report.acknowledged(), report.events()));
        row("lost", Long.toString(report.lost()));
        row("duplicated", Long.toString(report.duplicated()));
        row("divergences", Long.toString(report.divergences()));
        row(
                "restart",
                "p50 " + report.restartMsP50() + " ms, p99 " + report.restartMsP99()
                        + " ms for one node, from exec to the head of the log, at most "
                        + String.format("%,d", report.tailCommandsMax()) + " commands of it replayed");
        row(
                "steps, p50",
                report.stepMsP50().entrySet().stream()
                        .map(step -> step.getKey() + " " + step.getValue() + " ms")
                        .collect(Collectors.joining(", ")));
        row("restart of all", "at most " + report.restartAllMsMax() + " ms");
        row("rejoin", "at most " + report.rejoinMsMax() + " ms with an empty disk");
        out().flush();
    }

    private void row(final String name, final String value) {
        out().println(String.format("%-15s %s", name, value));
    }
}
