package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateVisitor;

/** The state of everything that ends or stops orders by itself, in one place to be sized, hashed and checked. */
final class Protections implements StateOwner {
    final OrderTimers timers;
    final DeadMen deadMen;
    final MmpGroups mmpGroups;
    final KillSwitches kills;

    Protections(final Capacities capacities, final Books books, final Ledger ledger, final Counters counters) {
        timers = new OrderTimers(capacities, books);
        deadMen = new DeadMen(capacities);
        mmpGroups = new MmpGroups(capacities, counters);
        kills = new KillSwitches(capacities, ledger);
    }

    void resize(final Capacities capacities) {
        timers.resize(capacities);
        deadMen.resize(capacities);
        mmpGroups.resize(capacities);
        kills.resize(capacities);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        timers.visit(visitor);
        deadMen.visit(visitor);
        mmpGroups.visit(visitor);
        kills.visit(visitor);
    }
}
