package org.isochron.replay.sim;

import java.util.ArrayList;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Outbound;

/** The publishing end of a channel. */
final class SimulatedOutbound implements Outbound {
    private final Network network;
    private final Channel channel;
    private final Host host;
    private final int neededReceivers;
    private final long lagNs;
    private final ArrayList<Link> links = new ArrayList<>();
    private long position;
    private long sentPosition;
    private long sentNs;
    private boolean closed;

    /**
     * @param neededReceivers connected only while that many receive.
     * @param lagNs           how long what was offered takes to the wire.
     */
    SimulatedOutbound(
            final Network network,
            final Channel channel,
            final Host host,
            final int neededReceivers,
            final long lagNs) {
        this.network = network;
        this.channel = channel;
        this.host = host;
        this.neededReceivers = neededReceivers;
        this.lagNs = lagNs;
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

    void connect(final Link link) {
        links.add(link);
        host.wake();
    }

    void disconnect(final Link link) {
        links.remove(link);
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
            // Market data and private events that nobody receives count as sent: their publishers go on.
            network.offered(host, Way.of(channel.streamId()), buffer, offset, length);
            return NOT_CONNECTED;
        }
        final boolean drops = network.dropsWhenFull(Way.of(channel.streamId()));
        if (!drops && isBackPressured()) {
            return BACK_PRESSURED;
        }
        for (int i = 0; i < links.size(); i++) {
            if (drops && network.isFull(links.get(i))) {
                network.dropped();
            } else {
                network.send(links.get(i), buffer, offset, length);
            }
        }
        position += BitUtil.align(Math.max(1, length), Long.BYTES);
        leave();
        network.offered(host, Way.of(channel.streamId()), buffer, offset, length);
        return position;
    }

    private boolean isBackPressured() {
        boolean pressured = false;
        for (int i = links.size() - 1; i >= 0; i--) {
            final Link link = links.get(i);
            if (network.isFull(link)) {
                pressured = true;
                if (link.isFullForLong(network.timetable.nowNs())) {
                    network.cut(link);
                }
            }
        }
        return pressured;
    }

    private void leave() {
        if (lagNs > 0) {
            sentNs = network.timetable.nowNs() + lagNs;
            sentPosition = position;
            host.wakeIn(lagNs);
        }
    }

    @Override
    public boolean isConnected() {
        return !closed && links.size() >= neededReceivers;
    }

    @Override
    public boolean hasSent(final long upTo) {
        return lagNs == 0 || network.timetable.nowNs() >= sentNs || upTo < sentPosition - MAX_MESSAGE_LENGTH;
    }

    @Override
    public void close() {
        end(0);
    }

    /** @param noticedAfterNs how long the subscribers take to notice. */
    void end(final long noticedAfterNs) {
        if (closed) {
            return;
        }
        closed = true;
        network.closed(this);
        for (final Link link : new ArrayList<>(links)) {
            // Behind what is still under way.
            network.timetable.at(Math.max(link.lastArrivalNs, network.timetable.nowNs() + noticedAfterNs), new Event() {
                @Override
                void happen() {
                    link.end();
                }
            });
        }
    }
}
