package org.isochron.ops.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.replay.IsoTime;
import org.isochron.replay.JournalPrinter;
import org.isochron.replay.JournalStat;
import org.isochron.sequencer.edge.JournalReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code journal}: looks into a journal, and mends one. */
@Command(
        name = "journal",
        description = {
            "Look into a journal, mend it, or move its past to an archive.",
            "",
            "Every frame read is verified (checksum, chain, order). The node that owns it may be running."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  isochron journal stat run/venue/journal-sequencer",
            "  isochron journal print run/venue/journal-sequencer --from 1000 --to 1010",
            "  isochron journal diff run/venue/journal-matcher-A run/venue/journal-matcher-B",
            "  isochron journal repair run/venue/journal-matcher-A --from run/venue/journal-matcher-B"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it failed", "2:wrong usage or bad input"},
        subcommands = {
            JournalCommand.Stat.class,
            JournalCommand.Print.class,
            JournalDiffCommand.class,
            JournalRepairCommand.class,
            JournalArchiveCommand.class,
            JournalDamageCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "journal what? stat, print, diff, repair, archive or damage");
    }

    /** {@code journal stat}. */
    @Command(
            name = "stat",
            description = "Verify a journal from its first frame to its last, and say what it holds.",
            footer = "  isochron journal stat run/venue/journal-sequencer")
    static final class Stat extends ReportingCommand {
        @Parameters(paramLabel = "DIR", description = "Directory of one journal.")
        private Path directory;

        @Override
        public Integer call() {
            final JournalDirectory journal = new JournalDirectory(directory);
            final long last = journal.lastSequence();
            final JournalStat stat;
            try (JournalReader reader = journal.read();
                    Progress progress = Progress.of("verifying", "frames", last, err())) {
                stat = JournalStat.of(new WatchedReader(reader, progress));
            }
            print(stat, journal.fileLength(), journal.archived());
            return Failures.OK;
        }

        private void print(final JournalStat stat, final long fileLength, final String archived) {
            row("frames", String.format("%,d", stat.frames()));
            row("sequence", stat.firstSequence() + " to " + stat.lastSequence());
            if (stat.frames() > 0) {
                row("time", IsoTime.format(stat.firstTimestampNs()) + " to " + IsoTime.format(stat.lastTimestampNs()));
                row("epochs", stat.firstEpoch() + " to " + stat.lastEpoch());
            }
            row("bytes", String.format("%,d in frames, %,d on disk", stat.bytes(), fileLength));
            if (!archived.isEmpty()) {
                row("archive", archived);
            }
            row("last chain", String.format("%016x", stat.lastChain()));
            row("hash reports", String.format("%,d", stat.hashReports()));
            stat.templates().forEach((template, count) -> row("", String.format("%,12d %s", count, template)));
            out().flush();
        }

        private void row(final String name, final String value) {
            out().println(String.format("%-13s %s", name, value));
        }
    }

    /** {@code journal print}. */
    @Command(
            name = "print",
            description = "Print frames as JSON lines on standard output.",
            footer = {
                "  isochron journal print run/venue/journal-sequencer --from 1000 --to 1010",
                "  isochron journal print run/venue/journal-sequencer | grep NewOrder | head"
            })
    static final class Print extends ReportingCommand {
        @Parameters(paramLabel = "DIR", description = "Directory of one journal.")
        private Path directory;

        @Option(
                names = "--from",
                paramLabel = "SEQ",
                defaultValue = "1",
                description = "First sequence to print; default ${DEFAULT-VALUE}.")
        private long from;

        @Option(
                names = "--to",
                paramLabel = "SEQ",
                description = "Last sequence to print; default is the last there is.")
        private Long to;

        @Override
        public Integer call() {
            final long last = to == null ? Long.MAX_VALUE : to;
            if (from < 1 || last < from) {
                throw new BadInputException("--from is " + from + " and --to is " + (to == null ? "the end" : to)
                        + "; sequences count from 1, and --to is not below --from");
            }
            final PrintWriter out = out();
            try (JournalReader reader = new JournalDirectory(directory).read()) {
                // Line by line would be a system call each: the writer is flushed at the end.
                new JournalPrinter(line -> out.write(line + "\n")).print(reader, from, last);
            } finally {
                out.flush();
            }
            return Failures.OK;
        }
    }
}
