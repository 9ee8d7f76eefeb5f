package org.isochron.ops.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;

/** The sample venue's nodes as real processes, in a directory of their own, each with its output in a file. */
final class VenueProcesses implements AutoCloseable {
    private static final long LOOK_MS = 50;

    private final Path directory;
    private final Path repository;
    private final ChildProcesses processes;

    /** @param directory becomes the working directory of every node; gets a copy of the sample configuration. */
    VenueProcesses(final Path directory) {
        this.directory = directory;
        processes = new ChildProcesses(directory);
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
        processes.signal(node, signal);
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
        final List<String> command = ChildProcesses.java(repository);
        command.addAll(arguments);
        processes.start(name, command);
    }

    /** Waits until the node's output since its last start contains the text. */
    void await(final String node, final String text, final long timeoutMs) throws InterruptedException {
        processes.awaitTextFromNow(node, text, timeoutMs);
    }

    /** What the node has printed since its last start. */
    String told(final String node) {
        return processes.told(node);
    }

    /** kill -9. */
    void kill(final String node) throws InterruptedException {
        processes.kill(node);
    }

    /** SIGTERM, and the exit code. */
    int stop(final String node, final long timeoutMs) throws InterruptedException {
        return processes.stop(node, timeoutMs);
    }

    /** Waits until the node ends by itself, and its exit code. */
    int awaitEnd(final String node, final long timeoutMs) throws InterruptedException {
        return processes.awaitEnd(node, timeoutMs);
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

    private static void copy(final Path from, final Path to) {
        try {
            Files.copy(from, to);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        processes.close();
    }
}
