package org.isochron.ops.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isochron.ops.node.ChildProcesses;

/**
 * The sample venue's nodes and its clients as processes, each in a namespace and a directory of its own: they share no file
 * but the configuration, and meet on the network only.
 */
final class SeparateNodes implements AutoCloseable {
    static final String SEQUENCER = "sequencer";
    static final String CLIENTS = "clients";
    static final List<String> REPLICAS = List.of("matcher-A", "matcher-B", "risk-1");
    static final List<String> ALL = List.of(SEQUENCER, "matcher-A", "matcher-B", "risk-1", CLIENTS);

    /** Ports of the sample configuration, by whose they are, in the order of {@link #ALL}. */
    private static final List<List<Integer>> PORTS = List.of(
            List.of(20410, 20421, 20471),
            List.of(20431, 20472),
            List.of(20432, 20473),
            List.of(20433, 20474),
            List.of(20440));

    private final Path directory;
    private final Path root;
    private final Namespaces namespaces;
    private final ChildProcesses processes;

    /**
     * @param directory of the venue; must not exist.
     * @param root      of the source tree: the jar, the flags and the sample configuration are in its folder ops.
     */
    SeparateNodes(final Path directory, final Path root, final Namespaces namespaces) throws IOException {
        this.directory = directory.toAbsolutePath();
        this.root = root.toAbsolutePath();
        this.namespaces = namespaces;
        processes = new ChildProcesses(this.directory);
        for (final String node : ALL) {
            Files.createDirectories(this.directory.resolve(node));
        }
        Files.writeString(config(), apart(Files.readString(root.resolve("ops/config/venue.conf"))));
        Files.copy(root.resolve("ops/config/secrets.conf"), this.directory.resolve("secrets.conf"));
    }

    /** The sample configuration with every node on a host of its own. */
    static String apart(final String sample) {
        String apart = sample.replace("interface=127.0.0.1|ttl=0", "interface=" + Namespaces.NETWORK + "0/24|ttl=4")
                .replace("endpoint=127.0.0.1:\"", "endpoint=" + Namespaces.NETWORK + "\"")
                .replaceAll("gapSources = \\[[^]]*]", "gapSources = []")
                .replaceAll("journalHolders = \\[[^]]*]", "journalHolders = []")
                .replaceAll("(?m)^  nodeId = (\\d+)$", "  nodeId = $1\n  host = host-of-$1");
        for (int node = 0; node < PORTS.size(); node++) {
            for (final int port : PORTS.get(node)) {
                apart = apart.replace("127.0.0.1:" + port, Namespaces.NETWORK + (node + 1) + ":" + port);
            }
        }
        return apart;
    }

    Path config() {
        return directory.resolve("venue.conf");
    }

    Path journal(final String node) {
        return directory.resolve(node).resolve("run/venue/journal-" + node);
    }

    /** Starts a node: {@code sequencer}, {@code matcher-A}, {@code risk-1}. */
    void start(final String node) {
        final String[] parts = node.split("-");
        final List<String> words = new ArrayList<>(List.of("start", parts[0], "--config", config().toString()));
        if (parts.length > 1) {
            words.addAll(List.of("--name", parts[1]));
        }
        run(node, node, words);
    }

    /** Runs any sub-command in a node's namespace; what it prints is kept under the name. */
    void run(final String node, final String name, final List<String> words) {
        final List<String> command = new ArrayList<>(namespaces.entering(node));
        command.addAll(ChildProcesses.isochron(root, words));
        processes.start(name, directory.resolve(node), command);
    }

    /** Waits until a process has said something. */
    void await(final String name, final String text, final long timeoutMs) throws InterruptedException {
        processes.awaitTextFromNow(name, text, timeoutMs);
    }

    /** Waits until a process ends by itself, in good order. */
    void awaitEnd(final String name, final long timeoutMs) throws InterruptedException {
        requireGood(name, processes.awaitEnd(name, timeoutMs));
    }

    /** Asks a process to stop, and waits. */
    void stop(final String name, final long timeoutMs) throws InterruptedException {
        requireGood(name, processes.stop(name, timeoutMs));
    }

    private void requireGood(final String name, final int exitCode) {
        if (exitCode != 0) {
            throw new IllegalStateException(name + " did not end in good order; it said:\n" + told(name));
        }
    }

    String told(final String name) {
        return processes.told(name);
    }

    @Override
    public void close() {
        processes.close();
    }
}
