package org.isochron.ops.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.isochron.codecs.Durability;
import org.isochron.matcher.node.MatcherEvents;
import org.isochron.matcher.node.MatcherNode;
import org.isochron.matcher.node.ReplicaNodeConfig;
import org.isochron.matcher.node.RiskNode;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.config.MatcherNodeConfig;
import org.isochron.ops.config.NodeConfig;
import org.isochron.ops.config.ReplicaLinkConfig;
import org.isochron.ops.config.RiskNodeConfig;
import org.isochron.ops.config.Secrets;
import org.isochron.ops.config.SequencerNodeConfig;
import org.isochron.sequencer.chronicle.ChronicleJournal;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.Edges;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.SystemClock;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.gateway.GatewayAgent;
import org.isochron.sequencer.gateway.GatewayConfig;
import org.isochron.sequencer.gateway.ResponseChannels;
import org.isochron.sequencer.replica.GapSource;
import org.isochron.sequencer.replica.ReleasePoint;
import org.isochron.sequencer.replica.SkippedCommands;
import org.isochron.sequencer.replica.StartingPoint;
import org.isochron.sequencer.sequence.SequencerAgent;
import org.isochron.sequencer.sequence.SequencerConfig;
import org.isochron.sequencer.sequence.SequencerStatus;

/** Makes the agents of a node from its configuration, on a transport of its own. */
final class NodeAgents {
    private NodeAgents() {}

    /** @param tailFrames frames at the journal's end that are sent again first. */
    static SequencerAgent sequencer(
            final SequencerNodeConfig config,
            final int tailFrames,
            final Transport transport,
            final Journal journal,
            final SequencerStatus status) {
        return new SequencerAgent(
                SequencerConfig.of(config.node().nodeId())
                        .withTailFrames(tailFrames)
                        .withSnapshotInterval(config.snapshotInterval()),
                transport.drivenElsewhere(),
                transport.subscribe(config.commands(), LaneListener.NONE),
                transport.publish(config.log()),
                journal,
                SystemClock.INSTANCE,
                status);
    }

    static GatewayAgent gateway(
            final SequencerNodeConfig config,
            final Secrets secrets,
            final Durability durability,
            final Transport transport,
            final SequencerStatus status) {
        final Map<Integer, byte[]> bySession = new TreeMap<>();
        secrets.sessionIds().forEach(id -> bySession.put(id, secrets.of(id)));
        return new GatewayAgent(
                GatewayConfig.of(config.gatewayId(), bySession).withDurability(durability),
                transport.drivenElsewhere(),
                config.ingress(),
                config.commands(),
                config.privateEvents(),
                config.resends(),
                ResponseChannels.startingWith(config.responseChannels()),
                SystemClock.INSTANCE,
                status);
    }

    static MatcherNode matcher(
            final MatcherNodeConfig config,
            final Secrets secrets,
            final StartingPoint<Venue> start,
            final Retransmission frames,
            final Transport transport,
            final ChronicleJournal journal,
            final MatcherEvents events) {
        return new MatcherNode(
                replica(config.node(), config.link(), secrets),
                start,
                config.privateEvents(),
                config.marketData(),
                new Edges(transport, journal, SystemClock.INSTANCE),
                gaps(config.link(), frames),
                config.awaitsDisk() ? journal.startForcing() : ReleasePoint.AT_ONCE,
                events);
    }

    static RiskNode risk(
            final RiskNodeConfig config,
            final Secrets secrets,
            final StartingPoint<Venue> start,
            final Retransmission frames,
            final Transport transport,
            final Journal journal) {
        return new RiskNode(
                replica(config.node(), config.link(), secrets),
                start,
                config.range(),
                new Edges(transport, journal, SystemClock.INSTANCE),
                gaps(config.link(), frames));
    }

    static ReplicaNodeConfig replica(final NodeConfig node, final ReplicaLinkConfig link, final Secrets secrets) {
        return new ReplicaNodeConfig(
                node.name(),
                node.nodeId(),
                link.log(),
                link.ingress(),
                link.responses(),
                link.sessionId(),
                secrets.of(link.sessionId()),
                link.voters(),
                node.snapshots(),
                node.snapshots() != null);
    }

    /** Takes the journal's lock and verifies what is not proven; what is damaged and may be mended is, with the help of others. */
    static ChronicleJournal journal(final NodeConfig node, final List<Path> others, final Retransmission frames) {
        return store(node.journal()).open(name(node.journal()), patient(others, frames));
    }

    /** Whether a command at which the node's core failed is to be passed over, in words when it ever failed. */
    static Optional<String> lookAhead(final Journal journal, final List<Path> others, final Retransmission frames) {
        final String found = SkippedCommands.lookAhead(journal, patient(others, frames));
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private static List<Supplier<JournalReader>> patient(final List<Path> others, final Retransmission frames) {
        final List<Supplier<JournalReader>> sources = readers(others);
        sources.addAll(frames.patientSources());
        return sources;
    }

    /** Files of this machine first: they cost nobody else anything. */
    private static GapSource gaps(final ReplicaLinkConfig link, final Retransmission frames) {
        final List<Supplier<JournalReader>> sources = readers(link.gapSources());
        sources.addAll(frames.sources());
        return new GapSource(sources);
    }

    static List<Supplier<JournalReader>> readers(final List<Path> journals) {
        final List<Supplier<JournalReader>> sources = new ArrayList<>();
        for (final Path journal : journals) {
            sources.add(() -> store(journal).read(name(journal)));
        }
        return sources;
    }

    static ChronicleJournalStore store(final Path journal) {
        return new ChronicleJournalStore(
                journal.toAbsolutePath().normalize().getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
    }

    static String name(final Path journal) {
        return journal.toAbsolutePath().normalize().getFileName().toString();
    }
}
