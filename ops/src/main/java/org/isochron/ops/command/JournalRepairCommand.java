package org.isochron.ops.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.sequencer.chronicle.JournalRecovery;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code journal repair}: reads all of a journal whose node does not run, and mends what is damaged. */
@Command(
        name = "repair",
        description = {
            "Verify all of a journal at rest, and mend it from other nodes' journals.",
            "",
            "A node does the same by itself when it starts, with the journals that its configuration names. This is for when"
                    + " that was refused. Frames taken from others are held against checksum and chain; the files as they"
                    + " were stay in damaged/. --accept-loss lets the journal end before the first frame that nobody has:"
                    + " acknowledged orders may be among what is lost, so ask every holder of the log first."
        },
        footer = {
            "  isochron journal repair run/venue/journal-matcher-A --from run/venue/journal-matcher-B",
            "  isochron journal repair run/venue/journal-sequencer --accept-loss"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:sound, or mended", "1:refused", "2:wrong usage or bad input"})
final class JournalRepairCommand extends ReportingCommand {
    @Parameters(paramLabel = "DIR", description = "Directory of the journal to be mended.")
    private Path directory;

    @Option(
            names = "--from",
            paramLabel = "PEER_DIR",
            arity = "1..*",
            description = "Journals of other nodes, asked in this order.")
    private List<Path> peers = new ArrayList<>();

    @Option(names = "--accept-loss", description = "Give up what no journal has.")
    private boolean acceptsLoss;

    @Override
    public Integer call() {
        final JournalDirectory journal = new JournalDirectory(directory);
        final List<Supplier<JournalReader>> sources = new ArrayList<>();
        for (final Path peer : peers) {
            if (peer.toAbsolutePath()
                    .normalize()
                    .equals(directory.toAbsolutePath().normalize())) {
                throw new BadInputException("--from is " + peer + ", the journal to be mended; give another node's");
            }
            final JournalDirectory source = new JournalDirectory(peer);
            sources.add(source::read);
        }
        // Whatever is there has to be a journal: none is made here.
        final long counted = journal.lastSequence();
        try {
            final JournalRecovery recovery = journal.repair(sources, acceptsLoss);
            out().println(
                            recovery.message().isEmpty()
                                    ? "sound, nothing to mend: " + counted + " frames"
                                    : recovery.message());
            out().flush();
            return Failures.OK;
        } catch (final JournalException refusal) {
            throw new JournalException(
                    refusal.reason(), refusal.sequence(), refusal.getMessage() + hint(refusal), refusal);
        }
    }

    private String hint(final JournalException refusal) {
        if (refusal.reason() == JournalException.Reason.IN_USE) {
            return "; stop its node first";
        }
        return refusal.reason() != JournalException.Reason.CORRUPT || acceptsLoss
                ? ""
                : "; name more journals with --from, or give up what nobody has with --accept-loss";
    }
}
