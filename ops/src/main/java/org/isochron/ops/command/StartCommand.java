package org.isochron.ops.command;

import java.nio.file.Path;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.node.NodeProcess;
import org.isochron.ops.terminal.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code start}: one node as this process. */
@Command(
        name = "start",
        description = {
            "Run one node of a venue as this process, until SIGTERM or Ctrl-C.",
            "",
            "Both stop it in good order. A node that is started again verifies its journal, applies it, and continues where it stopped; what it missed"
                    + " it takes from the other nodes' journals. A sequencer has its gateway in the same process."
        },
        footer = {
            "  isochron start sequencer --config ops/config/venue.conf",
            "  isochron start matcher --config ops/config/venue.conf --name A",
            "  isochron start risk --config ops/config/venue.conf",
        })
public final class StartCommand extends ReportingCommand {
    enum Kind {
        SEQUENCER,
        MATCHER,
        RISK
    }

    @Parameters(paramLabel = "sequencer|matcher|risk", description = "Which kind of node.")
    private Kind kind;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The venue's configuration.")
    private Path config;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Which of the matchers or risk nodes; not needed where there is one.")
    private String name;

    @Override
    public Integer call() throws InterruptedException {
        final VenueConfig venue = VenueConfig.load(config);
        final NodeProcess process = new NodeProcess(out());
        switch (kind) {
            case MATCHER:
                return process.runMatcher(venue, name);
            case RISK:
                return process.runRisk(venue, name);
            case SEQUENCER:
            default:
                if (name != null) {
                    throw new BadInputException("--name is " + name + ", but a venue has one sequencer; leave it out");
                }
                return process.runSequencer(venue);
        }
    }
}
