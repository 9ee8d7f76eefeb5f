package org.isochron.replay.check;

import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/** Tells invariants what happens, each what it asks for: of two dozen, two or three listen to any one thing. */
public final class Watch {
    private final Invariant[] onJournaled;
    private final Invariant[] onStarted;
    private final Invariant[] onFlushed;
    private final Invariant[] onAppended;
    private final Invariant[] onApplied;
    private final Invariant[] onCommand;
    private final Invariant[] onSkipped;
    private final Invariant[] onPrivate;
    private final Invariant[] onPublic;
    private final Invariant[] onReceived;
    private final Invariant[] onAudit;
    private final Invariant[] onRest;
    private long sequence;

    public Watch(final List<Invariant> invariants) {
        onJournaled = listeners(invariants, "onJournaled");
        onStarted = listeners(invariants, "onStarted");
        onFlushed = listeners(invariants, "onFlushed");
        onAppended = listeners(invariants, "onAppended");
        onApplied = listeners(invariants, "onApplied");
        onCommand = listeners(invariants, "onCommand");
        onSkipped = listeners(invariants, "onSkipped");
        onPrivate = listeners(invariants, "onPrivate");
        onPublic = listeners(invariants, "onPublic");
        onReceived = listeners(invariants, "onReceived");
        onAudit = listeners(invariants, "onAudit");
        onRest = listeners(invariants, "onRest");
    }

    /** Those that override a method of {@link Invariant}. */
    private static Invariant[] listeners(final List<Invariant> invariants, final String method) {
        if (!declares(Invariant.class, method)) {
            throw new IllegalArgumentException("no invariant is told by " + method);
        }
        return invariants.stream()
                .filter(invariant -> overrides(invariant.getClass(), method))
                .toArray(Invariant[]::new);
    }

    private static boolean overrides(final Class<?> type, final String method) {
        return type != Invariant.class && (declares(type, method) || overrides(type.getSuperclass(), method));
    }

    private static boolean declares(final Class<?> type, final String method) {
        return Stream.of(type.getDeclaredMethods())
                .anyMatch(declared -> declared.getName().equals(method));
    }

    /** Last command applied by any node. */
    public long sequence() {
        return sequence;
    }

    public void journaled(final Frame frame) {
        for (final Invariant invariant : onJournaled) {
            invariant.onJournaled(frame);
        }
    }

    public void started(final int node, final long behind) {
        for (final Invariant invariant : onStarted) {
            invariant.onStarted(node, behind);
        }
    }

    public void flushed(final int node, final long upTo) {
        for (final Invariant invariant : onFlushed) {
            invariant.onFlushed(node, upTo);
        }
    }

    public void appended(final int node, final Frame frame) {
        for (final Invariant invariant : onAppended) {
            invariant.onAppended(node, frame);
        }
    }

    /** Tells that a node has applied a command, and when it is the first, everybody who follows the commands. */
    public void applied(
            final int node, final Frame frame, final EventBatch events, final long stateHash, final Venue venue) {
        for (final Invariant invariant : onApplied) {
            invariant.onApplied(node, frame, events, stateHash);
        }
        if (frame.sequence() == sequence + 1) {
            sequence = frame.sequence();
            for (final Invariant invariant : onCommand) {
                invariant.onCommand(frame, events, venue);
            }
        }
    }

    /** Tells that a node passes a command over, as the log says it should. */
    public void skipped(final int node, final long skipped) {
        for (final Invariant invariant : onSkipped) {
            invariant.onSkipped(node, skipped);
        }
        if (skipped == sequence + 1) {
            sequence = skipped;
        }
    }

    public void offeredPrivate(final int node, final DirectBuffer buffer, final int offset, final int length) {
        for (final Invariant invariant : onPrivate) {
            invariant.onPrivate(node, buffer, offset, length);
        }
    }

    public void offeredPublic(final int node, final DirectBuffer buffer, final int offset, final int length) {
        for (final Invariant invariant : onPublic) {
            invariant.onPublic(node, buffer, offset, length);
        }
    }

    public void received(
            final int session, final long connection, final DirectBuffer buffer, final int offset, final int length) {
        for (final Invariant invariant : onReceived) {
            invariant.onReceived(session, connection, buffer, offset, length);
        }
    }

    public void audit(final long atSequence, final Venue venue) {
        for (final Invariant invariant : onAudit) {
            invariant.onAudit(atSequence, venue);
        }
    }

    public void rest(final long atSequence, final Venue venue) {
        for (final Invariant invariant : onRest) {
            invariant.onRest(atSequence, venue);
        }
    }
}
