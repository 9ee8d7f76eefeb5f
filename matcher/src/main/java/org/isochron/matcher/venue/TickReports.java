package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * What market data tells at clock ticks, once everything else of the command is told: where auctions that collect would
 * clear, when that has changed; and the hash of each book about once a second, in turns, when it has changed. What was
 * told last is state, part of the noun BOOKS.
 */
final class TickReports implements StateOwner {
    private static final long TICK_NS = 100_000_000;
    /** Ticks between two looks at the same book. */
    private static final int TURNS = 10;

    private static final int HASH = 0;
    private static final int TICKS = 1;
    private static final int LOTS = 2;
    private static final int IMBALANCE = 3;
    private static final int FIELDS = 4;

    private final Instruments instruments;
    private final Books books;
    private final AuctionPrice price;
    private final Collars collars;
    private final WorkQueue work;
    private final MarketData marketData;
    private final StateTable told;

    private boolean isDue;
    private long tick;

    TickReports(
            final Instruments instruments,
            final Books books,
            final AuctionPrice price,
            final Collars collars,
            final WorkQueue work,
            final MarketData marketData,
            final int capacity) {
        this.instruments = instruments;
        this.books = books;
        this.price = price;
        this.collars = collars;
        this.work = work;
        this.marketData = marketData;
        told = new StateTable("toldAtTicks", capacity, FIELDS);
    }

    /** Takes another capacity; only while no instrument is defined. */
    void resize(final int capacity) {
        told.resize(capacity);
    }

    /** The command is a clock tick. */
    void due(final long tickTimeNs) {
        isDue = true;
        tick = tickTimeNs / TICK_NS;
    }

    /** Most events one tick can cause. */
    int events() {
        return instruments.count() + instruments.count() / TURNS + 1;
    }

    /** To be called when the command has had all its other effects. */
    void tell() {
        if (!isDue) {
            return;
        }
        isDue = false;
        for (int instrument = 0; instrument < instruments.count(); instrument++) {
            if (instruments.isInAuction(instrument)) {
                if (!work.isUncrossing(instrument)) {
                    tellIndicative(instrument);
                }
            } else if (told.get(instrument, TICKS) != 0) {
                note(instrument, 0, 0, 0);
            }
            if ((tick + instrument) % TURNS == 0) {
                tellHash(instrument);
            }
        }
    }

    private void tellIndicative(final int instrument) {
        price.find(instrument, 1, Long.MAX_VALUE, collars.reference(instrument));
        if (price.ticks() != told.get(instrument, TICKS)
                || price.lots() != told.get(instrument, LOTS)
                || price.imbalance() != told.get(instrument, IMBALANCE)) {
            note(instrument, price.ticks(), price.lots(), price.imbalance());
            marketData.auctionIndicative(instrument, price.ticks(), price.lots(), price.imbalance());
        }
    }

    private void note(final int instrument, final long ticks, final long lots, final long imbalance) {
        told.set(instrument, TICKS, ticks);
        told.set(instrument, LOTS, lots);
        told.set(instrument, IMBALANCE, imbalance);
    }

    private void tellHash(final int instrument) {
        final long hash = books.bookHash(instrument);
        if (hash != told.get(instrument, HASH)) {
            told.set(instrument, HASH, hash);
            marketData.bookHash(instrument, hash);
        }
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(told);
    }
}
