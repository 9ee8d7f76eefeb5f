package org.isochron.matcher.venue;

import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateVisitor;

/** What the market of each instrument is besides its book: trading state, last price, stops. Part of the noun BOOKS. */
final class Market implements StateOwner {
    final ChangedInstruments changed;
    final LastPrices lastPrices;
    final TriggerBook triggers;
    final TradingStates states;
    final TickReports tickReports;

    Market(
            final ChangedInstruments changed,
            final LastPrices lastPrices,
            final TriggerBook triggers,
            final TradingStates states,
            final TickReports tickReports) {
        this.changed = changed;
        this.lastPrices = lastPrices;
        this.triggers = triggers;
        this.states = states;
        this.tickReports = tickReports;
    }

    /** Takes other capacities; only while nothing is defined. */
    void resize(final Capacities capacities) {
        changed.resize(capacities.instruments());
        lastPrices.resize(capacities.instruments());
        triggers.resize(capacities);
        states.resize(capacities.instruments());
        tickReports.resize(capacities.instruments());
    }

    @Override
    public void visit(final StateVisitor visitor) {
        changed.visit(visitor);
        lastPrices.visit(visitor);
        triggers.visit(visitor);
        states.visit(visitor);
        tickReports.visit(visitor);
    }
}
