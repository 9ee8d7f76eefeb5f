package org.isochron.risk.state;

/**
 * Hands out the rows of a table and takes them back: last returned first, then rows never used, in order. The free list
 * runs through a field of the table itself and is part of its hash, as it decides which row comes next.
 */
public final class RowPool {
    /** No row. */
    public static final int NONE = -1;

    private static final int FREE = 0;
    private static final int EVER_USED = 1;
    private static final int IN_USE = 2;
    private static final int FIELDS = 3;

    private final StateTable table;
    private final int linkField;
    private final StateTable head;

    /** @param linkField field of a free row that holds the next free one. */
    public RowPool(final String name, final StateTable table, final int linkField) {
        this.table = table;
        this.linkField = linkField;
        head = new StateTable(name, 1, FIELDS);
    }

    /** Takes a row, or {@link #NONE} when all are in use. The row still holds what its last user left. */
    public int take() {
        final int free = head.getInt(0, FREE) - 1;
        if (free != NONE) {
            head.set(0, FREE, table.get(free, linkField));
            head.add(0, IN_USE, 1);
            return free;
        }
        final int fresh = head.getInt(0, EVER_USED);
        if (fresh == table.rows()) {
            return NONE;
        }
        head.set(0, EVER_USED, fresh + 1L);
        head.add(0, IN_USE, 1);
        return fresh;
    }

    public void give(final int row) {
        table.set(row, linkField, head.get(0, FREE));
        head.set(0, FREE, row + 1L);
        head.add(0, IN_USE, -1);
    }

    public int inUse() {
        return head.getInt(0, IN_USE);
    }

    public boolean isFull() {
        return inUse() == table.rows();
    }

    public long hash() {
        return head.hash();
    }

    public void verify() {
        head.verify();
        int free = 0;
        for (int row = head.getInt(0, FREE) - 1; row != NONE; row = table.getInt(row, linkField) - 1) {
            free++;
        }
        if (free + inUse() != head.getInt(0, EVER_USED)) {
            throw new InvariantViolation(free + " rows free and " + inUse() + " in use are not the "
                    + head.getInt(0, EVER_USED) + " ever used");
        }
    }
}
