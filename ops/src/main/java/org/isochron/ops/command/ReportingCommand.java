package org.isochron.ops.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every sub-command has: help, version, {@code --verbose}, and the two streams. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it failed", "2:wrong usage or bad input"},
        footerHeading = "%nExamples:%n")
abstract class ReportingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the stack trace when something fails.")
    private boolean verbose;

    final boolean isVerbose() {
        return verbose;
    }

    /** Standard output: what was asked for. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Standard error: progress and remarks. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
