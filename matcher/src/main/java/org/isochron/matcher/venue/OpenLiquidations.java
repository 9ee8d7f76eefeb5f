package org.isochron.matcher.venue;

import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * The buckets under liquidation: how far each has come and when it is looked at again. A row stays with its bucket from the
 * beginning of a liquidation to its end; free rows are kept in a list. Part of the noun BOOKS.
 */
final class OpenLiquidations implements StateOwner {
    /** Bounds on how many buckets may be under liquidation at a time: as many as a quarter of the positions, within these. */
    private static final int LEAST = 1_024;

    private static final int MOST = 65_536;
    private static final int POSITIONS_PER_LIQUIDATION = 4;

    private static final int BUCKET = 0;
    private static final int PROGRESS = 1;
    /** Sequenced time of the first tranche, 0 before it. */
    private static final int FIRST_NS = 2;
    /** Sequenced time of the next look; 0 while it is in the work queue. */
    private static final int DUE_NS = 3;
    /** Sequence of the command that began the round of tranches going on, 0 between rounds. */
    private static final int ROUND = 4;
    /** Lots of a tranche that a full batch has interrupted, 0 for none. */
    private static final int LEFT = 5;
    /** Of a free row: the next free one + 1. */
    private static final int NEXT_FREE = 6;

    private static final int FIELDS = 7;

    private static final int USED = 0;
    private static final int FREE = 1;
    private static final int OPEN = 2;

    private final StateTable rows;
    /** Rows ever used, head of the free list + 1, rows in use. */
    private final StateTable counts = new StateTable("liquidationCounts", 1, 3);

    OpenLiquidations(final Capacities capacities) {
        rows = new StateTable("liquidations", capacity(capacities), FIELDS);
    }

    void resize(final Capacities capacities) {
        rows.resize(capacity(capacities));
    }

    /** How many there can be. A proposal for more is refused with CAPACITY, and risk nodes propose them again. */
    static int capacity(final Capacities capacities) {
        return Math.max(LEAST, Math.min(MOST, capacities.positions() / POSITIONS_PER_LIQUIDATION));
    }

    boolean hasRoomFor(final int count) {
        return counts.get(0, OPEN) + count <= rows.rows();
    }

    /** A row for a bucket whose liquidation begins. */
    int open(final int bucket) {
        int row = counts.getInt(0, FREE) - 1;
        if (row >= 0) {
            counts.set(0, FREE, rows.get(row, NEXT_FREE));
            rows.set(row, NEXT_FREE, 0);
        } else {
            row = counts.getInt(0, USED);
            if (row == rows.rows()) {
                throw new InvariantViolation(row + " liquidations are open, room for no more");
            }
            counts.set(0, USED, row + 1L);
        }
        counts.add(0, OPEN, 1);
        rows.set(row, BUCKET, bucket);
        return row;
    }

    void close(final int row) {
        for (int field = 0; field < NEXT_FREE; field++) {
            rows.set(row, field, 0);
        }
        rows.set(row, NEXT_FREE, counts.get(0, FREE));
        counts.set(0, FREE, row + 1L);
        counts.add(0, OPEN, -1);
    }

    /** Rows ever used: every open liquidation is in one below it. */
    int used() {
        return counts.getInt(0, USED);
    }

    /** Whether the row waits for its time; free rows and those in the work queue do not. */
    boolean isWaiting(final int row) {
        return rows.get(row, DUE_NS) != 0;
    }

    int bucket(final int row) {
        return rows.getInt(row, BUCKET);
    }

    boolean has(final int row, final int progress) {
        return (rows.get(row, PROGRESS) & progress) != 0;
    }

    void note(final int row, final int progress) {
        rows.set(row, PROGRESS, rows.get(row, PROGRESS) | progress);
    }

    long firstNs(final int row) {
        return rows.get(row, FIRST_NS);
    }

    void firstNs(final int row, final long ns) {
        rows.set(row, FIRST_NS, ns);
    }

    long dueNs(final int row) {
        return rows.get(row, DUE_NS);
    }

    /** Lets it wait until a time. */
    void waitUntil(final int row, final long ns) {
        rows.set(row, DUE_NS, ns);
        rows.set(row, ROUND, 0);
        rows.set(row, LEFT, 0);
    }

    /** It goes back into the work queue. */
    void resume(final int row) {
        rows.set(row, DUE_NS, 0);
    }

    long round(final int row) {
        return rows.get(row, ROUND);
    }

    void round(final int row, final long sequence) {
        rows.set(row, ROUND, sequence);
    }

    long left(final int row) {
        return rows.get(row, LEFT);
    }

    void left(final int row, final long lots) {
        rows.set(row, LEFT, lots);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(rows);
        visitor.part(counts);
    }
}
