package org.isochron.ops.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.ReplayReport;
import org.isochron.replay.Replayer;
import org.isochron.replay.SkippedCommandException;
import org.isochron.replay.StatePrinter;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.SkippedCommands;
import org.isochron.sequencer.replica.SnapshotStore;
import org.isochron.sequencer.replica.StartingPoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: rebuilds a venue from a journal. Standard output is the same on every run. */
@Command(
        name = "replay",
        description = {
            "Rebuild a venue from its journal and confirm every recorded state hash.",
            "",
            "Starts at genesis, or with the newest sound snapshot of a node of the same journal, and says which. Ends with exit code 0 only when every hash was confirmed; a damaged frame ends it with"
                    + " exit code 1 and its sequence, and nothing of it is applied.",
            "",
            "Standard output depends on the journal alone, and on where it starts and is the same on every run, byte for byte; progress and"
                    + " speed go to standard error and --json."
        },
        footer = {
            "  isochron replay run/venue/journal-matcher-A --from snapshot",
            "  isochron replay run/20260105-143000/journal-sequencer",
            "  isochron replay run/20260105-143000/journal-sequencer --state > state.jsonl",
            "  isochron replay run/venue/journal-matcher-A --to 5000 --state"
        })
public final class ReplayCommand extends ReportingCommand {
    @Parameters(paramLabel = "DIR", description = "Directory of one journal.")
    private Path directory;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "genesis",
            description =
                    "Where to start: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. Without a snapshot that can be"
                            + " used it is genesis.")
    private Beginning from;

    @Option(
            names = "--snapshots",
            paramLabel = "DIR",
            description = "Where the snapshots are; default is beside the journal, as the nodes put them.")
    private Path snapshots;

    @Option(names = "--to", paramLabel = "SEQ", description = "Stop after this sequence; default is the last there is.")
    private Long to;

    @Option(names = "--state", description = "Print every account, instrument and the venue as JSON lines.")
    private boolean state;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings, with the speed, to this file.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        if (to != null && to < 1) {
            throw new BadInputException("--to is " + to + "; sequences count from 1");
        }
        final JournalDirectory journal = new JournalDirectory(directory);
        final long last = Math.min(journal.lastSequence(), to == null ? Long.MAX_VALUE : to);
        try {
            return replay(journal, last, Collections.emptySortedMap());
        } catch (final SkippedCommandException skip) {
            err().println("command " + skip.skipped() + " is skipped by command " + skip.saidAt()
                    + ": the replay begins again, without it");
            try (JournalReader reader = journal.read()) {
                return replay(journal, last, SkippedCommands.all(reader));
            }
        }
    }

    private int replay(final JournalDirectory journal, final long last, final SortedMap<Long, Long> skipped)
            throws IOException {
        final StartingPoint<Venue> start = begin(journal, last);
        final Venue venue = start.machine();
        if (start.sequence() < journal.archivedTo()) {
            err().println(journal.archived() + ": read from there");
        }
        final ReplayReport report;
        try (JournalReader reader = journal.read();
                Progress progress = Progress.of("replaying", "commands", last, err())) {
            report = new Replayer(venue, start.sequence(), EventConsumer.NONE)
                    .passingOver(skipped)
                    .replay(reader, to == null ? Long.MAX_VALUE : to, progress::at);
        }
        final StatePrinter states = new StatePrinter(venue, line -> out().write(line + "\n"));
        if (state) {
            states.printAll(report.lastSequence());
        }
        ReplayFindings.print(out(), report);
        err().println(String.format("%,d commands a second", report.commandsPerSecond()));
        if (json != null) {
            Files.writeString(json, report.toJson(states.zeroSum()) + "\n");
        }
        return report.isConfirmed() ? Failures.OK : Failures.FAILED;
    }

    private StartingPoint<Venue> begin(final JournalDirectory journal, final long last) {
        if (from == Beginning.GENESIS) {
            return StartingPoint.genesis(new Venue());
        }
        final SnapshotStore store =
                new SnapshotStore(snapshots != null ? snapshots : SnapshotCommand.besides(directory));
        try (JournalReader reader = journal.read()) {
            final StartingPoint<Venue> start =
                    StartingPoint.of(store, reader, journal.faults(), journal.lastSequence(), last, Venue::new);
            start.notes().forEach(err()::println);
            return start;
        }
    }

    /** Where a replay starts. */
    enum Beginning {
        GENESIS,
        SNAPSHOT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
