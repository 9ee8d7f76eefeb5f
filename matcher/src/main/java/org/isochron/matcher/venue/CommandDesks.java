package org.isochron.matcher.venue;

import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.DeadManDecoder;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.DepositDecoder;
import org.isochron.codecs.FundingOrderDecoder;
import org.isochron.codecs.HolderConcentrationDecoder;
import org.isochron.codecs.KillReleaseDecoder;
import org.isochron.codecs.KillSwitchDecoder;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.MassCancelDecoder;
import org.isochron.codecs.MassQuoteDecoder;
import org.isochron.codecs.MmpConfigDecoder;
import org.isochron.codecs.MmpResetDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.QuoteCancelDecoder;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.SetLeverageDecoder;
import org.isochron.codecs.SnapshotMarkDecoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.TransferDecoder;
import org.isochron.codecs.WithdrawDecoder;
import org.isochron.risk.ledger.Ledger;

/**
 * Who answers what a session sends: a desk for each kind of command. What defines the venue goes on to {@link
 * DefinitionDesks}.
 */
final class CommandDesks {
    private final NewOrderDesk newOrderDesk;
    private final ReplaceDesk replaceDesk;
    private final CancelDesk cancelDesk;
    private final MassCancelDesk massCancelDesk;
    private final MassQuoteDesk massQuoteDesk;
    private final QuoteCancelDesk quoteCancelDesk;
    private final ProtectionDesk protectionDesk;
    private final FundingOrderDesk fundingOrderDesk;
    private final KillDesk killDesk;
    private final PriceDesk priceDesk;
    private final LeverageDesk leverageDesk;
    private final TransferDesk transferDesk;
    private final CashDesk cashDesk;
    private final RiskDesk riskDesk;
    private final PlacesDesk placesDesk;
    private final HashDesk hashDesk;
    private final DefinitionDesks definitions;
    private final Reports reports;

    CommandDesks(
            final VenueParts parts,
            final Trading trading,
            final FailingAccounts failing,
            final PendingWork pendingWork,
            final HashDesk hashDesk,
            final PriceDesk priceDesk,
            final DefinitionDesks definitions) {
        this.hashDesk = hashDesk;
        this.priceDesk = priceDesk;
        this.definitions = definitions;
        final Ledger ledger = parts.ledger;
        final Market market = parts.market;
        final WorkQueue work = parts.work;
        final EventWriter events = parts.events;
        reports = parts.reports;
        final OrderLookup lookup = new OrderLookup(parts.sessions, parts.books, ledger.positions());
        newOrderDesk = new NewOrderDesk(
                parts.sessions,
                trading.checks,
                trading.entry,
                events,
                reports,
                trading.matching,
                market.triggers,
                ledger.instruments(),
                work);
        replaceDesk = new ReplaceDesk(
                parts.sessions,
                parts.books,
                trading.checks,
                lookup,
                trading.entry,
                reports,
                parts.marketData,
                trading.matching,
                work);
        cancelDesk = new CancelDesk(parts.sessions, ledger, lookup, reports, trading.cancels);
        final FirmCancels firmCancels = new FirmCancels(parts.sessions, trading.cancels, work);
        massCancelDesk = new MassCancelDesk(
                parts.sessions,
                ledger,
                parts.protections.mmpGroups,
                reports,
                trading.cancels,
                firmCancels,
                work,
                pendingWork);
        killDesk = new KillDesk(
                parts.sessions,
                ledger,
                parts.protections.kills,
                reports,
                parts.protectionReports,
                trading.cancels,
                firmCancels,
                work,
                pendingWork);
        protectionDesk = new ProtectionDesk(
                parts.sessions,
                ledger,
                parts.protections.mmpGroups,
                parts.protections.deadMen,
                parts.counters,
                reports);
        final QuoteSide quoteSide = new QuoteSide(
                ledger,
                parts.books,
                parts.protections.mmpGroups,
                trading.checks,
                trading.entry,
                parts.marketData,
                trading.cancels,
                trading.matching,
                work);
        massQuoteDesk = new MassQuoteDesk(
                parts.sessions, ledger, parts.protections, quoteSide, events, reports, new QuoteReports(events), work);
        quoteCancelDesk = new QuoteCancelDesk(
                parts.sessions, ledger, reports, parts.protectionReports, parts.books, work, pendingWork);
        leverageDesk = new LeverageDesk(parts.sessions, ledger, parts.margin, parts.gate, reports);
        cashDesk = new CashDesk(ledger, parts.gate, reports, trading.fundingSettlement, parts.openBooks);
        transferDesk =
                new TransferDesk(parts.sessions, ledger, parts.marks, parts.gate, reports, trading.fundingSettlement);
        fundingOrderDesk = new FundingOrderDesk(parts.sessions, ledger, trading.funding, parts.counters, reports);
        placesDesk = new PlacesDesk(parts.sessions, ledger, events, reports);
        riskDesk = new RiskDesk(
                ledger,
                parts.margin,
                parts.counters,
                parts.scanWatch,
                events,
                reports,
                parts.liquidationReports,
                failing.liquidations,
                pendingWork);
    }

