package org.isochron.sequencer.replica;

import org.isochron.codecs.frame.Frame;

/**
 * What a node does with the core's events: publish them, watch risk, print, hash. A node kind is a replica with its own
 * set of outlets. Called on the replica's thread.
 */
public interface Outlet {
    /**
     * Takes the events of one command, called for every command applied while the node is live, also when the batch is
     * empty; for earlier ones too where {@link #takesPartInRecovery} says so.
     *
     * @return true when taken; false keeps the replica on this batch: it is offered again, and nothing is applied before.
     */
    boolean onEvents(Frame frame, EventBatch events);

    /**
     * Whether {@link #onEvents} is called for commands applied while the node recovers and catches up, too. Never true for
     * what publishes: others have been told of those events.
     */
    default boolean takesPartInRecovery() {
        return false;
    }

    /** One duty cycle of the outlet's own. */
    default int doWork(final long monotonicNs) {
        return 0;
    }

    /** The node has caught up and is at the head of the log: from now on {@link #onEvents} is called for every command. */
    default void onLive() {}

    default void close() {}
}
