package org.isochron.replay.sim;

import java.util.ArrayList;
import java.util.List;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;

/** One host's place in the network. */
final class SimulatedTransport implements Transport {
    private final Network network;
    private final Host host;
    private final int logReceivers;
    private final long feedLagNs;
    private final List<SimulatedInbound> inbounds = new ArrayList<>();
    private final List<SimulatedOutbound> outbounds = new ArrayList<>();

    /**
     * @param logReceivers replicas without which the log is not connected.
     * @param feedLagNs    how long market data takes to the wire.
     */
    SimulatedTransport(final Network network, final Host host, final int logReceivers, final long feedLagNs) {
        this.network = network;
        this.host = host;
        this.logReceivers = logReceivers;
        this.feedLagNs = feedLagNs;
    }

    @Override
    public Inbound subscribe(final Channel channel, final LaneListener listener) {
        inbounds.removeIf(SimulatedInbound::isClosed);
        final SimulatedInbound inbound = new SimulatedInbound(network, channel, host, listener);
        inbounds.add(inbound);
        return network.subscribe(inbound);
    }

    @Override
    public Outbound publish(final Channel channel) {
        outbounds.removeIf(SimulatedOutbound::isClosed);
        final Way way = Way.of(channel.streamId());
        final SimulatedOutbound outbound = new SimulatedOutbound(
                network, channel, host, way == Way.LOG ? logReceivers : 1, way == Way.FEED ? feedLagNs : 0);
        outbounds.add(outbound);
        return network.publish(outbound);
    }

    /** The world drives itself. */
    @Override
    public int doWork() {
        return 0;
    }

    /** In good order: the other sides are told. */
    @Override
    public void close() {
        end(0);
    }

    /** The host dies: the other sides notice by silence. */
    void die() {
        end(Network.LIVENESS_NS);
    }

    private void end(final long noticedAfterNs) {
        outbounds.forEach(outbound -> outbound.end(noticedAfterNs));
        inbounds.forEach(inbound -> inbound.end(noticedAfterNs));
    }
}
