package org.isochron.matcher.book;

import java.util.Arrays;
import org.isochron.risk.state.InvariantViolation;

/**
 * Rows by the hash of a key that is kept elsewhere: chains of rows that share a bucket, newest first. The buckets in use
 * follow the number of rows, one bucket split or merged at a time (linear hashing; Litwin, Linear hashing: a new tool for
 * file and table addressing): a directory made for a million rows that holds a thousand is as dense in the cache as one
 * made for a thousand, and no call ever rehashes the whole. Arrays have their full size from the start. Whatever leads to a
 * row carries its hash, so that one of another hash is passed over unseen.
 *
 * <p>What it answers depends on its contents alone as long as keys are unique, so it is no part of the state.
 */
final class RowDirectory {
    static final int NONE = -1;

    private static final int FEWEST_BUCKETS = 64;
    /** Rows have to fall to an eighth of the buckets before these shrink; they grow beyond a half. */
    private static final int SLACK = 8;

    private static final long END = -1L;

    /** Entry of the first row of each bucket: its hash, and below that the row; END when there is none. */
    private final long[] heads;
    /** Entry of the row behind each row in its bucket. */
    private final long[] links;

    private int buckets = FEWEST_BUCKETS;
    /** Covers the buckets in use: the least power of two that is not below their number, less 1. */
    private int mask = FEWEST_BUCKETS - 1;

    private int size;

    RowDirectory(final int capacity) {
        heads = new long[Math.max(FEWEST_BUCKETS, 2 * capacity)];
        Arrays.fill(heads, END);
        links = new long[capacity];
    }

    /** First row with that hash, or {@link #NONE}. */
    int first(final int hash) {
        return from(heads[bucket(hash)], hash);
    }

    /** The next row with the hash of this one, or {@link #NONE}. */
    int next(final int row, final int hash) {
        return from(links[row], hash);
    }

    private int from(final long first, final int hash) {
        long entry = first;
        while (entry != END && hash(entry) != hash) {
            entry = links[(int) entry];
        }
        return (int) entry;
    }

    private static long entry(final int row, final int hash) {
        return (long) hash << Integer.SIZE | row;
    }

    private static int hash(final long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    int size() {
        return size;
    }

    void insert(final int row, final int hash) {
        final int bucket = bucket(hash);
        links[row] = heads[bucket];
        heads[bucket] = entry(row, hash);
        if (2 * ++size > buckets && buckets < heads.length) {
            split();
        }
    }

    /** Takes out a row that was entered with that hash. */
    void remove(final int row, final int hash) {
        final int bucket = bucket(hash);
        final long entry = entry(row, hash);
        final long head = heads[bucket];
        if (head == entry) {
            heads[bucket] = links[row];
        } else {
            links[before(entry, head)] = links[row];
        }
        if (SLACK * --size < buckets && buckets > FEWEST_BUCKETS) {
            merge();
        }
    }

    private int before(final long entry, final long head) {
        long before = head;
        while (before != END && links[(int) before] != entry) {
            before = links[(int) before];
        }
        if (before == END) {
            throw new InvariantViolation("row " + (int) entry + " is not in its directory");
        }
        return (int) before;
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
        long entry = heads[source];
        heads[source] = END;
        while (entry != END) {
            final long next = links[(int) entry];
            push(hash(entry) & mask, entry);
            entry = next;
        }
    }

    private void merge() {
        final int taken = --buckets;
        final int target = taken & mask >>> 1;
        long entry = heads[taken];
        heads[taken] = END;
        while (entry != END) {
            final long next = links[(int) entry];
            push(target, entry);
            entry = next;
        }
        if (buckets <= (mask >>> 1) + 1) {
            mask >>>= 1;
        }
    }

    private void push(final int bucket, final long entry) {
        links[(int) entry] = heads[bucket];
        heads[bucket] = entry;
    }
}
