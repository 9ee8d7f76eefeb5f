package org.isochron.ops.config;

import java.util.List;
import org.isochron.sequencer.edge.Channel;

/**
 * How a node exchanges frames with other nodes beside the log: it asks for what it missed, and serves what it has.
 *
 * @param requests     where it is asked.
 * @param answers      where it gets what it asked for.
 * @param mibPerSecond what it sends at most, in MiB a second, all that ask taken together.
 * @param servers      names of the nodes it asks, in this order.
 */
public record FramesConfig(Channel requests, Channel answers, int mibPerSecond, List<String> servers) {
    /** A third of what a network card of one gigabit carries, and more than a replica applies. */
    public static final int DEFAULT_MIB_PER_SECOND = 32;

    private static final int MAX_MIB_PER_SECOND = 4096;

    public FramesConfig {
        servers = List.copyOf(servers);
    }

    static FramesConfig of(final Section section) {
        final FramesConfig config = new FramesConfig(
                section.channel("requests"),
                section.channel("answers"),
                section.has("mibPerSecond")
                        ? section.number("mibPerSecond", 1, MAX_MIB_PER_SECOND)
                        : DEFAULT_MIB_PER_SECOND,
                section.texts("servers"));
        section.end();
        return config;
    }
}
