package org.isochron.risk.state;

import org.isochron.codecs.frame.XxHash64;

/**
 * Finds the row of a table whose two key fields hold a given pair. Open addressing with linear probing; the keys stay in
 * the table, the index holds rows only. What it answers depends on its contents alone, never on the order in which they
 * came, so it is no part of the state.
 */
public final class PairIndex {
    /** No such row. */
    public static final int NONE = -1;

    private static final long FIRST_FACTOR = 0x9E3779B185EBCA87L;
    private static final long SECOND_FACTOR = 0x165667B19E3779F9L;

    private final StateTable table;
    private final int firstField;
    private final int secondField;
    /** Row + 1, 0 for an empty bucket. Twice the rows at least, so that a probe always ends. */
    private int[] buckets;

    private int size;

    public PairIndex(final StateTable table, final int firstField, final int secondField) {
        this.table = table;
        this.firstField = firstField;
        this.secondField = secondField;
        buckets = bucketsFor(table.rows());
    }

    /** Row with that pair, or {@link #NONE}. */
    public int find(final long first, final long second) {
        final int[] buckets = this.buckets;
        final int mask = buckets.length - 1;
        int bucket = home(first, second, mask);
        for (int entry = buckets[bucket]; entry != 0; entry = buckets[bucket]) {
            final int row = entry - 1;
            if (table.get(row, firstField) == first && table.get(row, secondField) == second) {
                return row;
            }
            bucket = bucket + 1 & mask;
        }
        return NONE;
    }

    /** Adds a row under the pair it holds, which must not be there yet. */
    public void insert(final int row) {
        final int mask = buckets.length - 1;
        int bucket = home(row, mask);
        while (buckets[bucket] != 0) {
            bucket = bucket + 1 & mask;
        }
        buckets[bucket] = row + 1;
        size++;
    }

    /** Takes out a row, which must still hold the pair it was inserted under. */
    public void remove(final int row) {
        final int mask = buckets.length - 1;
        int hole = home(row, mask);
        while (buckets[hole] != row + 1) {
            if (buckets[hole] == 0) {
                throw new InvariantViolation("row " + row + " is not in its index");
            }
            hole = hole + 1 & mask;
        }
        closeGap(hole, mask);
        size--;
    }

    /** Moves back every later entry of the run that may stand in the hole: no tombstones (Knuth 6.4, algorithm R). */
    private void closeGap(final int firstHole, final int mask) {
        int hole = firstHole;
        for (int bucket = hole + 1 & mask; buckets[bucket] != 0; bucket = bucket + 1 & mask) {
            final int home = home(buckets[bucket] - 1, mask);
            if ((bucket - home & mask) >= (bucket - hole & mask)) {
                buckets[hole] = buckets[bucket];
                hole = bucket;
            }
        }
        buckets[hole] = 0;
    }

    public int size() {
        return size;
    }

    /** Follows the table to its new capacity; rows in the index must have kept their place. */
    public void resize() {
        final int[] before = buckets;
        buckets = bucketsFor(table.rows());
        size = 0;
        for (final int entry : before) {
            if (entry != 0) {
                insert(entry - 1);
            }
        }
    }

    private int home(final int row, final int mask) {
        return home(table.get(row, firstField), table.get(row, secondField), mask);
    }

    private static int home(final long first, final long second, final int mask) {
        return (int) XxHash64.mix(first * FIRST_FACTOR + Long.rotateLeft(second * SECOND_FACTOR, 31)) & mask;
    }

    private static int[] bucketsFor(final int rows) {
        return new int[Integer.highestOneBit(Math.max(rows, 2) * 2 - 1) * 2];
    }
}
