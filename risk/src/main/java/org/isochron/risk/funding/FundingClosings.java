package org.isochron.risk.funding;

import org.isochron.risk.ledger.Positions;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * What a funding auction has decided and is not done with: the lots that do not carry, which close against each other in
 * the order their orders came, and the rate that is paid when they have. Lots that their position has lost meanwhile are
 * owed no longer, and what nobody is left to take carries.
 */
public final class FundingClosings implements StateOwner {
    /** Nobody has lots to close. */
    public static final int NONE = FundingOrders.NONE;

    private static final int OWED = 0;
    private static final int CLOSED = 1;
    private static final int CLIENT_ID = 2;
    /** Position + 1 of the next on the same side. */
    private static final int NEXT = 3;

    private static final int FIELDS = 4;

    private static final int IS_DECIDED = 0;
    private static final int RATE = 1;
    private static final int END_NS = 2;
    private static final int INTERVALS = 3;
    private static final int NOTE = 4;
    /** First and last position + 1 that is long, and two fields on, the same of those that are short. */
    private static final int FIRST = 5;

    private static final int LAST = 6;
    private static final int SIDE = 2;
    private static final int DECISION_FIELDS = 9;

    private final Positions positions;
    private final StateTable closings;
    private final StateTable decisions;

    FundingClosings(final Positions positions, final Capacities capacities) {
        this.positions = positions;
        closings = new StateTable("fundingClosings", capacities.positions(), FIELDS);
        decisions = new StateTable("fundingDecisions", capacities.instruments(), DECISION_FIELDS);
    }

    void resize(final Capacities capacities) {
        closings.resize(capacities.positions());
        decisions.resize(capacities.instruments());
    }

    void decide(final int instrument, final long rate, final long endNs, final long intervals, final int note) {
        decisions.set(instrument, IS_DECIDED, 1);
        decisions.set(instrument, RATE, rate);
        decisions.set(instrument, END_NS, endNs);
        decisions.set(instrument, INTERVALS, intervals);
        decisions.set(instrument, NOTE, note);
    }

    /** Whether a rate waits to be paid. */
    public boolean isDecided(final int instrument) {
        return decisions.get(instrument, IS_DECIDED) != 0;
    }

    long rate(final int instrument) {
        return decisions.get(instrument, RATE);
    }

    long endNs(final int instrument) {
        return decisions.get(instrument, END_NS);
    }

    long intervals(final int instrument) {
        return decisions.get(instrument, INTERVALS);
    }

    int note(final int instrument) {
        return decisions.getInt(instrument, NOTE);
    }

    /** Lots of a position are to be closed, after those of its side that are already. */
    void owe(final int position, final boolean isLong, final long lots, final long clientId) {
        final int instrument = positions.instrument(position);
        closings.set(position, OWED, lots);
        closings.set(position, CLIENT_ID, clientId);
        final int last = decisions.getInt(instrument, field(LAST, isLong)) - 1;
        decisions.set(instrument, field(LAST, isLong), position + 1L);
        if (last == NONE) {
            decisions.set(instrument, field(FIRST, isLong), position + 1L);
        } else {
            closings.set(last, NEXT, position + 1L);
        }
    }

    /** Position of one side that is first to close, and still has lots to; or {@link #NONE}. */
    public int first(final int instrument, final boolean isLong) {
        int position = head(instrument, isLong);
        while (position != NONE && owed(position, isLong) == 0) {
            drop(instrument, isLong, position);
            position = head(instrument, isLong);
        }
        return position;
    }

    private int head(final int instrument, final boolean isLong) {
        return decisions.getInt(instrument, field(FIRST, isLong)) - 1;
    }

    private void drop(final int instrument, final boolean isLong, final int position) {
        final long next = closings.get(position, NEXT);
        decisions.set(instrument, field(FIRST, isLong), next);
        if (next == 0) {
            decisions.set(instrument, field(LAST, isLong), 0);
        }
        for (int field = 0; field < FIELDS; field++) {
            closings.set(position, field, 0);
        }
    }

    /** Lots of a position that are to be closed, and that it still has. */
    public long owed(final int position, final boolean isLong) {
        final long held = positions.lots(position);
        return Math.min(closings.get(position, OWED), Math.max(isLong ? held : -held, 0));
    }

    /** Lots the auction has closed of a position so far. */
    public long closed(final int position) {
        return closings.get(position, CLOSED);
    }

    /** As its order had it. */
    public long clientId(final int position) {
        return closings.get(position, CLIENT_ID);
    }

    /** Lots of a position have been closed. */
    public void close(final int position, final long lots) {
        closings.add(position, OWED, -lots);
        closings.add(position, CLOSED, lots);
    }

    /** The rate is paid: whoever is left carries. */
    void end(final int instrument) {
        dropAll(instrument, true);
        dropAll(instrument, false);
        for (int field = 0; field < DECISION_FIELDS; field++) {
            decisions.set(instrument, field, 0);
        }
    }

    private void dropAll(final int instrument, final boolean isLong) {
        for (int position = head(instrument, isLong); position != NONE; position = head(instrument, isLong)) {
            drop(instrument, isLong, position);
        }
    }

    private static int field(final int field, final boolean isLong) {
        return isLong ? field : field + SIDE;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(closings);
        visitor.part(decisions);
    }
}
