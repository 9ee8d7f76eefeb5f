package org.isochron.ops.config;

import java.nio.file.Path;
import java.util.List;
import org.isochron.sequencer.edge.Channel;

/**
 * How clients on this machine reach the venue.
 *
 * @param driverDirectory where the clients' media driver lives; nobody else's.
 * @param ingress         the gateway's address.
 * @param responses       where the gateway answers; every session adds its own id to the stream.
 * @param marketData      the feeds, A first.
 */
public record ClientConfig(Path driverDirectory, Channel ingress, Channel responses, List<Channel> marketData) {
    public ClientConfig {
        marketData = List.copyOf(marketData);
    }

    static ClientConfig of(final Section section) {
        final ClientConfig config = new ClientConfig(
                section.path("driverDirectory"),
                section.channel("ingress"),
                section.channel("responses"),
                section.channels("marketData"));
        section.end();
        return config;
    }
}
