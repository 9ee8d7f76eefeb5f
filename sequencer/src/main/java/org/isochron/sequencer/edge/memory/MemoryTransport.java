package org.isochron.sequencer.edge.memory;

import java.util.ArrayList;
import java.util.List;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;

/** One node's place in a {@link MemoryWorld}. Closing it closes all it opened, which is how a test kills a node. */
public final class MemoryTransport implements Transport {
    private final MemoryWorld world;
    private final List<Inbound> inbounds = new ArrayList<>();
    private final List<Outbound> outbounds = new ArrayList<>();
    private boolean closed;

    public MemoryTransport(final MemoryWorld world) {
        this.world = world;
    }

    @Override
    public Inbound subscribe(final Channel channel, final LaneListener listener) {
        checkOpen();
        final Inbound inbound = world.subscribe(channel, listener);
        inbounds.add(inbound);
        return inbound;
    }

    @Override
    public Outbound publish(final Channel channel) {
        checkOpen();
        final Outbound outbound = world.publish(channel);
        outbounds.add(outbound);
        return outbound;
    }

    /** Nothing to drive. */
    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
        outbounds.forEach(Outbound::close);
        inbounds.forEach(Inbound::close);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the transport is closed");
        }
    }
}
