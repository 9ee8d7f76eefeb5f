package org.isochron.perf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks with the flags every other Isochron process runs with; takes JMH's own arguments. */
public final class Benchmarks {
    private static final int FIRST_WITH_NATIVE_CHECKS = 24;

    private Benchmarks() {}

    /** @param args JMH's, for instance {@code VenueBenchmark -prof gc}; see {@code -h}. */
    public static void main(final String[] args) throws RunnerException, CommandLineOptionException {
        final Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .jvmArgsPrepend(flags(Path.of(System.getProperty("isochron.root", "."))))
                .build();
        new Runner(options).run();
    }

    private static String[] flags(final Path root) {
        final List<String> files = new ArrayList<>(List.of("ops/jvm.flags"));
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_CHECKS) {
            files.add("ops/jvm-25.flags");
        }
        final List<String> flags = new ArrayList<>();
        for (final String file : files) {
            final Path path = root.resolve(file).toAbsolutePath().normalize();
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException(path + " is missing: start perf/bench, or give -Disochron.root=DIR");
            }
            flags.add("@" + path);
        }
        return flags.toArray(String[]::new);
    }
}
