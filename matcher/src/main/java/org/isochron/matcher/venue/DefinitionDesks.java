package org.isochron.matcher.venue;

import org.isochron.codecs.AccountDefineDecoder;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.CalendarTransitionDecoder;
import org.isochron.codecs.ClosedRulesDecoder;
import org.isochron.codecs.CollateralDefineDecoder;
import org.isochron.codecs.FirmDefineDecoder;
import org.isochron.codecs.FundingRulesDecoder;
import org.isochron.codecs.IndexRulesDecoder;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.InstrumentStateDecoder;
import org.isochron.codecs.InstrumentUpdateDecoder;
import org.isochron.codecs.LiquidationRulesDecoder;
import org.isochron.codecs.MarginTierSetDecoder;
import org.isochron.codecs.MarkRulesDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.VenueDefineDecoder;
import org.isochron.risk.ledger.Ledger;

/** Who answers what the operator sends: definitions, rules and states. */
final class DefinitionDesks {
    private final DefinitionDesk definitionDesk;
    private final InstrumentDesk instrumentDesk;
    private final FundingRulesDesk fundingRulesDesk;
    private final UpdateDesk updateDesk;
    private final LiquidationRulesDesk liquidationRulesDesk;
    private final MarginTierDesk marginTierDesk;
    private final CollateralDesk collateralDesk;
    private final SessionDesk sessionDesk;
    private final VenueDesk venueDesk;
    private final StateDesk stateDesk;
    private final CalendarDesk calendarDesk;
    private final IndexRulesDesk indexRulesDesk;
    private final MarkRulesDesk markRulesDesk;
    private final ClosedRulesDesk closedRulesDesk;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    DefinitionDesks(
            final VenueParts parts,
            final FailingAccounts failing,
            final Leases leases,
            final RuleAdoption ruleAdoption,
            final VenueState state) {
        venueDesk = new VenueDesk(state, parts);
        final Ledger ledger = parts.ledger;
        final Market market = parts.market;
        final WorkQueue work = parts.work;
        reports = parts.reports;
        collateralDesk = new CollateralDesk(ledger, reports);
        instrumentDesk = new InstrumentDesk(ledger, reports, parts.marketData);
        updateDesk = new UpdateDesk(ledger, ruleAdoption, reports);
        indexRulesDesk = new IndexRulesDesk(ledger.rules().index(), ruleAdoption, reports);
        markRulesDesk = new MarkRulesDesk(ledger.rules().mark(), ruleAdoption, reports);
        closedRulesDesk = new ClosedRulesDesk(ledger, ruleAdoption, reports);
        fundingRulesDesk = new FundingRulesDesk(ledger, ruleAdoption, reports);
        liquidationRulesDesk = new LiquidationRulesDesk(ledger, ruleAdoption, reports);
        marginTierDesk = new MarginTierDesk(ledger, ruleAdoption, reports);
        definitionDesk = new DefinitionDesk(parts.sessions, ledger, reports);
        calendarDesk = new CalendarDesk(
                ledger, parts.marks, market.states, work, parts.counters, reports, parts.marketData, market.changed);
        stateDesk = new StateDesk(ledger.instruments(), market.states, work, failing.lastResort, reports);
        sessionDesk = new SessionDesk(parts.sessions, ledger, leases, reports);
    }

    /** Applies one, or rejects a template that nobody answers. */
    void on(final int templateId, final Request request, final CommandReader reader) {
        switch (templateId) {
            case AssetDefineDecoder.TEMPLATE_ID -> definitionDesk.onAsset(request, reader.assetDefine());
            case InstrumentDefineDecoder.TEMPLATE_ID ->
                instrumentDesk.onInstrumentDefine(request, reader.instrumentDefine());
            case FundingRulesDecoder.TEMPLATE_ID -> fundingRulesDesk.onFundingRules(request, reader.fundingRules());
            case InstrumentUpdateDecoder.TEMPLATE_ID ->
                updateDesk.onInstrumentUpdate(request, reader.instrumentUpdate());
            case LiquidationRulesDecoder.TEMPLATE_ID ->
                liquidationRulesDesk.onLiquidationRules(request, reader.liquidationRules());
            case MarginTierSetDecoder.TEMPLATE_ID -> marginTierDesk.onMarginTierSet(request, reader.marginTierSet());
            case CollateralDefineDecoder.TEMPLATE_ID -> collateralDesk.onCollateral(request, reader.collateralDefine());
            case FirmDefineDecoder.TEMPLATE_ID -> definitionDesk.onFirm(request, reader.firmDefine());
            case AccountDefineDecoder.TEMPLATE_ID -> definitionDesk.onAccount(request, reader.accountDefine());
            case SessionDefineDecoder.TEMPLATE_ID -> sessionDesk.onSession(request, reader.sessionDefine());
            case VenueDefineDecoder.TEMPLATE_ID -> venueDesk.onVenue(request, reader.venueDefine());
            case InstrumentStateDecoder.TEMPLATE_ID -> stateDesk.onInstrumentState(request, reader.instrumentState());
            case CalendarTransitionDecoder.TEMPLATE_ID ->
                calendarDesk.onCalendarTransition(request, reader.calendarTransition());
            case IndexRulesDecoder.TEMPLATE_ID -> indexRulesDesk.onIndexRules(request, reader.indexRules());
            case MarkRulesDecoder.TEMPLATE_ID -> markRulesDesk.onMarkRules(request, reader.markRules());
            case ClosedRulesDecoder.TEMPLATE_ID -> closedRulesDesk.onClosedRules(request, reader.closedRules());
            default -> {
                refusal.of(RejectCode.UNKNOWN_TEMPLATE);
                reports.businessReject(request, refusal);
            }
        }
    }
}
