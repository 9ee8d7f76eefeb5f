package org.isochron.sequencer.edge.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.LaneListener;

/**
 * The network that the transports of one process share. A channel is a URI and a stream, both taken literally; each of
 * its publishers is one lane at each of its subscribers, connected as soon as both exist. Single-threaded.
 */
public final class MemoryWorld {
    private final int laneCapacity;
    private final Map<Channel, List<MemoryInbound>> inbounds = new HashMap<>();
    private final Map<Channel, List<MemoryOutbound>> outbounds = new HashMap<>();

    /**
     * @param laneCapacity messages that one lane holds before its publisher is back-pressured.
     */
    public MemoryWorld(final int laneCapacity) {
        if (laneCapacity < 1) {
            throw new IllegalArgumentException("laneCapacity is " + laneCapacity + ", at least 1 is needed");
        }
        this.laneCapacity = laneCapacity;
    }

    MemoryInbound subscribe(final Channel channel, final LaneListener listener) {
        final MemoryInbound inbound = new MemoryInbound(this, channel, listener);
        inbounds.computeIfAbsent(channel, key -> new ArrayList<>()).add(inbound);
        for (final MemoryOutbound outbound : outbounds.getOrDefault(channel, List.of())) {
            outbound.connect(inbound.connect(laneCapacity));
        }
        return inbound;
    }

    MemoryOutbound publish(final Channel channel) {
        final MemoryOutbound outbound = new MemoryOutbound(this, channel);
        outbounds.computeIfAbsent(channel, key -> new ArrayList<>()).add(outbound);
        for (final MemoryInbound inbound : inbounds.getOrDefault(channel, List.of())) {
            outbound.connect(inbound.connect(laneCapacity));
        }
        return outbound;
    }

    void remove(final Channel channel, final MemoryInbound inbound) {
        inbounds.get(channel).remove(inbound);
    }

    void remove(final Channel channel, final MemoryOutbound outbound) {
        outbounds.get(channel).remove(outbound);
    }
}
