package org.isochron.sequencer.edge.memory;

import java.util.ArrayList;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Outbound;

/** The publishing end of a channel in a {@link MemoryWorld}: every subscriber gets the message, or nobody does. */
final class MemoryOutbound implements Outbound {
    private final MemoryWorld world;
    private final Channel channel;
    private final ArrayList<MemoryLane> lanes = new ArrayList<>();
    private long position;
    private boolean closed;

    MemoryOutbound(final MemoryWorld world, final Channel channel) {
        this.world = world;
        this.channel = channel;
    }

    void connect(final MemoryLane lane) {
        lanes.add(lane);
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 0 || length > MAX_MESSAGE_LENGTH) {
            throw new IllegalArgumentException(
                    "message of " + length + " bytes on " + channel + ", at most " + MAX_MESSAGE_LENGTH + " fit");
        }
        if (closed) {
            return CLOSED;
        }
        if (!isConnected()) {
            return NOT_CONNECTED;
        }
        final int count = lanes.size();
        for (int i = 0; i < count; i++) {
            if (lanes.get(i).isFull()) {
                return BACK_PRESSURED;
            }
        }
        for (int i = 0; i < count; i++) {
            lanes.get(i).add(buffer, offset, length);
        }
        position += BitUtil.align(Math.max(1, length), Long.BYTES);
        return position;
    }

    @Override
    public boolean isConnected() {
        for (int i = lanes.size() - 1; i >= 0; i--) {
            if (lanes.get(i).isSubscriberClosed()) {
                lanes.remove(i);
            }
        }
        return !closed && !lanes.isEmpty();
    }

    /** Always true: what was accepted stands in the subscribers' queues. */
    @Override
    public boolean hasSent(final long position) {
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lanes.forEach(MemoryLane::closePublisher);
            lanes.clear();
            world.remove(channel, this);
        }
    }
}
