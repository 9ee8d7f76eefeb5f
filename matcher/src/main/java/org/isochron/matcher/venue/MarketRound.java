package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.marks.Marks;

/**
 * What a command's new prices set off, once per command: best prices at the band first, then the stops of every instrument
 * whose prices, stops or state have changed. What those stops change in turn is looked at by the next command. Instruments
 * in the order of their slots; stops in the order they were entered, whatever instrument they are in.
 */
final class MarketRound {
    private final Instruments instruments;
    private final Marks marks;
    private final ChangedInstruments changed;
    private final LastPrices lastPrices;
    private final TriggerBook triggers;
    private final TradingStates states;
    private final EventWriter events;
    private final WorkQueue work;

    MarketRound(
            final Instruments instruments,
            final Marks marks,
            final Market market,
            final EventWriter events,
            final WorkQueue work) {
        this.instruments = instruments;
        this.marks = marks;
        this.events = events;
        this.work = work;
        changed = market.changed;
        lastPrices = market.lastPrices;
        triggers = market.triggers;
        states = market.states;
    }

    /** A batch without room for the change of a state leaves the round to the next command. */
    void run() {
        for (int each = changed.next(0); each != ChangedInstruments.NONE; each = changed.next(each + 1)) {
            if (!events.hasRoomFor(1)) {
                return;
            }
            states.checkBand(each);
        }
        for (int each = changed.next(0); each != ChangedInstruments.NONE; each = changed.next(each + 1)) {
            changed.clear(each);
            if (instruments.isOpen(each) && triggers.isWaiting(each)) {
                fire(each);
            }
        }
    }

    /** A mark or index that is not valid fires nothing: it is not a price of now. */
    private void fire(final int instrument) {
        if (marks.isValid(instrument)) {
            fire(instrument, OrderTraits.MARK, marks.markTicks(instrument));
            fire(instrument, OrderTraits.INDEX, marks.indexTicks(instrument));
        }
        fire(instrument, OrderTraits.LAST, lastPrices.ticks(instrument));
    }

    private void fire(final int instrument, final int reference, final long ticks) {
        while (triggers.fireNext(instrument, reference, ticks, events.sequence()) != Books.NONE) {
            work.pushActivation();
        }
    }
}
