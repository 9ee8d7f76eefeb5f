package org.isochron.ops.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.load.LoadProfile;
import org.isochron.ops.load.SimulatedMarket;
import org.isochron.ops.picture.LiquidationPage;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.replay.audit.LiquidationFindings;
import org.isochron.replay.audit.LiquidationTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: a whole venue in this process, with simulated traders, for some seconds. */
@Command(
        name = "demo",
        description = {
            "Run a whole venue in this process and let simulated traders loose on it.",
            "",
            "Sequencer, matchers A and B and a risk node with a Chronicle journal each, over loopback multicast;"
                    + " makers, mass quoters, takers, traders with every kind of order, an operator and price publishers"
                    + " are ordinary SBE clients on a second thread. Ends with what happened, every node's state hash,"
                    + " and the command that replays the journal."
        },
        footer = {
            "  isochron demo",
            "  isochron demo --seconds 60 --makers 16 --json out.json",
            "  isochron demo --crash",
        })
public final class DemoCommand extends ReportingCommand {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long the traders trade; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--makers",
            paramLabel = "N",
            defaultValue = "8",
            description = "Market makers, each quoting every instrument; default ${DEFAULT-VALUE}.")
    private int makers;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "" + LoadProfile.DEFAULT_REQUESTS_PER_SECOND,
            description = "Requests a second of all traders together, sent on a fixed schedule whatever the venue does;"
                    + " default ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the simulated traders; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--crash",
            description =
                    "Add traders who hold many times what they have and let the market fall by a seventh: a cascade"
                            + " of liquidations, insurance and deleveraging, audited at the end, with a page about it.")
    private boolean crash;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the journals go; default a fresh directory under run/.")
    private Path data;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures of the summary there, too.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        final LoadProfile profile;
        final VenueDefinitions definitions;
        try {
            profile = new LoadProfile(makers, LoadProfile.DEFAULT_TAKERS, seconds, rate, seed);
            definitions = crash
                    ? VenueDefinitions.crash(makers, LoadProfile.DEFAULT_TAKERS)
                    : VenueDefinitions.demo(makers, LoadProfile.DEFAULT_TAKERS);
        } catch (final IllegalArgumentException ex) {
            throw new BadInputException(ex.getMessage(), ex);
        }
        final EmbeddedRun run = new EmbeddedRun("demo", data, json, out());
        final int code = run.run(
                definitions,
                definitions.listings().get(0).contract(),
                "demo, " + seconds + " s",
                access -> new SimulatedMarket(access, definitions, profile),
                () -> null);
        return crash && code == Failures.OK ? audit(run.journal()) : code;
    }

    /** Works the cascade out again from the journal, and draws it. */
    private int audit(final Path journal) throws IOException {
        final Path page = journal.resolveSibling("cascade.html");
        final LiquidationFindings findings = LiquidationsAuditCommand.audit(
                new JournalDirectory(journal), LiquidationsAuditCommand.NO_RANKING, err());
        new LiquidationTable(findings).print(out());
        Files.writeString(page, new LiquidationPage(findings, journal.toString()).toHtml());
        out().println("a page about it   " + page);
        out().flush();
        return findings.isClean() ? Failures.OK : Failures.FAILED;
    }
}
