package org.isochron.sequencer.retransmit;

import java.util.List;
import org.isochron.codecs.frame.Frame;

/**
 * How a node asks other nodes for frames, and is asked.
 *
 * @param self           the node, and where it is asked and answered.
 * @param servers        whom it asks, in this order.
 * @param clients        who may ask it.
 * @param bytesPerSecond what it sends at most, all that ask taken together.
 */
public record RetransmitConfig(Peer self, List<Peer> servers, List<Peer> clients, long bytesPerSecond) {
    /** Less would not keep up with a venue that trades. */
    public static final long MIN_BYTES_PER_SECOND = 64L * Frame.MAX_LENGTH;

    /** More than any network card of today sends. */
    public static final long MAX_BYTES_PER_SECOND = 1L << 32;

    public RetransmitConfig {
        servers = List.copyOf(servers);
        clients = List.copyOf(clients);
        if (bytesPerSecond < MIN_BYTES_PER_SECOND || bytesPerSecond > MAX_BYTES_PER_SECOND) {
            throw new IllegalArgumentException("bytesPerSecond is " + bytesPerSecond + ", " + MIN_BYTES_PER_SECOND
                    + " to " + MAX_BYTES_PER_SECOND + " is possible");
        }
    }
}
