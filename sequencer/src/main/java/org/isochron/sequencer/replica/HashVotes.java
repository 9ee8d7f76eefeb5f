package org.isochron.sequencer.replica;

import java.util.Arrays;

/**
 * A replica's last own state hashes and what other nodes reported for the same sequences. Fixed memory: the last
 * {@value #DEPTH} reports.
 */
final class HashVotes {
    static final int DEPTH = 64;
    static final int NO_MAJORITY_AGAINST = -1;

    /** Behind the nouns: the hash of the slice that was read afresh. */
    static final int SCRUB = Noun.COUNT;

    private static final int MAX_VOTERS = 16;
    private static final int HASHES = Noun.COUNT + 1;

    private final int voters;
    private final long[] sequences = new long[DEPTH];
    private final long[] own = new long[DEPTH * HASHES];
    private final int[] voteCounts = new int[DEPTH];
    private final int[] voteSources = new int[DEPTH * MAX_VOTERS];
    private final long[] votes = new long[DEPTH * MAX_VOTERS * HASHES];
    private int next;

    /**
     * @param voters nodes that are configured to report, this one included; a majority is more than half of them.
     */
    HashVotes(final int voters) {
        if (voters < 1 || voters > MAX_VOTERS) {
            throw new IllegalArgumentException("voters is " + voters + ", 1 to " + MAX_VOTERS + " is possible");
        }
        this.voters = voters;
        Arrays.fill(sequences, -1);
    }

    /** Remembers the replica's own hashes after that command, and that of the slice of its state whose turn it is. */
    void own(final long sequence, final StateMachine machine, final long scrubNumber) {
        sequences[next] = sequence;
        voteCounts[next] = 0;
        for (int noun = 0; noun < Noun.COUNT; noun++) {
            own[next * HASHES + noun] = machine.hash(Noun.of(noun));
        }
        own[next * HASHES + SCRUB] = machine.scrub(scrubNumber);
        next = (next + 1) % DEPTH;
    }

    /** Own hash, as remembered, of the noun with that ordinal or {@link #SCRUB}; 0 when too old. */
    long ownHash(final long sequence, final int noun) {
        final int slot = slotOf(sequence);
        return slot < 0 ? 0 : own[slot * HASHES + noun];
    }

    /**
     * Counts a report.
     *
     * @return ordinal of the first noun, or {@link #SCRUB}, in which a majority of the voters agrees with each other and not
     *         with this replica; {@link #NO_MAJORITY_AGAINST} otherwise, also for a sequence too old to be remembered.
     */
    int vote(
            final int source,
            final long sequence,
            final long books,
            final long ledger,
            final long marks,
            final long sessions,
            final long scrub) {
        final int slot = slotOf(sequence);
        if (slot < 0) {
            return NO_MAJORITY_AGAINST;
        }
        final int vote = voteOf(slot, source);
        if (vote < 0) {
            return NO_MAJORITY_AGAINST;
        }
        final int base = vote * HASHES;
        votes[base] = books;
        votes[base + 1] = ledger;
        votes[base + 2] = marks;
        votes[base + 3] = sessions;
        votes[base + SCRUB] = scrub;
        final int dissent = firstDifference(base, slot);
        return dissent >= 0 && agreeing(slot, base) * 2 > voters ? dissent : NO_MAJORITY_AGAINST;
    }

    /** Nodes that have reported for that sequence; 0 when it is not remembered. */
    int count(final long sequence) {
        final int slot = slotOf(sequence);
        return slot < 0 ? 0 : voteCounts[slot];
    }

    private int slotOf(final long sequence) {
        for (int slot = 0; slot < DEPTH; slot++) {
            if (sequences[slot] == sequence) {
                return slot;
            }
        }
        return -1;
    }

    private int voteOf(final int slot, final int source) {
        final int first = slot * MAX_VOTERS;
        for (int i = 0; i < voteCounts[slot]; i++) {
            if (voteSources[first + i] == source) {
                return first + i;
            }
        }
        if (voteCounts[slot] == MAX_VOTERS) {
            return -1;
        }
        final int vote = first + voteCounts[slot]++;
        voteSources[vote] = source;
        return vote;
    }

    private int firstDifference(final int voteBase, final int slot) {
        for (int noun = 0; noun < HASHES; noun++) {
            if (votes[voteBase + noun] != own[slot * HASHES + noun]) {
                return noun;
            }
        }
        return -1;
    }

    private int agreeing(final int slot, final int voteBase) {
        int count = 0;
        for (int i = 0; i < voteCounts[slot]; i++) {
            final int base = (slot * MAX_VOTERS + i) * HASHES;
            if (Arrays.equals(votes, base, base + HASHES, votes, voteBase, voteBase + HASHES)) {
                count++;
            }
        }
        return count;
    }
}
