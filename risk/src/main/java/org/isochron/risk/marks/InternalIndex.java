package org.isochron.risk.marks;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.rules.ClosedRules;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * The index that the venue's own book makes while the primary market is closed (rulebook 5): S in units of 2^-16 tick, at
 * first the index at the close; each clock tick {@code S += trunc(IPD * W / 2^32)}, with {@code IPD = max(impactBid - S, 0)
 * - max(S - impactAsk, 0)}, a side without depth giving 0, and W the weight of {@code min(dt, tau / 10)}: no silence, however
 * long, lets a single moment of the book move it by more than a tenth of a time constant. It stays within the discovery
 * bounds.
 */
final class InternalIndex implements StateOwner {
    private static final int VALUE = 0;
    /** Milliseconds since 1970 of the last step. */
    private static final int STEPPED_MS = 1;

    private static final int FIELDS = 2;
    private static final int Q16 = 16;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_STEP_OF_TAU = 10;

    private final ClosedRules rules;
    private final BookPrices book;
    private final DiscoveryBounds bounds;
    private final StateTable table;

    InternalIndex(final ClosedRules rules, final BookPrices book, final DiscoveryBounds bounds, final int capacity) {
        this.rules = rules;
        this.book = book;
        this.bounds = bounds;
        table = new StateTable("internalIndex", capacity, FIELDS);
    }

    void resize(final int capacity) {
        table.resize(capacity);
    }

    /** The market closes at this index. */
    void begin(final int instrument, final long indexTicks, final long nowNs) {
        table.set(instrument, VALUE, indexTicks << Q16);
        table.set(instrument, STEPPED_MS, nowNs / NANOS_PER_MILLI);
    }

    /** The clock ticks. */
    void step(final int instrument, final long nowNs) {
        final long nowMs = nowNs / NANOS_PER_MILLI;
        final long tauMs = rules.internalTauMs(instrument);
        final long dtMs = Math.min(nowMs - table.get(instrument, STEPPED_MS), tauMs / LONGEST_STEP_OF_TAU);
        table.set(instrument, STEPPED_MS, nowMs);
        final long before = table.get(instrument, VALUE);
        final long pull = pull(instrument, before);
        if (pull != 0) {
            final long after = before + FixedPoint.mulDivTrunc(pull, Decay.weightQ32(dtMs, tauMs), Decay.ONE);
            final long within = bounds.nearestQ16(instrument, after);
            table.set(instrument, VALUE, within);
            bounds.follow(instrument, within);
        }
    }

    /** IPD: how far the book pulls. */
    private long pull(final int instrument, final long value) {
        final long notional = rules.impactNotional(instrument);
        final long bid = book.impactTicksQ16(instrument, true, notional);
        final long ask = book.impactTicksQ16(instrument, false, notional);
        final long up = bid == 0 ? 0 : Math.max(bid - value, 0);
        final long down = ask == 0 ? 0 : Math.max(value - ask, 0);
        return up - down;
    }

    /** The index in whole ticks, rounded down. */
    long ticks(final int instrument) {
        return table.get(instrument, VALUE) >> Q16;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
