package org.isochron.ops.config;

import org.isochron.sequencer.edge.Channel;

/**
 * A process that matches.
 *
 * @param privateEvents where it publishes private events, to the gateway.
 * @param marketData    where it publishes market data, to everybody.
 * @param events        its event journal, null when it keeps none.
 * @param awaitsDisk    whether nothing leaves it before its journal is on the disk (durability D3).
 */
public record MatcherNodeConfig(
        NodeConfig node,
        ReplicaLinkConfig link,
        Channel privateEvents,
        Channel marketData,
        EventsConfig events,
        boolean awaitsDisk) {
    static MatcherNodeConfig of(final String name, final Section section) {
        final MatcherNodeConfig config = new MatcherNodeConfig(
                NodeConfig.of("matcher-" + name, section),
                ReplicaLinkConfig.of(section),
                section.channel("privateEvents"),
                section.channel("marketData"),
                section.has("events") ? EventsConfig.of(section.section("events")) : null,
                section.has("durability") && section.make("durability", MatcherNodeConfig::isD3));
        section.end();
        return config;
    }

    private static boolean isD3(final String text) {
        if (!text.equals("D1") && !text.equals("D3")) {
            throw new IllegalArgumentException(
                    "D1 (events leave when the frame is in the journal) or D3 (when it is on the"
                            + " disk) is possible; D2 is not chosen but follows from where the nodes are");
        }
        return text.equals("D3");
    }
}
