package org.isochron.risk.marks;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.rules.ClosedRules;
import org.isochron.risk.rules.MarginRules;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * How far prices may wander while the primary market is closed (rulebook 5): {@code hi = floor(ref * (1e6 + b) / 1e6)},
 * {@code lo = ceil(ref * (1e6 - b) / 1e6)}, ref at first the index at the close. When the index has come nine tenths of the
 * way to a bound, that bound becomes the reference, up to a number of times each way, counted apart; after that the bound
 * is hard.
 */
final class DiscoveryBounds implements StateOwner {
    private static final long PPM = 1_000_000;
    private static final int Q16 = 16;
    /** An index that has come 9 / 10 of the way moves the reference. */
    private static final long WAY = 9;

    private static final long WHOLE_WAY = 10;

    /** Reference in ticks, 0 while the market is open. */
    private static final int REFERENCE = 0;

    private static final int UP = 1;
    private static final int DOWN = 2;
    private static final int FIELDS = 3;

    private final Instruments instruments;
    private final ClosedRules rules;
    private final MarginRules margins;
    private final StateTable table;

    DiscoveryBounds(final Ledger ledger, final int capacity) {
        instruments = ledger.instruments();
        rules = ledger.rules().closed();
        margins = ledger.rules().margins();
        table = new StateTable("discoveryBounds", capacity, FIELDS);
    }

    void resize(final int capacity) {
        table.resize(capacity);
    }

    /** The market closes; without an index there are no bounds until it opens and closes again. */
    void set(final int instrument, final long indexTicks) {
        table.set(instrument, REFERENCE, indexTicks);
        table.set(instrument, UP, 0);
        table.set(instrument, DOWN, 0);
    }

    /** The market opens. */
    void lift(final int instrument) {
        set(instrument, 0);
    }

    private boolean areSet(final int instrument) {
        return table.get(instrument, REFERENCE) != 0;
    }

    /** Lowest price in ticks, 0 without bounds. */
    long lowest(final int instrument) {
        return areSet(instrument) ? Math.max(1, table.get(instrument, REFERENCE) - reach(instrument)) : 0;
    }

    /** Highest price in ticks, {@link Long#MAX_VALUE} without bounds. */
    long highest(final int instrument) {
        return areSet(instrument) ? table.get(instrument, REFERENCE) + reach(instrument) : Long.MAX_VALUE;
    }

    /** {@code ceil(ref * (1e6 - b) / 1e6) = ref - floor(ref * b / 1e6)}, and likewise upwards. */
    private long reach(final int instrument) {
        final int bound = rules.boundPpm(instrument);
        final long ppm = bound == 0 ? PPM / largestLeverage(instrument) : bound;
        return FixedPoint.mulDivFloor(table.get(instrument, REFERENCE), ppm, PPM);
    }

    /** Of the first tier, before what closed markets and open interest make of it. */
    private long largestLeverage(final int instrument) {
        return PPM
                / (margins.tiers(instrument) == 0
                        ? instruments.initialMarginPpm(instrument)
                        : margins.initialPpm(instrument, 0));
    }

    long nearest(final int instrument, final long ticks) {
        return Math.max(lowest(instrument), Math.min(highest(instrument), ticks));
    }

    /** The same of a price in units of 2^-16 tick. */
    long nearestQ16(final int instrument, final long ticksQ16) {
        return areSet(instrument)
                ? Math.max(lowest(instrument) << Q16, Math.min(highest(instrument) << Q16, ticksQ16))
                : ticksQ16;
    }

    /** The index has moved: the reference follows when it has come far enough. */
    void follow(final int instrument, final long indexQ16) {
        if (!areSet(instrument)) {
            return;
        }
        final long reference = table.get(instrument, REFERENCE);
        final long reach = reach(instrument);
        final long way = indexQ16 - (reference << Q16);
        if (FixedPoint.compareProducts(Math.abs(way), WHOLE_WAY, reach << Q16, WAY) < 0) {
            return;
        }
        final int counter = way > 0 ? UP : DOWN;
        if (reach > 0 && table.get(instrument, counter) < rules.reanchors(instrument)) {
            table.add(instrument, counter, 1);
            table.set(instrument, REFERENCE, way > 0 ? reference + reach : reference - reach);
        }
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
