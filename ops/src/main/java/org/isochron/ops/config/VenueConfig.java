package org.isochron.ops.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.isochron.codecs.Durability;
import org.isochron.ops.terminal.BadInputException;

/**
 * A venue's configuration file: every node in it, checked whole whichever node is wanted, so that a mistake shows at the
 * first start and not at the last.
 *
 * @param sequencer the sequencing process, null when the file has none.
 * @param matchers  by name.
 * @param risks     by name.
 * @param clients   how clients reach the venue, null when the file does not say.
 * @param secrets   of the sessions.
 */
public record VenueConfig(
        Path file,
        SequencerNodeConfig sequencer,
        Map<String, MatcherNodeConfig> matchers,
        Map<String, RiskNodeConfig> risks,
        ClientConfig clients,
        Secrets secrets) {

    /**
     * Reads a file in HOCON.
     *
     * @throws BadInputException when there is no such file, or anything in it is not as it should be.
     */
    public static VenueConfig load(final Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file + ": no such configuration file");
        }
        try {
            final ConfigParseOptions options =
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false);
            // Absolute, or an include beside a file named without a directory is not found.
            final Config config = ConfigFactory.parseFile(file.toAbsolutePath().toFile(), options)
                    .resolve(ConfigResolveOptions.noSystem());
            return of(file, new Section(config));
        } catch (final ConfigException ex) {
            throw new ConfigurationException(file.getFileName() + ": " + ex.getMessage(), ex);
        }
    }

    private static VenueConfig of(final Path file, final Section root) {
        if (root.has("channels")) {
            checkChannels(root.section("channels"));
        }
        final VenueConfig config = new VenueConfig(
                file,
                root.has("sequencer") ? made(root.section("sequencer"), SequencerNodeConfig::of) : null,
                named(root, "matchers", MatcherNodeConfig::of),
                named(root, "risks", RiskNodeConfig::of),
                root.has("clients") ? made(root.section("clients"), ClientConfig::of) : null,
                Secrets.of(root.section("secrets")));
        root.end();
        config.checkNodes();
        return config;
    }

    /** Channels are named once and referred to by the nodes; one that nobody refers to has to be right all the same. */
    private static void checkChannels(final Section channels) {
        channels.names().forEach(channels::channel);
    }

    private static <T> Map<String, T> named(
            final Section root, final String key, final BiFunction<String, Section, T> maker) {
        final Map<String, T> nodes = new TreeMap<>();
        if (root.has(key)) {
            final Section section = root.section(key);
            for (final String name : section.names()) {
                nodes.put(name, made(section.section(name), node -> maker.apply(name, node)));
            }
        }
        return nodes;
    }

    /** What a record's constructor refuses is told with the section's place. */
    private static <T> T made(final Section section, final Function<Section, T> maker) {
        try {
            return maker.apply(section);
        } catch (final IllegalArgumentException ex) {
            throw section.refuse(ex.getMessage(), ex);
        }
    }

    /** Ids, journals and driver directories belong to one node each. */
    private void checkNodes() {
        final Map<Object, String> owners = new HashMap<>();
        if (sequencer != null) {
            claim(owners, sequencer.node());
            claim(owners, sequencer.gatewayId(), "the gateway", "id");
        }
        for (final MatcherNodeConfig matcher : matchers.values()) {
            claim(owners, matcher.node());
            if (matcher.events() != null) {
                final Path events =
                        matcher.events().directory().toAbsolutePath().normalize();
                claim(owners, events, matcher.node().name(), "directory");
            }
        }
        risks.values().forEach(risk -> claim(owners, risk.node()));
        if (clients != null) {
            claim(owners, clients.driverDirectory().toAbsolutePath().normalize(), "clients", "directory");
        }
        nodes().forEach(this::checkServers);
    }

    /** Whoever is asked for frames has to be another node that is willing to be. */
    private void checkServers(final NodeConfig node) {
        if (node.frames() == null) {
            return;
        }
        final List<String> possible = nodes().stream()
                .filter(other -> other.frames() != null && !other.name().equals(node.name()))
                .map(NodeConfig::name)
                .toList();
        for (final String server : node.frames().servers()) {
            if (!possible.contains(server)) {
                throw new ConfigurationException(
                        file.getFileName() + ": " + node.name() + " has frames.servers with \"" + server
                                + "\"; another node with a section frames is needed: "
                                + String.join(", ", possible),
                        null);
            }
        }
    }

    /** Every node with a journal: the sequencer first, then matchers and risk nodes by name. */
    public List<NodeConfig> nodes() {
        final List<NodeConfig> nodes = new ArrayList<>();
        if (sequencer != null) {
            nodes.add(sequencer.node());
        }
        matchers.values().forEach(matcher -> nodes.add(matcher.node()));
        risks.values().forEach(risk -> nodes.add(risk.node()));
        return nodes;
    }

    private void claim(final Map<Object, String> owners, final NodeConfig node) {
        claim(owners, node.nodeId(), node.name(), "id");
        claim(owners, node.journal().toAbsolutePath().normalize(), node.name(), "directory");
        if (node.snapshots() != null) {
            claim(owners, node.snapshots().toAbsolutePath().normalize(), node.name(), "directory");
        }
        if (node.archive() != null) {
            claim(owners, node.archive().toAbsolutePath().normalize(), node.name(), "directory");
        }
        claim(owners, node.driverDirectory().toAbsolutePath().normalize(), node.name(), "directory");
    }

    private void claim(final Map<Object, String> owners, final Object thing, final String owner, final String what) {
        final String other = owners.putIfAbsent(thing, owner);
        if (other != null) {
            throw new ConfigurationException(
                    file.getFileName() + ": " + what + " " + thing + " is given to " + other + " and to " + owner
                            + "; each needs its own",
                    null);
        }
    }

    /**
     * What an acknowledged command survives: as much as it does at the matcher that promises least, for the first copy of a
     * report is passed on, whoever sends it. D2 holds when none of them shares the sequencer's host: a report leaves after its
     * matcher has appended the frame, and the sequencer did so before. Hosts have to be named for that, and the log must not
     * go on with one receiver, or the loss of a matcher's host could leave the sequencer's the only one to hold a frame.
     */
    public Durability durability() {
        final boolean allAwaitDisk =
                !matchers.isEmpty() && matchers.values().stream().allMatch(MatcherNodeConfig::awaitsDisk);
        if (allAwaitDisk) {
            return Durability.D3;
        }
        return sequencer != null && areMatchersElsewhere() && sequencer.leastReceivers() >= 2
                ? Durability.D2
                : Durability.D1;
    }

    private boolean areMatchersElsewhere() {
        final String host = sequencer.node().host();
        return !matchers.isEmpty()
                && !host.equals(NodeConfig.ONE_HOST)
                && matchers.values().stream()
                        .map(matcher -> matcher.node().host())
                        .noneMatch(other -> other.equals(host) || other.equals(NodeConfig.ONE_HOST));
    }

    /** The sequencing process. */
    public SequencerNodeConfig theSequencer() {
        if (sequencer == null) {
            throw new BadInputException(file + " has no section sequencer");
        }
        return sequencer;
    }

    /** Where the venue's nodes write more and more: journals of both kinds, snapshots and archives, if on this machine. */
    public List<Path> growingDirectories() {
        final List<Path> places = new ArrayList<>();
        if (sequencer != null) {
            places.addAll(sequencer.journalHolders());
        }
        for (final MatcherNodeConfig matcher : matchers.values()) {
            if (matcher.events() != null) {
                places.add(matcher.events().directory());
            }
        }
        for (final NodeConfig node : nodes()) {
            places.add(node.journal());
            if (node.snapshots() != null) {
                places.add(node.snapshots());
            }
            if (node.archive() != null) {
                places.add(node.archive());
            }
        }
        return places;
    }

    /** How clients reach the venue. */
    public ClientConfig theClients() {
        if (clients == null) {
            throw new BadInputException(file + " has no section clients");
        }
        return clients;
    }

    /** A matcher by name. */
    public MatcherNodeConfig matcher(final String name) {
        return node(matchers, "matchers", name);
    }

    /** A risk node by name. */
    public RiskNodeConfig risk(final String name) {
        return node(risks, "risks", name);
    }

    private <T> T node(final Map<String, T> nodes, final String kind, final String name) {
        if (nodes.isEmpty()) {
            throw new BadInputException(file + " has no " + kind);
        }
        if (name == null && nodes.size() == 1) {
            return nodes.values().iterator().next();
        }
        final T node = name == null ? null : nodes.get(name);
        if (node == null) {
            throw new BadInputException((name == null ? "--name is missing" : "--name is " + name) + "; " + file
                    + " has " + String.join(", ", nodes.keySet()) + " under " + kind);
        }
        return node;
    }
}
