package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Stops and take-profits that wait. Each stands in one of six sets of its instrument, by the price it looks at and by
 * whether that has to rise or to fall to it, the trigger reached first in front. Those that have fired stand in one set of
 * the whole venue, by the command that fired them, then in the order they were entered, until their turn comes. Part of the
 * noun BOOKS.
 */
final class TriggerBook implements StateOwner {
    private static final int REFERENCES = 3;
    private static final int SETS = 2 * REFERENCES;

    private final Books books;
    private final ChangedInstruments changed;
    private final WorkQueue work;
    private final RowTrees trees;
    /** Per order, the price that has fired it; 0 while it waits for one. */
    private final StateTable firedAt;
    /** Per instrument, stops that wait for their trigger. */
    private final StateTable waiting;
    /** The set of those that have fired, behind those of all instruments. */
    private int fired;

    TriggerBook(
            final Books books, final ChangedInstruments changed, final WorkQueue work, final Capacities capacities) {
        this.books = books;
        this.changed = changed;
        this.work = work;
        fired = capacities.instruments() * SETS;
        trees = new RowTrees("triggers", capacities.orders(), fired + 1);
        firedAt = new StateTable("triggersFired", capacities.orders(), 1);
        waiting = new StateTable("triggersWaiting", capacities.instruments(), 1);
    }

    /** Takes other capacities; only while there is no order. */
    void resize(final Capacities capacities) {
        fired = capacities.instruments() * SETS;
        trees.resize(capacities.orders(), fired + 1);
        firedAt.resize(capacities.orders());
        waiting.resize(capacities.instruments());
    }

    /** An order in stage UNTRIGGERED begins to wait; its priority is its place in the order of entry. */
    void add(final int order) {
        final boolean rises = rises(order);
        final long ticks = books.triggerTicks(order);
        trees.insert(set(order), order, rises ? ticks : -ticks, books.priority(order));
        waiting.add(books.instrument(order), 0, 1);
        // It may be through its trigger already.
        changed.note(books.instrument(order));
    }

    /** The order ends, or takes its turn. */
    void remove(final int order) {
        if (isFired(order)) {
            trees.remove(fired, order);
            firedAt.set(order, 0, 0);
            work.release(books.instrument(order));
        } else {
            trees.remove(set(order), order);
            waiting.add(books.instrument(order), 0, -1);
        }
    }

    /** Whether its trigger has been reached and only its turn is still to come. */
    boolean isFired(final int order) {
        return firedAt.get(order, 0) != 0;
    }

    /** The price that has fired it. */
    long firedAtTicks(final int order) {
        return firedAt.get(order, 0);
    }

    boolean isWaiting(final int instrument) {
        return waiting.get(instrument, 0) != 0;
    }

    /** Whose turn is next of those that have fired, or {@link Books#NONE}. */
    int nextFired() {
        return trees.first(fired);
    }

    /**
     * Fires one stop of the instrument whose condition holds, if there is any.
     *
     * @param ticks    price of the reference, 0 for none.
     * @param sequence of the command.
     * @return the order, or {@link Books#NONE}.
     */
    int fireNext(final int instrument, final int reference, final long ticks, final long sequence) {
        if (ticks == 0) {
            return Books.NONE;
        }
        final int rising = trees.first(set(instrument, reference, true));
        if (rising != RowTrees.NONE && trees.key(rising) <= ticks) {
            return fire(rising, ticks, sequence);
        }
        final int falling = trees.first(set(instrument, reference, false));
        return falling != RowTrees.NONE && -trees.key(falling) >= ticks ? fire(falling, ticks, sequence) : Books.NONE;
    }

    private int fire(final int order, final long ticks, final long sequence) {
        remove(order);
        trees.insert(fired, order, sequence, books.priority(order));
        firedAt.set(order, 0, ticks);
        work.hold(books.instrument(order));
        return order;
    }

    /** A stop that buys and a take-profit that sells wait for the price to rise to their trigger. */
    private boolean rises(final int order) {
        return books.is(order, OrderTraits.STOP) == books.isBuy(order);
    }

    private int set(final int order) {
        return set(books.instrument(order), OrderTraits.triggerRef(books.traits(order)), rises(order));
    }

    private static int set(final int instrument, final int reference, final boolean rises) {
        return instrument * SETS + 2 * reference + (rises ? 0 : 1);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        trees.visit(visitor);
        visitor.part(firedAt);
        visitor.part(waiting);
    }
}
