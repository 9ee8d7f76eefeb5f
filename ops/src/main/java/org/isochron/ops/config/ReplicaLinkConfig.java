package org.isochron.ops.config;

import java.nio.file.Path;
import java.util.List;
import org.isochron.sequencer.edge.Channel;

/**
 * How a replica hangs on the log and talks back.
 *
 * @param log        the sequencer's stream as received: with the group tag that flow control counts.
 * @param ingress    the gateway's address, for state hashes and proposals.
 * @param responses  where the gateway answers the node.
 * @param sessionId  the node's own session, role REPLICA or RISK.
 * @param voters     nodes that report state hashes, this one included.
 * @param gapSources other nodes' journal directories, asked in this order for frames that were missed.
 */
public record ReplicaLinkConfig(
        Channel log, Channel ingress, Channel responses, int sessionId, int voters, List<Path> gapSources) {
    /** Most nodes that can vote. */
    public static final int MAX_VOTERS = 16;

    public ReplicaLinkConfig {
        if (sessionId < 1) {
            throw new IllegalArgumentException("sessionId is " + sessionId + ", 1 or more is possible");
        }
        if (voters < 1 || voters > MAX_VOTERS) {
            throw new IllegalArgumentException("voters is " + voters + ", 1 to " + MAX_VOTERS + " is possible");
        }
        gapSources = List.copyOf(gapSources);
    }

    static ReplicaLinkConfig of(final Section section) {
        return new ReplicaLinkConfig(
                section.channel("log"),
                section.channel("ingress"),
                section.channel("responses"),
                section.number("sessionId", 1, 999_999_999),
                section.number("voters", 1, MAX_VOTERS),
                section.paths("gapSources"));
    }
}
