package org.isochron.risk.state;

import java.util.Arrays;
import org.isochron.sequencer.replica.SnapshotException;
import org.isochron.sequencer.replica.StateImage;

/**
 * Finds the row of a table whose two key fields hold a given pair. Open addressing with linear probing; the keys stay in
 * the table, the index holds rows only. What it answers depends on its contents alone, never on the order in which they
 * came, so it is in no hash; which rows are in it goes into snapshots, as an empty row looks like one that is in use.
 */
public final class PairIndex implements StatePart {
    /** No such row. */
    public static final int NONE = -1;

    private static final long FIRST_FACTOR = 0x9E3779B185EBCA87L;
    private static final long SECOND_FACTOR = 0x165667B19E3779F9L;

    private final StateTable table;
    private final int firstField;
    private final int secondField;
    /**
     * Row + 1 in the low bits, above them a few bits of the pair's hash, which spare a look at the table for nearly every
     * entry that is not the one; 0 for an empty bucket. Twice the rows at least, so that runs stay short and a probe
     * always ends.
     */
    private int[] buckets;

    private int rowMask;
    private int shift;
    private int size;

    public PairIndex(final StateTable table, final int firstField, final int secondField) {
        this.table = table;
        this.firstField = firstField;
        this.secondField = secondField;
        size(table.rows());
    }

    private void size(final int rows) {
        buckets = new int[Integer.highestOneBit(Math.max(rows, 2) * 2 - 1) * 2];
        shift = Long.numberOfLeadingZeros(buckets.length - 1L);
        rowMask = Integer.highestOneBit(rows) * 2 - 1;
    }

    /** Row with that pair, or {@link #NONE}. */
    public int find(final long first, final long second) {
        final int[] buckets = this.buckets;
        final int mask = buckets.length - 1;
        final int rowMask = this.rowMask;
        final long hash = hash(first, second);
        final int tag = (int) hash & ~rowMask;
        int bucket = (int) (hash >>> shift);
        for (int entry = buckets[bucket]; entry != 0; entry = buckets[bucket]) {
            if ((entry & ~rowMask) == tag && holds((entry & rowMask) - 1, first, second)) {
                return (entry & rowMask) - 1;
            }
            bucket = bucket + 1 & mask;
        }
        return NONE;
    }

    private boolean holds(final int row, final long first, final long second) {
        return table.get(row, secondField) == second && table.get(row, firstField) == first;
    }

    /** Adds a row under the pair it holds, which must not be there yet. */
    public void insert(final int row) {
        final int[] buckets = this.buckets;
        final int mask = buckets.length - 1;
        final long hash = hash(row);
        int bucket = (int) (hash >>> shift);
        while (buckets[bucket] != 0) {
            bucket = bucket + 1 & mask;
        }
        buckets[bucket] = (int) hash & ~rowMask | row + 1;
        size++;
    }

    /** Takes out a row, which must still hold the pair it was inserted under. */
    public void remove(final int row) {
        final int[] buckets = this.buckets;
        final int mask = buckets.length - 1;
        int hole = (int) (hash(row) >>> shift);
        while ((buckets[hole] & rowMask) != row + 1) {
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
            final int home = (int) (hash((buckets[bucket] & rowMask) - 1) >>> shift);
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
        final int rowMaskBefore = rowMask;
        size(table.rows());
        size = 0;
        for (final int entry : before) {
            if (entry != 0) {
                insert((entry & rowMaskBefore) - 1);
            }
        }
    }

    /** A row enters or leaves it when its table is written to. */
    @Override
    public void notes(final Writes writes) {}

    /** Nothing: the keys are hashed where they are. */
    @Override
    public long hash() {
        return 0;
    }

    /** Finds every row it holds by the pair of it. */
    @Override
    public void verify() {
        int found = 0;
        for (final int entry : buckets) {
            if (entry != 0) {
                final int row = (entry & rowMask) - 1;
                found++;
                if (find(table.get(row, firstField), table.get(row, secondField)) != row) {
                    throw new InvariantViolation(name() + ": row " + row + " is not found by its pair");
                }
            }
        }
        if (found != size) {
            throw new InvariantViolation(name() + ": " + size + " rows counted, " + found + " found");
        }
    }

    @Override
    public void save(final StateImage image) {
        image.beginSection(name(), table.rows(), 1, 0);
        image.put(size);
        for (final int entry : buckets) {
            if (entry != 0) {
                image.put((entry & rowMask) - 1);
            }
        }
        image.endSection();
    }

    @Override
    public void load(final StateImage image) {
        image.openSection(name(), table.rows(), 1);
        Arrays.fill(buckets, 0);
        size = 0;
        for (long left = image.get(); left > 0; left--) {
            final long row = image.get();
            if (row < 0 || row >= table.rows()) {
                throw new SnapshotException(name() + ": there is no row " + row);
            }
            insert((int) row);
        }
        image.closeSection();
    }

    private String name() {
        return table.name() + "By" + firstField + "And" + secondField;
    }

    private long hash(final int row) {
        return hash(table.get(row, firstField), table.get(row, secondField));
    }

    /**
     * Fibonacci hashing (Knuth 6.4): the top bits of a product. The first product and the shift keep pairs apart that lie
     * on a grid; lower bits of the second one make the tag.
     */
    private static long hash(final long first, final long second) {
        final long sum = first * FIRST_FACTOR + second;
        return (sum ^ sum >>> 32) * SECOND_FACTOR;
    }
}
