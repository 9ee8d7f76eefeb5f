package org.isochron.ops.venue;

import java.util.List;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/** What a client needs to reach a running venue. */
public interface VenueAccess {
    /** A transport for one client thread, which uses and closes it. */
    Transport newTransport();

    /** The gateway's address. */
    Channel ingress();

    /** Where the gateway is to answer that session; of its own for every session. */
    Channel responses(int sessionId);

    /** The market data feeds, A first. */
    List<Channel> marketData();

    /**
     * The session's shared secret.
     *
     * @throws IllegalArgumentException when there is none.
     */
    byte[] secret(int sessionId);

    VenueClock clock();

    /**
     * What a client needs to begin a session afresh, on its usual terms. The wall clock is its sessionVerId: higher than
     * whatever an earlier run has used.
     *
     * @throws IllegalArgumentException when there is no secret for it.
     */
    default ClientConfig freshSession(final int sessionId) {
        return ClientConfig.of(sessionId, clock().wallNs(), secret(sessionId), ingress(), responses(sessionId));
    }
}
