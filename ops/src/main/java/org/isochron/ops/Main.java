package org.isochron.ops;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The one entry point: every node and every tool is a sub-command of it. */
@Command(
        name = "isochron",
        mixinStandardHelpOptions = true,
        version = "isochron 0.1.0-SNAPSHOT",
        description = "An exchange that gives everyone the same time.")
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
