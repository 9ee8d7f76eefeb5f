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

/**
 * Processes of this machine that somebody starts, watches and ends, by name. What each prints is in a file of the directory
 * for each of its starts. Used by one thread at a time; all end with it, without being asked.
 */
public final class ChildProcesses implements AutoCloseable {
    private static final int FIRST_WITH_NATIVE_CHECKS = 24;
    private static final long LOOK_MS = 5;
    private static final long END_MS = 5_000;

    private final Path directory;
    private final Map<String, Process> processes = new TreeMap<>();
    private final Map<String, Integer> starts = new TreeMap<>();
    private final Map<String, Long> startedNs = new TreeMap<>();

    /** @param directory where each of them runs. */
    public ChildProcesses(final Path directory) {
        this.directory = directory;
    }

    /**
     * A command that runs Isochron: this Java with the flags of a node and its archive of classes, where there is one, set up
     * for processes of which many start on few cores.
     *
     * @param root  of the source tree; the jar is in it.
     * @param words behind the jar.
     */
    public static List<String> isochron(final Path root, final List<String> words) {
        final List<String> command = java(root);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        final Path target = root.resolve("ops/target");
        final Path classes = target.resolve("isochron-" + System.getProperty("java.version") + ".jsa");
        if (Files.exists(classes)) {
            command.add("-XX:SharedArchiveFile=" + classes);
        }
        command.addAll(List.of("-jar", target.resolve("isochron.jar").toString()));
        command.addAll(words);
        return command;
    }

    /**
     * The beginning of a command: this Java with the flags of a node.
     *
     * @param root of the source tree.
     */
    public static List<String> java(final Path root) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + root.resolve("ops/jvm.flags"));
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_CHECKS) {
            command.add("@" + root.resolve("ops/jvm-25.flags"));
        }
        return command;
    }

    /**
     * Starts one, in place of the one of that name before.
     *
     * @throws UncheckedIOException when the machine cannot.
     */
    public void start(final String name, final List<String> command) {
        start(name, directory, command);
    }

    /** The same, in another directory than that of what it prints. */
    public void start(final String name, final Path workingDirectory, final List<String> command) {
        starts.merge(name, 1, Integer::sum);
        startedNs.put(name, System.nanoTime());
        try {
            processes.put(
                    name,
                    new ProcessBuilder(command)
                            .directory(workingDirectory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output(name).toFile())
                            .start());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until one has printed a text since its last start.
     *
     * @param timeoutMs from its start on.
     * @return nanoseconds since its start.
     * @throws IllegalStateException when it ends before, or does not in time; what it has printed is told.
     */
    public long awaitText(final String name, final String text, final long timeoutMs) throws InterruptedException {
        final long begunNs = startedNs.get(name);
        return awaitText(name, text, begunNs, timeoutMs) - begunNs;
    }

    /** As {@link #awaitText}, with all the time from now on. */
    public void awaitTextFromNow(final String name, final String text, final long timeoutMs)
            throws InterruptedException {
        awaitText(name, text, System.nanoTime(), timeoutMs);
    }

    private long awaitText(final String name, final String text, final long fromNs, final long timeoutMs)
            throws InterruptedException {
        while (!told(name).contains(text)) {
            if (!processes.get(name).isAlive()) {
                throw new IllegalStateException(name + " has ended; it said:\n" + told(name));
            }
            if (System.nanoTime() - fromNs > TimeUnit.MILLISECONDS.toNanos(timeoutMs)) {
                throw new IllegalStateException(
                        name + " did not say '" + text + "' in " + timeoutMs + " ms; it said:\n" + told(name));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return System.nanoTime();
    }

    /** What one has printed since its last start. */
    public String told(final String name) {
        try {
            return Files.exists(output(name)) ? Files.readString(output(name)) : "";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal: {@code STOP} lets it sleep, {@code CONT} wakes it. */
    public void signal(final String name, final String signal) throws InterruptedException {
        try {
            final Process kill = new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(processes.get(name).pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + signal + " of " + name + " failed");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9 of all of them at once, and waits until they are dead. */
    public void kill(final String... names) throws InterruptedException {
        for (final String name : names) {
            processes.get(name).destroyForcibly();
        }
        for (final String name : names) {
            processes.get(name).waitFor();
        }
    }

    /** Asks one to stop in good order, and waits; returns its exit code. */
    public int stop(final String name, final long timeoutMs) throws InterruptedException {
        processes.get(name).destroy();
        return awaitEnd(name, timeoutMs);
    }

    /**
     * Waits until one ends.
     *
     * @return its exit code.
     * @throws IllegalStateException when it does not in time; what it has printed is told.
     */
    public int awaitEnd(final String name, final long timeoutMs) throws InterruptedException {
        if (!processes.get(name).waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " did not end in " + timeoutMs + " ms; it said:\n" + told(name));
        }
        return processes.get(name).exitValue();
    }

    private Path output(final String name) {
        return directory.resolve(name + "." + starts.get(name) + ".out");
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
        for (final Process process : processes.values()) {
            try {
                process.waitFor(END_MS, TimeUnit.MILLISECONDS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
