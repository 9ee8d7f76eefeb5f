package org.isochron.matcher.venue;

import org.agrona.DirectBuffer;
import org.isochron.codecs.AccountDefineDecoder;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.CalendarTransitionDecoder;
import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.ClosedRulesDecoder;
import org.isochron.codecs.CollateralDefineDecoder;
import org.isochron.codecs.DeadManDecoder;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.DepositDecoder;
import org.isochron.codecs.EpochStartDecoder;
import org.isochron.codecs.FirmDefineDecoder;
import org.isochron.codecs.FundingOrderDecoder;
import org.isochron.codecs.FundingRulesDecoder;
import org.isochron.codecs.GatewayStartDecoder;
import org.isochron.codecs.HolderConcentrationDecoder;
import org.isochron.codecs.IndexRulesDecoder;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.InstrumentStateDecoder;
import org.isochron.codecs.InstrumentUpdateDecoder;
import org.isochron.codecs.KillReleaseDecoder;
import org.isochron.codecs.KillSwitchDecoder;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.LiquidationRulesDecoder;
import org.isochron.codecs.MarginTierSetDecoder;
import org.isochron.codecs.MarkRulesDecoder;
import org.isochron.codecs.MassCancelDecoder;
import org.isochron.codecs.MassQuoteDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MmpConfigDecoder;
import org.isochron.codecs.MmpResetDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.NodeStatusDecoder;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.QuoteCancelDecoder;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SetLeverageDecoder;
import org.isochron.codecs.SkipSeqDecoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.TransferDecoder;
import org.isochron.codecs.VenueDefineDecoder;
import org.isochron.codecs.WithdrawDecoder;
import org.isochron.codecs.frame.Frame;

/** The decoders of all commands, laid over one frame whose shape has been checked. */
final class CommandReader {
    private static final int BLOCK = Frame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;

    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final ReplaceDecoder replace = new ReplaceDecoder();
    private final CancelDecoder cancel = new CancelDecoder();
    private final MassCancelDecoder massCancel = new MassCancelDecoder();
    private final MassQuoteDecoder massQuote = new MassQuoteDecoder();
    private final QuoteCancelDecoder quoteCancel = new QuoteCancelDecoder();
    private final MmpConfigDecoder mmpConfig = new MmpConfigDecoder();
    private final TransferDecoder transfer = new TransferDecoder();
    private final CollateralDefineDecoder collateralDefine = new CollateralDefineDecoder();
    private final SetLeverageDecoder setLeverage = new SetLeverageDecoder();
    private final LiquidationRulesDecoder liquidationRules = new LiquidationRulesDecoder();
    private final DeleveragePlacesDecoder deleveragePlaces = new DeleveragePlacesDecoder();
    private final HolderConcentrationDecoder holderConcentration = new HolderConcentrationDecoder();
    private final MmpResetDecoder mmpReset = new MmpResetDecoder();
    private final KillSwitchDecoder killSwitch = new KillSwitchDecoder();
    private final KillReleaseDecoder killRelease = new KillReleaseDecoder();
    private final FundingRulesDecoder fundingRules = new FundingRulesDecoder();
    private final FundingOrderDecoder fundingOrder = new FundingOrderDecoder();
    private final DeadManDecoder deadMan = new DeadManDecoder();
    private final AssetDefineDecoder assetDefine = new AssetDefineDecoder();
    private final InstrumentDefineDecoder instrumentDefine = new InstrumentDefineDecoder();
    private final FirmDefineDecoder firmDefine = new FirmDefineDecoder();
    private final AccountDefineDecoder accountDefine = new AccountDefineDecoder();
    private final SessionDefineDecoder sessionDefine = new SessionDefineDecoder();
    private final VenueDefineDecoder venueDefine = new VenueDefineDecoder();
    private final InstrumentUpdateDecoder instrumentUpdate = new InstrumentUpdateDecoder();
    private final MarginTierSetDecoder marginTierSet = new MarginTierSetDecoder();
    private final InstrumentStateDecoder instrumentState = new InstrumentStateDecoder();
    private final CalendarTransitionDecoder calendarTransition = new CalendarTransitionDecoder();
    private final IndexRulesDecoder indexRules = new IndexRulesDecoder();
    private final MarkRulesDecoder markRules = new MarkRulesDecoder();
    private final ClosedRulesDecoder closedRules = new ClosedRulesDecoder();
    private final PriceTickDecoder priceTick = new PriceTickDecoder();
    private final DepositDecoder deposit = new DepositDecoder();
    private final WithdrawDecoder withdraw = new WithdrawDecoder();
    private final LiquidationProposalDecoder proposal = new LiquidationProposalDecoder();
    private final ScanCompletedDecoder scanCompleted = new ScanCompletedDecoder();
    private final StateHashReportDecoder stateHashReport = new StateHashReportDecoder();
    private final NodeStatusDecoder nodeStatus = new NodeStatusDecoder();
    private final ClockTickDecoder clockTick = new ClockTickDecoder();
    private final EpochStartDecoder epochStart = new EpochStartDecoder();
    private final GatewayStartDecoder gatewayStart = new GatewayStartDecoder();
    private final SessionOpenDecoder sessionOpen = new SessionOpenDecoder();
    private final SkipSeqDecoder skipSeq = new SkipSeqDecoder();
    private final SessionClosedDecoder sessionClosed = new SessionClosedDecoder();

