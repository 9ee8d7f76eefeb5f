package org.isochron.ops.torture;

import org.isochron.codecs.RejectCode;
import org.isochron.codecs.TerminateCode;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.Transport;

/** A session that logs on again, as a new incarnation, whenever it has ended. */
abstract class SturdySession implements VenueListener, AutoCloseable {
    private static final int KEEP_ALIVE_MS = 300;
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final long RETRY_NS = 100_000_000;

    private final VenueAccess access;
    private final Transport transport;
    private final int sessionId;
    private VenueClient client;
    private long retryAtNs = System.nanoTime();

    SturdySession(final VenueAccess access, final Transport transport, final int sessionId) {
        this.access = access;
        this.transport = transport.drivenElsewhere();
        this.sessionId = sessionId;
    }

    /** One duty cycle of the session itself. */
    final int pollSession() {
        if (client != null) {
            return client.poll();
        }
        if (System.nanoTime() - retryAtNs < 0) {
            return 0;
        }
        final ClientConfig config =
                access.freshSession(sessionId).withKeepAliveMs(KEEP_ALIVE_MS).withConnectTimeoutMs(CONNECT_TIMEOUT_MS);
        client = VenueClient.connect(config, transport, access.clock(), this);
        return 1;
    }

    final boolean isEstablished() {
        return client != null && client.isEstablished();
    }

    final VenueClient client() {
        return client;
    }

    @Override
    public final void onRefused(final RejectCode code, final long lastSessionVerId) {
        retryLater();
    }

    @Override
    public final void onTerminated(final TerminateCode code) {
        retryLater();
    }

    private void retryLater() {
        client = null;
        retryAtNs = System.nanoTime() + RETRY_NS;
    }

    @Override
    public final void close() {
        if (client != null) {
            client.close();
        }
    }
}
