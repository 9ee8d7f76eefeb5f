package org.isochron.sequencer.retransmit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What other nodes have said of their journals. Any thread. */
final class NodePositions {
    private final Map<Integer, NodePosition> byNode = new ConcurrentHashMap<>();
    private volatile boolean isAsked;

    /** From now on everybody who has not answered since is asked. */
    void ask() {
        byNode.clear();
        isAsked = true;
    }

    void askNoMore() {
        isAsked = false;
    }

    boolean isAsked() {
        return isAsked;
    }

    void put(final int nodeId, final NodePosition position) {
        byNode.put(nodeId, position);
    }

    /** Null when the node has said nothing. */
    NodePosition of(final int nodeId) {
        return byNode.get(nodeId);
    }
}
