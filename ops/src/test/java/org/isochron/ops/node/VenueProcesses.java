package org.isochron.ops.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;

/** The sample venue's nodes as real processes, in a directory of their own, each with its output in a file. */
final class VenueProcesses implements AutoCloseable {
    private static final int FIRST_WITH_NATIVE_CHECKS = 24;
    private static final long LOOK_MS = 50;

    private final Path directory;
    private final Path repository;
    private final Map<String, Process> processes = new TreeMap<>();
    private final Map<String, Integer> starts = new TreeMap<>();

    /** @param directory becomes the working directory of every node; gets a copy of the sample configuration. */
    VenueProcesses(final Path directory) {
        this.directory = directory;
        repository = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();
        for (final String file : List.of("venue.conf", "secrets.conf")) {
            copy(repository.resolve("ops/config").resolve(file), directory.resolve(file));
        }
    }

    Path config() {
        return directory.resolve("venue.conf");
    }

    /** Starts a node: {@code sequencer}, {@code matcher-A}, {@code risk-1}. */
    void start(final String node) {
        final String[] parts = node.split("-");
        final List<String> arguments =
                new ArrayList<>(List.of("-jar", jar(), "start", parts[0], "--config", config().toString()));
        if (parts.length > 1) {
            arguments.addAll(List.of("--name", parts[1]));
        }
        launch(node, arguments);
    }

    /** Starts a node of that kind under another name, from another configuration. */
    void start(final String name, final String kind, final Path otherConfig) {
        run(name, List.of("start", kind, "--config", otherConfig.toString()));
    }

    /** Starts any sub-command; what it prints is kept under the name. */
    void run(final String name, final List<String> words) {
        final List<String> arguments = new ArrayList<>(List.of("-jar", jar()));
        arguments.addAll(words);
        launch(name, arguments);
    }

    /** Sends a signal: {@code STOP}, {@code CONT}. */
    void signal(final String node, final String signal) throws InterruptedException {
        try {
            final Process kill = new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(processes.get(node).pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + signal + " of " + node + " failed");
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Starts an example from its source, as its reader does. */
    void startExample(final String name) {
        final Path source = repository.resolve("ops/examples").resolve(name + ".java");
        launch(name, List.of("-cp", jar(), source.toString()));
    }

    private String jar() {
        return repository.resolve("ops/target/isochron.jar").toString();
    }

    private void launch(final String name, final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + repository.resolve("ops/jvm.flags"));
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_CHECKS) {
            command.add("@" + repository.resolve("ops/jvm-25.flags"));
        }
        command.addAll(arguments);
        starts.merge(name, 1, Integer::sum);
        try {
            processes.put(
                    name,
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output(name).toFile())
                            .start());
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Waits until the node's output since its last start contains the text. */
    void await(final String node, final String text, final long timeoutMs) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!told(node).contains(text)) {
            if (!processes.get(node).isAlive()) {
                throw new IllegalStateException(node + " has ended; it said:\n" + told(node));
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(
                        node + " did not say '" + text + "' in " + timeoutMs + " ms; it said:\n" + told(node));
            }
            Thread.sleep(LOOK_MS);
        }
    }

    /** What the node has printed since its last start. */
    String told(final String node) {
        try {
            return Files.exists(output(node)) ? Files.readString(output(node)) : "";
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** kill -9. */
    void kill(final String node) throws InterruptedException {
        processes.get(node).destroyForcibly().waitFor();
    }

    /** SIGTERM, and the exit code. */
    int stop(final String node, final long timeoutMs) throws InterruptedException {
        final Process process = processes.get(node);
        process.destroy();
        if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(node + " did not stop in " + timeoutMs + " ms; it said:\n" + told(node));
        }
        return process.exitValue();
    }

    /** Waits until the node ends by itself, and its exit code. */
    int awaitEnd(final String node, final long timeoutMs) throws InterruptedException {
        if (!processes.get(node).waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(node + " did not end in " + timeoutMs + " ms; it said:\n" + told(node));
        }
        return processes.get(node).exitValue();
    }

    /** Directory of a node's journal. */
    Path journal(final String node) {
        return directory.resolve("run/venue").resolve("journal-" + node);
    }

    /** Last command in a node's journal, which the node may be writing. */
    long lastSequence(final String node) {
        final Path journal = journal(node);
        return new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH)
                .stat(journal.getFileName().toString())
                .lastSequence();
    }

    /** Waits until a node has that command in its journal. */
    void awaitCommand(final String node, final long sequence, final long timeoutMs) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (lastSequence(node) < sequence) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(node + " stands at " + lastSequence(node) + " and has not come to "
                        + sequence + " in " + timeoutMs + " ms; it said:\n" + told(node));
            }
            Thread.sleep(LOOK_MS);
        }
    }

    /** Directory of a node's media driver. */
    Path driverDirectory(final String node) {
        return directory.resolve("run/driver").resolve(node);
    }

    private Path output(final String node) {
        return directory.resolve(node + "." + starts.get(node) + ".out");
    }

    private static void copy(final Path from, final Path to) {
        try {
            Files.copy(from, to);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
        for (final Process process : processes.values()) {
            try {
                process.waitFor(5, TimeUnit.SECONDS);
            } catch (final InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
