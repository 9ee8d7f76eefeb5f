package org.isochron.risk.marks;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.rules.IndexRules;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * The index of each instrument in ticks, and whether it may be used (rulebook 3). {@link #refresh} makes it of the sources:
 * those too far from the median drop out, and the rest have the median taken again; too few of them, and it is invalid and
 * keeps its last value. A step beyond the jump limit has to be confirmed by a second source that is as far away, or to
 * persist; until then everything stays as it is. While the primary market is closed somebody else says what it is.
 */
final class Index implements StateOwner {
    private static final long PPM = 1_000_000;

    private static final int TICKS = 0;
    private static final int VALID = 1;
    private static final int SOURCE_BITMAP = 2;
    /** Time at which a step was first held back, plus 1, negative for a step down; 0 when none is. */
    private static final int HELD_SINCE = 3;

    private static final int FIELDS = 4;

    private final Instruments instruments;
    private final IndexRules rules;
    private final Sources sources;
    private final SourceMedian median;
    private final Staleness staleness;
    private final StateTable table;

    Index(
            final Instruments instruments,
            final IndexRules rules,
            final Sources sources,
            final SourceMedian median,
            final Staleness staleness,
            final int capacity) {
        this.staleness = staleness;
        this.instruments = instruments;
        this.rules = rules;
        this.sources = sources;
        this.median = median;
        table = new StateTable("index", capacity, FIELDS);
    }

    void resize(final int capacity) {
        table.resize(capacity);
    }

    /** Ticks, 0 before the first; the last valid one while invalid. */
    long ticks(final int instrument) {
        return table.get(instrument, TICKS);
    }

    boolean isValid(final int instrument) {
        return table.get(instrument, VALID) != 0;
    }

    /** Bit of every source that counted when the index was last made of them. */
    long sourceBitmap(final int instrument) {
        return table.get(instrument, SOURCE_BITMAP);
    }

    /** Makes the index of its sources. */
    void refresh(final int instrument, final long nowNs) {
        final long counted = counted(instrument, nowNs);
        table.set(instrument, SOURCE_BITMAP, counted);
        if (Long.bitCount(counted) < requiredSources(instrument)) {
            table.set(instrument, VALID, 0);
            table.set(instrument, HELD_SINCE, 0);
            return;
        }
        final long ticks = median.of(instrument, Sources.INDEX, counted);
        if (!isHeldBack(instrument, ticks, counted, nowNs)) {
            table.set(instrument, HELD_SINCE, 0);
            table.set(instrument, TICKS, ticks);
            table.set(instrument, VALID, 1);
        }
    }

    /** Whether time alone may have changed what the sources make. */
    boolean isDue(final int instrument, final long nowNs) {
        return rules.isDefined(instrument)
                ? sourceBitmap(instrument) != counted(instrument, nowNs) || table.get(instrument, HELD_SINCE) != 0
                : isValid(instrument) && sourceBitmap(instrument) != counted(instrument, nowNs);
    }

    /** Whether the sources would make a valid index now. */
    boolean hasSources(final int instrument, final long nowNs) {
        return Long.bitCount(counted(instrument, nowNs)) >= requiredSources(instrument);
    }

    /** Somebody else says what the index is; no source counts for it. */
    void set(final int instrument, final long ticks) {
        table.set(instrument, TICKS, ticks);
        table.set(instrument, VALID, 1);
        table.set(instrument, SOURCE_BITMAP, 0);
        table.set(instrument, HELD_SINCE, 0);
    }

    /** Nobody knows any more. */
    void invalidate(final int instrument) {
        table.set(instrument, VALID, 0);
        table.set(instrument, SOURCE_BITMAP, 0);
        table.set(instrument, HELD_SINCE, 0);
    }

    /** Soft-stale sources count only when the others are too few. */
    private long counted(final int instrument, final long nowNs) {
        final long usable = median.weighted(
                instrument, sources.youngerThan(instrument, Sources.INDEX, staleness.ns(instrument), nowNs));
        if (!rules.isDefined(instrument)) {
            return usable;
        }
        final long fresh =
                usable & sources.youngerThan(instrument, Sources.INDEX, rules.softStaleNs(instrument), nowNs);
        final long counted = withoutOutliers(instrument, fresh);
        return Long.bitCount(counted) >= requiredSources(instrument) ? counted : withoutOutliers(instrument, usable);
    }

    private long withoutOutliers(final int instrument, final long bitmap) {
        return bitmap == 0
                ? 0
                : median.without(
                        instrument,
                        bitmap,
                        median.of(instrument, Sources.INDEX, bitmap),
                        rules.deviationPpm(instrument));
    }

    private int requiredSources(final int instrument) {
        return rules.isDefined(instrument)
                ? rules.requiredSources(instrument)
                : instruments.requiredSources(instrument);
    }

    private boolean isHeldBack(final int instrument, final long ticks, final long counted, final long nowNs) {
        final long before = ticks(instrument);
        final int ppm = rules.jumpPpm(instrument);
        if (before == 0 || ppm == 0) {
            return false;
        }
        final long reach = FixedPoint.mulDivFloor(before, ppm, PPM);
        if (Math.abs(ticks - before) <= reach || isConfirmed(instrument, before, ticks, reach, counted)) {
            return false;
        }
        final long since = table.get(instrument, HELD_SINCE);
        final boolean goesOn = since != 0 && since > 0 == ticks > before;
        if (!goesOn) {
            table.set(instrument, HELD_SINCE, ticks > before ? nowNs + 1 : -(nowNs + 1));
            return true;
        }
        return nowNs - (Math.abs(since) - 1) < rules.jumpPersistNs(instrument);
    }

    /** Whether at least two sources lie beyond the jump limit, on the side the index would step to. */
    private boolean isConfirmed(
            final int instrument, final long before, final long ticks, final long reach, final long counted) {
        int witnesses = 0;
        for (long rest = counted; rest != 0; rest &= rest - 1) {
            final long step = sources.ticks(instrument, Sources.INDEX, Long.numberOfTrailingZeros(rest)) - before;
            if (ticks > before ? step > reach : -step > reach) {
                witnesses++;
            }
        }
        return witnesses >= 2;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
