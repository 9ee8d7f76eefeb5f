package org.isochron.sequencer.retransmit;

import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.JournalReader;

/**
 * Other nodes' journals, read over the network as if they were one: frames come from the first node asked that has them.
 * Each is held against its checksum, and from the second after a seek on against the chain; that the first follows what the
 * caller has, the caller checks. Used by one thread at a time.
 */
final class FetchedFrames implements JournalReader {
    private static final long LOOK_NS = 100_000;

    private final FrameLink link;
    private final long patienceNs;
    private final FrameOrder order = new FrameOrder("received from other nodes");
    private final MessageHandler ringHandler = this::onMessage;
    private FrameHandler handler;
    private int wish;
    private long nextSequence = 1;
    private boolean isFirst = true;
    private int count;

    /** @param patienceNs how long a poll waits for a first frame while somebody may still answer; 0 on a hot thread. */
    FetchedFrames(final FrameLink link, final long patienceNs) {
        this.link = link;
        this.patienceNs = patienceNs;
    }

    @Override
    public void seek(final long sequence) {
        nextSequence = sequence;
        isFirst = true;
        wish = link.want(sequence);
    }

    @Override
    public int poll(final FrameHandler frameHandler, final int limit) {
        handler = frameHandler;
        if (read(limit) == 0 && patienceNs > 0) {
            final long deadlineNs = System.nanoTime() + patienceNs;
            while (isPending() && System.nanoTime() - deadlineNs < 0 && read(limit) == 0) {
                LockSupport.parkNanos(LOOK_NS);
            }
        }
        return count;
    }

    /** Somebody who was asked may still answer. */
    @Override
    public boolean isPending() {
        return !link.isExhausted(wish);
    }

    /** Takes so many from the ring; those fetched for an older wish do not count. */
    private int read(final int limit) {
        count = 0;
        link.read(ringHandler, limit);
        return count;
    }

    private void onMessage(final int number, final MutableDirectBuffer buffer, final int index, final int length) {
        if (number != wish) {
            return;
        }
        if (isFirst) {
            order.resumeAt(nextSequence, buffer, index, length);
        } else {
            order.read(buffer, index, length);
        }
        isFirst = false;
        nextSequence++;
        count++;
        handler.onFrame(buffer, index, length);
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public void close() {
        link.wantNothing();
    }
}
