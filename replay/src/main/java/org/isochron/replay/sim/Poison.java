package org.isochron.replay.sim;

import org.agrona.collections.LongHashSet;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MassQuoteAckDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.ReplaceAckDecoder;
import org.isochron.codecs.ReplaceRejectDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.replica.EventBatch;

/**
 * A command on which every core fails after it has begun to write, and the operator who has it skipped when nodes no longer
 * start because of it. One at a time.
 */
final class Poison {
    private static final long NONE = Long.MAX_VALUE;
    private static final long MS = 1_000_000;

    private final World world;
    private final Dice dice;
    private final EventStampDecoder stamp = new EventStampDecoder();
    /** The first order with an answer from here on is the one. */
    private long from = NONE;
    /** Those that a core has met. They stay poison: a node that begins anew meets them again. */
    private final LongHashSet met = new LongHashSet();
    /** The one that nothing skips yet. */
    private long pending = NONE;

    private boolean operatorKnows;

    /** What a core throws that has met the command. */
    static final class CoreFault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CoreFault(final long sequence) {
            super("command " + sequence + " is poison");
        }
    }

    Poison(final World world, final Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    /** Lets one of the next orders be poison; false while another is. */
    boolean lay() {
        if (from != NONE) {
            return false;
        }
        from = world.core().status().lastSequence() + 1;
        return true;
    }

    /** @throws CoreFault when that was the command; what the core has written of it is lost with its process. */
    void taste(final Frame frame, final EventBatch events) {
        final long sequence = frame.sequence();
        if (sequence >= from && pending == NONE && isAnsweredOrder(frame, events)) {
            pending = sequence;
            met.add(sequence);
        }
        if (met.contains(sequence)) {
            throw new CoreFault(sequence);
        }
    }

    private boolean isAnsweredOrder(final Frame frame, final EventBatch events) {
        if (frame.frameType() != FrameType.SESSION) {
            return false;
        }
        final long session = frame.source() & 0xFFFF_FFFFL;
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            final int message = events.messageOffset(record);
            if (events.route(record) == EventBatch.PRIVATE
                    && isAnswer(MessageShape.templateId(events.buffer(), message))
                    && stamp.wrap(events.buffer(), message + MessageHeaderDecoder.ENCODED_LENGTH)
                                    .sessionId()
                            == session) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnswer(final int templateId) {
        return switch (templateId) {
            case OrderAckDecoder.TEMPLATE_ID,
                    RejectDecoder.TEMPLATE_ID,
                    ReplaceAckDecoder.TEMPLATE_ID,
                    ReplaceRejectDecoder.TEMPLATE_ID,
                    MassQuoteAckDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    /**
     * A node will not start before a command is skipped: some time later the operator has done it. When it is skipped
     * already, the node has not reached anybody who knows, and is started again.
     */
    void refusedToStart(final ReplicaHost host, final long sequence) {
        if (sequence != pending) {
            world.startLater(host);
            return;
        }
        if (operatorKnows) {
            return;
        }
        operatorKnows = true;
        operatorComes();
    }

    /** As the tool asks of him, he makes sure that no node can apply it. */
    private void operatorComes() {
        world.timetable().in(dice.between(MS, 1_000 * MS), new Event() {
            @Override
            void happen() {
                if (world.replicas().stream()
                        .anyMatch(replica -> replica.disk().faults().stoppedAt() != pending)) {
                    operatorComes();
                    return;
                }
                world.core().skip(pending);
                world.replicas().stream().filter(replica -> !replica.isUp()).forEach(world::startLater);
                from = NONE;
                pending = NONE;
                operatorKnows = false;
            }
        });
    }
}