    private final DirectBuffer buffer;

    /** @param frames that holds the frame of one command after another from its first byte on. */
    CommandReader(final DirectBuffer frames) {
        buffer = frames;
    }

    NewOrderDecoder newOrder() {
        return newOrder.wrap(buffer, BLOCK, NewOrderDecoder.BLOCK_LENGTH, NewOrderDecoder.SCHEMA_VERSION);
    }

    ReplaceDecoder replace() {
        return replace.wrap(buffer, BLOCK, ReplaceDecoder.BLOCK_LENGTH, ReplaceDecoder.SCHEMA_VERSION);
    }

    CancelDecoder cancel() {
        return cancel.wrap(buffer, BLOCK, CancelDecoder.BLOCK_LENGTH, CancelDecoder.SCHEMA_VERSION);
    }

    MassCancelDecoder massCancel() {
        return massCancel.wrap(buffer, BLOCK, MassCancelDecoder.BLOCK_LENGTH, MassCancelDecoder.SCHEMA_VERSION);
    }

    MassQuoteDecoder massQuote() {
        return massQuote.wrap(buffer, BLOCK, MassQuoteDecoder.BLOCK_LENGTH, MassQuoteDecoder.SCHEMA_VERSION);
    }

    QuoteCancelDecoder quoteCancel() {
        return quoteCancel.wrap(buffer, BLOCK, QuoteCancelDecoder.BLOCK_LENGTH, QuoteCancelDecoder.SCHEMA_VERSION);
    }

    MmpConfigDecoder mmpConfig() {
        return mmpConfig.wrap(buffer, BLOCK, MmpConfigDecoder.BLOCK_LENGTH, MmpConfigDecoder.SCHEMA_VERSION);
    }

    TransferDecoder transfer() {
        return transfer.wrap(buffer, BLOCK, TransferDecoder.BLOCK_LENGTH, TransferDecoder.SCHEMA_VERSION);
    }

    CollateralDefineDecoder collateralDefine() {
        return collateralDefine.wrap(
                buffer, BLOCK, CollateralDefineDecoder.BLOCK_LENGTH, CollateralDefineDecoder.SCHEMA_VERSION);
    }

    SetLeverageDecoder setLeverage() {
        return setLeverage.wrap(buffer, BLOCK, SetLeverageDecoder.BLOCK_LENGTH, SetLeverageDecoder.SCHEMA_VERSION);
    }

    MmpResetDecoder mmpReset() {
        return mmpReset.wrap(buffer, BLOCK, MmpResetDecoder.BLOCK_LENGTH, MmpResetDecoder.SCHEMA_VERSION);
    }

