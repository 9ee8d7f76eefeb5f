package org.isochron.matcher.venue;

import org.isochron.risk.state.StateTable;

/** The price of the last trade of each instrument, ticks; liquidations and auctions count. Part of the noun BOOKS. */
final class LastPrices {
    private final StateTable table;

    LastPrices(final int capacity) {
        table = new StateTable("lastPrices", capacity, 1);
    }

    void resize(final int capacity) {
        table.resize(capacity);
    }

    /** 0 before the first trade. */
    long ticks(final int instrument) {
        return table.get(instrument, 0);
    }

    void traded(final int instrument, final long ticks) {
        table.set(instrument, 0, ticks);
    }

    long hash() {
        return table.hash();
    }

    void verify() {
        table.verify();
    }
}
