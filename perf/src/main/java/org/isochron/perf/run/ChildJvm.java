package org.isochron.perf.run;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A JVM for one trial: a main class that is told, as its last argument, the file to write its figures to. What it prints
 * is kept for the case that it fails. It ends with this process, however that ends.
 */
public final class ChildJvm {
    private static final int LINES_TOLD = 12;

    private final List<String> command = new ArrayList<>();
    private final String mainClass;

    /** @param classPath of the child alone; nothing of this process is added. */
    public ChildJvm(final List<String> flags, final String classPath, final Class<?> mainClass) {
        this.mainClass = mainClass.getName();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath);
        command.add(this.mainClass);
    }

    /**
     * Runs it to its end.
     *
     * @param directory  for its output and figures.
     * @param timeoutSec after which it is ended.
     * @return the figures it wrote.
     * @throws TrialFailedException when it fails, hangs or writes none; the message has the last of what it printed.
     */
    public Properties run(final Path directory, final int timeoutSec, final String... arguments) {
        final Path figures = directory.resolve("figures.properties");
        final Path output = directory.resolve("output.txt");
        try {
            Files.deleteIfExists(figures);
            final List<String> words = new ArrayList<>(command);
            words.addAll(List.of(arguments));
            words.add(figures.toString());
            final int exit = await(
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .redirectInput(new File("/dev/null"))
                            .start(),
                    timeoutSec);
            if (exit != 0 || !Files.exists(figures)) {
                throw new TrialFailedException(mainClass + " " + String.join(" ", arguments) + " ended with exit code "
                        + exit + ": " + last(output));
            }
            final Properties properties = new Properties();
            try (InputStream file = Files.newInputStream(figures)) {
                properties.load(file);
            }
            return properties;
        } catch (final IOException ex) {
            throw new TrialFailedException("cannot run " + mainClass + ": " + ex.getMessage(), ex);
        }
    }

    private int await(final Process process, final int timeoutSec) {
        final Thread end = new Thread(process::destroyForcibly, "end-of-trial");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            if (!process.waitFor(timeoutSec, TimeUnit.SECONDS)) {
                throw new TrialFailedException(mainClass + " did not end within " + timeoutSec + " s");
            }
            return process.exitValue();
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new TrialFailedException("interrupted", ex);
        } finally {
            process.destroyForcibly();
            forget(end);
        }
    }

    private static void forget(final Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ex) {
            // This process is ending and the hook runs: that is what it is for.
            return;
        }
    }

    private static String last(final Path output) throws IOException {
        final List<String> lines = Files.readAllLines(output).stream()
                .filter(line -> !line.startsWith("\tat "))
                .toList();
        return String.join("; ", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
    }
}
