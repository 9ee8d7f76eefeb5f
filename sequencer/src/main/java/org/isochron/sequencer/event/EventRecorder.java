package org.isochron.sequencer.event;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.isochron.sequencer.edge.VenueClock;

/**
 * Takes events out of an {@link EventRing} and appends them to an {@link EventJournal}, a block whenever one is full or
 * nothing more waits; now and then one without events, so that it is known how far a quiet log is covered. Runs on a thread
 * of its own beside the core's.
 */
public final class EventRecorder implements Agent {
    /** How long a log that makes no private event goes on before the journal says so. */
    static final long QUIET_NS = 500_000_000;

    private static final int LIMIT = 256;

    private final String name;
    private final EventRing ring;
    private final EventJournal journal;
    private final VenueClock clock;
    private final EventBlockWriter writer = new EventBlockWriter();
    private final MessageHandler handler = this::onMessage;
    private long nextPrivateSeq;
    private long lastTimestampNs;
    private long quietAtNs;
    private volatile long recordedMatchSeq;

    /**
     * @param name    for the thread.
     * @param journal closed with the recorder.
     */
    public EventRecorder(final String name, final EventRing ring, final EventJournal journal, final VenueClock clock) {
        this.name = name;
        this.ring = ring;
        this.journal = journal;
        this.clock = clock;
        nextPrivateSeq = journal.lastPrivateSeq() + 1;
        recordedMatchSeq = journal.lastMatchSeq();
        writer.begin(journal.lastMatchSeq() + 1, nextPrivateSeq);
        quietAtNs = clock.monotonicNs() + QUIET_NS;
    }

    @Override
    public String roleName() {
        return name;
    }

    @Override
    public int doWork() {
        // In this order: what was taken before the look at the ring is in it.
        final long taken = ring.takenMatchSeq();
        final long written = ring.writtenPosition();
        final int count = ring.read(handler, LIMIT);
        if (!ring.isReadUpTo(written) || writer.isInsideCommand()) {
            return count;
        }
        final long covered = Math.max(taken, writer.lastMatchSeq());
        if (!writer.isEmpty() || covered > journal.lastMatchSeq() && clock.monotonicNs() - quietAtNs >= 0) {
            append(covered);
            return count + 1;
        }
        return count;
    }

    /** Last command that the journal holds. Any thread. */
    public long recordedMatchSeq() {
        return recordedMatchSeq;
    }

    @Override
    public void onClose() {
        try {
            final long taken = ring.takenMatchSeq();
            final long written = ring.writtenPosition();
            while (!ring.isReadUpTo(written)) {
                ring.read(handler, LIMIT);
            }
            if (!writer.isInsideCommand() && Math.max(taken, writer.lastMatchSeq()) > journal.lastMatchSeq()) {
                append(Math.max(taken, writer.lastMatchSeq()));
            }
        } finally {
            journal.close();
        }
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int offset, final int length) {
        if (type == EventRing.EVENT) {
            writer.add(buffer, offset, length);
            return;
        }
        lastTimestampNs = EventRing.endTimestampNs(buffer, offset);
        writer.endCommand(
                EventRing.endMatchSeq(buffer, offset), lastTimestampNs, EventRing.endPrevChain(buffer, offset));
        if (writer.isFull()) {
            append(writer.lastMatchSeq());
        }
    }

    private void append(final long covered) {
        writer.seal(covered, lastTimestampNs);
        journal.append(writer);
        nextPrivateSeq += writer.count();
        writer.begin(covered + 1, nextPrivateSeq);
        recordedMatchSeq = covered;
        quietAtNs = clock.monotonicNs() + QUIET_NS;
    }
}