    KillSwitchDecoder killSwitch() {
        return killSwitch.wrap(buffer, BLOCK, KillSwitchDecoder.BLOCK_LENGTH, KillSwitchDecoder.SCHEMA_VERSION);
    }

    KillReleaseDecoder killRelease() {
        return killRelease.wrap(buffer, BLOCK, KillReleaseDecoder.BLOCK_LENGTH, KillReleaseDecoder.SCHEMA_VERSION);
    }

    FundingRulesDecoder fundingRules() {
        return fundingRules.wrap(buffer, BLOCK, FundingRulesDecoder.BLOCK_LENGTH, FundingRulesDecoder.SCHEMA_VERSION);
    }

    FundingOrderDecoder fundingOrder() {
        return fundingOrder.wrap(buffer, BLOCK, FundingOrderDecoder.BLOCK_LENGTH, FundingOrderDecoder.SCHEMA_VERSION);
    }

    DeadManDecoder deadMan() {
        return deadMan.wrap(buffer, BLOCK, DeadManDecoder.BLOCK_LENGTH, DeadManDecoder.SCHEMA_VERSION);
    }

    AssetDefineDecoder assetDefine() {
        return assetDefine.wrap(buffer, BLOCK, AssetDefineDecoder.BLOCK_LENGTH, AssetDefineDecoder.SCHEMA_VERSION);
    }

    MarginTierSetDecoder marginTierSet() {
        return marginTierSet.wrap(
                buffer, BLOCK, MarginTierSetDecoder.BLOCK_LENGTH, MarginTierSetDecoder.SCHEMA_VERSION);
    }

    InstrumentUpdateDecoder instrumentUpdate() {
        return instrumentUpdate.wrap(
                buffer, BLOCK, InstrumentUpdateDecoder.BLOCK_LENGTH, InstrumentUpdateDecoder.SCHEMA_VERSION);
    }

    InstrumentDefineDecoder instrumentDefine() {
        return instrumentDefine.wrap(
                buffer, BLOCK, InstrumentDefineDecoder.BLOCK_LENGTH, InstrumentDefineDecoder.SCHEMA_VERSION);
    }

    FirmDefineDecoder firmDefine() {
        return firmDefine.wrap(buffer, BLOCK, FirmDefineDecoder.BLOCK_LENGTH, FirmDefineDecoder.SCHEMA_VERSION);
    }

    AccountDefineDecoder accountDefine() {
        return accountDefine.wrap(
                buffer, BLOCK, AccountDefineDecoder.BLOCK_LENGTH, AccountDefineDecoder.SCHEMA_VERSION);
    }

    SessionDefineDecoder sessionDefine() {
        return sessionDefine.wrap(
                buffer, BLOCK, SessionDefineDecoder.BLOCK_LENGTH, SessionDefineDecoder.SCHEMA_VERSION);
    }

    VenueDefineDecoder venueDefine() {
        return venueDefine.wrap(buffer, BLOCK, VenueDefineDecoder.BLOCK_LENGTH, VenueDefineDecoder.SCHEMA_VERSION);
    }

    InstrumentStateDecoder instrumentState() {
        return instrumentState.wrap(
                buffer, BLOCK, InstrumentStateDecoder.BLOCK_LENGTH, InstrumentStateDecoder.SCHEMA_VERSION);
    }

    CalendarTransitionDecoder calendarTransition() {
        return calendarTransition.wrap(
                buffer, BLOCK, CalendarTransitionDecoder.BLOCK_LENGTH, CalendarTransitionDecoder.SCHEMA_VERSION);
    }

    IndexRulesDecoder indexRules() {
        return indexRules.wrap(buffer, BLOCK, IndexRulesDecoder.BLOCK_LENGTH, IndexRulesDecoder.SCHEMA_VERSION);
    }

    MarkRulesDecoder markRules() {
        return markRules.wrap(buffer, BLOCK, MarkRulesDecoder.BLOCK_LENGTH, MarkRulesDecoder.SCHEMA_VERSION);
    }

