package org.isochron.risk.state;

import org.isochron.sequencer.replica.StateImage;

/**
 * A piece of the venue's state. What is hashed is also verified, saved and loaded, because all four reach it the same way:
 * through {@link StateOwner#visit}.
 */
public interface StatePart {
    /** What it holds, O(1); parts of a noun add up to the noun's hash. */
    long hash();

    /**
     * Hashes it again in full.
     *
     * @throws InvariantViolation when the result is another than was kept.
     */
    void verify();

    /** Rows that may be hashed one by one; 0 when its hash is made afresh whenever it is asked for. */
    default int rows() {
        return 0;
    }

    /** Longs in a row. */
    default int rowLength() {
        return 1;
    }

    /** What a row adds to {@link #hash()}, read from its cells now. */
    default long rowHash(final int row) {
        return 0;
    }

    /** Where it has to note every write to it. */
    void notes(Writes writes);

    /** Copies it, as one section. */
    void save(StateImage image);

    /**
     * Takes what was saved, in place of what it holds; it has been given its capacity before.
     *
     * @throws org.isochron.sequencer.replica.SnapshotException when the section is not its own or does not hold what it says.
     */
    void load(StateImage image);
}
