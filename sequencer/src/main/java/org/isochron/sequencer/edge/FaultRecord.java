package org.isochron.sequencer.edge;

/**
 * Which commands a node's core has failed on, and which of them the log says are skipped: kept beside the node's journal,
 * so that its next start knows. The owner's thread calls everything here.
 */
public interface FaultRecord {
    /** For journals of nodes without a core. */
    FaultRecord NONE = new FaultRecord() {};

    /** The command that the core failed on last, 0 when it never did. */
    default long stoppedAt() {
        return 0;
    }

    /** How many times in a row the node stopped at {@link #stoppedAt()}. */
    default int stops() {
        return 0;
    }

    /** The core has failed on a command. On the disk when this returns. */
    default void stopped(final long sequence) {}

    /** The log says, at {@code saidAt}, that a command before it is skipped. On the disk when this returns. */
    default void skip(final long sequence, final long saidAt) {}

    /** Whether a command is to be passed over. Cheap while there is no such command. */
    default boolean isSkipped(final long sequence) {
        return false;
    }

    /** Whether a state taken behind that command holds the effect of a command that the log later skipped. */
    default boolean spoils(final long stateSequence) {
        return false;
    }
}
