package org.isochron.risk.state;

import java.util.Arrays;
import org.isochron.codecs.frame.XxHash64;

/**
 * Rows of longs with an incremental hash: the sum, modulo 2^64, of one hash per cell that is not zero. The sum does not
 * depend on the order of the writes, only on what the cells hold; a table that was never written hashes to 0 whatever its
 * capacity.
 */
public final class StateTable {
    private static final long ADDRESS_FACTOR = 0x9E3779B185EBCA87L;
    private static final long VALUE_FACTOR = 0xC2B2AE3D27D4EB4FL;

    private final String name;
    private final long seed;
    private final int fields;
    private long[] cells;
    private int rows;
    private long hash;

    /**
     * @param name   of the table: names it in messages and seeds its hash, so that equal cells in different tables differ.
     * @param rows   capacity.
     * @param fields longs in one row.
     */
    public StateTable(final String name, final int rows, final int fields) {
        this.name = name;
        this.fields = fields;
        this.rows = rows;
        seed = XxHash64.mix(name.hashCode() * ADDRESS_FACTOR + 1);
        cells = new long[Math.multiplyExact(rows, fields)];
    }

    public int rows() {
        return rows;
    }

    public long get(final int row, final int field) {
        return cells[row * fields + field];
    }

    public int getInt(final int row, final int field) {
        return (int) cells[row * fields + field];
    }

    public void set(final int row, final int field, final long value) {
        final int address = row * fields + field;
        final long before = cells[address];
        if (before != value) {
            cells[address] = value;
            hash += cellHash(address, value) - cellHash(address, before);
        }
    }

    /** Adds to a cell and returns its new value. Wraps: whoever counts money bounds it first. */
    public long add(final int row, final int field, final long delta) {
        final long after = get(row, field) + delta;
        set(row, field, after);
        return after;
    }

    /** Hash of all cells, O(1). */
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
    public void verify() {
        long full = 0;
        for (int address = 0; address < cells.length; address++) {
            full += cellHash(address, cells[address]);
        }
        if (full != hash) {
            throw new InvariantViolation(
                    name + ": hash is " + Long.toHexString(hash) + ", its cells give " + Long.toHexString(full));
        }
    }

    private long cellHash(final int address, final long value) {
        return value == 0
                ? 0
                : XxHash64.mix(value * VALUE_FACTOR ^ Long.rotateLeft(seed + address * ADDRESS_FACTOR, 29));
    }
}
