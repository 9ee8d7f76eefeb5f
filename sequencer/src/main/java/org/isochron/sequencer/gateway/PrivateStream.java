package org.isochron.sequencer.gateway;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the matchers' private streams, one lane each, into one: events are dense in privateSeq, the first copy of each
 * wins, the second is compared with it by hash. An event ahead of the next one stays at the head of its lane until
 * another lane brings what is missing; when no lane can, or none did in time, the stream goes on behind the gap, counted
 * and logged.
 *
 * <p>A gateway that starts cannot know where the stream stands. It looks at the first events of the lanes that appear
 * within a short time and begins with the lowest: a lane is in order, so nothing lower can come on any of them. When one
 * begins with number 1 there is nothing to wait for.
 */
final class PrivateStream implements LaneListener {
    /** Second copies this far behind the first are still compared. A power of two. */
    static final int COMPARED = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger(PrivateStream.class);
    private static final int MIN_LENGTH = MessageShape.HEADER_LENGTH + EventStampDecoder.ENCODED_LENGTH;
    private static final int MAX_LENGTH = Outbound.MAX_MESSAGE_LENGTH - 16;
    private static final int PRIVATE_SEQ_OFFSET =
            MessageShape.HEADER_LENGTH + EventStampDecoder.privateSeqEncodingOffset();
    private static final long MS = 1_000_000L;
    /** Stands for the hash of an event that was passed over. */
    private static final long UNSEEN = 0;

    private final long startNs;
    private final long gapNs;
    private final CycleClock clock;
    private final EventRouter router;
    private final GatewayCounters counters;
    private final long[] hashes = new long[COMPARED];

    private int[] lanes = new int[0];
    private long[] heads = new long[0];
    private long firstSeq;
    private long nextSeq;
    private long waitingSinceNs;
    private boolean isWaiting;

    PrivateStream(
            final GatewayConfig config,
            final CycleClock clock,
            final EventRouter router,
            final GatewayCounters counters) {
        startNs = config.privateStartMs() * MS;
        gapNs = config.privateGapMs() * MS;
        this.clock = clock;
        this.router = router;
        this.counters = counters;
    }

    @Override
    public void onLaneOpened(final int lane) {
        lanes = Arrays.copyOf(lanes, lanes.length + 1);
        heads = Arrays.copyOf(heads, heads.length + 1);
        lanes[lanes.length - 1] = lane;
    }

    @Override
    public void onLaneClosed(final int lane) {
        final int index = indexOf(lane);
        final int last = lanes.length - 1;
        lanes[index] = lanes[last];
        heads[index] = heads[last];
        lanes = Arrays.copyOf(lanes, last);
        heads = Arrays.copyOf(heads, last);
    }

    /** Takes one event from a lane; false leaves it there. */
    boolean onMessage(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            counters.increment(GatewayCounter.MALFORMED_EVENTS);
            LOG.error("private stream, lane {}: a message of {} bytes is no event", lane, length);
            return true;
        }
        final long privateSeq = buffer.getLong(offset + PRIVATE_SEQ_OFFSET, LITTLE_ENDIAN);
        final int index = indexOf(lane);
        if (nextSeq == 0 && privateSeq == 1) {
            begin(1);
        }
        if (nextSeq == 0 || privateSeq > nextSeq) {
            heads[index] = privateSeq;
            return false;
        }
        heads[index] = 0;
        if (privateSeq == nextSeq) {
            hashes[(int) privateSeq & (COMPARED - 1)] = XxHash64.hash(buffer, offset, length);
            nextSeq++;
            isWaiting = false;
            counters.increment(GatewayCounter.EVENTS);
            router.onEvent(buffer, offset, length);
        } else {
            compare(privateSeq, lane, buffer, offset, length);
        }
        return true;
    }

    /** After each poll: decides whether the lowest event that waits is to be waited for any longer. */
    int afterPoll() {
        final long lowest = lowestHead();
        if (lowest == 0) {
            isWaiting = false;
            return 0;
        }
        final long nowNs = clock.monotonicNs();
        if (!isWaiting) {
            isWaiting = true;
            waitingSinceNs = nowNs;
        }
        final long waitedNs = nowNs - waitingSinceNs;
        if (nextSeq == 0) {
            if (waitedNs < startNs) {
                return 0;
            }
            begin(lowest);
            return 1;
        }
        if (waitedNs < gapNs && !isEveryLaneAhead()) {
            return 0;
        }
        counters.add(GatewayCounter.PRIVATE_GAPS, lowest - nextSeq);
        LOG.error("private events {}..{} came from no matcher, going on with {}", nextSeq, lowest - 1, lowest);
        forget(nextSeq, lowest);
        nextSeq = lowest;
        isWaiting = false;
        return 1;
    }

    private void begin(final long privateSeq) {
        nextSeq = privateSeq;
        firstSeq = privateSeq;
        isWaiting = false;
    }

    /** What was passed over may still come from a slow matcher: there is nothing to compare it with then. */
    private void forget(final long from, final long to) {
        for (long privateSeq = Math.max(from, to - COMPARED); privateSeq < to; privateSeq++) {
            hashes[(int) privateSeq & (COMPARED - 1)] = UNSEEN;
        }
    }

    private void compare(
            final long privateSeq, final int lane, final DirectBuffer buffer, final int offset, final int length) {
        final long firstHash = hashes[(int) privateSeq & (COMPARED - 1)];
        if (privateSeq < firstSeq || nextSeq - privateSeq > COMPARED || firstHash == UNSEEN) {
            counters.increment(GatewayCounter.UNCOMPARED_COPIES);
            return;
        }
        counters.increment(GatewayCounter.SECOND_COPIES);
        final long hash = XxHash64.hash(buffer, offset, length);
        if (hash != firstHash) {
            counters.increment(GatewayCounter.MISMATCHES);
            LOG.error(
                    "private event {} differs between matchers: template {}, lane {}, hash {} where the first had {}",
                    privateSeq,
                    MessageShape.templateId(buffer, offset),
                    lane,
                    Long.toHexString(hash),
                    Long.toHexString(firstHash));
        }
    }

    /**
     * Lowest event that waits at the head of a lane for one before it, 0 when none does. A head that another lane has brought
     * meanwhile waits for nothing but the next poll.
     */
    private long lowestHead() {
        long lowest = 0;
        for (final long head : heads) {
            if (head == nextSeq && head != 0) {
                return 0;
            }
            if (head > nextSeq && (lowest == 0 || head < lowest)) {
                lowest = head;
            }
        }
        return lowest;
    }

    private boolean isEveryLaneAhead() {
        for (final long head : heads) {
            if (head <= nextSeq) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(final int lane) {
        for (int i = 0; i < lanes.length; i++) {
            if (lanes[i] == lane) {
                return i;
            }
        }
        throw new IllegalStateException("lane " + lane + " was never opened");
    }
}
