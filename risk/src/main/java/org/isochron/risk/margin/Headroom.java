package org.isochron.risk.margin;

import java.util.Arrays;
import org.isochron.risk.ledger.ChangedPositions;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.marks.MarkChanges;

/**
 * What a bucket of cross margin can surely spare: so an order that needs far less enters without anything being worked out.
 *
 * <p>Known is what the bucket had to spare when it was last worked out, less the most that each order since can need. Orders
 * that go give nothing back: a side that shrinks never needs more, and where it crosses zero the other side needs more
 * already. Everything else ends what is known: a mark or rule of the asset that changes, and whatever disturbs the account,
 * see {@link ChangedPositions}. So an order it has room for is one that the exact figures admit, too.
 *
 * <p>Derived, no part of the state: it decides how an answer is found, never which.
 */
final class Headroom {
    private static final int SPARE = 0;
    /** The most the bucket's exposure can be. */
    private static final int EXPOSURE = 1;
    /** Number of the last change of a mark of the asset when it was worked out. */
    private static final int MARKS = 2;

    private static final int DISTURBANCES = 3;
    private static final int FIELDS = 4;

    private static final long UNKNOWN = -1;

    private final ChangedPositions changed;
    private final MarkChanges marks;
    private final Instruments instruments;
    /** By row of {@link BucketTotals}. */
    private long[] cells = {};

    Headroom(final ChangedPositions changed, final MarkChanges marks, final Instruments instruments) {
        this.changed = changed;
        this.instruments = instruments;
        this.marks = marks;
    }

    /** Starts again, knowing nothing of so many buckets. */
    void rebuild(final int rows) {
        cells = new long[rows * FIELDS];
        Arrays.fill(cells, UNKNOWN);
    }

    /**
     * Whether anything is known of a bucket.
     *
     * @param row        of the bucket, {@link BucketTotals#NONE} when it never had a position.
     * @param instrument that settles in the bucket's asset.
     */
    boolean isKnown(final int row, final int account, final int instrument) {
        final int at = row * FIELDS;
        return row != BucketTotals.NONE
                && cells[at + DISTURBANCES] == changed.disturbances(account)
                && cells[at + MARKS] == newestMark(instrument);
    }

    /**
     * Takes what an order can need at most off what is left of a bucket of which that is known.
     *
     * @return false when it is not enough.
     */
    boolean take(final int row, final long required, final long exposure) {
        final int at = row * FIELDS;
        final long spare = cells[at + SPARE] - required;
        final long exposed = cells[at + EXPOSURE] + exposure;
        if (spare < 0 || exposed > PositionMargin.MAX_EXPOSURE) {
            return false;
        }
        cells[at + SPARE] = spare;
        cells[at + EXPOSURE] = exposed;
        return true;
    }

    /** The bucket has been worked out. */
    void put(final int row, final int account, final int instrument, final long spare, final long exposure) {
        final int at = row * FIELDS;
        cells[at + SPARE] = spare;
        cells[at + EXPOSURE] = exposure;
        cells[at + MARKS] = newestMark(instrument);
        cells[at + DISTURBANCES] = changed.disturbances(account);
    }

    private long newestMark(final int instrument) {
        final int newest = marks.newest(instruments.asset(instrument));
        return newest == MarkChanges.NONE ? UNKNOWN : marks.changedAt(newest);
    }
}
