package org.isochron.matcher.node;

import java.nio.file.Path;
import org.isochron.sequencer.edge.Channel;

/**
 * What every node with a copy of the venue is told.
 *
 * @param name      of the node, for messages and threads.
 * @param nodeId    written into its state hash reports.
 * @param log       the sequencer's stream.
 * @param ingress   where the gateway listens.
 * @param response  where the node's own session listens; nobody else may use it.
 * @param sessionId the node's own session, of role REPLICA or RISK.
 * @param secret    shared secret of that session.
 * @param voters    nodes configured to report state hashes, this one included.
 * @param snapshots where the node looks for a state to begin with, null for nowhere.
 * @param takesSnapshots whether it also puts its own there, at every mark in the log.
 */
public record ReplicaNodeConfig(
        String name,
        int nodeId,
        Channel log,
        Channel ingress,
        Channel response,
        int sessionId,
        byte[] secret,
        int voters,
        Path snapshots,
        boolean takesSnapshots) {
    public ReplicaNodeConfig {
        if (takesSnapshots && snapshots == null) {
            throw new IllegalArgumentException(name + " takes snapshots, but there is no place for them");
        }
    }
}
