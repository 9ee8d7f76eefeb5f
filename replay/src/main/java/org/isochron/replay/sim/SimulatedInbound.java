package org.isochron.replay.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.LaneTurns;
import org.isochron.sequencer.edge.MessageHandler;

/** The subscribing end of a channel. */
final class SimulatedInbound implements Inbound {
    private final Network network;
    private final Channel channel;
    private final Host host;
    private final LaneListener listener;
    private final ArrayDeque<Link> opening = new ArrayDeque<>();
    private final ArrayList<Link> links = new ArrayList<>();
    private int nextLane;
    private final LaneTurns turns = new LaneTurns();
    private long polls;
    private boolean hasEnded;
    private boolean closed;

    SimulatedInbound(final Network network, final Channel channel, final Host host, final LaneListener listener) {
        this.network = network;
        this.channel = channel;
        this.host = host;
        this.listener = listener;
    }

    Channel channel() {
        return channel;
    }

    Host host() {
        return host;
    }

    boolean isClosed() {
        return closed;
    }

    int nextLane() {
        return nextLane++;
    }

    void connect(final Link link) {
        opening.add(link);
        host.wake();
    }

    @Override
    public int poll(final MessageHandler handler, final int limit) {
        while (!closed && !opening.isEmpty()) {
            final Link link = opening.poll();
            links.add(link);
            hasEnded |= link.hasEnded();
            listener.onLaneOpened(link.lane);
        }
        final int count = links.size();
        if (count == 0) {
            return 0;
        }
        final int start = turns.begin(count);
        polls++;
        int taken = 0;
        int takenBefore;
        do {
            takenBefore = taken;
            taken += pass(handler, count, start, limit - taken);
        } while (taken > takenBefore && taken < limit);
        closeFinished();
        return taken;
    }

    private int pass(final MessageHandler handler, final int count, final int start, final int limit) {
        int taken = 0;
        int index = start;
        for (int i = 0; i < count && taken < limit && !closed; i++) {
            if (links.get(index).pollOne(handler, polls)) {
                taken++;
                turns.gave(index);
            }
            index = index + 1 < count ? index + 1 : 0;
        }
        return taken;
    }

    /** A link has ended; it is closed when all that has arrived on it is taken. */
    void oneHasEnded() {
        hasEnded = true;
    }

    private void closeFinished() {
        if (!hasEnded) {
            return;
        }
        hasEnded = false;
        for (int i = links.size() - 1; i >= 0 && !closed; i--) {
            final Link link = links.get(i);
            if (link.isFinished()) {
                links.remove(i);
                listener.onLaneClosed(link.lane);
            } else {
                hasEnded |= link.hasEnded();
            }
        }
    }

    @Override
    public int laneCount() {
        return links.size();
    }

    @Override
    public void close() {
        end(0);
    }

    /** @param noticedAfterNs how long the publishers take to notice. */
    void end(final long noticedAfterNs) {
        if (closed) {
            return;
        }
        closed = true;
        network.closed(this);
        links.addAll(opening);
        for (final Link link : links) {
            network.timetable.in(noticedAfterNs, new Event() {
                @Override
                void happen() {
                    link.end();
                }
            });
        }
    }
}
