package org.isochron.sequencer.gateway;

import java.util.List;
import org.isochron.sequencer.edge.Channel;

/**
 * How a gateway reaches the matchers' event journals.
 *
 * @param queries where each matcher is asked, in the order in which they are.
 * @param answers where all of them answer; null when there is no matcher to ask.
 */
public record ResendChannels(List<Channel> queries, Channel answers) {
    /** Nothing is sent again. */
    public static final ResendChannels NONE = new ResendChannels(List.of(), null);

    public ResendChannels {
        queries = List.copyOf(queries);
        if (answers == null && !queries.isEmpty()) {
            throw new IllegalArgumentException("matchers are asked on " + queries + " but have nowhere to answer");
        }
    }
}
