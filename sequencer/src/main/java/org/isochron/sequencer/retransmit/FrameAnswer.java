package org.isochron.sequencer.retransmit;

import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is being sent to one node that asked: frames out of the journal, then where the journal ends. */
final class FrameAnswer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameAnswer.class);

    /** Finding a place in the journal costs about as much as sending this. */
    private static final int SEEK_BYTES = 1 << 14;

    /** Who takes nothing for so long is not there any more. */
    private static final long ABANDON_NS = TimeUnit.SECONDS.toNanos(1);

    /** A reader nobody needs holds its files open; it is given back after so long. */
    private static final long READER_IDLE_NS = TimeUnit.SECONDS.toNanos(10);

    private final int ownNodeId;
    private final Peer peer;
    private final NodeFrame message = new NodeFrame();
    private final Outbound outbound;
    private final UnsafeBuffer pending = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Frame frame = new Frame();
    private final FrameHandler sendHandler = this::onFrame;
    private final FrameHandler lastHandler = this::onLastFrame;

    private ServedJournal journal;
    private JournalReader reader;
    private boolean isActive;
    private long first;
    private long last;
    private int pendingLength;
    private boolean isPositionPending;
    private long lastChain;
    private int lastEpoch;
    private long progressNs;

    private volatile long framesSent;
    private volatile long abandoned;

    FrameAnswer(final int ownNodeId, final Peer peer, final Transport transport) {
        this.ownNodeId = ownNodeId;
        this.peer = peer;
        outbound = transport.publish(peer.answers());
    }

    Peer peer() {
        return peer;
    }

    /** Takes a request, in place of the one before. */
    void begin(
            final ServedJournal served,
            final long newFirst,
            final long newLast,
            final ByteBudget budget,
            final long nowNs) {
        journal = served;
        first = newFirst;
        last = newLast;
        pendingLength = 0;
        isPositionPending = false;
        progressNs = nowNs;
        isActive = true;
        budget.spend(SEEK_BYTES);
        try {
            if (first < journal.firstSequence()) {
                // Where the journal ends is all the answer.
                last = first - 1;
            }
            if (reader == null) {
                reader = journal.newReader();
            }
            reader.seek(first);
        } catch (final JournalException e) {
            fail(e);
        }
    }

    /**
     * Sends some of it.
     *
     * @return frames sent.
     */
    int serve(final ByteBudget budget, final int limit, final long nowNs) {
        if (!isActive) {
            closeIdleReader(nowNs);
            return 0;
        }
        int sent = 0;
        try {
            while (isActive && sent < limit && !budget.isSpent() && sendNext(budget)) {
                sent++;
            }
        } catch (final JournalException e) {
            fail(e);
        }
        if (sent > 0 || budget.isSpent()) {
            progressNs = nowNs;
        } else if (isActive && nowNs - progressNs > ABANDON_NS) {
            isActive = false;
            abandoned++;
        }
        return sent;
    }

    private boolean sendNext(final ByteBudget budget) {
        if (pendingLength == 0) {
            if (reader.nextSequence() > last || reader.poll(sendHandler, 1) == 0) {
                preparePosition();
            }
        }
        if (outbound.offer(pending, 0, pendingLength) <= 0) {
            return false;
        }
        budget.spend(pendingLength);
        pendingLength = 0;
        if (isPositionPending) {
            isPositionPending = false;
            isActive = false;
        } else {
            framesSent++;
        }
        return true;
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        pending.putBytes(0, buffer, offset, length);
        pendingLength = length;
    }

    private void preparePosition() {
        final long end = journal.lastSequence();
        lastChain = 0;
        lastEpoch = 0;
        if (end > 0) {
            reader.seek(end);
            reader.poll(lastHandler, 1);
        }
        final NodePosition position = new NodePosition(end, lastChain, lastEpoch, journal.epochs());
        pendingLength = message.encodePosition(ownNodeId, position, first);
        pending.putBytes(0, message.buffer(), 0, pendingLength);
        isPositionPending = true;
    }

    private void onLastFrame(final DirectBuffer buffer, final int offset, final int length) {
        frame.wrap(buffer, offset);
        lastChain = frame.chain();
        lastEpoch = frame.epoch();
    }

    /** A journal that cannot be read here is no reason to stop: whoever asked hears nothing and asks another. */
    private void fail(final JournalException why) {
        LOG.warn("{} asked for frames from {} on, which cannot be read: {}", peer.name(), first, why.getMessage());
        isActive = false;
        closeReader();
    }

    private void closeIdleReader(final long nowNs) {
        if (reader != null && nowNs - progressNs > READER_IDLE_NS) {
            closeReader();
        }
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    long framesSent() {
        return framesSent;
    }

    long abandoned() {
        return abandoned;
    }

    @Override
    public void close() {
        closeReader();
        outbound.close();
    }
}
