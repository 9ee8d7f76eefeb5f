package org.isochron.perf;

import java.nio.file.Path;
import org.isochron.perf.run.JvmFlags;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks with the flags every other Isochron process runs with; takes JMH's own arguments. */
public final class Benchmarks {
    private Benchmarks() {}

    /** @param args JMH's, for instance {@code VenueBenchmark -prof gc}; see {@code -h}. */
    public static void main(final String[] args) throws RunnerException, CommandLineOptionException {
        final Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .jvmArgsPrepend(JvmFlags.ours(Path.of(System.getProperty("isochron.root", ".")))
                        .toArray(String[]::new))
                .build();
        new Runner(options).run();
    }
}
