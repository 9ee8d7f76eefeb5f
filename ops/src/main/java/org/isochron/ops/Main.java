package org.isochron.ops;

import java.io.PrintWriter;
import java.util.List;
import org.isochron.ops.command.AuditCommand;
import org.isochron.ops.command.BenchCommand;
import org.isochron.ops.command.CalendarCommand;
import org.isochron.ops.command.DemoCommand;
import org.isochron.ops.command.Failures;
import org.isochron.ops.command.FeedCommand;
import org.isochron.ops.command.JournalCommand;
import org.isochron.ops.command.LoadCommand;
import org.isochron.ops.command.LossCommand;
import org.isochron.ops.command.PromoteCommand;
import org.isochron.ops.command.ReplayCommand;
import org.isochron.ops.command.ScriptCommand;
import org.isochron.ops.command.SimulateCommand;
import org.isochron.ops.command.SkipCommand;
import org.isochron.ops.command.SnapshotCommand;
import org.isochron.ops.command.StartCommand;
import org.isochron.ops.command.TortureCommand;
import org.isochron.ops.command.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The one entry point: every node and every tool is a sub-command of it. */
@Command(
        name = "isochron",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "An exchange for perpetual swaps that gives everyone the same time.",
            "",
            "One sequencer puts every command into one total order; matchers and risk nodes apply that order and arrive"
                    + " at the same state, byte for byte. Everything is in the journal, and the journal replays."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  isochron demo --seconds 20",
            "      a whole venue in this process, with simulated traders",
            "  isochron replay run/.../journal-sequencer",
            "      rebuild its state from the journal and check every hash",
            "  isochron audit funding run/.../journal-sequencer",
            "      work out every funding rate again and compare",
            "  isochron feed capture.jsonl.gz --speed max",
            "      drive the venue with a recorded market",
            "  isochron bench book --json book.json",
            "      measure the order book beside other open-source books",
            "  isochron start sequencer --config ops/config/venue.conf",
            "      one node as one process",
            "  isochron help COMMAND",
            "      the options of one command",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it did what was asked",
            "1:it failed: a hash was not confirmed, a node stopped, a journal is damaged",
            "2:wrong usage or bad input: an option, a configuration file, a script line"
        },
        subcommands = {
            DemoCommand.class,
            StartCommand.class,
            FeedCommand.class,
            LoadCommand.class,
            ScriptCommand.class,
            CalendarCommand.class,
            JournalCommand.class,
            PromoteCommand.class,
            SkipCommand.class,
            SnapshotCommand.class,
            ReplayCommand.class,
            TortureCommand.class,
            LossCommand.class,
            SimulateCommand.class,
            AuditCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {
    private static final String START = "start";

    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(final String[] args) {
        final List<String> words = List.of(args);
        if (words.contains("-v") || words.contains("--verbose")) {
            // Read by logback.xml when the first logger is made: stack traces in the log, too.
            System.setProperty("isochron.log.traces", "%ex");
        }
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    /**
     * Runs one command line.
     *
     * @return the exit code.
     */
    static int run(final PrintWriter out, final PrintWriter err, final String... args) {
        return new CommandLine(root(args))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::onUsage)
                .setExecutionExceptionHandler(Failures::onFailure)
                .execute(args);
    }

    /** Learning all sub-commands takes longer than the rest of parsing, and a node that starts is waited for. */
    private static Runnable root(final String... args) {
        return args.length > 0 && args[0].equals(START) ? new Nodes() : new Main();
    }

    /** As the whole, with the one sub-command that starts nodes. */
    @Command(name = "isochron", subcommands = StartCommand.class)
    private static final class Nodes implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("the first word is " + START);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
