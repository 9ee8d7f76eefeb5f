package org.isochron.matcher.venue;

import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.liquidation.MarketSettlement;
import org.isochron.risk.liquidation.SettledBuckets;

/** What acts on accounts that cannot hold what they have, put together; {@link Shortfalls} keeps what it has under way. */
final class FailingAccounts {
    final Conversions conversions;
    final LastResort lastResort;
    final Liquidations liquidations;

    FailingAccounts(final VenueParts parts, final Trading trading) {
        final Ledger ledger = parts.ledger;
        final EventWriter events = parts.events;
        final Reports reports = parts.reports;
        final TrancheSweep trancheSweep = new TrancheSweep(
                parts.books,
                ledger,
                parts.margin,
                events,
                reports,
                trading.settlement,
                trading.makers,
                trading.mmpTriggers);
        conversions = new Conversions(
                ledger, parts.marks, parts.margin, parts.counters, events, reports, parts.limits, parts.openBooks);
        final Deleveraging deleveraging = new Deleveraging(
                ledger,
                parts.marks,
                parts.margin,
                trading.fundingSettlement,
                trading.settlement,
                trading.isolated,
                events,
                new DeleverageReports(events, parts.sessions, ledger, parts.marks),
                parts.openBooks);
        final SettledBuckets settled = new SettledBuckets(ledger, parts.capacities);
        lastResort = new LastResort(
                ledger,
                parts.marks,
                new MarketSettlement(ledger, parts.marks, parts.margin, parts.limits, settled),
                settled,
                parts.market.states,
                parts.books,
                trading.cancels,
                trading.fundingSettlement,
                trading.isolated,
                events,
                new SettlementReports(events, parts.sessions, ledger),
                parts.openBooks);
        liquidations = new Liquidations(
                ledger,
                parts.margin,
                parts.limits,
                parts.counters,
                events,
                reports,
                parts.liquidationReports,
                parts.openBooks,
                trading.cancels,
                trancheSweep,
                deleveraging,
                lastResort,
                trading.isolated,
                conversions,
                parts.work,
                parts.shortfalls.open,
                trading.fundingSettlement);
        final Unwinding unwinding = new Unwinding(
                ledger,
                parts.marks,
                parts.counters,
                events,
                trading.fundingSettlement,
                trancheSweep,
                parts.openBooks,
                parts.work);
        parts.shortfalls.carriedOutBy(liquidations, lastResort, unwinding);
    }
}
