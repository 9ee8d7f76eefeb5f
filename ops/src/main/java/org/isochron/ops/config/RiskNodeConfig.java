package org.isochron.ops.config;

/** A process that watches margins and proposes liquidations. */
public record RiskNodeConfig(NodeConfig node, ReplicaLinkConfig link) {
    static RiskNodeConfig of(final String name, final Section section) {
        final RiskNodeConfig config =
                new RiskNodeConfig(NodeConfig.of("risk-" + name, section), ReplicaLinkConfig.of(section));
        section.end();
        return config;
    }
}
