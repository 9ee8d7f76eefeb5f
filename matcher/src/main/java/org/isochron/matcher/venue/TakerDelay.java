package org.isochron.matcher.venue;

import org.isochron.codecs.TradingState;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;

/**
 * Holds back, for as long as the instrument's definition says, every order that would take liquidity when its turn comes:
 * makers see the same prices as takers, and have that much more time to cancel. Orders that do not cross rest at once and
 * so overtake; cancels reach a delayed order like any other.
 */
final class TakerDelay {
    private static final int OPEN = TradingState.OPEN.value();
    private static final int LIMIT = TradingState.LIMIT.value();

    private final Instruments instruments;
    private final Books books;
    private final OrderTimers timers;
    private final Counters counters;

    TakerDelay(final Instruments instruments, final Books books, final OrderTimers timers, final Counters counters) {
        this.instruments = instruments;
        this.books = books;
        this.timers = timers;
        this.counters = counters;
    }

    /** Whether an order outside the queues, whose turn has come, has to wait first. */
    boolean holds(final int order) {
        final int instrument = books.instrument(order);
        return instruments.takerDelayNs(instrument) != 0
                && isTrading(instruments.state(instrument))
                && !books.isPostOnly(order)
                && books.crosses(instrument, books.isBuy(order), books.ticks(order));
    }

    static boolean isTrading(final int state) {
        return state == OPEN || state == LIMIT;
    }

    /** Puts the order in stage DELAYED and sets its timer; an order that ends earlier than that ends instead. */
    void hold(final int order) {
        final long releaseNs = counters.nowNs() + instruments.takerDelayNs(books.instrument(order));
        final long expireNs = books.expireNs(order);
        books.stage(order, Books.DELAYED);
        timers.arm(order, expireNs == 0 ? releaseNs : Math.min(releaseNs, expireNs));
    }
}
