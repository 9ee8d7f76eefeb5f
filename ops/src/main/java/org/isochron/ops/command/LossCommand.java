package org.isochron.ops.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.ops.torture.LossReport;
import org.isochron.ops.torture.LossyNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code loss}: trades through a network that loses packets. */
@Command(
        name = "loss",
        description = {
            "Trade through a network that loses packets, and prove nobody misses a frame.",
            "",
            "Starts sequencer, two matchers, a risk node and clients as processes in network namespaces of their own, joined by a"
                    + " bridge with real multicast, sharing no file. At each rate of loss they trade while every one of them"
                    + " loses that share of the multicast packets; afterwards every journal must replay to the same state, no"
                    + " client may have missed an event, and no message of market data may be lost on both feeds.",
            "",
            "Needs root, iproute2 and nftables. JSON keys: rows (percent, orders, p50Us, p99Us, lostMessages, wrongBooks),"
                    + " commands, differ."
        },
        footer = {"  isochron loss --percent 0,1,5,10 --seconds 10 --json loss.json"})
public final class LossCommand extends ReportingCommand {
    private static final int MOST_PERCENT = 50;

    @Option(
            names = "--percent",
            paramLabel = "P",
            split = ",",
            defaultValue = "0,1,5,10",
            description = "Rates of loss, one after the other; default ${DEFAULT-VALUE}.")
    private List<Integer> percents;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long to trade at each; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Requests a second; default ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the venue lives; must not exist. Default is run/loss-TIME.")
    private Path directory;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings to this file.")
    private Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        final Path place = RunDirectory.fresh(directory, "loss");
        err().println("directory " + place);
        final LossReport report;
        try (Progress progress = Progress.of("trading", "rates", percents.size(), err())) {
            report = new LossyNetwork(place, RunDirectory.root(), seconds, rate).run(percents, progress::at);
        }
        print(report);
        if (json != null) {
            Files.writeString(json, report.toJson() + "\n");
        }
        return report.isPassed() ? Failures.OK : Failures.FAILED;
    }

    private void check() {
        for (final int percent : percents) {
            if (percent < 0 || percent > MOST_PERCENT) {
                throw new BadInputException("--percent is " + percent + ", 0 to " + MOST_PERCENT + " is possible");
            }
        }
        if (seconds < 1 || rate < 1) {
            throw new BadInputException("--seconds is " + seconds + " and --rate " + rate + ", 1 or more is possible");
        }
        final String obstacle = LossyNetwork.obstacle();
        if (obstacle != null) {
            throw new BadInputException(obstacle + "; root, iproute2 and nftables are needed");
        }
    }

    private void print(final LossReport report) {
        out().println("loss    orders   p50 ack     p99 ack     market data lost on both feeds");
        for (final LossReport.Row row : report.rows()) {
            out().println(String.format(
                    "%3d %%  %,7d  %,8d us %,8d us  %,d messages, %,d books wrong",
                    row.percent(), row.orders(), row.p50Us(), row.p99Us(), row.lostMessages(), row.wrongBooks()));
        }
        out().println(String.format("commands %,d", report.commands()));
        out().println(
                        report.differ().isEmpty()
                                ? "every node holds the same log"
                                : "DIFFERENT LOGS: " + String.join(", ", report.differ()));
        out().flush();
    }
}
