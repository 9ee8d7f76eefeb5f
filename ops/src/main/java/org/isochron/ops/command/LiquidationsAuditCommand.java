package org.isochron.ops.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.picture.LiquidationPage;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.replay.Replayer;
import org.isochron.replay.audit.LiquidationAudit;
import org.isochron.replay.audit.LiquidationFindings;
import org.isochron.replay.audit.LiquidationTable;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.SkippedCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit liquidations}. */
@Command(
        name = "liquidations",
        description = {
            "Work every liquidation, insurance move and deleveraging choice out again.",
            "",
            "Follows definitions and events from the first command on, decides everything once more by the rules in"
                    + " force at that sequence, and compares: who was under water, what was offered at which price, what"
                    + " INSURANCE had to take, who stood where in the whole deleveraging queue. Ends with exit code 0"
                    + " only when every decision agrees."
        },
        footer = {
            "  isochron audit liquidations run/20260105-143000/journal-sequencer",
            "  isochron audit liquidations run/venue/journal-matcher-A --html crash.html",
            "  isochron audit liquidations run/venue/journal-matcher-A --ranking 48210"
        })
final class LiquidationsAuditCommand extends ReportingCommand {
    /** No command's ranking is wanted. */
    static final long NO_RANKING = 0;

    @Parameters(paramLabel = "DIR", description = "Directory of one journal.")
    private Path directory;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with pictures of each cascade.")
    private Path html;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings to this file.")
    private Path json;

    @Option(
            names = "--ranking",
            paramLabel = "SEQUENCE",
            description = "Print the whole queue behind the deleveraging of that command.")
    private Long ranking;

    @Override
    public Integer call() throws IOException {
        if (ranking != null && ranking < 1) {
            throw new BadInputException("--ranking is " + ranking + "; sequences count from 1");
        }
        OutputFiles.requireWritable("--html", html);
        OutputFiles.requireWritable("--json", json);
        final LiquidationFindings findings =
                audit(new JournalDirectory(directory), ranking == null ? NO_RANKING : ranking, err());
        final LiquidationTable table = new LiquidationTable(findings);
        table.print(out());
        if (ranking != null) {
            printRanking(findings);
        }
        if (json != null) {
            Files.writeString(json, table.toJson() + "\n");
        }
        if (html != null) {
            Files.writeString(html, new LiquidationPage(findings, directory.toString()).toHtml());
        }
        return findings.isClean() ? Failures.OK : Failures.FAILED;
    }

    /**
     * Audits a journal, with a progress bar.
     *
     * @param ranking sequence whose ranking is wanted, or {@link #NO_RANKING}.
     */
    static LiquidationFindings audit(final JournalDirectory journal, final long ranking, final PrintWriter err)
            throws IOException {
        final LiquidationAudit audit = new LiquidationAudit(ranking);
        try (JournalReader reader = journal.read();
                Progress progress = Progress.of("auditing", "commands", journal.lastSequence(), err)) {
            new Replayer(new Venue(), audit)
                    .passingOver(SkippedCommands.all(reader))
                    .replay(reader, Long.MAX_VALUE, progress::at);
        }
        return audit.findings();
    }

    private void printRanking(final LiquidationFindings findings) {
        out().println();
        out().print(findings.ranking().isEmpty() ? "command " + ranking + " deleverages nobody\n" : findings.ranking());
        out().flush();
    }
}
