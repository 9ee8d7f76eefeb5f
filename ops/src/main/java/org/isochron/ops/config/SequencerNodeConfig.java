package org.isochron.ops.config;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.gateway.ResendChannels;
import org.isochron.sequencer.sequence.SequencerConfig;

/**
 * The process that sequences, with the gateway in it.
 *
 * @param gatewayId      id of the gateway in the log.
 * @param ingress        where clients and nodes send their messages.
 * @param commands       from the gateway to the sequencer, inside the process.
 * @param log            where the sequencer publishes, flow control included.
 * @param privateEvents  where every matcher publishes its private events.
 * @param journalHolders journal directories of the nodes that hold the log beside the sequencer, as far as they are within
 *                       reach: what it lost is taken from them, and a promotion asks them.
 * @param diskLowMib     room left, in MiB, where a journal or snapshots of any node of this machine are, below which the venue goes
 *                       cancel-only until there is twice as much.
 * @param snapshotInterval commands between two marks at which replicas that have a place for snapshots take one, 0 for none.
 * @param resends        how the gateway asks the matchers' event journals; with nobody to ask nothing is sent again.
 * @param responseChannels how the addresses begin to which the gateway is willing to answer.
 */
public record SequencerNodeConfig(
        NodeConfig node,
        int gatewayId,
        Channel ingress,
        Channel commands,
        Channel log,
        Channel privateEvents,
        List<Path> journalHolders,
        int diskLowMib,
        int snapshotInterval,
        ResendChannels resends,
        List<String> responseChannels) {
    /** Room for the blocks that journals keep ahead, and for some minutes of cancels. */
    public static final int DEFAULT_DISK_LOW_MIB = 256;

    private static final Pattern GROUP_MINIMUM = Pattern.compile("[|?]fc=tagged,g:\\d+/(\\d{1,4})");

    public SequencerNodeConfig {
        if (gatewayId < 1 || gatewayId > NodeConfig.MAX_NODE_ID || gatewayId == node.nodeId()) {
            throw new IllegalArgumentException("gatewayId is " + gatewayId + ", 1 to " + NodeConfig.MAX_NODE_ID
                    + " is possible and not the sequencer's own " + node.nodeId());
        }
        if (node.snapshots() != null) {
            throw new IllegalArgumentException("snapshots is " + node.snapshots()
                    + ", but the sequencer has no copy of the venue; leave it out here");
        }
        journalHolders = List.copyOf(journalHolders);
        responseChannels = List.copyOf(responseChannels);
    }

    /** Tagged replicas without which nothing is stamped: the group minimum of the log's flow control, 0 when it has none. */
    public int leastReceivers() {
        final Matcher minimum = GROUP_MINIMUM.matcher(log.uri());
        return minimum.find() ? Integer.parseInt(minimum.group(1)) : 0;
    }

    static SequencerNodeConfig of(final Section section) {
        final SequencerNodeConfig config = new SequencerNodeConfig(
                NodeConfig.of("sequencer", section),
                section.number("gatewayId", 1, NodeConfig.MAX_NODE_ID),
                section.channel("ingress"),
                section.channel("commands"),
                section.channel("log"),
                section.channel("privateEvents"),
                section.has("journalHolders") ? section.paths("journalHolders") : List.of(),
                section.has("diskLowMib") ? section.number("diskLowMib", 1, Integer.MAX_VALUE) : DEFAULT_DISK_LOW_MIB,
                section.has("snapshotInterval")
                        ? section.number("snapshotInterval", 0, Integer.MAX_VALUE)
                        : SequencerConfig.NO_SNAPSHOTS,
                section.has("resends") ? resends(section.section("resends")) : ResendChannels.NONE,
                section.texts("responseChannels"));
        section.end();
        return config;
    }

    private static ResendChannels resends(final Section section) {
        final ResendChannels channels = new ResendChannels(section.channels("queries"), section.channel("answers"));
        section.end();
        return channels;
    }
}
