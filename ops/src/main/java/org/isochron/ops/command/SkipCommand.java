package org.isochron.ops.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.isochron.ops.config.SequencerNodeConfig;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.replay.JournalPrinter;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.sequence.SkipEntry;
import org.isochron.sequencer.sequence.TailRecovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skip}: has every node pass over a command that no core can apply. */
@Command(
        name = "skip",
        description = {
            "Have every node pass over a command that no core can apply.",
            "",
            "For a venue whose nodes all stop at the same command, again and again. Stop the sequencer, then run this: it writes"
                    + " SkipSeq behind everything in the log, and the nodes pass the command over when they start again. Its"
                    + " sender is told with BusinessReject INTERNAL. Refused unless every journal holder of the configuration"
                    + " has stopped at that command: a node that could apply it has told others what came of it."
        },
        footer = {
            "  isochron skip 4711 --config ops/config/venue.conf --dry-run      shows the command",
            "  isochron skip 4711 --config ops/config/venue.conf"
        })
public final class SkipCommand extends ReportingCommand {
    @Parameters(index = "0", paramLabel = "SEQUENCE", description = "The command, as the nodes name it when they stop.")
    private long sequence;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The configuration of the venue: the sequencer's journal and the journalHolders.")
    private Path config;

    @Option(names = "--dry-run", description = "Check and show the command; write nothing.")
    private boolean isDryRun;

    @Override
    public Integer call() {
        final SequencerNodeConfig sequencer = VenueConfig.load(config).theSequencer();
        requireAllStopped(sequencer.journalHolders());
        final List<Supplier<JournalReader>> holders = new ArrayList<>();
        sequencer.journalHolders().forEach(holder -> holders.add(new JournalDirectory(holder)::read));
        try (Journal journal = new JournalDirectory(sequencer.node().journal()).open()) {
            TailRecovery.extend(journal, holders);
            final SkipEntry entry = entry(journal);
            try (JournalReader reader = journal.newReader()) {
                new JournalPrinter(out()::println).print(reader, sequence, sequence);
            }
            if (isDryRun) {
                out().println("nothing written: this was a dry run");
            } else {
                out().println("command " + sequence + " is skipped by command " + entry.append()
                        + "; start the sequencer and the nodes again");
            }
            out().flush();
        }
        return Failures.OK;
    }

    private SkipEntry entry(final Journal journal) {
        try {
            return new SkipEntry(journal, sequence);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage());
        }
    }

    private void requireAllStopped(final List<Path> holders) {
        final List<String> others = new ArrayList<>();
        for (final Path holder : holders) {
            final long stoppedAt = stoppedAt(holder);
            if (stoppedAt != sequence) {
                others.add(holder + (stoppedAt == 0 ? " (never stopped)" : " (stopped at " + stoppedAt + ")"));
            }
        }
        if (!others.isEmpty()) {
            throw new BadInputException("not every node stopped at command " + sequence + ": "
                    + String.join(", ", others)
                    + "; a node that can apply it is right, and those that cannot are to be rebuilt or mended");
        }
    }

    private static long stoppedAt(final Path holder) {
        try {
            return new JournalDirectory(holder).faults().stoppedAt();
        } catch (final JournalException e) {
            throw new BadInputException(e.getMessage());
        }
    }
}
