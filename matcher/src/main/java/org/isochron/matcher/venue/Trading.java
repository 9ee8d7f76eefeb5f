package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;
import org.isochron.risk.funding.Funding;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.Capacities;

/** How orders enter, match, wait and leave, and what their fills settle, put together; funding with it. */
final class Trading {
    final IsolatedMargin isolated;
    final Reservations reservations;
    final Cancels cancels;
    final ReduceOnly reduceOnly;
    final Funding funding;
    final FundingSettlement fundingSettlement;
    final FundingAuctions fundingAuctions;
    final FundingClock fundingClock;
    final Settlement settlement;
    final MmpTriggers mmpTriggers;
    final MakerSide makers;
    final Matching matching;
    final Auctions auctions;
    final OrderChecks checks;
    final OrderEntry entry;
    final FiredStops firedStops;
    final DelayedOrders delayedOrders;

    Trading(final VenueParts parts) {
        final Ledger ledger = parts.ledger;
        final Books books = parts.books;
        final Market market = parts.market;
        final EventWriter events = parts.events;
        final Reports reports = parts.reports;
        final MarketData marketData = parts.marketData;
        final WorkQueue work = parts.work;
        final OrderTimers timers = parts.protections.timers;

        isolated = new IsolatedMargin(
                parts.capacities, ledger, parts.gate, events, reports, parts.limits, parts.openBooks);
        reservations = new Reservations(books, ledger, isolated);
        cancels = new Cancels(
                books, ledger, reservations, isolated, events, reports, marketData, timers, market.triggers);
        reduceOnly = new ReduceOnly(parts.capacities, books, ledger.positions(), cancels, events);

        funding = new Funding(ledger, parts.marks);
        parts.marks.funding(funding);
        final FundingReports fundingReports = new FundingReports(events, parts.sessions, ledger, parts.marks, funding);
        fundingSettlement = new FundingSettlement(ledger, fundingReports);
        settlement = new Settlement(ledger, books, parts.gate, reservations, reduceOnly, fundingSettlement);
        fundingAuctions = new FundingAuctions(
                funding, ledger, parts.marks, settlement, isolated, events, reports, fundingReports, work);
        fundingClock = new FundingClock(ledger, funding, parts.bookView, fundingReports, fundingAuctions);

        mmpTriggers = new MmpTriggers(parts.protections.mmpGroups, books, parts.protectionReports, cancels, work);
        final TakerDelay takerDelay = new TakerDelay(ledger.instruments(), books, timers, parts.counters);
        makers = new MakerSide(
                parts.capacities, books, events, reports, marketData, cancels, settlement, reduceOnly, mmpTriggers);
        final SelfTrade selfTrade = new SelfTrade(ledger, books, cancels);
        final FillOrKill fillOrKill = new FillOrKill(books, ledger, parts.gate, settlement, selfTrade, events);
        matching = new Matching(
                books,
                ledger,
                events,
                reports,
                marketData,
                cancels,
                settlement,
                makers,
                selfTrade,
                reduceOnly,
                fillOrKill,
                mmpTriggers,
                takerDelay,
                work);
        auctions = new Auctions(
                books,
                parts.auctionPrice,
                parts.collars,
                market.states,
                events,
                reports,
                marketData,
                cancels,
                settlement,
                makers,
                selfTrade,
                reduceOnly,
                mmpTriggers,
                work);

        checks = new OrderChecks(
                parts.sessions,
                ledger,
                parts.marks,
                books,
                parts.margin,
                parts.gate,
                parts.counters,
                work,
                market.states,
                parts.scanWatch,
                parts.bands,
                parts.protections);
        entry = new OrderEntry(ledger, books, reservations, isolated, timers, events);
        final Activation activation =
                new Activation(books, ledger.positions(), checks, reservations, isolated, events, reports, cancels);
        firedStops = new FiredStops(ledger.instruments(), books, market.triggers, activation, matching, events, work);
        delayedOrders = new DelayedOrders(
                ledger.instruments(), books, checks, timers, events, reports, cancels, matching, work);
    }

    /** Takes other capacities; only while nothing is defined. */
    void resize(final Capacities capacities) {
        fundingClock.resize(capacities);
        reduceOnly.resize(capacities);
        isolated.resize(capacities);
        makers.resize(capacities);
    }
}
