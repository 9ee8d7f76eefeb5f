package org.isochron.risk.state;

import java.util.Arrays;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.sequencer.replica.SnapshotException;
import org.isochron.sequencer.replica.StateImage;

/**
 * Rows of longs with an incremental hash: the sum, modulo 2^64, over all cells of {@code fold(value) * row factor * field
 * factor}, with {@code fold(v) = v ^ v >>> 32}. The sum does not depend on the order of the writes, only on what the cells
 * hold; a table that was never written hashes to 0 whatever its capacity.
 *
 * <p>Why that is sound: it is a multilinear hash (Carter and Wegman; Lemire and Kaser, Strongly universal string hashing is
 * fast). The fold is one to one and both factors are odd, so their product has an inverse modulo 2^64: two tables that
 * differ in a single cell never hash alike. Where several cells differ the sum of their differences, each times its
 * factors, has to vanish by chance; the factors are fixed pseudo-random numbers of 63 free bits, so that happens about
 * once in 2^63 / 2^k, 2^k being the largest power of two that divides all the folded differences. The fold keeps k small:
 * without it two cells that differ in their top bits alone would always cancel. What it is not: a proof against somebody
 * who picks the values. The factors are public, and whoever may write any cell can construct a collision; the hash finds
 * faults and divergence, tampering is found by signed digests of the journal.
 */
public final class StateTable implements StatePart {
    private static final long ROW_FACTOR = 0x9E3779B185EBCA87L;
    private static final long SPREAD_FACTOR = 0xC2B2AE3D27D4EB4FL;

    private final String name;
    private final long seed;
    private final int fields;
    private final long[] fieldFactors;
    private long[] cells;
    private int rows;
    private long hash;
    private Writes writes = new Writes();

    /**
     * @param name   of the table: names it in messages and seeds its hash, so that equal cells in different tables differ.
     * @param rows   capacity.
     * @param fields longs in one row.
     */
    public StateTable(final String name, final int rows, final int fields) {
        this.name = name;
        this.fields = fields;
        this.rows = rows;
        seed = XxHash64.mix(name.hashCode() * ROW_FACTOR + 1);
        fieldFactors = new long[fields];
        for (int field = 0; field < fields; field++) {
            fieldFactors[field] = XxHash64.mix(seed + (field + 1) * SPREAD_FACTOR) | 1;
        }
        cells = new long[Math.multiplyExact(rows, fields)];
    }

    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int rowLength() {
        return fields;
    }

    public long get(final int row, final int field) {
        return cells[row * fields + field];
    }

    public int getInt(final int row, final int field) {
        return (int) cells[row * fields + field];
    }

    public void set(final int row, final int field, final long value) {
        final long[] cells = this.cells;
        final int address = row * fields + field;
        // No branch on an unchanged value: its difference is 0, and writes to one row share the row's factor.
        hash += (fold(value) - fold(cells[address])) * fieldFactors[field] * rowFactor(row);
        cells[address] = value;
        writes.note();
    }

    /** Adds to a cell and returns its new value. Wraps: whoever counts money bounds it first. */
    public long add(final int row, final int field, final long delta) {
        final long[] cells = this.cells;
        final int address = row * fields + field;
        final long before = cells[address];
        final long after = before + delta;
        hash += (fold(after) - fold(before)) * fieldFactors[field] * rowFactor(row);
        cells[address] = after;
        writes.note();
        return after;
    }

    @Override
    public void notes(final Writes to) {
        writes = to;
    }

    /** Hash of all cells, O(1). */
    @Override
    public long hash() {
        return hash;
    }

    /** Gives the table another capacity. Rows that stay keep their cells and their part of the hash. */
    public void resize(final int newRows) {
        for (int address = newRows * fields; address < cells.length; address++) {
            if (cells[address] != 0) {
                throw new IllegalStateException(
                        name + ": row " + address / fields + " is in use, " + newRows + " rows would cut it off");
            }
        }
        cells = Arrays.copyOf(cells, Math.multiplyExact(newRows, fields));
        rows = newRows;
    }

    /**
     * Hashes every cell again.
     *
     * @throws InvariantViolation when the result is not what the writes have summed up to.
     */
    @Override
    public void verify() {
        long full = 0;
        for (int row = 0; row < rows; row++) {
            full += rowHash(row);
        }
        if (full != hash) {
            throw new InvariantViolation(
                    name + ": hash is " + Long.toHexString(hash) + ", its cells give " + Long.toHexString(full));
        }
    }

    @Override
    public void save(final StateImage image) {
        image.beginSection(name, rows, fields, hash);
        image.putRuns(cells, cells.length);
        image.endSection();
    }

    @Override
    public void load(final StateImage image) {
        final long saved = image.openSection(name, rows, fields);
        if (hash != 0) {
            Arrays.fill(cells, 0);
        }
        hash = 0;
        for (long run = image.getRun(cells); run != StateImage.END; run = image.getRun(cells)) {
            hash += runHash((int) (run >>> Integer.SIZE), (int) run);
        }
        image.closeSection();
        if (hash != saved) {
            throw new SnapshotException(name + ": hash was " + Long.toHexString(saved) + ", the cells saved give "
                    + Long.toHexString(hash));
        }
    }

    private long runHash(final int from, final int count) {
        long sum = 0;
        int address = from;
        while (address < from + count) {
            final int row = address / fields;
            final int to = Math.min(from + count, (row + 1) * fields);
            long part = 0;
            for (; address < to; address++) {
                part += fold(cells[address]) * fieldFactors[address - row * fields];
            }
            sum += part * rowFactor(row);
        }
        return sum;
    }

    @Override
    public long rowHash(final int row) {
        final int first = row * fields;
        long sum = 0;
        for (int field = 0; field < fields; field++) {
            sum += fold(cells[first + field]) * fieldFactors[field];
        }
        return sum * rowFactor(row);
    }

    /** Two rounds, so that neither equidistant rows nor equal differences in them line up. */
    private long rowFactor(final int row) {
        final long spread = (row ^ seed) * ROW_FACTOR;
        final long mixed = (spread ^ spread >>> 32) * SPREAD_FACTOR;
        return mixed ^ mixed >>> 32 | 1;
    }

    private static long fold(final long value) {
        return value ^ value >>> 32;
    }
}
