package org.isochron.ops.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.terminal.Progress;
import org.isochron.replay.Replayer;
import org.isochron.replay.audit.SolvencyAudit;
import org.isochron.replay.audit.SolvencyFindings;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.SkippedCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit solvency}. */
@Command(
        name = "solvency",
        description = {
            "Prove at every state hash that no money and no lots were made or lost.",
            "",
            "Adds up the cells of the replayed venue and, apart from them, what its events have told, and compares the two"
                    + " account by account. Prints a line for each asset. Ends with exit code 0 only when every sum is"
                    + " what it must be; otherwise the first breach is named."
        },
        footer = {
            "  isochron audit solvency run/20260105-143000/journal-sequencer",
            "  isochron audit solvency run/venue/journal-matcher-A --json solvency.json"
        })
final class SolvencyAuditCommand extends ReportingCommand {
    @Parameters(paramLabel = "DIR", description = "Directory of one journal.")
    private Path directory;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings to this file.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        OutputFiles.requireWritable("--json", json);
        final JournalDirectory journal = new JournalDirectory(directory);
        final Venue venue = new Venue();
        final SolvencyAudit audit = new SolvencyAudit(venue);
        try (JournalReader reader = journal.read();
                Progress progress = Progress.of("auditing", "commands", journal.lastSequence(), err())) {
            new Replayer(venue, audit)
                    .passingOver(SkippedCommands.all(reader))
                    .replay(reader, Long.MAX_VALUE, progress::at);
        }
        final SolvencyFindings findings = audit.findings();
        findings.print(out());
        if (json != null) {
            Files.writeString(json, findings.toJson() + "\n");
        }
        return findings.isClean() ? Failures.OK : Failures.FAILED;
    }
}
