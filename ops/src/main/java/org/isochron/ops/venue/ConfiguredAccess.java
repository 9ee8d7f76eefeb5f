package org.isochron.ops.venue;

import io.aeron.driver.ThreadingMode;
import java.util.List;
import org.isochron.ops.config.ClientConfig;
import org.isochron.ops.config.Secrets;
import org.isochron.ops.config.VenueConfig;
import org.isochron.sequencer.aeron.AeronDriver;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.SystemClock;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/** The way to a venue whose nodes are other processes, through a media driver of the clients' own. */
public final class ConfiguredAccess implements VenueAccess, AutoCloseable {
    private final ClientConfig clients;
    private final Secrets secrets;
    private final AeronDriver driver;

    /** Starts the clients' media driver, on a thread of its own that backs off when idle. */
    public ConfiguredAccess(final VenueConfig config) {
        clients = config.theClients();
        secrets = config.secrets();
        driver = AeronDriver.launch(clients.driverDirectory(), ThreadingMode.SHARED);
    }

    @Override
    public Transport newTransport() {
        return driver.newTransport();
    }

    @Override
    public Channel ingress() {
        return clients.ingress();
    }

    @Override
    public Channel responses(final int sessionId) {
        return new Channel(clients.responses().uri(), clients.responses().streamId() + sessionId);
    }

    @Override
    public List<Channel> marketData() {
        return clients.marketData();
    }

    @Override
    public byte[] secret(final int sessionId) {
        return secrets.of(sessionId);
    }

    @Override
    public VenueClock clock() {
        return SystemClock.INSTANCE;
    }

    /** Close the transports first. */
    @Override
    public void close() {
        driver.close();
    }
}
