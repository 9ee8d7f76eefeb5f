package org.isochron.ops.config;

import java.nio.file.Path;
import org.isochron.sequencer.edge.Channel;

/**
 * A matcher's event journal, out of which missed events are sent again.
 *
 * @param directory of the journal; nobody else's.
 * @param queries   where the gateway asks this matcher.
 * @param answers   where the gateway listens for answers.
 */
public record EventsConfig(Path directory, Channel queries, Channel answers) {
    static EventsConfig of(final Section section) {
        final EventsConfig config =
                new EventsConfig(section.path("directory"), section.channel("queries"), section.channel("answers"));
        section.end();
        return config;
    }
}
