package org.isochron.ops.command;

import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import org.isochron.ops.terminal.BadInputException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one line on standard error and an exit code. */
public final class Failures {
    /** It did what was asked. */
    public static final int OK = 0;
    /** The thing itself failed. */
    public static final int FAILED = 1;
    /** Wrong usage, or input that cannot be used. */
    public static final int BAD_INPUT = 2;

    private Failures() {}

    /** The command line itself is wrong. */
    public static int onUsage(final ParameterException ex, final String[] args) {
        final CommandLine commandLine = ex.getCommandLine();
        final PrintWriter err = commandLine.getErr();
        err.println(line(commandLine, oneLine(ex)));
        err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return BAD_INPUT;
    }

    /** A command threw. */
    public static int onFailure(final Exception ex, final CommandLine commandLine, final ParseResult parsed) {
        final PrintWriter err = commandLine.getErr();
        err.println(line(commandLine, oneLine(ex)));
        if (isVerbose(commandLine)) {
            ex.printStackTrace(err);
        }
        err.flush();
        return isBadInput(ex) ? BAD_INPUT : FAILED;
    }

    private static boolean isVerbose(final CommandLine commandLine) {
        return commandLine.getCommand() instanceof ReportingCommand command && command.isVerbose();
    }

    private static boolean isBadInput(final Throwable ex) {
        return ex instanceof BadInputException || ex instanceof NoSuchFileException;
    }

    private static String line(final CommandLine commandLine, final String message) {
        return commandLine.getCommandSpec().qualifiedName() + ": " + message;
    }

    private static String oneLine(final Throwable ex) {
        if (ex instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        final String message = ex.getMessage() == null ? ex.toString() : ex.getMessage();
        return message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
