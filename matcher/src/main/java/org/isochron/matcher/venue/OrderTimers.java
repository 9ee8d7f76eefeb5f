package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateVisitor;

/**
 * When an open order is due: the end of a GTT order, the release of a delayed taker, of both the earlier one. Orders due
 * at the same time follow each other by the priority they had when their timer was set. Part of the noun BOOKS.
 */
final class OrderTimers implements StateOwner {
    private final Books books;
    private final TimerHeap heap;

    OrderTimers(final Capacities capacities, final Books books) {
        this.books = books;
        heap = new TimerHeap("orderTimers", capacities.orders());
    }

    void resize(final Capacities capacities) {
        heap.resize(capacities.orders());
    }

    /** Sets the timer of a GTT or delayed order, in place of the one it may have. */
    void arm(final int order, final long dueNs) {
        if (!mayHaveTimer(order)) {
            throw new InvariantViolation("order " + books.id(order) + " has a timer nobody would take back");
        }
        heap.arm(order, dueNs, books.priority(order));
    }

    /** Takes the timer of an order that ends; of one that can have none, costs a look at its traits and stage. */
    void disarm(final int order) {
        if (mayHaveTimer(order)) {
            heap.disarm(order);
        }
    }

    private boolean mayHaveTimer(final int order) {
        return books.is(order, OrderTraits.GTT) || books.stage(order) == Books.DELAYED;
    }

    /** When an order with a timer is due. */
    long dueNs(final int order) {
        return heap.dueNs(order);
    }

    /** When the first order is due, {@link TimerHeap#NEVER} while none is. */
    long nextDueNs() {
        return heap.nextDueNs();
    }

    /** The order due first; only while there is one. */
    int first() {
        return heap.first();
    }

    @Override
    public void visit(final StateVisitor visitor) {
        heap.visit(visitor);
    }
}
