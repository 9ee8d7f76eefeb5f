package org.isochron.sequencer.replica;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;

/**
 * Holds the events of commands back from outlets until a release point has passed them, in order, public ones too: what is
 * seen by anybody is safe. The replica goes on applying meanwhile, so that one force of the disk covers many commands. When
 * the ring is full the replica waits.
 */
public final class ReleaseGate implements Outlet {
    /** Several times what the largest command can emit. */
    static final int RING_LENGTH = 1 << 24;

    private static final int LENGTH = 0;
    private static final int FRAME_LENGTH = 4;
    private static final int EVENT_COUNT = 8;
    private static final int IS_LIVE = 12;
    private static final int FIRST_PUBLIC_SEQ = 16;
    private static final int SEQUENCE = 24;
    private static final int RECORD_HEADER = 32;
    private static final int PADDING = -1;

    private final ReleasePoint point;
    private final Outlet[] outlets;
    private final boolean takesPartInRecovery;
    private final UnsafeBuffer ring;
    private final int ringLength;
    private final Frame frame = new Frame();
    private final EventBatch batch = new EventBatch();
    private long head;
    private long tail;
    private boolean isLive;
    private boolean areOutletsLive;
    private int served;
    private boolean isRestored;
    private long held;
    private long fullWaits;

    /** @param outlets in their order. */
    public ReleaseGate(final ReleasePoint point, final Outlet... outlets) {
        this(point, RING_LENGTH, outlets);
    }

    /**
     * The same with room of another size.
     *
     * @param ringLength bytes, a power of two, more than the largest command with its events takes.
     */
    public ReleaseGate(final ReleasePoint point, final int ringLength, final Outlet... outlets) {
        this.point = point;
        this.ringLength = ringLength;
        this.outlets = outlets.clone();
        ring = new UnsafeBuffer(new byte[ringLength]);
        boolean takesPart = false;
        for (final Outlet outlet : outlets) {
            takesPart |= outlet.takesPartInRecovery();
        }
        takesPartInRecovery = takesPart;
    }

    @Override
    public boolean takesPartInRecovery() {
        return takesPartInRecovery;
    }

    @Override
    public boolean onEvents(final Frame command, final EventBatch events) {
        if (!hold(command, events)) {
            release();
            if (!hold(command, events)) {
                fullWaits++;
                return false;
            }
        }
        held++;
        return true;
    }

    @Override
    public int doWork(final long monotonicNs) {
        int work = release();
        for (final Outlet outlet : outlets) {
            work += outlet.doWork(monotonicNs);
        }
        return work;
    }

    @Override
    public void onLive() {
        isLive = true;
        if (head == tail) {
            startOutlets();
        }
    }

    @Override
    public void close() {
        for (final Outlet outlet : outlets) {
            outlet.close();
        }
    }

    private boolean hold(final Frame command, final EventBatch events) {
        final int frameLength = BitUtil.align(command.length(), 8);
        final int needed = RECORD_HEADER + frameLength + events.byteLength();
        final int index = (int) (tail & (ringLength - 1));
        final int toEnd = ringLength - index;
        final int padding = needed > toEnd ? toEnd : 0;
        if (tail + padding + needed - head > ringLength) {
            return false;
        }
        if (padding > 0) {
            ring.putInt(index + LENGTH, PADDING);
            tail += padding;
        }
        final int at = (int) (tail & (ringLength - 1));
        ring.putInt(at + LENGTH, needed);
        ring.putInt(at + FRAME_LENGTH, frameLength);
        ring.putInt(at + EVENT_COUNT, events.count());
        ring.putInt(at + IS_LIVE, isLive ? 1 : 0);
        ring.putLong(at + FIRST_PUBLIC_SEQ, events.firstPublicSeq());
        ring.putLong(at + SEQUENCE, command.sequence());
        ring.putBytes(at + RECORD_HEADER, command.buffer(), command.offset(), command.length());
        ring.putBytes(at + RECORD_HEADER + frameLength, events.buffer(), 0, events.byteLength());
        tail += needed;
        return true;
    }

    private int release() {
        int released = 0;
        final long upTo = point.sequence();
        while (head != tail) {
            final int at = (int) (head & (ringLength - 1));
            final int length = ring.getInt(at + LENGTH);
            if (length == PADDING) {
                head += ringLength - at;
                continue;
            }
            if (ring.getLong(at + SEQUENCE) > upTo || !serve(at, length)) {
                break;
            }
            head += length;
            released++;
        }
        if (isLive && head == tail) {
            startOutlets();
        }
        return released;
    }

    private boolean serve(final int at, final int length) {
        final boolean wasLive = ring.getInt(at + IS_LIVE) != 0;
        if (!isRestored) {
            if (wasLive) {
                startOutlets();
            }
            restore(at, length);
            served = 0;
            isRestored = true;
        }
        while (served < outlets.length) {
            if ((wasLive || outlets[served].takesPartInRecovery()) && !outlets[served].onEvents(frame, batch)) {
                return false;
            }
            served++;
        }
        isRestored = false;
        return true;
    }

    private void restore(final int at, final int length) {
        final int frameLength = ring.getInt(at + FRAME_LENGTH);
        frame.wrap(ring, at + RECORD_HEADER);
        batch.restore(
                frame,
                ring.getLong(at + FIRST_PUBLIC_SEQ),
                ring.getInt(at + EVENT_COUNT),
                ring,
                at + RECORD_HEADER + frameLength,
                length - RECORD_HEADER - frameLength);
    }

    /** Not before what was held while the node caught up has gone through. */
    private void startOutlets() {
        if (!areOutletsLive) {
            areOutletsLive = true;
            for (final Outlet outlet : outlets) {
                outlet.onLive();
            }
        }
    }

    /** Commands whose events went through the gate. */
    public long held() {
        return held;
    }

    /** Times that the replica found the ring full. */
    public long fullWaits() {
        return fullWaits;
    }
}
