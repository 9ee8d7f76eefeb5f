package org.isochron.perf.book;

import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.perf.flow.FlowCommand;
import org.isochron.perf.flow.TradeTape;
import org.isochron.risk.state.Capacities;

/** The production book, {@link Books}, with nothing but matching around it: no accounts, no money, no events. */
final class IsochronEngine implements BookEngine {
    private static final int INSTRUMENT = 0;
    private static final int HOLDING = 0;
    private static final int SESSION = 0;

    private final Books books = new Books(Capacities.GENESIS);
    private final TradeTape trades;
    private long priority;

    IsochronEngine(final TradeTape trades) {
        this.trades = trades;
    }

    @Override
    public void apply(final long word, final long id) {
        switch (FlowCommand.kind(word)) {
            case FlowCommand.ADD -> books.rest(create(word, id, 0));
            case FlowCommand.CANCEL -> books.remove(find(id));
            case FlowCommand.MOVE -> move(find(id), FlowCommand.price(word));
            case FlowCommand.REDUCE -> books.shrink(find(id), FlowCommand.lots(word));
            case FlowCommand.TAKE -> take(create(word, id, OrderTraits.IMMEDIATE));
            default -> throw new IllegalArgumentException("no such command: " + word);
        }
    }

    private int create(final long word, final long id, final int traits) {
        return books.create(
                INSTRUMENT,
                FlowCommand.price(word),
                FlowCommand.lots(word),
                HOLDING,
                SESSION,
                id,
                0,
                ++priority,
                FlowCommand.isBuy(word) ? traits | OrderTraits.BUY : traits);
    }

    private int find(final long id) {
        final int order = books.findByClientId(SESSION, id);
        if (order == Books.NONE) {
            throw new IllegalStateException("there is no order " + id);
        }
        return order;
    }

    private void move(final int order, final long ticks) {
        books.unrest(order);
        books.amend(order, ticks, books.leavesLots(order), ++priority);
        books.rest(order);
    }

    private void take(final int taker) {
        final boolean buy = books.isBuy(taker);
        final long limit = books.ticks(taker);
        final long takerId = books.clientId(taker);
        long left = books.leavesLots(taker);
        while (left > 0 && books.crosses(INSTRUMENT, buy, limit)) {
            final int maker = books.best(INSTRUMENT, !buy);
            final long lots = Math.min(left, books.leavesLots(maker));
            trades.trade(books.ticks(maker), lots, books.clientId(maker), takerId);
            books.fill(maker, lots);
            books.fill(taker, lots);
            left -= lots;
            if (books.leavesLots(maker) == 0) {
                books.remove(maker);
            }
        }
        books.remove(taker);
    }
}
