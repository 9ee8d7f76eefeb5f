package org.isochron.risk.marks;

import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.state.StateTable;

/**
 * The noun MARKS: per instrument the newest price of each source, the index they make and the mark. All prices in ticks.
 *
 * <p>The index is the median of the fresh sources, each with weight 1 (rulebook 3): sorted by price, then source, the
 * smallest price at which twice the cumulative count reaches the total. Mark rule ORACLE: the mark is the index. With
 * fewer fresh sources than the instrument requires both are invalid and keep their last values.
 */
public final class Marks {
    public static final int SOURCES = 16;

    /** Once: of something in ppm. */
    private static final long ONE_PPM = 1_000_000;

    private static final int INDEX = 0;
    private static final int MARK = 1;
    private static final int VALID = 2;
    private static final int SOURCE_BITMAP = 3;
    private static final int SOURCE_TICKS = 4;
    /** Time at which the source's price drops out, 0 when it has none. */
    private static final int SOURCE_EXPIRY = SOURCE_TICKS + SOURCES;

    private static final int FIELDS = SOURCE_EXPIRY + SOURCES;

    private final Instruments instruments;
    private final StateTable table;
    private final long[] sorted = new long[SOURCES];
    private final MarkChanges changes;

    public Marks(final Instruments instruments, final int capacity) {
        this.instruments = instruments;
        table = new StateTable("marks", capacity, FIELDS);
        changes = new MarkChanges(capacity);
    }

    /** Takes another capacity; only while no instrument is defined. */
    public void resize(final int capacity) {
        table.resize(capacity);
        changes.resize(capacity);
    }

    /** A source's price arrives: index and mark follow at once. */
    public void tick(final int instrument, final int source, final long ticks, final long nowNs) {
        table.set(instrument, SOURCE_TICKS + source, ticks);
        table.set(instrument, SOURCE_EXPIRY + source, nowNs + instruments.indexStaleNs(instrument));
        refresh(instrument, nowNs);
    }

    /**
     * Time has passed: sources that are too old drop out of a valid index. Those that are left may make another one, or be
     * too few for any.
     *
     * @return whether one has dropped out.
     */
    public boolean age(final int instrument, final long nowNs) {
        final boolean drops = isValid(instrument) && bitmapAt(instrument, nowNs) != sourceBitmap(instrument);
        if (drops) {
            refresh(instrument, nowNs);
        }
        return drops;
    }

    /**
     * No source counts until it ticks again, because nobody knows what happened meanwhile.
     *
     * @return true when the index has turned invalid by it.
     */
    public boolean forgetSources(final int instrument) {
        final boolean wasValid = isValid(instrument);
        for (int source = 0; source < SOURCES; source++) {
            table.set(instrument, SOURCE_EXPIRY + source, 0);
        }
        table.set(instrument, SOURCE_BITMAP, 0);
        settle(instrument, markTicks(instrument), false);
        return wasValid;
    }

    private void refresh(final int instrument, final long nowNs) {
        final long bitmap = bitmapAt(instrument, nowNs);
        final int fresh = Long.bitCount(bitmap);
        final boolean valid = fresh >= instruments.requiredSources(instrument);
        if (valid) {
            final long index = median(instrument, bitmap, fresh);
            table.set(instrument, INDEX, index);
        }
        table.set(instrument, SOURCE_BITMAP, bitmap);
        settle(instrument, valid ? indexTicks(instrument) : markTicks(instrument), valid);
    }

    private void settle(final int instrument, final long markTicks, final boolean valid) {
        if (markTicks != markTicks(instrument) || valid != isValid(instrument)) {
            table.set(instrument, MARK, markTicks);
            table.set(instrument, VALID, valid ? 1 : 0);
            changes.add(instrument, instruments.asset(instrument));
        }
    }

    /** Rules of the instrument have changed: what rests on them is worked out again. */
    public void rulesChanged(final int instrument) {
        changes.add(instrument, instruments.asset(instrument));
    }

    /** What funding rates are multiplied by in the market's session, ppm. */
    public long fundingMultiplierPpm(final int instrument) {
        return ONE_PPM;
    }

    /** The cumulative funding index of the instrument has moved: what its holders owe is worked out again. */
    public void fundingChanged(final int instrument) {
        changes.add(instrument, instruments.asset(instrument));
    }

    /** Which marks, or their validity, have changed of late. */
    public MarkChanges changes() {
        return changes;
    }

    private long bitmapAt(final int instrument, final long nowNs) {
        long bitmap = 0;
        for (int source = 0; source < SOURCES; source++) {
            if (nowNs < table.get(instrument, SOURCE_EXPIRY + source)) {
                bitmap |= 1L << source;
            }
        }
        return bitmap;
    }

    /** Weights are equal, so the order of equal prices, and with it the source id, does not show in the result. */
    private long median(final int instrument, final long bitmap, final int fresh) {
        int count = 0;
        for (long rest = bitmap; rest != 0; rest &= rest - 1) {
            final long ticks = table.get(instrument, SOURCE_TICKS + Long.numberOfTrailingZeros(rest));
            int place = count++;
            while (place > 0 && sorted[place - 1] > ticks) {
                sorted[place] = sorted[place - 1];
                place--;
            }
            sorted[place] = ticks;
        }
        return sorted[(fresh - 1) / 2];
    }

    /** Index, 0 before the first. */
    public long indexTicks(final int instrument) {
        return table.get(instrument, INDEX);
    }

    /** Mark, 0 before the first; the last valid one while invalid. */
    public long markTicks(final int instrument) {
        return table.get(instrument, MARK);
    }

    public boolean isValid(final int instrument) {
        return table.get(instrument, VALID) != 0;
    }

    /** Bit of every source that was fresh when the index was last made. */
    public long sourceBitmap(final int instrument) {
        return table.get(instrument, SOURCE_BITMAP);
    }

    /** Hash of the noun, O(1). */
    public long hash() {
        return table.hash();
    }

    public void verifyInFull() {
        table.verify();
    }
}
