package org.isochron.sequencer.replica;

import org.isochron.codecs.StateHashReportDecoder;

/**
 * The state hashes of one replica: taken every {@value Replica#REPORT_INTERVAL} commands and where the venue stops, sent to
 * be sequenced, and held against what the others report. The newest {@value HashVotes#DEPTH} wait when they cannot be sent.
 */
final class HashReports {
    private static final int MAX_UNSENT = HashVotes.DEPTH;

    private final StateMachine machine;
    private final HashReporter reporter;
    private final HashVotes votes;
    private final StateHash stateHash = new StateHash();
    private final long[] unsent = new long[MAX_UNSENT];
    private int unsentCount;
    private long stopSequence;
    private volatile long lastHash;
    private volatile int stopVotes;

    HashReports(final StateMachine machine, final int voters, final HashReporter reporter) {
        this.machine = machine;
        this.reporter = reporter;
        votes = new HashVotes(voters);
    }

    /**
     * Takes the hashes after a command.
     *
     * @param isStopping whether the venue stops there.
     * @param isSent     whether they are reported; who is behind the head only remembers them.
     */
    void take(final long sequence, final boolean isStopping, final boolean isSent) {
        votes.own(sequence, machine, slice(sequence));
        stopSequence = isStopping ? sequence : stopSequence;
        lastHash = stateHash.of(machine);
        if (isSent) {
            if (unsentCount == MAX_UNSENT) {
                dropFirst();
            }
            unsent[unsentCount++] = sequence;
        }
    }

    /** Sends what waits; returns how many. */
    int send() {
        int sent = 0;
        while (unsentCount > 0 && send(unsent[0])) {
            dropFirst();
            sent++;
        }
        return sent;
    }

    private void dropFirst() {
        System.arraycopy(unsent, 1, unsent, 0, --unsentCount);
    }

    private boolean send(final long at) {
        return reporter.report(
                at,
                votes.ownHash(at, Noun.BOOKS.ordinal()),
                votes.ownHash(at, Noun.LEDGER.ordinal()),
                votes.ownHash(at, Noun.MARKS.ordinal()),
                votes.ownHash(at, Noun.SESSIONS.ordinal()),
                votes.ownHash(at, HashVotes.SCRUB));
    }

    /**
     * Counts what a node reports, this one included.
     *
     * @return null, or in words which own hash a majority contradicts.
     */
    String count(final int source, final StateHashReportDecoder report) {
        final long at = report.atSequence();
        final int suspect = votes.vote(
                source,
                at,
                report.booksHash(),
                report.ledgerHash(),
                report.marksHash(),
                report.sessionsHash(),
                report.scrubHash());
        if (at == stopSequence) {
            stopVotes = votes.count(at);
        }
        if (suspect == HashVotes.NO_MAJORITY_AGAINST) {
            return null;
        }
        final String what = suspect == HashVotes.SCRUB
                ? "hash of its memory (" + machine.scrubbed(slice(at)) + ")"
                : Noun.of(suspect) + " hash";
        return String.format(
                "own %s after command %d is %016x, a majority of the nodes reports another",
                what, at, votes.ownHash(at, suspect));
    }

    /** Number of the slice of the state that is read afresh for the report at that place. */
    private static long slice(final long sequence) {
        return sequence / Replica.REPORT_INTERVAL;
    }

    /** Hash over the four nouns when they were taken last, 0 before. Any thread. */
    long lastHash() {
        return lastHash;
    }

    /** How many nodes have reported their hashes at the stop of the venue. Any thread. */
    int stopVotes() {
        return stopVotes;
    }
}
