package org.isochron.sequencer.host;

import org.agrona.concurrent.Agent;
import org.isochron.sequencer.edge.Transport;

/** Drives a transport for all agents of a thread; may stand at several places of their duty cycle. */
public final class TransportDriver implements Agent {
    private final Transport transport;

    /** @param transport the caller's to close. */
    public TransportDriver(final Transport transport) {
        this.transport = transport;
    }

    @Override
    public int doWork() {
        return transport.doWork();
    }

    @Override
    public String roleName() {
        return "transport";
    }
}
