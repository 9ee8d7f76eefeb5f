package org.isochron.ops.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.ops.torture.PromotionReport;
import org.isochron.ops.torture.Promotions;
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
            "With --promotions the sequencer is not killed but put to sleep while another is promoted in its place; when it"
                    + " wakes it has to stop itself, and nobody may have heard anything of it. JSON keys: promotions,"
                    + " fenced, splitBrain, acknowledged, lost.",
            "",
            "One machine: the nodes' level is D1 here (D1 survives kill -9 of everything).",
            "JSON keys: kills, acknowledged, lost, duplicated, divergences, restartMsP99, tailCommandsMax (what such a restart",
            "replayed at most) and more of the kind."
        },
        footer = {
            "  isochron torture --kills 20 --seed 7",
            "  isochron torture --kills 200 --seed 7 --json torture.json",
            "  isochron torture --promotions 20 --pause 10s --json promotions.json",
        })
public final class TortureCommand extends ReportingCommand {
    private static final long DEFAULT_KILLS = 20;
    private static final long DEFAULT_PAUSE_MS = 10_000;
    private static final long MAX_PAUSE_MS = 600_000;
    private static final long MS_PER_SECOND = 1_000;
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|ms)");

    @Option(names = "--kills", paramLabel = "N", description = "How often; default is " + DEFAULT_KILLS + ".")
    private Long kills;

    @Option(
            names = "--promotions",
            paramLabel = "N",
            description = "Promote another sequencer so often instead of killing.")
    private Long promotions;

    @Option(
            names = "--pause",
            paramLabel = "TIME",
            description = "How long a replaced sequencer sleeps, as 10s or 500ms; default is 10s.")
    private String pause;

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
        checkOptions();
        final Path place = RunDirectory.fresh(directory, "torture");
        final long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        err().println("seed " + chosen + ", directory " + place);
        return promotions == null ? kill(place, chosen) : promote(place, chosen);
    }

    private void checkOptions() {
        if (kills != null && promotions != null) {
            throw new BadInputException("--kills and --promotions are two different runs, give one of them");
        }
        requirePositive("--kills", kills);
        requirePositive("--promotions", promotions);
        if (pause != null && promotions == null) {
            throw new BadInputException("--pause is of a replaced sequencer, give --promotions with it");
        }
    }

    private static void requirePositive(final String option, final Long value) {
        if (value != null && value < 1) {
            throw new BadInputException(option + " is " + value + ", 1 or more is possible");
        }
    }

    private int kill(final Path place, final long chosen) throws IOException, InterruptedException {
        final long times = kills == null ? DEFAULT_KILLS : kills;
        final TortureReport report;
        try (Progress progress = Progress.of("torturing", "kills", times, err())) {
            report = new Torture(place, RunDirectory.root(), chosen).run(times, progress::at);
        }
        print(report);
        return ended(report.toJson(), report.isPassed());
    }

    private int promote(final Path place, final long chosen) throws IOException, InterruptedException {
        final long pauseMs = pauseMs();
        final PromotionReport report;
        try (Progress progress = Progress.of("promoting", "promotions", promotions, err())) {
            report = new Promotions(place, RunDirectory.root(), pauseMs, chosen).run(promotions, progress::at);
        }
        row("promotions", Long.toString(report.promotions()));
        row("fenced", Long.toString(report.fenced()));
        row("split brain", Long.toString(report.splitBrain()));
        row("acknowledged", String.format("%,d orders", report.acknowledged()));
        row("lost", Long.toString(report.lost()));
        row("away", "at most " + report.awayMsMax() + " ms from the sequencer's stop until the new one had replicas");
        out().flush();
        return ended(report.toJson(), report.isPassed());
    }

    private long pauseMs() {
        if (pause == null) {
            return DEFAULT_PAUSE_MS;
        }
        final Matcher time = TIME.matcher(pause);
        final long ms =
                time.matches() ? Long.parseLong(time.group(1)) * (time.group(2).equals("s") ? MS_PER_SECOND : 1) : -1;
        if (ms < 0 || ms > MAX_PAUSE_MS) {
            throw new BadInputException("--pause is " + pause + ", a time as 10s or 500ms up to 600s is possible");
        }
        return ms;
    }

    private int ended(final String found, final boolean isPassed) throws IOException {
        if (json != null) {
            Files.writeString(json, found + "\n");
        }
        return isPassed ? Failures.OK : Failures.FAILED;
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
