package org.isochron.replay.sim;

import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;

/** A host's place in the network with a bug between it and the host. */
class TamperedTransport implements Transport {
    final Transport transport;

    TamperedTransport(final Transport transport) {
        this.transport = transport;
    }

    /** What the host's offer does. */
    long offer(final Way way, final Outbound out, final DirectBuffer buffer, final int offset, final int length) {
        return out.offer(buffer, offset, length);
    }

    /** What the host gets to see of a message that came. */
    boolean onMessage(
            final Way way,
            final MessageHandler handler,
            final int lane,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        return handler.onMessage(lane, buffer, offset, length);
    }

    @Override
    public Inbound subscribe(final Channel channel, final LaneListener listener) {
        final Inbound inbound = transport.subscribe(channel, listener);
        final Way way = Way.of(channel.streamId());
        return new Inbound() {
            @Override
            public int poll(final MessageHandler handler, final int limit) {
                return inbound.poll(
                        (lane, buffer, offset, length) ->
                                TamperedTransport.this.onMessage(way, handler, lane, buffer, offset, length),
                        limit);
            }

            @Override
            public int laneCount() {
                return inbound.laneCount();
            }

            @Override
            public void close() {
                inbound.close();
            }
        };
    }

    @Override
    public Outbound publish(final Channel channel) {
        final Outbound outbound = transport.publish(channel);
        final Way way = Way.of(channel.streamId());
        return new Outbound() {
            @Override
            public long offer(final DirectBuffer buffer, final int offset, final int length) {
                return TamperedTransport.this.offer(way, outbound, buffer, offset, length);
            }

            @Override
            public boolean isConnected() {
                return outbound.isConnected();
            }

            @Override
            public boolean hasSent(final long position) {
                return outbound.hasSent(position);
            }

            @Override
            public void close() {
                outbound.close();
            }
        };
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
