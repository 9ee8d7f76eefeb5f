package org.isochron.matcher.venue;

import org.isochron.codecs.InsuranceReason;
import org.isochron.risk.ledger.Assets;
import org.isochron.risk.liquidation.FundLimits;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateVisitor;

/**
 * What the venue does about accounts that fail, put together: liquidations, what the insurance fund may take and how it
 * works that off, who is deleveraged, the last resort, and that all of it is told.
 */
final class Shortfalls implements StateOwner {
    final FundLimits limits;
    final OpenBooks openBooks;
    final OpenLiquidations open;

    private Liquidations liquidations;
    private LastResort lastResort;
    private Unwinding unwinding;

    /** What others need before liquidations themselves can be made. */
    Shortfalls(final FundLimits limits, final OpenBooks openBooks, final Capacities capacities) {
        this.limits = limits;
        this.openBooks = openBooks;
        open = new OpenLiquidations(capacities);
    }

    void carriedOutBy(final Liquidations liquidations, final LastResort lastResort, final Unwinding unwinding) {
        this.lastResort = lastResort;
        this.liquidations = liquidations;
        this.unwinding = unwinding;
    }

    /** Takes other capacities; only while nothing is defined. */
    void resize(final Capacities capacities) {
        limits.resize(capacities.instruments());
        openBooks.resize(capacities);
        open.resize(capacities);
        lastResort.resize(capacities);
    }

    /** Most events a clock tick must have room for; what works inventory off takes what is left. */
    int tickEvents() {
        return liquidations.tickEvents() + openBooks.tickEvents();
    }

    void onTick(final long tickTimeNs) {
        liquidations.onClockTick();
        unwinding.onTick(tickTimeNs);
        openBooks.onTick(tickTimeNs);
    }

    /** At the end of a command: movements of the fund that nobody gave a reason for. There are none, but for a fault. */
    void tellRest(final Assets assets) {
        for (int asset = 0; asset < assets.count(); asset++) {
            openBooks.fundMoved(asset, OpenBooks.NO_INSTRUMENT, InsuranceReason.NULL_VAL);
        }
    }

    @Override
    public void visit(final StateVisitor visitor) {
        limits.visit(visitor);
        openBooks.visit(visitor);
        open.visit(visitor);
        lastResort.visit(visitor);
    }
}
