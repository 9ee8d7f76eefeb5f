package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.liquidation.FundLimits;
import org.isochron.risk.margin.Gate;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;

/**
 * The state of a venue and its ways out: what everything that acts on commands is made from. {@link Trading}, {@link
 * FailingAccounts} and {@link Desks} are put together on top of it, in this order.
 */
final class VenueParts {
    /** When it was made. */
    final Capacities capacities;

    final Counters counters;
    final Ledger ledger;
    final Sessions sessions;
    final Books books;
    final BookView bookView;
    final Marks marks;
    final WorkQueue work;
    final Protections protections;
    final Bands bands;
    final ScanWatch scanWatch;
    final AuctionPrice auctionPrice;
    final Collars collars;
    final Market market;
    final Margin margin;
    final Gate gate;
    final FundLimits limits;
    final OpenBooks openBooks;
    final Shortfalls shortfalls;

    final EventWriter events;
    final MarketData marketData;
    final Reports reports;
    final SessionReports sessionReports;
    final LiquidationReports liquidationReports;
    final ProtectionReports protectionReports;

    VenueParts(final Capacities capacities) {
        this.capacities = capacities;
        final int instruments = capacities.instruments();
        counters = new Counters(capacities);
        ledger = new Ledger(capacities);
        sessions = new Sessions(capacities, ledger);
        books = new Books(capacities);
        final LastPrices lastPrices = new LastPrices(instruments);
        final ImpactPrices impactPrices = new ImpactPrices(books, ledger.instruments());
        bookView = new BookView(ledger.instruments(), books, lastPrices, impactPrices);
        marks = new Marks(ledger, bookView, instruments);
        work = new WorkQueue(capacities, capacities.accounts() + Ledger.SYSTEM_ACCOUNTS);
        protections = new Protections(capacities, books, ledger, counters);
        events = new EventWriter(counters, sessions);
        final ChangedInstruments changed = new ChangedInstruments(instruments);
        marketData = new MarketData(events, ledger, marks, books, changed, lastPrices, instruments);
        bands = new Bands(ledger.instruments(), marks);
        scanWatch = new ScanWatch(sessions, ledger, counters, capacities.sessions());
        final TradingStates states =
                new TradingStates(ledger, books, bands, counters, marketData, changed, work, scanWatch, instruments);
        auctionPrice = new AuctionPrice(books);
        collars = new Collars(ledger.instruments(), marks, lastPrices, states);
        market = new Market(
                changed,
                lastPrices,
                new TriggerBook(books, changed, work, capacities),
                states,
                new TickReports(ledger.instruments(), books, auctionPrice, collars, work, marketData, instruments));
        reports = new Reports(events, sessions, ledger, books);
        margin = new Margin(ledger, marks, books);
        gate = new Gate(ledger, marks, margin);
        sessionReports = new SessionReports(events, sessions, ledger);
        liquidationReports = new LiquidationReports(events, sessions, ledger, marks, margin);
        protectionReports = new ProtectionReports(events, ledger, protections.mmpGroups);
        limits = new FundLimits(ledger, margin, marks);
        openBooks = new OpenBooks(ledger, marks, limits, counters, events);
        shortfalls = new Shortfalls(limits, openBooks, capacities);
    }

    /** Takes other capacities; only while nothing is defined. */
    void resize(final Capacities newCapacities) {
        final int instruments = newCapacities.instruments();
        ledger.resize(newCapacities);
        marks.resize(instruments);
        books.resize(newCapacities);
        sessions.resize(newCapacities);
        marketData.resize(instruments);
        work.resize(newCapacities, newCapacities.accounts() + Ledger.SYSTEM_ACCOUNTS);
        protections.resize(newCapacities);
        market.resize(newCapacities);
        shortfalls.resize(newCapacities);
        scanWatch.resize(newCapacities.sessions());
    }
}
