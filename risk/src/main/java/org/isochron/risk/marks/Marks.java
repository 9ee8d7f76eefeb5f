package org.isochron.risk.marks;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.rules.ClosedRules;
import org.isochron.risk.rules.IndexRules;
import org.isochron.risk.rules.MarkRules;
import org.isochron.risk.rules.Rules;
import org.isochron.risk.state.StateCheck;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateSum;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * The noun MARKS: per instrument the index and the mark, in ticks, and whether they may be used (rulebook 3 to 5). Prices
 * of sources, ticks of the clock, changes of the book and transitions of the calendar move them; each costs the same
 * however many hold the instrument. While the index is invalid the mark is too, and keeps its last value.
 *
 * <p>An instrument without rules of its own has the plain ones: all fresh sources count alike, and the mark is the index.
 */
public final class Marks implements StateOwner {
    /** Price sources an instrument may have. */
    public static final int SOURCES = IndexRules.SOURCES;
    /** Largest price in ticks: with 16 binary places behind it, and differences of two of them, it stays within 62 bits. */
    public static final long MAX_TICKS = 1L << 44;

    private static final int Q16 = 16;

    private static final int MARK = 0;
    private static final int VALID = 1;
    private static final int FIELDS = 2;

    private final Instruments instruments;
    private final MarkRules markRules;
    private final ClosedRules closedRules;
    private final Sources sources;
    private final Index index;
    private final Averages indexAverages;
    private final Averages basis;
    private final PrimaryMarkets primary;
    private final DiscoveryBounds bounds;
    private final InternalIndex internal;
    private final MarkRule rule;
    private final StepLimit stepLimit;
    private final StateTable table;
    private final MarkChanges changes;
    private final StateSum sum = new StateSum();

    /** @param book what the marks read of the books. */
    public Marks(final Ledger ledger, final BookPrices book, final int capacity) {
        final Rules rules = ledger.rules();
        instruments = ledger.instruments();
        markRules = rules.mark();
        closedRules = rules.closed();
        final Staleness staleness = new Staleness(instruments, rules.index());
        sources = new Sources(capacity);
        final SourceMedian median = new SourceMedian(sources, rules.index());
        index = new Index(instruments, rules.index(), sources, median, staleness, capacity);
        indexAverages = new Averages("indexAverages", capacity);
        basis = new Averages("basis", capacity);
        primary = new PrimaryMarkets(closedRules, capacity);
        bounds = new DiscoveryBounds(ledger, capacity);
        internal = new InternalIndex(closedRules, book, bounds, capacity);
        rule = new MarkRule(markRules, sources, median, book, basis, staleness);
        stepLimit = new StepLimit(markRules, capacity);
        table = new StateTable("marks", capacity, FIELDS);
        changes = new MarkChanges(capacity);
    }

    /** Whom FAIR_BASIS asks for funding; to be told once, before the first command. */
    public void funding(final FundingOutlook funding) {
        rule.funding(funding);
    }

    /** Takes another capacity; only while no instrument is defined. */
    public void resize(final int capacity) {
        sources.resize(capacity);
        index.resize(capacity);
        indexAverages.resize(capacity);
        basis.resize(capacity);
        primary.resize(capacity);
        bounds.resize(capacity);
        internal.resize(capacity);
        stepLimit.resize(capacity);
        table.resize(capacity);
        changes.resize(capacity);
    }

    // What moves them

    /** A source's price of the underlying arrives: index and mark follow at once, unless the primary market is closed. */
    public void tick(final int instrument, final int source, final long ticks, final long nowNs) {
        sources.take(instrument, Sources.INDEX, source, ticks, nowNs);
        primary.heard(instrument, nowNs);
        if (primary.isOpen(instrument)) {
            index.refresh(instrument, nowNs);
        } else if (!primary.isClosedByCalendar(instrument) && index.hasSources(instrument, nowNs)) {
            primary.silent(instrument, false);
            reopen(instrument, nowNs);
        }
        settle(instrument, nowNs);
    }

