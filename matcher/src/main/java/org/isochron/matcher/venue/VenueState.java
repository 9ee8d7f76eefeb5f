package org.isochron.matcher.venue;

import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.StateCheck;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StatePart;
import org.isochron.risk.state.StateSum;
import org.isochron.risk.state.StateVisitor;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.StateImage;

/**
 * All state of a venue, noun by noun: the one list that hashes, checks and snapshots go by. Counters come first, as they
 * know for how much there is room. What is derived may look at all nouns that come before its own.
 */
final class VenueState implements StateOwner {
    private final VenueParts parts;
    private final Trading trading;
    private final HashDesk hashDesk;
    private final Counters counters;
    private final StateOwner[] ledger;
    private final StateOwner[] marks;
    private final StateOwner[] books;
    private final StateOwner[] sessions;
    private final StateSum sum = new StateSum();

    VenueState(final VenueParts parts, final Trading trading, final HashDesk hashDesk) {
        this.parts = parts;
        this.trading = trading;
        this.hashDesk = hashDesk;
        counters = parts.counters;
        ledger = new StateOwner[] {parts.ledger};
        marks = new StateOwner[] {parts.marks, trading.fundingClock};
        books = new StateOwner[] {
            parts.books,
            parts.work,
            parts.protections,
            parts.market,
            parts.marketData,
            trading.reduceOnly,
            trading.isolated,
            parts.shortfalls,
            trading.makers,
            visitor -> visitor.derived(parts.margin)
        };
        sessions = new StateOwner[] {parts.sessions, hashDesk, parts.scanWatch};
    }

    /** Makes room, everywhere; only while nothing is defined. */
    void resize(final Capacities capacities) {
        if (!capacities.equals(parts.ledger.capacities())) {
            parts.resize(capacities);
            trading.resize(capacities);
            hashDesk.resize(capacities.sessions());
        }
        counters.capacities(capacities);
    }

    /** Hash of one noun; the counters are part of the SESSIONS. */
    long hash(final Noun noun) {
        return switch (noun) {
            case BOOKS -> hash(books);
            case LEDGER -> hash(ledger);
            case MARKS -> hash(marks);
            case SESSIONS -> counters.hash() + hash(sessions);
        };
    }

    private long hash(final StateOwner[] owners) {
        long hash = 0;
        for (final StateOwner owner : owners) {
            hash += sum.of(owner);
        }
        return hash;
    }

    /** Holds every hash against its cells, and everything derived against what it follows from. */
    void verify() {
        StateCheck.verify(this);
    }

    void save(final StateImage image) {
        image.clear();
        visit(part -> part.save(image));
    }

    void load(final StateImage image) {
        image.rewind();
        counters.load(image);
        resize(counters.capacities());
        visitNouns(part -> part.load(image));
        visitNouns(new Rebuild());
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(counters);
        visitNouns(visitor);
    }

    private void visitNouns(final StateVisitor visitor) {
        visit(ledger, visitor);
        visit(marks, visitor);
        visit(books, visitor);
        visit(sessions, visitor);
    }

    private static void visit(final StateOwner[] owners, final StateVisitor visitor) {
        for (final StateOwner owner : owners) {
            owner.visit(visitor);
        }
    }

    /** Follows when all parts are there. */
    private static final class Rebuild implements StateVisitor {
        @Override
        public void part(final StatePart part) {
            // Has been loaded.
        }

        @Override
        public void derived(final DerivedState derived) {
            derived.rebuild();
        }
    }
}
