package org.isochron.ops.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.isochron.ops.node.ChildProcesses;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;

/**
 * The sample venue's nodes as processes of this machine, in a directory of their own and on ports of their own, so that a
 * venue that runs here already is left alone. Each node's output is in a file for each of its starts.
 */
final class NodeProcesses implements AutoCloseable {
    static final String SEQUENCER = "sequencer";
    static final List<String> REPLICAS = List.of("matcher-A", "matcher-B", "risk-1");

    private static final long LOOK_MS = 5;
    private static final String SAMPLE_PORTS = ":204";
    private static final String OWN_PORTS = ":214";
    /** Less than a minute of this load: what a node that comes back has to replay. */
    private static final int SNAPSHOT_INTERVAL = 10_000;

    private final Path directory;
    private final Path root;
    private final ChildProcesses processes;

    /**
     * @param directory of the venue; made, and the configuration copied into it.
     * @param root      of the source tree: the jar, the flags and the sample configuration are in its folder ops.
     */
    NodeProcesses(final Path directory, final Path root) throws IOException {
        this.directory = directory.toAbsolutePath();
        this.root = root.toAbsolutePath();
        processes = new ChildProcesses(this.directory);
        Files.createDirectories(directory);
        final String sample = Files.readString(root.resolve("ops/config/venue.conf"));
        Files.writeString(
                config(),
                sample.replace(SAMPLE_PORTS, OWN_PORTS)
                        .replaceFirst("snapshotInterval = \\d+", "snapshotInterval = " + SNAPSHOT_INTERVAL)
                        .replace("driverDirectory = run", "driverDirectory = " + this.directory + "/run"));
        Files.copy(root.resolve("ops/config/secrets.conf"), this.directory.resolve("secrets.conf"));
    }

    Path config() {
        return directory.resolve("venue.conf");
    }

    Path journal(final String node) {
        return directory.resolve("run/venue").resolve("journal-" + node);
    }

    /** Begins a node's process; {@link #awaitReady} tells when it takes part. */
    void start(final String node) {
        start(node, config());
    }

    /** As {@link #start(String)}, from another configuration. */
    void start(final String node, final Path config) {
        final String[] parts = node.split("-");
        final List<String> words = new ArrayList<>(List.of("start", parts[0], "--config", config.toString()));
        if (parts.length > 1) {
            words.addAll(List.of("--name", parts[1]));
        }
        run(node, words);
    }

    /** Begins any sub-command; what it prints is kept under that name. */
    void run(final String name, final List<String> words) {
        processes.start(name, ChildProcesses.isochron(root, words));
    }

    /**
     * Waits until the node says that it takes part: a replica at the head of the log, the sequencer with replicas that
     * receive it.
     *
     * @return nanoseconds since its process was begun.
     */
    long awaitReady(final String node, final long timeoutMs) throws InterruptedException {
        return processes.awaitText(node, ": takes part ", timeoutMs);
    }

    /**
     * Starts every node and waits until all take part.
     *
     * @return nanoseconds that the last of them took from the beginning of its process.
     */
    long startAll(final long timeoutMs) throws InterruptedException {
        start(SEQUENCER);
        REPLICAS.forEach(this::start);
        return Math.max(awaitReady(SEQUENCER, timeoutMs), awaitReplicas(timeoutMs));
    }

    /** As {@link #awaitReady} of every replica; the longest time. */
    long awaitReplicas(final long timeoutMs) throws InterruptedException {
        long lastNs = 0;
        for (final String replica : REPLICAS) {
            lastNs = Math.max(lastNs, awaitReady(replica, timeoutMs));
        }
        return lastNs;
    }

    /**
     * Stops the sequencer of that name, and the replicas when they have the whole log; what one lacks after that long shows
     * in an audit.
     */
    void stopAll(final String sequencer, final long timeoutMs) throws InterruptedException {
        stop(sequencer, timeoutMs);
        final long end = lastSequence(sequencer);
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        for (final String replica : REPLICAS) {
            while (lastSequence(replica) < end && System.nanoTime() - deadlineNs < 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        }
        for (final String replica : REPLICAS) {
            stop(replica, timeoutMs);
        }
    }

    /** Lets a process sleep ({@code STOP}) or wakes it ({@code CONT}). */
    void signal(final String node, final String signal) throws InterruptedException {
        processes.signal(node, signal);
    }

    /** Waits until a process ends by itself; returns its exit code. */
    int awaitEnd(final String name, final long timeoutMs) throws InterruptedException {
        return processes.awaitEnd(name, timeoutMs);
    }

    /** kill -9, and waits until it is dead. */
    void kill(final String... nodes) throws InterruptedException {
        processes.kill(nodes);
    }

    /** Takes a dead node's disk away: its journal and everything it keeps beside it. */
    void empty(final String node) {
        for (final String kept : List.of("journal-", "snapshots-", "events-")) {
            try (Stream<Path> files = Files.walk(directory.resolve("run/venue").resolve(kept + node))) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (final NoSuchFileException keepsNone) {
                continue;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Asks the node to stop in good order, and waits. */
    void stop(final String node, final long timeoutMs) throws InterruptedException {
        if (processes.stop(node, timeoutMs) != 0) {
            throw new IllegalStateException(node + " did not stop in good order; it said:\n" + told(node));
        }
    }

    /** Where the node's journal ends, by its head file. */
    long lastSequence(final String node) {
        final Path journal = journal(node);
        return new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH)
                .stat(journal.getFileName().toString())
                .lastSequence();
    }

    /** What the node has printed since its last start. */
    String told(final String node) {
        return processes.told(node);
    }

    @Override
    public void close() {
        processes.close();
    }
}
