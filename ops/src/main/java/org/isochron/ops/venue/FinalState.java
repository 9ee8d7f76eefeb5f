package org.isochron.ops.venue;

import java.util.List;
import java.util.Map;

/**
 * A venue after an orderly stop: every node has applied the journal's last frame.
 *
 * @param nodes             the replicas, each with the hash after its last command.
 * @param zeroSum           by asset symbol, what is left when all cash, positions and funds are added up: "0", or the
 *                          difference in quanta.
 * @param insurance         by asset symbol, what the insurance fund is worth at mark: cash and positions, as a decimal
 *                          string.
 * @param privateMinusPublic of all matchers together.
 */
public record FinalState(
        List<NodePosition> nodes,
        Map<String, String> zeroSum,
        Map<String, String> insurance,
        ReleaseDelay privateMinusPublic) {
    public FinalState {
        nodes = List.copyOf(nodes);
        zeroSum = Map.copyOf(zeroSum);
        insurance = Map.copyOf(insurance);
    }

    /** Whether all nodes stand at the same sequence with the same hash. */
    public boolean nodesAgree() {
        return nodes.stream()
                        .map(node -> node.sequence() + ":" + node.hash())
                        .distinct()
                        .count()
                == 1;
    }

    /** Whether nothing was made or lost in any asset. */
    public boolean isZeroSum() {
        return zeroSum.values().stream().allMatch("0"::equals);
    }

    /** Last sequence applied by every node, 0 when there is none. */
    public long sequence() {
        return nodes.stream().mapToLong(NodePosition::sequence).min().orElse(0);
    }
}
