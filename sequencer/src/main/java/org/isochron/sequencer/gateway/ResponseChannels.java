package org.isochron.sequencer.gateway;

import java.util.List;

/**
 * Where a gateway is willing to answer. A client names its own response channel before it has proved who it is, so the
 * address is checked before anything is opened.
 */
@FunctionalInterface
public interface ResponseChannels {
    /** Whether a gateway may publish there. */
    boolean allows(String uri);

    /** Allows addresses that begin with one of the prefixes, such as {@code aeron:udp?endpoint=10.1.}. */
    static ResponseChannels startingWith(final List<String> prefixes) {
        if (prefixes.isEmpty() || prefixes.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "responseChannels is " + prefixes + ", one or more prefixes, none of them blank, are needed");
        }
        final List<String> allowed = List.copyOf(prefixes);
        return uri -> allowed.stream().anyMatch(uri::startsWith);
    }
}
