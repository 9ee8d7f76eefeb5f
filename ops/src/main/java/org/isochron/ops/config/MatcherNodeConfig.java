package org.isochron.ops.config;

import org.isochron.sequencer.edge.Channel;

/**
 * A process that matches.
 *
 * @param privateEvents where it publishes private events, to the gateway.
 * @param marketData    where it publishes market data, to everybody.
 */
public record MatcherNodeConfig(NodeConfig node, ReplicaLinkConfig link, Channel privateEvents, Channel marketData) {
    static MatcherNodeConfig of(final String name, final Section section) {
        final MatcherNodeConfig config = new MatcherNodeConfig(
                NodeConfig.of("matcher-" + name, section),
                ReplicaLinkConfig.of(section),
                section.channel("privateEvents"),
                section.channel("marketData"));
        section.end();
        return config;
    }
}
