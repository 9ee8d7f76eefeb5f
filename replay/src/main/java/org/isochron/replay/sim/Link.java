package org.isochron.replay.sim;

import java.util.ArrayDeque;
import org.isochron.sequencer.edge.MessageHandler;

/** One publisher's way to one subscriber: what is under way on it, and what has arrived and waits. */
final class Link {
    final Network network;
    final SimulatedOutbound outbound;
    final SimulatedInbound inbound;
    final Way way;
    final int lane;
    /** No other link has it. */
    final long number;

    /** Messages under way and waiting. */
    int load;

    long lastArrivalNs;
    private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
    private long fullSinceNs = Long.MAX_VALUE;
    private boolean ended;
    /** The poll in which it was passed over. */
    private long passedOverIn;

    Link(
            final Network network,
            final SimulatedOutbound outbound,
            final SimulatedInbound inbound,
            final int lane,
            final long number) {
        this.network = network;
        this.outbound = outbound;
        this.inbound = inbound;
        this.lane = lane;
        this.number = number;
        way = Way.of(outbound.channel().streamId());
    }

    boolean joins(final Host one, final Host other) {
        return outbound.host() == one && inbound.host() == other || outbound.host() == other && inbound.host() == one;
    }

    void arrive(final Parcel parcel) {
        if (ended) {
            network.recycle(parcel);
            return;
        }
        network.arrived(this, parcel);
        waiting.add(parcel);
        inbound.host().wake();
    }

    /**
     * A subscriber that has not made room for as long as a silent one is borne is given up, but for one in the same process:
     * what waits for it there would be overtaken by what comes on the next link.
     */
    boolean isFullForLong(final long nowNs) {
        if (way == Way.COMMANDS) {
            return false;
        }
        fullSinceNs = Math.min(fullSinceNs, nowNs);
        return nowNs - fullSinceNs > Network.LIVENESS_NS;
    }

    /** @param poll a number of its own for each, above 0. */
    boolean pollOne(final MessageHandler handler, final long poll) {
        if (waiting.isEmpty() || passedOverIn == poll) {
            return false;
        }
        final Parcel parcel = waiting.peek();
        if (!handler.onMessage(lane, parcel.buffer, 0, parcel.length)) {
            passedOverIn = poll;
            return false;
        }
        waiting.poll();
        load--;
        fullSinceNs = Long.MAX_VALUE;
        network.taken(this, parcel);
        network.recycle(parcel);
        return true;
    }

    /** One side has gone: the publisher sends no more, the subscriber takes what has arrived and hears that it is over. */
    void end() {
        if (!ended) {
            ended = true;
            inbound.oneHasEnded();
            outbound.disconnect(this);
            network.ended(this);
            inbound.host().wake();
            outbound.host().wake();
        }
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isFinished() {
        return ended && waiting.isEmpty();
    }
}
