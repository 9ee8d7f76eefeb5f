package org.isochron.ops.config;

import java.nio.file.Path;
import java.util.List;
import org.isochron.sequencer.edge.Channel;

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
        List<String> responseChannels) {
    public SequencerNodeConfig {
        if (gatewayId < 1 || gatewayId > NodeConfig.MAX_NODE_ID || gatewayId == node.nodeId()) {
            throw new IllegalArgumentException("gatewayId is " + gatewayId + ", 1 to " + NodeConfig.MAX_NODE_ID
                    + " is possible and not the sequencer's own " + node.nodeId());
        }
        journalHolders = List.copyOf(journalHolders);
        responseChannels = List.copyOf(responseChannels);
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
                section.texts("responseChannels"));
        section.end();
        return config;
    }
}
