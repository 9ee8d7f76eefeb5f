package org.isochron.replay.check;

import java.util.List;
import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/** Tells all invariants what happens. */
public final class Watch {
    private final Invariant[] invariants;
    private long sequence;

    public Watch(final List<Invariant> invariants) {
        this.invariants = invariants.toArray(Invariant[]::new);
    }

    /** Last command applied by any node. */
    public long sequence() {
        return sequence;
    }

    public void journaled(final Frame frame) {
        for (final Invariant invariant : invariants) {
            invariant.onJournaled(frame);
        }
    }

    public void started(final int node, final long behind) {
        for (final Invariant invariant : invariants) {
            invariant.onStarted(node, behind);
        }
    }

    public void flushed(final int node, final long upTo) {
        for (final Invariant invariant : invariants) {
            invariant.onFlushed(node, upTo);
        }
    }

    public void appended(final int node, final Frame frame) {
        for (final Invariant invariant : invariants) {
            invariant.onAppended(node, frame);
        }
    }

    /** Tells that a node has applied a command, and when it is the first, everybody who follows the commands. */
    public void applied(
            final int node, final Frame frame, final EventBatch events, final long stateHash, final Venue venue) {
        for (final Invariant invariant : invariants) {
            invariant.onApplied(node, frame, events, stateHash);
        }
        if (frame.sequence() == sequence + 1) {
            sequence = frame.sequence();
            for (final Invariant invariant : invariants) {
                invariant.onCommand(frame, events, venue);
            }
        }
    }

    /** Tells that a node passes a command over, as the log says it should. */
    public void skipped(final int node, final long skipped) {
        for (final Invariant invariant : invariants) {
            invariant.onSkipped(node, skipped);
        }
        if (skipped == sequence + 1) {
            sequence = skipped;
        }
    }

    public void offeredPrivate(final int node, final DirectBuffer buffer, final int offset, final int length) {
        for (final Invariant invariant : invariants) {
            invariant.onPrivate(node, buffer, offset, length);
        }
    }

    public void offeredPublic(final int node, final DirectBuffer buffer, final int offset, final int length) {
        for (final Invariant invariant : invariants) {
            invariant.onPublic(node, buffer, offset, length);
        }
    }

    public void sent(
            final int session,
            final long verId,
            final long seqNum,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        for (final Invariant invariant : invariants) {
            invariant.onSent(session, verId, seqNum, buffer, offset, length);
        }
    }

    public void received(
            final int session, final long connection, final DirectBuffer buffer, final int offset, final int length) {
        for (final Invariant invariant : invariants) {
            invariant.onReceived(session, connection, buffer, offset, length);
        }
    }

    public void missed(final int session, final long fromSessionSeq, final long toSessionSeq) {
        for (final Invariant invariant : invariants) {
            invariant.onMissed(session, fromSessionSeq, toSessionSeq);
        }
    }

    public void audit(final long atSequence, final Venue venue) {
        for (final Invariant invariant : invariants) {
            invariant.onAudit(atSequence, venue);
        }
    }

    public void rest(final long atSequence, final Venue venue) {
        for (final Invariant invariant : invariants) {
            invariant.onRest(atSequence, venue);
        }
    }
}
