package org.isochron.ops.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.ops.client.Contract;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.load.LoadProfile;
import org.isochron.ops.load.SimulatedMarket;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.ops.traffic.TrafficThread;
import org.isochron.ops.venue.ConfiguredAccess;
import org.isochron.ops.view.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load}: the demonstration's traders against nodes that run as processes of their own. */
@Command(
        name = "load",
        description = {
            "Trade against a venue whose nodes run as processes of their own.",
            "",
            "The traders are those of demo, with the sessions and secrets of the configuration. Defines the"
                    + " demonstration's instruments and accounts first where the venue does not have them; every run"
                    + " deposits once more. Exit code 1 when a session is refused, ends or loses events, or a book built"
                    + " from market data is not the venue's."
        },
        footer = {
            "  isochron load --config ops/config/venue.conf --seconds 60",
            "  isochron load --config ops/config/venue.conf --rate 500 --makers 2"
        })
public final class LoadCommand extends ReportingCommand {
    private static final long DEFINE_TIMEOUT_MS = 20_000;
    private static final long LOOK_MS = 200;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The venue's configuration.")
    private Path config;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long to trade; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--makers",
            paramLabel = "N",
            defaultValue = "8",
            description = "Makers; each needs a secret; default ${DEFAULT-VALUE}.")
    private int makers;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Requests a second of all traders together; default ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write orders, trades, latencyNs, lostMessages and bookHashMismatches there, too.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        OutputFiles.requireWritable("--json", json);
        final VenueConfig venue = VenueConfig.load(config);
        final LoadProfile profile = profile();
        final VenueDefinitions definitions = VenueDefinitions.demo(makers, LoadProfile.DEFAULT_TAKERS);
        requireSecrets(venue, definitions);
        try (ConfiguredAccess access = new ConfiguredAccess(venue)) {
            final int made = Operator.define(access, definitions, true, DEFINE_TIMEOUT_MS);
            err().println(made + " definitions and deposits took effect");
            final Contract shown = definitions.listings().get(0).contract();
            try (TrafficThread clients =
                    new TrafficThread(() -> new SimulatedMarket(access, definitions, profile), shown, "backoff")) {
                final TrafficThread.Snapshot end = trade(clients);
                Summary.print(out(), end.figures(), end.feed());
                if (json != null) {
                    Files.writeString(json, Summary.toJson(end.figures(), end.feed()) + "\n");
                }
                return end.feed().areBooksRight() ? Failures.OK : Failures.FAILED;
            }
        }
    }

    private TrafficThread.Snapshot trade(final TrafficThread clients) {
        try (Progress progress = Progress.of("trading", "ms", profile().durationNs() / 1_000_000, err())) {
            while (!clients.awaitEnd(LOOK_MS)) {
                if (clients.snapshot() != null) {
                    progress.at(clients.snapshot().done());
                }
            }
        }
        return clients.snapshot();
    }

    private static void requireSecrets(final VenueConfig venue, final VenueDefinitions definitions) {
        for (final int sessionId : definitions.sessionIds()) {
            if (!venue.secrets().sessionIds().contains(sessionId)) {
                throw new BadInputException(venue.file() + " has no secret for session " + sessionId
                        + "; give it one, in this file and in the gateway's, or ask for fewer makers");
            }
        }
    }

    private LoadProfile profile() {
        try {
            return new LoadProfile(makers, LoadProfile.DEFAULT_TAKERS, seconds, rate, 1);
        } catch (final IllegalArgumentException ex) {
            throw new BadInputException(ex.getMessage(), ex);
        }
    }
}
