package org.isochron.sequencer.edge;

/**
 * Where messages travel: a transport's address and a stream on it.
 *
 * @param uri      address in the transport's own syntax, for Aeron a channel URI such as
 *                 {@code aeron:udp?endpoint=localhost:20456}.
 * @param streamId stream on that address.
 */
public record Channel(String uri, int streamId) {
    public Channel {
        if (uri == null || uri.isBlank()) {
            throw new IllegalArgumentException("uri is empty, an address such as aeron:ipc is needed");
        }
    }
}
