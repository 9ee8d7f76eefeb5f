package org.isochron.matcher.book;

import java.util.Arrays;
import org.isochron.risk.state.InvariantViolation;

/**
 * Rows by the hash of a key that is kept elsewhere: chains of rows that share a bucket, newest first. The buckets in use
 * follow the number of rows, one bucket split or merged at a time (linear hashing; Litwin, Linear hashing: a new tool for
 * file and table addressing): a directory made for a million rows that holds a thousand is as dense in the cache as one
 * made for a thousand, and no call ever rehashes the whole. Arrays have their full size from the start. A bucket carries
 * the hash of its first row, so that one of another hash is passed over unseen.
 *
 * <p>What it answers depends on its contents alone as long as keys are unique, so it is no part of the state.
 */
final class RowDirectory {
    static final int NONE = -1;

    private static final int FEWEST_BUCKETS = 64;
    /** Rows have to fall to an eighth of the buckets before these shrink; they grow beyond a half. */
    private static final int SLACK = 8;

    private static final long END = -1L;

    /** First entry of each bucket: the hash of a row, and below it the row; END when there is none. */
    private final long[] heads;
    /** Next entry of the chain, and the hash, of each row. */
    private final int[] links;

    private int buckets = FEWEST_BUCKETS;
    /** Covers the buckets in use: the least power of two that is not below their number, less 1. */
    private int mask = FEWEST_BUCKETS - 1;

    private int size;

    RowDirectory(final int capacity) {
        heads = new long[Math.max(FEWEST_BUCKETS, 2 * capacity)];
        Arrays.fill(heads, END);
        links = new int[2 * capacity];
    }

    /** First row with that hash, or {@link #NONE}. */
    int first(final int hash) {
        final long head = heads[bucket(hash)];
        final int row = (int) head;
        return row == NONE || hash(head) == hash ? row : rowFrom(links[2 * row], hash);
    }

    /** The next row with the hash of this one, or {@link #NONE}. */
    int next(final int row) {
        return rowFrom(links[2 * row], links[2 * row + 1]);
    }

    private int rowFrom(final int first, final int hash) {
        int row = first;
        while (row != NONE && links[2 * row + 1] != hash) {
            row = links[2 * row];
        }
        return row;
    }

    /** Entry of a bucket whose first row is this one. */
    private long entry(final int row) {
        return row == NONE ? END : (long) links[2 * row + 1] << Integer.SIZE | row;
    }

    private static int hash(final long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    int size() {
        return size;
    }

    void insert(final int row, final int hash) {
        final int bucket = bucket(hash);
        links[2 * row] = (int) heads[bucket];
        links[2 * row + 1] = hash;
        heads[bucket] = (long) hash << Integer.SIZE | row;
        if (2 * ++size > buckets && buckets < heads.length) {
            split();
        }
    }

    void remove(final int row) {
        final int[] links = this.links;
        final int bucket = bucket(links[2 * row + 1]);
        final int head = (int) heads[bucket];
        if (head == row) {
            heads[bucket] = entry(links[2 * row]);
        } else {
            links[2 * before(row, head)] = links[2 * row];
        }
        if (SLACK * --size < buckets && buckets > FEWEST_BUCKETS) {
            merge();
        }
    }

    private int before(final int row, final int head) {
        int before = head;
        while (before != NONE && links[2 * before] != row) {
            before = links[2 * before];
        }
        if (before == NONE) {
            throw new InvariantViolation("row " + row + " is not in its directory");
        }
        return before;
    }

    /**
     * A bucket beyond those in use has not been split off yet: its rows are where the hash without its top bit says. Which
     * of the two nobody can predict, so no branch.
     */
    private int bucket(final int hash) {
        final int bucket = hash & mask;
        final int beyond = buckets - 1 - bucket >> Integer.SIZE - 1;
        return bucket & ~(beyond & mask + 1 >>> 1);
    }

    private void split() {
        final int added = buckets++;
        if (added > mask) {
            mask = mask << 1 | 1;
        }
        final int source = added & mask >>> 1;
        int row = (int) heads[source];
        heads[source] = END;
        while (row != NONE) {
            final int next = links[2 * row];
            push(links[2 * row + 1] & mask, row);
            row = next;
        }
    }

    private void merge() {
        final int taken = --buckets;
        final int target = taken & mask >>> 1;
        int row = (int) heads[taken];
        heads[taken] = END;
        while (row != NONE) {
            final int next = links[2 * row];
            push(target, row);
            row = next;
        }
        if (buckets <= (mask >>> 1) + 1) {
            mask >>>= 1;
        }
    }

    private void push(final int bucket, final int row) {
        links[2 * row] = (int) heads[bucket];
        heads[bucket] = entry(row);
    }
}
