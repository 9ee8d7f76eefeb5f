package org.isochron.sequencer.edge.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.LaneTurns;
import org.isochron.sequencer.edge.MessageHandler;

/** The subscribing end of a channel in a {@link MemoryWorld}. */
final class MemoryInbound implements Inbound {
    private final MemoryWorld world;
    private final Channel channel;
    private final LaneListener listener;
    private final ArrayDeque<MemoryLane> arriving = new ArrayDeque<>();
    private final ArrayList<MemoryLane> lanes = new ArrayList<>();
    private int nextLane;
    private final LaneTurns turns = new LaneTurns();
    private boolean closed;

    MemoryInbound(final MemoryWorld world, final Channel channel, final LaneListener listener) {
        this.world = world;
        this.channel = channel;
        this.listener = listener;
    }

    /** A publisher appears; the listener hears of it in the next poll. */
    MemoryLane connect(final int capacity) {
        final MemoryLane lane = new MemoryLane(nextLane++, capacity);
        arriving.add(lane);
        return lane;
    }

    @Override
    public int poll(final MessageHandler handler, final int limit) {
        openLanes();
        final int count = lanes.size();
        if (count == 0) {
            return 0;
        }
        final int start = turns.begin(count);
        for (int i = 0; i < count; i++) {
            lanes.get(i).beginPoll();
        }
        int taken = 0;
        int takenBefore;
        do {
            takenBefore = taken;
            taken += pass(handler, count, start, limit - taken);
        } while (taken > takenBefore && taken < limit);
        closeLanes();
        return taken;
    }

    @Override
    public int laneCount() {
        return lanes.size();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lanes.forEach(MemoryLane::closeSubscriber);
            arriving.forEach(MemoryLane::closeSubscriber);
            world.remove(channel, this);
        }
    }

    /** At most one message of each lane, from the lane whose turn it is. */
    private int pass(final MessageHandler handler, final int count, final int start, final int limit) {
        int taken = 0;
        int index = start;
        for (int i = 0; i < count && taken < limit && !closed; i++) {
            if (lanes.get(index).pollOne(handler)) {
                taken++;
                turns.gave(index);
            }
            index = index + 1 < count ? index + 1 : 0;
        }
        return taken;
    }

    private void openLanes() {
        while (!closed && !arriving.isEmpty()) {
            final MemoryLane lane = arriving.poll();
            lanes.add(lane);
            listener.onLaneOpened(lane.lane());
        }
    }

    private void closeLanes() {
        for (int i = lanes.size() - 1; i >= 0 && !closed; i--) {
            final MemoryLane lane = lanes.get(i);
            if (lane.isFinished()) {
                lanes.remove(i);
                listener.onLaneClosed(lane.lane());
            }
        }
    }
}
