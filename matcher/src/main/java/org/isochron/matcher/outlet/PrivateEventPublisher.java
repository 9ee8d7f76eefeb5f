package org.isochron.matcher.outlet;

import org.HdrHistogram.Histogram;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Outlet;

/**
 * Publishes the private events, dense in {@code privateSeq}, to the gateways: each not before the market data of the same
 * command has left for the wire. Events of commands without public effect wait for nothing but the events before them.
 *
 * <p>Waiting events are held in a ring. A command whose market data has not left {@value #MAX_WAIT_NS} ns after the first
 * look goes out all the same and counts as a violation, so that a stuck feed cannot stop execution reports. How much later
 * than public each command's first private event leaves is recorded.
 */
public final class PrivateEventPublisher implements Outlet {
    /** Longest wait for market data. */
    public static final long MAX_WAIT_NS = 50_000;

    private static final int RING_LENGTH = 1 << 23;
    private static final int RECORD_HEADER = 16;
    private static final int PADDING = -1;

    private final Outbound privateStream;
    private final MarketDataPublisher marketData;
    private final Transport transport;
    private final VenueClock clock;
    private final UnsafeBuffer ring;
    private final int ringLength;
    private final Histogram deltaNs = new Histogram(1, 10_000_000_000L, 3);

    private long head;
    private long tail;
    private long batchSequence;
    private int resumeAt = EventBatch.END;
    private long waitingFor;
    private long waitingSinceNs;
    private long releasedUpTo;
    private long publicSentNs;
    private long minDeltaNs = Long.MAX_VALUE;
    private long violations;
    private long undelivered;
    private long events;

    /**
     * @param marketData the feed these events must not overtake; its outlet stands before this one.
     * @param transport  driven while events wait, so that a transport invoked by this thread can send.
     */
    public PrivateEventPublisher(
            final Outbound privateStream,
            final MarketDataPublisher marketData,
            final Transport transport,
            final VenueClock clock) {
        this(privateStream, marketData, transport, clock, RING_LENGTH);
    }

    /**
     * The same with room of another size.
     *
     * @param ringLength bytes, a power of two, more than the largest event takes.
     */
    public PrivateEventPublisher(
            final Outbound privateStream,
            final MarketDataPublisher marketData,
            final Transport transport,
            final VenueClock clock,
            final int ringLength) {
        this.privateStream = privateStream;
        this.marketData = marketData;
        this.transport = transport;
        this.clock = clock;
        this.ringLength = ringLength;
        ring = new UnsafeBuffer(new byte[ringLength]);
    }

    @Override
    public boolean onEvents(final Frame frame, final EventBatch batch) {
        if (batch.sequence() != batchSequence) {
            batchSequence = batch.sequence();
            resumeAt = batch.first();
        }
        while (resumeAt != EventBatch.END) {
            if (batch.route(resumeAt) == EventBatch.PRIVATE && !holdOrMakeRoom(batch, resumeAt)) {
                return false;
            }
            resumeAt = batch.next(resumeAt);
        }
        release();
        return true;
    }

    @Override
    public int doWork(final long monotonicNs) {
        return head == tail ? 0 : release();
    }

    private boolean holdOrMakeRoom(final EventBatch batch, final int record) {
        return hold(batch, record) || release() > 0 && hold(batch, record);
    }

    private boolean hold(final EventBatch batch, final int record) {
        final int length = batch.messageLength(record);
        final int needed = BitUtil.align(RECORD_HEADER + length, 8);
        final int index = (int) (tail & (ringLength - 1));
        final int toEnd = ringLength - index;
        final int padding = needed > toEnd ? toEnd : 0;
        if (tail + padding + needed - head > ringLength) {
            return false;
        }
        if (padding > 0) {
            ring.putInt(index, PADDING);
            tail += padding;
        }
        final int at = (int) (tail & (ringLength - 1));
        ring.putInt(at, length);
        ring.putLong(at + 8, marketData.position());
        ring.putBytes(at + RECORD_HEADER, batch.buffer(), batch.messageOffset(record), length);
        tail += needed;
        return true;
    }

    private int release() {
        int released = 0;
        while (head != tail) {
            final int at = (int) (head & (ringLength - 1));
            final int length = ring.getInt(at);
            if (length == PADDING) {
                head += ringLength - at;
                continue;
            }
            final long publicPosition = ring.getLong(at + 8);
            if (!mayLeave(publicPosition) || !send(at + RECORD_HEADER, length, publicPosition)) {
                break;
            }
            head += BitUtil.align(RECORD_HEADER + length, 8);
            released++;
        }
        return released;
    }

    private boolean mayLeave(final long publicPosition) {
        if (publicPosition <= releasedUpTo) {
            return true;
        }
        if (!marketData.hasSent(publicPosition)) {
            transport.doWork();
        }
        final long nowNs = clock.monotonicNs();
        if (waitingFor != publicPosition) {
            waitingFor = publicPosition;
            waitingSinceNs = nowNs;
        }
        if (marketData.hasSent(publicPosition)) {
            publicSentNs = nowNs;
            return true;
        }
        if (nowNs - waitingSinceNs > MAX_WAIT_NS) {
            violations++;
            releasedUpTo = publicPosition;
            return true;
        }
        return false;
    }

    private boolean send(final int offset, final int length, final long publicPosition) {
        final long result = privateStream.offer(ring, offset, length);
        if (result == Outbound.BACK_PRESSURED) {
            return false;
        }
        events++;
        if (result < 0) {
            undelivered++;
        }
        if (publicPosition > releasedUpTo) {
            releasedUpTo = publicPosition;
            final long delta = clock.monotonicNs() - publicSentNs;
            deltaNs.recordValue(Math.min(Math.max(delta, 0), deltaNs.getHighestTrackableValue()));
            minDeltaNs = Math.min(minDeltaNs, delta);
        }
        return true;
    }

    /** Private minus public departure of each command with market data, nanoseconds; read it after the node has stopped. */
    public Histogram deltaNs() {
        return deltaNs;
    }

    /** Smallest delta, 0 before the first. */
    public long minDeltaNs() {
        return minDeltaNs == Long.MAX_VALUE ? 0 : minDeltaNs;
    }

    /** Commands whose private events left without their market data having left. */
    public long violations() {
        return violations;
    }

    /** Events made while no gateway received. */
    public long undelivered() {
        return undelivered;
    }

    public long events() {
        return events;
    }

    @Override
    public void close() {
        privateStream.close();
    }
}
