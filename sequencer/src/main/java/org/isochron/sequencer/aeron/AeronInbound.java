package org.isochron.sequencer.aeron;

import io.aeron.Image;
import io.aeron.Subscription;
import java.util.Arrays;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.LaneTurns;
import org.isochron.sequencer.edge.MessageHandler;

/**
 * One subscription, drained fairly over its images. Its lanes mirror the subscription's array of images, which the client
 * replaces inside the transport's {@code doWork()}, so on this thread: new images are at its end, and the others keep
 * their order.
 */
final class AeronInbound implements Inbound {
    private final Subscription subscription;
    private final LaneListener listener;
    private AeronLane[] lanes = new AeronLane[0];
    private int nextLane;
    private final LaneTurns turns = new LaneTurns();

    AeronInbound(final Subscription subscription, final LaneListener listener) {
        this.subscription = subscription;
        this.listener = listener;
    }

    @Override
    public int poll(final MessageHandler handler, final int limit) {
        followImages();
        final AeronLane[] lanes = this.lanes;
        if (lanes.length == 0) {
            return 0;
        }
        final int start = turns.begin(lanes.length);
        for (final AeronLane lane : lanes) {
            lane.beginPoll(handler);
        }
        int taken = 0;
        int takenBefore;
        do {
            takenBefore = taken;
            taken += pass(lanes, start, limit - taken);
        } while (taken > takenBefore && taken < limit);
        return taken;
    }

    @Override
    public int laneCount() {
        return lanes.length;
    }

    @Override
    public void close() {
        subscription.close();
    }

    /** At most one message of each lane, from the lane whose turn it is. */
    private int pass(final AeronLane[] lanes, final int start, final int limit) {
        int taken = 0;
        int index = start;
        for (int i = 0; i < lanes.length && taken < limit; i++) {
            if (lanes[index].pollOne()) {
                taken++;
                turns.gave(index);
            }
            index = index + 1 < lanes.length ? index + 1 : 0;
        }
        return taken;
    }

    private void followImages() {
        final AeronLane[] lanes = this.lanes;
        final int count = subscription.imageCount();
        boolean same = count == lanes.length;
        for (int i = 0; same && i < count; i++) {
            same = lanes[i].image() == subscription.imageAtIndex(i);
        }
        if (!same) {
            closeLanes();
            openLanes();
        }
    }

    private void closeLanes() {
        for (final AeronLane lane : lanes) {
            if (!isPresent(lane.image())) {
                lanes = remove(lanes, lane);
                listener.onLaneClosed(lane.lane());
            }
        }
    }

    private void openLanes() {
        for (int i = lanes.length; i < subscription.imageCount(); i++) {
            final AeronLane lane = new AeronLane(nextLane++, subscription.imageAtIndex(i));
            lanes = Arrays.copyOf(lanes, i + 1);
            lanes[i] = lane;
            listener.onLaneOpened(lane.lane());
        }
    }

    private boolean isPresent(final Image image) {
        for (int i = 0; i < subscription.imageCount(); i++) {
            if (subscription.imageAtIndex(i) == image) {
                return true;
            }
        }
        return false;
    }

    private static AeronLane[] remove(final AeronLane[] lanes, final AeronLane gone) {
        final AeronLane[] left = new AeronLane[lanes.length - 1];
        int count = 0;
        for (final AeronLane lane : lanes) {
            if (lane != gone) {
                left[count++] = lane;
            }
        }
        return left;
    }
}
