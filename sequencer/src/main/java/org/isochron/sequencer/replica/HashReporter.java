package org.isochron.sequencer.replica;

/** Carries a replica's state hashes to the gateway, to be sequenced. */
@FunctionalInterface
public interface HashReporter {
    /** For nodes that report nothing: backups, replays. */
    HashReporter NONE = (atSequence, booksHash, ledgerHash, marksHash, sessionsHash, scrubHash) -> true;

    /**
     * @param atSequence last command the hashes include.
     * @param scrubHash  of the slice of the state that was read afresh.
     * @return true when taken; false to be asked again later.
     */
    boolean report(long atSequence, long booksHash, long ledgerHash, long marksHash, long sessionsHash, long scrubHash);
}
