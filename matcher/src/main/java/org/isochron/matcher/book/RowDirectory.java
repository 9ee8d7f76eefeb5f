package org.isochron.matcher.book;

import java.util.Arrays;
import org.isochron.risk.state.InvariantViolation;

/**
 * Rows by the hash of a key that is kept elsewhere: chains of rows that share a bucket, newest first. The buckets in use
 * follow the number of rows, one bucket split or merged at a time (linear hashing; Litwin, Linear hashing: a new tool for
 * file and table addressing): a directory made for a million rows that holds a thousand is as dense in the cache as one
 * made for a thousand, and no call ever rehashes the whole. Arrays have their full size from the start.
 *
 * <p>What it answers depends on its contents alone as long as keys are unique, so it is no part of the state.
 */
final class RowDirectory {
    static final int NONE = -1;

    private static final int FEWEST_BUCKETS = 64;
    /** Rows have to fall to an eighth of the buckets before these shrink; they grow beyond a half. */
    private static final int SLACK = 8;

    private final int[] heads;
    /** Next row of the chain, and the hash, of each row. */
    private final int[] links;

    private int buckets = FEWEST_BUCKETS;
    /** Covers the buckets in use: the least power of two that is not below their number, less 1. */
    private int mask = FEWEST_BUCKETS - 1;

    private int size;

    RowDirectory(final int capacity) {
        heads = new int[Math.max(FEWEST_BUCKETS, 2 * capacity)];
        Arrays.fill(heads, NONE);
        links = new int[2 * capacity];
    }

    /** First row that may have the key of that hash, or {@link #NONE}. */
    int first(final int hash) {
        return heads[bucket(hash)];
    }

    /** The row to look at after this one, or {@link #NONE}. */
    int next(final int row) {
        return links[2 * row];
    }

    int size() {
        return size;
    }

    void insert(final int row, final int hash) {
        final int bucket = bucket(hash);
        links[2 * row] = heads[bucket];
        links[2 * row + 1] = hash;
        heads[bucket] = row;
        if (2 * ++size > buckets && buckets < heads.length) {
            split();
        }
    }

    void remove(final int row) {
        final int[] links = this.links;
        final int bucket = bucket(links[2 * row + 1]);
        final int head = heads[bucket];
        if (head == row) {
            heads[bucket] = links[2 * row];
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

    /** A bucket beyond those in use has not been split off yet: its rows are where the hash without its top bit says. */
    private int bucket(final int hash) {
        final int bucket = hash & mask;
        return bucket < buckets ? bucket : bucket & mask >>> 1;
    }

    private void split() {
        final int added = buckets++;
        if (added > mask) {
            mask = mask << 1 | 1;
        }
        final int source = added & mask >>> 1;
        int row = heads[source];
        heads[source] = NONE;
        while (row != NONE) {
            final int next = links[2 * row];
            final int bucket = links[2 * row + 1] & mask;
            links[2 * row] = heads[bucket];
            heads[bucket] = row;
            row = next;
        }
    }

    private void merge() {
        final int taken = --buckets;
        final int target = taken & mask >>> 1;
        int row = heads[taken];
        heads[taken] = NONE;
        while (row != NONE) {
            final int next = links[2 * row];
            links[2 * row] = heads[target];
            heads[target] = row;
            row = next;
        }
        if (buckets <= (mask >>> 1) + 1) {
            mask >>>= 1;
        }
    }
}
