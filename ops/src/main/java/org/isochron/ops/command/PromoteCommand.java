package org.isochron.ops.command;

import java.nio.file.Path;
import org.isochron.ops.config.SequencerNodeConfig;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.sequencer.chronicle.Promotion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code promote}: prepares another sequencer to take the place of one that is gone. */
@Command(
        name = "promote",
        description = {
            "Prepare another sequencer to take the place of one that is gone, or hangs.",
            "",
            "Every journal holder of the configuration promises a new epoch and hears the old sequencer no more; the longest"
                    + " of their journals becomes the new sequencer's. Start that sequencer afterwards. When a holder does not"
                    + " answer nothing is promoted, unless --accept-loss says that frames which only it has may be lost: that"
                    + " is written into the first frame of the new epoch."
        },
        footer = {
            "  isochron promote --config standby.conf --replaces run/venue/journal-sequencer",
            "  isochron start sequencer --config standby.conf"
        })
public final class PromoteCommand extends ReportingCommand {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The configuration of the new sequencer: its journal, and the journalHolders to be asked.")
    private Path config;

    @Option(
            names = "--replaces",
            paramLabel = "DIR",
            description =
                    "Journal of the sequencer that is replaced, when it is within reach: it stops itself when it wakes,"
                            + " and does not start again.")
    private Path replaced;

    @Option(names = "--accept-loss", description = "Promote though a journal holder does not answer.")
    private boolean acceptsLoss;

    @Option(
            names = "--timeout-ms",
            paramLabel = "MS",
            defaultValue = "5000",
            description = "How long a running node may take to answer; default ${DEFAULT-VALUE}.")
    private long timeoutMs;

    @Override
    public Integer call() {
        final SequencerNodeConfig sequencer = VenueConfig.load(config).theSequencer();
        final Path journal = sequencer.node().journal();
        if (replaced != null && same(replaced, journal)) {
            throw new BadInputException(
                    "--replaces is " + replaced + ", the journal of the new sequencer itself; give the"
                            + " new one a directory of its own, or start the old one again, which needs no promotion");
        }
        final Promotion.Promoted promoted =
                new Promotion(journal, sequencer.journalHolders(), replaced, timeoutMs).run(acceptsLoss);
        out().println("epoch " + promoted.epoch() + " begins behind sequence " + promoted.lastSequence()
                + ", the journal is that of " + promoted.source());
        for (final Path missing : promoted.missing()) {
            out().println("loss accepted: " + missing + " did not answer; what only it holds behind sequence "
                    + promoted.lastSequence() + " is lost");
        }
        out().println("now: isochron start sequencer --config " + config);
        out().flush();
        return Failures.OK;
    }

    private static boolean same(final Path one, final Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
}
