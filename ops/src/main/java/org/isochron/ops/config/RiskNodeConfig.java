package org.isochron.ops.config;

import org.isochron.risk.watch.ScanRange;

/**
 * A process that watches margins and proposes liquidations.
 *
 * @param range accounts it scans, and its turn among the nodes that scan them; without a word about it all accounts, first
 *              in turn.
 */
public record RiskNodeConfig(NodeConfig node, ReplicaLinkConfig link, ScanRange range) {
    static RiskNodeConfig of(final String name, final Section section) {
        final RiskNodeConfig config = new RiskNodeConfig(
                NodeConfig.of("risk-" + name, section), ReplicaLinkConfig.of(section), range(section));
        section.end();
        return config;
    }

    private static ScanRange range(final Section section) {
        final long first = section.has("fromAccount")
                ? section.longNumber("fromAccount", ScanRange.LOWEST, ScanRange.HIGHEST)
                : ScanRange.LOWEST;
        final long last = section.has("toAccount")
                ? section.longNumber("toAccount", first, ScanRange.HIGHEST)
                : ScanRange.HIGHEST;
        return new ScanRange(first, last, section.has("rank") ? section.number("rank", 0, ScanRange.MAX_RANK) : 0);
    }
}
