package org.isochron.ops.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.terminal.Progress;
import org.isochron.replay.Replayer;
import org.isochron.replay.audit.FundingAudit;
import org.isochron.replay.audit.FundingFindings;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.SkippedCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit}: works out again, from a journal alone, what the venue has worked out. */
@Command(
        name = "audit",
        description = "Work out again, from a journal alone, what the venue has worked out.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  isochron audit funding run/20260105-143000/journal-sequencer",
            "  isochron audit liquidations run/venue/journal-matcher-A --html crash.html",
            "  isochron audit solvency run/venue/journal-matcher-A"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything is equal", "1:something differs", "2:wrong usage or bad input"},
        subcommands = {AuditCommand.Funding.class, LiquidationsAuditCommand.class, SolvencyAuditCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "audit what? funding, liquidations or solvency");
    }

    /** {@code audit funding}. */
    @Command(
            name = "funding",
            description = {
                "Work every funding rate and payment out again, and compare.",
                "",
                "Every sample, rate, move of the index and payment is worked out from the same inputs."
                        + " The book is rebuilt from market data, the rules are those of the operator's commands, and the"
                        + " arithmetic shares nothing with the venue's. Ends with exit code 0 only when every event is"
                        + " equal and payments, pool and rounding sum to zero."
            },
            footer = {
                "  isochron audit funding run/20260105-143000/journal-sequencer",
                "  isochron audit funding run/venue/journal-matcher-A --json funding.json"
            })
    static final class Funding extends ReportingCommand {
        @Parameters(paramLabel = "DIR", description = "Directory of one journal.")
        private Path directory;

        @Option(names = "--json", paramLabel = "FILE", description = "Write the findings to this file.")
        private Path json;

        @Override
        public Integer call() throws IOException {
            final JournalDirectory journal = new JournalDirectory(directory);
            final Venue venue = new Venue();
            final FundingAudit audit = new FundingAudit();
            try (JournalReader reader = journal.read();
                    Progress progress = Progress.of("auditing", "commands", journal.lastSequence(), err())) {
                new Replayer(venue, audit)
                        .passingOver(SkippedCommands.all(reader))
                        .replay(reader, Long.MAX_VALUE, progress::at);
            }
            final FundingFindings findings = audit.findings(venue.inspection());
            findings.print(out());
            if (json != null) {
                Files.writeString(json, findings.toJson() + "\n");
            }
            return findings.isClean() ? Failures.OK : Failures.FAILED;
        }
    }
}
