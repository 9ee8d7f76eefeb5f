package org.isochron.ops.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Network namespaces of this machine, one for each node, on one bridge with real multicast: {@value #NETWORK}1 for the first,
 * and so on. Packets to multicast addresses can be lost at random where they arrive. Needs root, iproute2 and nftables.
 */
final class Namespaces implements AutoCloseable {
    /** How the addresses begin. */
    static final String NETWORK = "10.77.0.";

    private static final String BRIDGE = "bridge";

    private final String prefix = "isochron-" + ProcessHandle.current().pid() + "-";
    private final List<String> made = new ArrayList<>();

    /** @throws IllegalStateException when they cannot be made. */
    Namespaces(final List<String> nodes) {
        try {
            add(BRIDGE);
            inside(BRIDGE, "ip", "link", "add", BRIDGE, "type", "bridge", "mcast_snooping", "0");
            inside(BRIDGE, "ip", "link", "set", BRIDGE, "up");
            for (int i = 0; i < nodes.size(); i++) {
                connect(nodes.get(i), i + 1);
            }
        } catch (final IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** What is missing for any of this, in words; null when nothing is. */
    static String obstacle() {
        final String name = "isochron-" + ProcessHandle.current().pid() + "-try";
        try {
            run("", "ip", "netns", "add", name);
            try {
                run("", "ip", "netns", "exec", name, "nft", "list", "ruleset");
            } finally {
                run("", "ip", "netns", "del", name);
            }
            return null;
        } catch (final IllegalStateException e) {
            return "network namespaces cannot be used here: " + e.getMessage();
        }
    }

    /** The words that run a program inside a node's namespace. */
    List<String> entering(final String node) {
        return List.of("ip", "netns", "exec", prefix + node);
    }

    /** From now on a node loses so many of a hundred multicast packets that arrive; 0 for none. */
    void lose(final String node, final int percent) {
        final String rules = "flush ruleset\n"
                + (percent == 0
                        ? ""
                        : "table inet loss {\nchain input {\ntype filter hook input priority 0\n"
                                + "ip daddr 224.0.0.0/4 meta l4proto udp numgen random mod 100 < " + percent
                                + " drop\n}\n}\n");
        final List<String> words = new ArrayList<>(entering(node));
        words.addAll(List.of("nft", "-f", "-"));
        run(rules, words.toArray(new String[0]));
    }

    private void connect(final String node, final int number) {
        add(node);
        final String port = "port" + number;
        run(
                "",
                "ip",
                "link",
                "add",
                "eth0",
                "netns",
                prefix + node,
                "type",
                "veth",
                "peer",
                "name",
                port,
                "netns",
                prefix + BRIDGE);
        inside(BRIDGE, "ip", "link", "set", port, "master", BRIDGE);
        inside(BRIDGE, "ip", "link", "set", port, "up");
        inside(node, "ip", "address", "add", NETWORK + number + "/24", "dev", "eth0");
        inside(node, "ip", "link", "set", "lo", "up");
        inside(node, "ip", "link", "set", "eth0", "up");
        inside(node, "ip", "route", "add", "224.0.0.0/4", "dev", "eth0");
    }

    private void add(final String node) {
        run("", "ip", "netns", "add", prefix + node);
        made.add(node);
    }

    private void inside(final String node, final String... command) {
        final List<String> words = new ArrayList<>(entering(node));
        words.addAll(Arrays.asList(command));
        run("", words.toArray(new String[0]));
    }

    private static void run(final String input, final String... words) {
        try {
            final Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().close();
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", words) + ": " + said.strip());
            }
        } catch (final IOException e) {
            throw new IllegalStateException(words[0] + " cannot be run: " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted"));
        }
    }

    /** Their processes have to have ended. */
    @Override
    public void close() {
        made.forEach(node -> run("", "ip", "netns", "del", prefix + node));
        made.clear();
    }
}
