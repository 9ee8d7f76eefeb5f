package org.isochron.sequencer.replica;

/** What a command is to the replica itself, whatever it is to the core. */
enum KnownCommand {
    /** For the core alone. */
    NONE,
    /** Some node's hashes. */
    HASH_REPORT,
    /** The venue is about to stop and wants everybody's hashes once more. */
    STOPPING,
    /** Where a snapshot is to be taken. */
    SNAPSHOT_MARK,
    /** A command that nobody is to apply. */
    SKIP
}
