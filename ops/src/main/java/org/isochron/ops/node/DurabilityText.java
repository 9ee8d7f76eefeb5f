package org.isochron.ops.node;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.Durability;
import org.isochron.ops.config.VenueConfig;

/** What a venue's level of durability means, for the operator. */
final class DurabilityText {
    private DurabilityText() {}

    static String of(final VenueConfig config) {
        final Durability level = config.durability();
        return level + ": " + meaning(level) + mixed(config, level);
    }

    private static String meaning(final Durability level) {
        return switch (level) {
            case D3 ->
                "what is acknowledged is on the disk of the matcher that says so, and survives a power cut of all";
            case D2 -> "what is acknowledged survives the loss of any one host";
            default -> "what is acknowledged survives the death of every process, not a power cut";
        };
    }

    /** Said because an operator may believe otherwise. */
    private static String mixed(final VenueConfig config, final Durability level) {
        final List<String> awaiting = new ArrayList<>();
        config.matchers().forEach((name, matcher) -> {
            if (matcher.awaitsDisk()) {
                awaiting.add(name);
            }
        });
        return level == Durability.D3 || awaiting.isEmpty()
                ? ""
                : "; of the matchers only " + String.join(", ", awaiting)
                        + " waits for its disk, and the first copy of a report counts: set durability = D3 for all";
    }
}