    /** A source's price of the same perpetual at another venue arrives. */
    public void tickPerpetual(final int instrument, final int source, final long ticks, final long nowNs) {
        sources.take(instrument, Sources.PERPETUAL, source, ticks, nowNs);
        settle(instrument, nowNs);
    }

    /**
     * The clock ticks: sources that are too old drop out, averages take a sample, a market whose feed is silent counts as
     * closed, the internal index takes a step, and marks go on towards where their step limit let them not go at once.
     *
     * @return whether anything that is told with index and mark has changed.
     */
    public boolean clock(final int instrument, final long nowNs) {
        final long indexBefore = index.ticks(instrument);
        final long markBefore = markTicks(instrument);
        final long bitmapBefore = index.sourceBitmap(instrument);
        final boolean wasValid = isValid(instrument);
        if (primary.fallsSilent(instrument, nowNs)) {
            primary.silent(instrument, true);
            close(instrument, nowNs);
        }
        ageIndex(instrument, nowNs);
        final long indexTicks = index.ticks(instrument);
        if (index.isValid(instrument)) {
            indexAverages.sample(instrument, indexTicks << Q16, nowNs, markRules.indexTauMs(instrument));
        }
        rule.sampleBasis(instrument, indexTicks, index.isValid(instrument), nowNs);
        if (primary.ramp(instrument, nowNs)) {
            changes.add(instrument, instruments.asset(instrument));
        }
        settle(instrument, nowNs);
        return indexBefore != index.ticks(instrument)
                || markBefore != markTicks(instrument)
                || bitmapBefore != index.sourceBitmap(instrument)
                || wasValid != isValid(instrument);
    }

    private void ageIndex(final int instrument, final long nowNs) {
        if (primary.isOpen(instrument)) {
            if (index.isDue(instrument, nowNs)) {
                index.refresh(instrument, nowNs);
            }
        } else if (isInternal(instrument)) {
            internal.step(instrument, nowNs);
            index.set(instrument, internal.ticks(instrument));
        }
    }

    /** Whether trades, best bid and best offer move the instrument's mark. */
    public boolean readsBook(final int instrument) {
        return rule.readsBook(instrument);
    }

    /**
     * Best bid, best offer or last trade have changed.
     *
     * @return whether the mark has by it.
     */
    public boolean bookChanged(final int instrument, final long nowNs) {
        final long before = markTicks(instrument);
        settle(instrument, nowNs);
        return before != markTicks(instrument);
    }

    /** Rules of the instrument have changed: what rests on them is worked out again. */
    public void rulesChanged(final int instrument) {
        changes.add(instrument, instruments.asset(instrument));
    }

    /** The cumulative funding index of the instrument has moved: what its holders owe is worked out again. */
    public void fundingChanged(final int instrument) {
        changes.add(instrument, instruments.asset(instrument));
    }

    /**
     * A session of the primary market begins by the calendar.
     *
     * @param session wire value of a MarketSession other than FEED_SILENT.
     * @param next    the same of the session announced after it, {@link PrimaryMarkets#NONE} when none is.
     * @param nextNs  when that is to begin, 0 when none is announced.
     */
    public void transition(
            final int instrument, final int session, final int next, final long nextNs, final long nowNs) {
        final boolean wasOpen = primary.isOpen(instrument);
        primary.enter(instrument, session, next, nextNs, nowNs);
        if (wasOpen != primary.isOpen(instrument)) {
            if (wasOpen) {
                close(instrument, nowNs);
            } else {
                reopen(instrument, nowNs);
            }
        }
        primary.ramp(instrument, nowNs);
        settle(instrument, nowNs);
        // Margin and what may be withdrawn depend on the session itself.
        changes.add(instrument, instruments.asset(instrument));
    }

    /** Whatever the rule, the index stays where it is, and counts: it may move by the rule from here on. */
    private void close(final int instrument, final long nowNs) {
        final long ticks = index.ticks(instrument);
        if (ticks != 0) {
            bounds.set(instrument, ticks);
            internal.begin(instrument, ticks, nowNs);
            index.set(instrument, ticks);
        }
    }

