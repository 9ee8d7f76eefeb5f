package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;

/**
 * Carries out the activations at the head of the work queue: stops that have fired take their turns in the order they were
 * entered, each as a new order would.
 */
final class FiredStops {
    private final Instruments instruments;
    private final Books books;
    private final TriggerBook triggers;
    private final Activation activation;
    private final Matching matching;
    private final EventWriter events;
    private final WorkQueue work;

    FiredStops(
            final Instruments instruments,
            final Books books,
            final TriggerBook triggers,
            final Activation activation,
            final Matching matching,
            final EventWriter events,
            final WorkQueue work) {
        this.instruments = instruments;
        this.books = books;
        this.triggers = triggers;
        this.activation = activation;
        this.matching = matching;
        this.events = events;
        this.work = work;
    }

    /** Goes on with the item at the head; false when the batch filled up before its end. */
    boolean goOn() {
        while (isHeadOrderDone()) {
            letGo();
            final int order = triggers.nextFired();
            if (order == Books.NONE) {
                return true;
            }
            if (!events.hasRoomFor(Activation.EVENTS)) {
                return false;
            }
            takeTurn(order);
        }
        return false;
    }

    /** The stop whose turn it is, if there is one; cancelled meanwhile, it is done. */
    private boolean isHeadOrderDone() {
        final long orderId = work.head(WorkQueue.SUBJECT);
        final int order = orderId == 0 ? Books.NONE : books.findById(orderId);
        final boolean hadTurn = work.head(WorkQueue.PROGRESS) != 0;
        // Before it matches: when it has to wait, another item may be at the head.
        work.head(WorkQueue.PROGRESS, 1);
        return order == Books.NONE || matching.goOn(order, hadTurn);
    }

    /** New orders of its instrument need not queue up behind it any more. */
    private void letGo() {
        if (work.head(WorkQueue.SUBJECT) != 0) {
            work.release((int) work.head(WorkQueue.INSTRUMENT) - 1);
            work.head(WorkQueue.SUBJECT, 0);
        }
    }

    /** In an instrument that has stopped trading, a stop goes back to wait for its trigger. */
    private void takeTurn(final int order) {
        final long refTicks = triggers.firedAtTicks(order);
        triggers.remove(order);
        if (!instruments.isOpen(books.instrument(order))) {
            triggers.add(order);
        } else if (activation.activate(order, refTicks)) {
            work.hold(books.instrument(order));
            work.head(WorkQueue.SUBJECT, books.id(order));
            work.head(WorkQueue.INSTRUMENT, books.instrument(order) + 1L);
            work.head(WorkQueue.PROGRESS, 0);
        }
    }
}