    ClosedRulesDecoder closedRules() {
        return closedRules.wrap(buffer, BLOCK, ClosedRulesDecoder.BLOCK_LENGTH, ClosedRulesDecoder.SCHEMA_VERSION);
    }

    PriceTickDecoder priceTick() {
        return priceTick.wrap(buffer, BLOCK, PriceTickDecoder.BLOCK_LENGTH, PriceTickDecoder.SCHEMA_VERSION);
    }

    DepositDecoder deposit() {
        return deposit.wrap(buffer, BLOCK, DepositDecoder.BLOCK_LENGTH, DepositDecoder.SCHEMA_VERSION);
    }

    WithdrawDecoder withdraw() {
        return withdraw.wrap(buffer, BLOCK, WithdrawDecoder.BLOCK_LENGTH, WithdrawDecoder.SCHEMA_VERSION);
    }

    LiquidationProposalDecoder proposal() {
        return proposal.wrap(
                buffer, BLOCK, LiquidationProposalDecoder.BLOCK_LENGTH, LiquidationProposalDecoder.SCHEMA_VERSION);
    }

    ScanCompletedDecoder scanCompleted() {
        return scanCompleted.wrap(
                buffer, BLOCK, ScanCompletedDecoder.BLOCK_LENGTH, ScanCompletedDecoder.SCHEMA_VERSION);
    }

    LiquidationRulesDecoder liquidationRules() {
        return liquidationRules.wrap(
                buffer, BLOCK, LiquidationRulesDecoder.BLOCK_LENGTH, LiquidationRulesDecoder.SCHEMA_VERSION);
    }

    DeleveragePlacesDecoder deleveragePlaces() {
        return deleveragePlaces.wrap(
                buffer, BLOCK, DeleveragePlacesDecoder.BLOCK_LENGTH, DeleveragePlacesDecoder.SCHEMA_VERSION);
    }

    HolderConcentrationDecoder holderConcentration() {
        return holderConcentration.wrap(
                buffer, BLOCK, HolderConcentrationDecoder.BLOCK_LENGTH, HolderConcentrationDecoder.SCHEMA_VERSION);
    }

    StateHashReportDecoder stateHashReport() {
        return stateHashReport.wrap(
                buffer, BLOCK, StateHashReportDecoder.BLOCK_LENGTH, StateHashReportDecoder.SCHEMA_VERSION);
    }

    NodeStatusDecoder nodeStatus() {
        return nodeStatus.wrap(buffer, BLOCK, NodeStatusDecoder.BLOCK_LENGTH, NodeStatusDecoder.SCHEMA_VERSION);
    }

    ClockTickDecoder clockTick() {
        return clockTick.wrap(buffer, BLOCK, ClockTickDecoder.BLOCK_LENGTH, ClockTickDecoder.SCHEMA_VERSION);
    }

    EpochStartDecoder epochStart() {
        return epochStart.wrap(buffer, BLOCK, EpochStartDecoder.BLOCK_LENGTH, EpochStartDecoder.SCHEMA_VERSION);
    }

    GatewayStartDecoder gatewayStart() {
        return gatewayStart.wrap(buffer, BLOCK, GatewayStartDecoder.BLOCK_LENGTH, GatewayStartDecoder.SCHEMA_VERSION);
    }

    SessionOpenDecoder sessionOpen() {
        return sessionOpen.wrap(buffer, BLOCK, SessionOpenDecoder.BLOCK_LENGTH, SessionOpenDecoder.SCHEMA_VERSION);
    }

    SkipSeqDecoder skipSeq() {
        return skipSeq.wrap(buffer, BLOCK, SkipSeqDecoder.BLOCK_LENGTH, SkipSeqDecoder.SCHEMA_VERSION);
    }

    SessionClosedDecoder sessionClosed() {
        return sessionClosed.wrap(
                buffer, BLOCK, SessionClosedDecoder.BLOCK_LENGTH, SessionClosedDecoder.SCHEMA_VERSION);
    }
}
