package org.isochron.risk.marks;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.rules.MarkRules;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * How far a mark may move (rulebook 4): within {@code A * (1 -/+ step)}, rounded to A but by at least one tick, A being the
 * mark at the last whole second of sequenced time. However many changes a second brings, together they move it no further.
 */
final class StepLimit implements StateOwner {
    private static final int ANCHOR = 0;
    private static final int ANCHOR_SECOND = 1;
    private static final int FIELDS = 2;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long PPM = 1_000_000;

    private final MarkRules rules;
    private final StateTable table;

    StepLimit(final MarkRules rules, final int capacity) {
        this.rules = rules;
        table = new StateTable("markAnchors", capacity, FIELDS);
    }

    void resize(final int capacity) {
        table.resize(capacity);
    }

    /**
     * The price nearest to {@code wanted} that the mark may take.
     *
     * @param markTicks the mark as it is; nothing has moved it since the last whole second when this is the first call
     *     after that. 0 before the first: any price will do.
     */
    long nearest(final int instrument, final long wanted, final long markTicks, final long nowNs) {
        final int step = rules.stepPpm(instrument);
        if (step == 0 || markTicks == 0) {
            return wanted;
        }
        final long second = nowNs / NANOS_PER_SECOND;
        if (second != table.get(instrument, ANCHOR_SECOND)) {
            table.set(instrument, ANCHOR_SECOND, second);
            table.set(instrument, ANCHOR, markTicks);
        }
        final long anchor = table.get(instrument, ANCHOR);
        final long reach = Math.max(1, FixedPoint.mulDivFloor(anchor, step, PPM));
        return Math.max(Math.max(1, anchor - reach), Math.min(anchor + reach, wanted));
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
