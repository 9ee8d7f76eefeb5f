package org.isochron.sequencer.gateway;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a gateway is willing to answer. A client names its own response channel before it has proved who it is, so the
 * address is checked before anything is opened.
 */
@FunctionalInterface
public interface ResponseChannels {
    /** Whether a gateway may publish there. */
    boolean allows(String uri);

    /**
     * Allows addresses that begin with one of the prefixes, such as {@code aeron:udp?endpoint=10.1.}, and go on with the
     * rest of an address in digits. Names stand in the prefix as a whole, or a stranger would choose where his begins. Of
     * parameters behind it only the sizes of the venue's own channels are allowed: others would let a stranger send the
     * venue's answers somewhere else after all, or have its driver set gigabytes aside for him.
     */
    static ResponseChannels startingWith(final List<String> prefixes) {
        if (prefixes.isEmpty() || prefixes.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "responseChannels is " + prefixes + ", one or more prefixes, none of them blank, are needed");
        }
        final List<String> allowed = List.copyOf(prefixes);
        final Pattern rest = Pattern.compile("\\??(endpoint=)?[0-9.:]*([?|](term-length=1m|mtu=1408))*");
        return uri -> allowed.stream()
                .anyMatch(prefix -> uri.startsWith(prefix)
                        && rest.matcher(uri.substring(prefix.length())).matches());
    }
}