    private void reopen(final int instrument, final long nowNs) {
        bounds.lift(instrument);
        index.refresh(instrument, nowNs);
    }

    /**
     * No source counts until it ticks again, because nobody knows what happened meanwhile. An index that is not made of
     * them, because its primary market is closed, stays.
     *
     * @return true when the index has turned invalid by it.
     */
    public boolean forgetSources(final int instrument, final long nowNs) {
        sources.forget(instrument);
        primary.heard(instrument, nowNs);
        if (!primary.isOpen(instrument)) {
            return false;
        }
        final boolean wasValid = isValid(instrument);
        index.invalidate(instrument);
        settle(instrument, nowNs);
        return wasValid;
    }

    private void settle(final int instrument, final long nowNs) {
        final boolean valid = index.isValid(instrument);
        final long before = markTicks(instrument);
        long mark = before;
        if (valid) {
            final long wanted = rule.ticks(instrument, index.ticks(instrument), nowNs);
            mark = bounds.nearest(instrument, stepLimit.nearest(instrument, wanted, before, nowNs));
        }
        if (mark != before || valid != isValid(instrument)) {
            table.set(instrument, MARK, mark);
            table.set(instrument, VALID, valid ? 1 : 0);
            changes.add(instrument, instruments.asset(instrument));
        }
    }

    // What they are

    /** Which marks, their validity or what rests on them have changed of late. */
    public MarkChanges changes() {
        return changes;
    }

    /** Index, 0 before the first. */
    public long indexTicks(final int instrument) {
        return index.ticks(instrument);
    }

    /** Average of the index over an hour or so, to the nearest tick; the index itself before the first sample. */
    public long indexAverageTicks(final int instrument) {
        final long averageQ16 = indexAverages.valueQ16(instrument);
        return averageQ16 == 0
                ? index.ticks(instrument)
                : Math.max(1, FixedPoint.mulDivHalfAwayFromZero(averageQ16, 1, 1L << Q16));
    }

    /** Mark, 0 before the first; the last valid one while invalid. */
    public long markTicks(final int instrument) {
        return table.get(instrument, MARK);
    }

    public boolean isValid(final int instrument) {
        return table.get(instrument, VALID) != 0;
    }

    /** Bit of every source that counted when the index was last made of them; none while the primary market is closed. */
    public long sourceBitmap(final int instrument) {
        return index.sourceBitmap(instrument);
    }

    /** Sessions of the primary markets, and what follows from them. */
    public PrimaryMarkets primary() {
        return primary;
    }

    /** Whether the venue's own book makes the index now. */
    public boolean isInternal(final int instrument) {
        return !primary.isOpen(instrument)
                && closedRules.rule(instrument) == ClosedRules.INTERNAL_EMA
                && index.ticks(instrument) != 0;
    }

    /** Lowest limit price that discovery bounds let in, ticks; 0 without bounds. */
    public long lowestTicks(final int instrument) {
        return bounds.lowest(instrument);
    }

    /** Highest limit price that discovery bounds let in, ticks; {@link Long#MAX_VALUE} without bounds. */
    public long highestTicks(final int instrument) {
        return bounds.highest(instrument);
    }

    /** Initial margin, ppm of the usual. */
    public int initialMarginScalePpm(final int instrument) {
        return primary.initialMarginScalePpm(instrument);
    }

    /** What funding rates are multiplied by in the market's session, ppm. */
    public int fundingMultiplierPpm(final int instrument) {
        return primary.fundingPpm(instrument);
    }

    /** Hash of all of it, O(1). */
    public long hash() {
        return sum.of(this);
    }

    public void verifyInFull() {
        StateCheck.verify(this);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
        sources.visit(visitor);
        index.visit(visitor);
        indexAverages.visit(visitor);
        basis.visit(visitor);
        primary.visit(visitor);
        bounds.visit(visitor);
        internal.visit(visitor);
        stepLimit.visit(visitor);
    }
}
