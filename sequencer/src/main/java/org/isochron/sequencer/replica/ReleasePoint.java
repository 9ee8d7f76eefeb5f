package org.isochron.sequencer.replica;

/** How far a node's events may leave it. Asked on the replica's thread all the time: cheap, and without a lock. */
@FunctionalInterface
public interface ReleasePoint {
    /** Events leave as soon as their command is journaled and applied. */
    ReleasePoint AT_ONCE = () -> Long.MAX_VALUE;

    /** Sequence of the last command whose events may leave. Never decreases. */
    long sequence();
}
