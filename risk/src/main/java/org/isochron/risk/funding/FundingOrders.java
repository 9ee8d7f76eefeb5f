package org.isochron.risk.funding;

import org.isochron.risk.ledger.Positions;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * The orders of funding auctions, at most one for each position, linked per instrument from the oldest to the newest. An
 * order stands for lots of the side its position was on when it came: of what the position has on that side at the payment,
 * and no more than that.
 */
public final class FundingOrders implements StateOwner {
    /** Limit rates are multiples of it, 1e-9. */
    public static final long STEP = 1_000;

    /** No order, or no position. */
    public static final int NONE = -1;

    /** Positive for a long position, negative for a short one, 0 when there is no order. */
    private static final int LOTS = 0;

    private static final int RATE = 1;
    private static final int CLIENT_ID = 2;
    /** Position + 1 of the order that came before, or after. */
    private static final int OLDER = 3;

    private static final int NEWER = 4;
    private static final int FIELDS = 5;

    private static final int OLDEST = 0;
    private static final int NEWEST = 1;

    private final Positions positions;
    private final StateTable orders;
    private final StateTable ends;

    FundingOrders(final Positions positions, final Capacities capacities) {
        this.positions = positions;
        orders = new StateTable("fundingOrders", capacities.positions(), FIELDS);
        ends = new StateTable("fundingOrderEnds", capacities.instruments(), 2);
    }

    void resize(final Capacities capacities) {
        orders.resize(capacities.positions());
        ends.resize(capacities.instruments());
    }

    /**
     * An order comes, as the newest; the one before of the same position is no more.
     *
     * @param lots  of the position's side, at most what it has.
     * @param rate  limit, 1e-9.
     */
    public void enter(final int position, final long lots, final long rate, final long clientId) {
        withdraw(position);
        final int instrument = positions.instrument(position);
        final int before = ends.getInt(instrument, NEWEST) - 1;
        orders.set(position, LOTS, positions.lots(position) > 0 ? lots : -lots);
        orders.set(position, RATE, rate);
        orders.set(position, CLIENT_ID, clientId);
        orders.set(position, OLDER, before + 1L);
        linkNewer(instrument, before, position);
        ends.set(instrument, NEWEST, position + 1L);
    }

    /** The position's order is no more, if there is one. */
    public void withdraw(final int position) {
        if (orders.get(position, LOTS) == 0) {
            return;
        }
        final int instrument = positions.instrument(position);
        final int older = orders.getInt(position, OLDER) - 1;
        final int newer = newer(position);
        linkNewer(instrument, older, newer);
        if (newer == NONE) {
            ends.set(instrument, NEWEST, older + 1L);
        } else {
            orders.set(newer, OLDER, older + 1L);
        }
        for (int field = 0; field < FIELDS; field++) {
            orders.set(position, field, 0);
        }
    }

    private void linkNewer(final int instrument, final int position, final int newer) {
        if (position == NONE) {
            ends.set(instrument, OLDEST, newer + 1L);
        } else {
            orders.set(position, NEWER, newer + 1L);
        }
    }

    /** All orders of the instrument are no more. */
    void clear(final int instrument) {
        for (int position = oldest(instrument); position != NONE; position = oldest(instrument)) {
            withdraw(position);
        }
    }

    boolean isEmpty(final int instrument) {
        return oldest(instrument) == NONE;
    }

    /** Position of the order that came first. */
    int oldest(final int instrument) {
        return ends.getInt(instrument, OLDEST) - 1;
    }

    /** Position of the order that came next. */
    int newer(final int position) {
        return orders.getInt(position, NEWER) - 1;
    }

    boolean isLong(final int position) {
        return orders.get(position, LOTS) > 0;
    }

    long rate(final int position) {
        return orders.get(position, RATE);
    }

    long clientId(final int position) {
        return orders.get(position, CLIENT_ID);
    }

    /** Lots the order stands for now: none when the position is flat, or on the other side. */
    long lots(final int position) {
        final long ordered = orders.get(position, LOTS);
        final long held = positions.lots(position);
        return ordered > 0 ? Math.min(ordered, Math.max(held, 0)) : Math.min(-ordered, Math.max(-held, 0));
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(orders);
        visitor.part(ends);
    }
}