    /** Applies a numbered command of an open session that is entitled to it. */
    void on(final int templateId, final Request request, final CommandReader reader) {
        switch (templateId) {
            case NewOrderDecoder.TEMPLATE_ID -> newOrderDesk.onNewOrder(request, reader.newOrder());
            case ReplaceDecoder.TEMPLATE_ID -> replaceDesk.onReplace(request, reader.replace());
            case CancelDecoder.TEMPLATE_ID -> cancelDesk.onCancel(request, reader.cancel());
            case MassCancelDecoder.TEMPLATE_ID -> massCancelDesk.onMassCancel(request, reader.massCancel());
            case MassQuoteDecoder.TEMPLATE_ID -> massQuoteDesk.onMassQuote(request, reader.massQuote());
            case QuoteCancelDecoder.TEMPLATE_ID -> quoteCancelDesk.onQuoteCancel(request, reader.quoteCancel());
            case MmpConfigDecoder.TEMPLATE_ID -> protectionDesk.onMmpConfig(request, reader.mmpConfig());
            case MmpResetDecoder.TEMPLATE_ID -> protectionDesk.onMmpReset(request, reader.mmpReset());
            case FundingOrderDecoder.TEMPLATE_ID -> fundingOrderDesk.onFundingOrder(request, reader.fundingOrder());
            case DeadManDecoder.TEMPLATE_ID -> protectionDesk.onDeadMan(request, reader.deadMan());
            case KillSwitchDecoder.TEMPLATE_ID -> killDesk.onKill(request, reader.killSwitch());
            case KillReleaseDecoder.TEMPLATE_ID -> killDesk.onRelease(request, reader.killRelease());
            case PriceTickDecoder.TEMPLATE_ID -> priceDesk.onPriceTick(request, reader.priceTick());
            case SetLeverageDecoder.TEMPLATE_ID -> leverageDesk.onSetLeverage(request, reader.setLeverage());
            case TransferDecoder.TEMPLATE_ID -> transferDesk.onTransfer(request, reader.transfer());
            case DepositDecoder.TEMPLATE_ID -> cashDesk.onDeposit(request, reader.deposit());
            case WithdrawDecoder.TEMPLATE_ID -> cashDesk.onWithdraw(request, reader.withdraw());
            case LiquidationProposalDecoder.TEMPLATE_ID -> riskDesk.onProposal(request, reader.proposal());
            case ScanCompletedDecoder.TEMPLATE_ID -> riskDesk.onScanCompleted(request, reader.scanCompleted());
            case DeleveragePlacesDecoder.TEMPLATE_ID -> placesDesk.onPlaces(request, reader.deleveragePlaces());
            case HolderConcentrationDecoder.TEMPLATE_ID ->
                placesDesk.onConcentration(request, reader.holderConcentration());
            case StateHashReportDecoder.TEMPLATE_ID -> hashDesk.onReport(request, reader.stateHashReport());
            case SnapshotMarkDecoder.TEMPLATE_ID -> reports.accepted(request);
            default -> definitions.on(templateId, request, reader);
        }
    }
}
