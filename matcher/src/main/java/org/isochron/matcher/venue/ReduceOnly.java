package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateVisitor;

/**
 * Orders that only ever bring their position closer to zero. A trade never takes more of one than that; afterwards each
 * sibling with more lots than the position has left is cut down to it, or cancelled when nothing is left to reduce.
 * Positions to be looked at wait in a ring, each at most once. Part of the noun BOOKS.
 */
final class ReduceOnly implements StateOwner {
    /** Cancelled or OrderReduced, OrderDelete or OrderReduce, and the Bbo they may owe. */
    private static final int EVENTS_PER_SIBLING = 3;

    private final Books books;
    private final Positions positions;
    private final Cancels cancels;
    private final EventWriter events;
    private final PositionRing waiting;

    ReduceOnly(
            final Capacities capacities,
            final Books books,
            final Positions positions,
            final Cancels cancels,
            final EventWriter events) {
        this.books = books;
        this.positions = positions;
        this.cancels = cancels;
        this.events = events;
        waiting = new PositionRing("reduceOnly", capacities.positions());
    }

    void resize(final Capacities capacities) {
        waiting.resize(capacities.positions());
    }

    /** Lots by which a position may still be reduced by an order of that side; 0 when it is flat or on that side itself. */
    static long reducible(final long heldLots, final boolean buy) {
        return Math.max(0, buy ? -heldLots : heldLots);
    }

    /** Most lots a reduce-only order may trade now. */
    long reducible(final int order) {
        return reducible(positions.lots(books.holding(order)), books.isBuy(order));
    }

    /** The lots of a position have changed: its reduce-only orders are looked at before the command ends. */
    void changed(final int position) {
        if (books.hasReduceOnly(position)) {
            waiting.add(position);
        }
    }

    /** Cuts down what has to be, as far as the batch has room; the rest waits for the next command. */
    void shrinkSiblings() {
        for (int position = waiting.head(); position != PositionRing.NONE; position = waiting.head()) {
            if (!shrinkSiblings(position)) {
                return;
            }
            waiting.pop();
        }
    }

    /** Reduce-only orders stand first in the list of their position. A stop is clipped when it fires. */
    private boolean shrinkSiblings(final int position) {
        int order = books.firstOfHolding(position);
        while (order != Books.NONE && books.is(order, OrderTraits.REDUCE_ONLY)) {
            final int next = books.nextOfHolding(order);
            final long excess = books.leavesLots(order) - reducible(order);
            if (excess > 0 && books.stage(order) != Books.UNTRIGGERED) {
                if (!events.hasRoomFor(EVENTS_PER_SIBLING)) {
                    return false;
                }
                cancels.reduce(order, excess, CancelReason.REDUCE_ONLY);
            }
            order = next;
        }
        return true;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        waiting.visit(visitor);
    }
}
