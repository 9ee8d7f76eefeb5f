package org.isochron.ops.venue;

import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;

/** A transport that shows the latest publication, so that a test can say on a client's own connection what it never would. */
final class TappedTransport implements Transport {
    private final Transport transport;
    private Outbound latest;

    TappedTransport(final Transport transport) {
        this.transport = transport;
    }

    Outbound latest() {
        return latest;
    }

    @Override
    public Inbound subscribe(final Channel channel, final LaneListener listener) {
        return transport.subscribe(channel, listener);
    }

    @Override
    public Outbound publish(final Channel channel) {
        latest = transport.publish(channel);
        return latest;
    }

    @Override
    public int doWork() {
        return transport.doWork();
    }

    @Override
    public void close() {
        transport.close();
    }
}
