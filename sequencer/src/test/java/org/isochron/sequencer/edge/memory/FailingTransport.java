package org.isochron.sequencer.edge.memory;

import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;

/** Opens every channel of a memory world but one, as a driver does that cannot use it. */
public final class FailingTransport implements Transport {
    private final MemoryTransport transport;
    private final Channel unusable;

    public FailingTransport(final MemoryWorld world, final Channel unusable) {
        transport = new MemoryTransport(world);
        this.unusable = unusable;
    }

    @Override
    public Inbound subscribe(final Channel channel, final LaneListener listener) {
        requireUsable(channel);
        return transport.subscribe(channel, listener);
    }

    @Override
    public Outbound publish(final Channel channel) {
        requireUsable(channel);
        return transport.publish(channel);
    }

    private void requireUsable(final Channel channel) {
        if (channel.equals(unusable)) {
            throw new IllegalArgumentException("channel " + channel + " is unusable");
        }
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
