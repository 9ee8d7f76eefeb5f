package org.isochron.matcher.venue;

import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Price in ticks and time of the last trade of each instrument; liquidations and auctions count. Part of the noun BOOKS.
 */
final class LastPrices implements StateOwner {
    private static final int TICKS = 0;
    private static final int TIME_NS = 1;
    private static final int FIELDS = 2;

    private final StateTable table;

    LastPrices(final int capacity) {
        table = new StateTable("lastPrices", capacity, FIELDS);
    }

    void resize(final int capacity) {
        table.resize(capacity);
    }

    /** 0 before the first trade. */
    long ticks(final int instrument) {
        return table.get(instrument, TICKS);
    }

    /** Sequenced time, 0 before the first trade. */
    long timeNs(final int instrument) {
        return table.get(instrument, TIME_NS);
    }

    void traded(final int instrument, final long ticks, final long nowNs) {
        table.set(instrument, TICKS, ticks);
        table.set(instrument, TIME_NS, nowNs);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
