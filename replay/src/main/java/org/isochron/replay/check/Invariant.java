package org.isochron.replay.check;

import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Something that must hold whatever happens, watched from outside: it is told what crosses the edges and what the cores
 * do, keeps what it needs to know of it, and complains by a {@link Violation}. Buffers are valid only during a call.
 */
public abstract class Invariant {
    private final String name;

    /** @param name as reports have it, in words with hyphens. */
    protected Invariant(final String name) {
        this.name = name;
    }

    public final String name() {
        return name;
    }

    /** The complaint. */
    protected final Violation broken(final String what) {
        return new Violation(name, what);
    }

    /** The sequencer has journaled a frame. */
    protected void onJournaled(final Frame frame) {}

    /** A node starts, with a core at genesis or with the state of a snapshot taken at that sequence. */
    protected void onStarted(final int node, final long sequence) {}

    /** A node has appended a frame to its own journal. */
    protected void onAppended(final int node, final Frame frame) {}

    /** A node's core has applied a command, also when it had applied it before it was restarted. */
    protected void onApplied(final int node, final Frame frame, final EventBatch events, final long stateHash) {}

    /** A command has been applied for the first time by any node: once for each sequence, in order. */
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {}

    /** A node's disk has brought its journal up to that sequence where a loss of power leaves it alone. */
    protected void onFlushed(final int node, final long sequence) {}

    /** A matcher offers a private event to the gateways, and it is taken. */
    protected void onPrivate(final int node, final DirectBuffer buffer, final int offset, final int length) {}

    /** A node passes a command over, because the log says further on that it is skipped. */
    protected void onSkipped(final int node, final long sequence) {}

    /** A matcher offers a market data packet, and it is taken. */
    protected void onPublic(final int node, final DirectBuffer buffer, final int offset, final int length) {}

    /**
     * A message of the gateway reaches a session's client, envelope first.
     *
     * @param connection a number of its own for each: a session may have an old one that lingers beside the present one.
     */
    protected void onReceived(
            final int session, final long connection, final DirectBuffer buffer, final int offset, final int length) {}

    /** Now and then, when a node has finished a duty cycle: what is too dear to be looked at after each command. */
    protected void onAudit(final long sequence, final Venue venue) {}

    /** Everything has healed, come to rest, and stands at the same sequence. */
    protected void onRest(final long sequence, final Venue venue) {}
}
