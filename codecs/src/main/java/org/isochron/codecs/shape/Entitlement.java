package org.isochron.codecs.shape;

import org.isochron.codecs.AccountDefineDecoder;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.CalendarTransitionDecoder;
import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.ClosedRulesDecoder;
import org.isochron.codecs.CollateralDefineDecoder;
import org.isochron.codecs.DeadManDecoder;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.DepositDecoder;
import org.isochron.codecs.FirmDefineDecoder;
import org.isochron.codecs.FundingOrderDecoder;
import org.isochron.codecs.FundingRulesDecoder;
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
import org.isochron.codecs.MmpConfigDecoder;
import org.isochron.codecs.MmpResetDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.QuoteCancelDecoder;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.SetLeverageDecoder;
import org.isochron.codecs.SnapshotMarkDecoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.TransferDecoder;
import org.isochron.codecs.VenueDefineDecoder;
import org.isochron.codecs.WithdrawDecoder;

/**
 * Which role may send which command. A whitelist: what is not named here, the messages of gateway and sequencer
 * included, no session may send. The session layer (templates below 100) is the gateway's own and open to every role.
 */
public final class Entitlement {
    private Entitlement() {}

    /** Whether a session of that role may send the message. NULL_VAL may send nothing. */
    public static boolean allows(final Role role, final int templateId) {
        return switch (role) {
            case MAKER -> isOrderEntry(templateId);
            case PUBLISHER -> templateId == PriceTickDecoder.TEMPLATE_ID;
            case RISK ->
                templateId == LiquidationProposalDecoder.TEMPLATE_ID
                        || templateId == ScanCompletedDecoder.TEMPLATE_ID
                        || templateId == DeleveragePlacesDecoder.TEMPLATE_ID
                        || templateId == HolderConcentrationDecoder.TEMPLATE_ID
                        || templateId == StateHashReportDecoder.TEMPLATE_ID;
            case REPLICA -> templateId == StateHashReportDecoder.TEMPLATE_ID;
            case OPERATOR -> isOperation(templateId);
            case DROP_COPY, NULL_VAL -> false;
        };
    }

    private static boolean isOrderEntry(final int templateId) {
        return switch (templateId) {
            case NewOrderDecoder.TEMPLATE_ID,
                    ReplaceDecoder.TEMPLATE_ID,
                    CancelDecoder.TEMPLATE_ID,
                    MassCancelDecoder.TEMPLATE_ID,
                    MassQuoteDecoder.TEMPLATE_ID,
                    QuoteCancelDecoder.TEMPLATE_ID,
                    MmpConfigDecoder.TEMPLATE_ID,
                    MmpResetDecoder.TEMPLATE_ID,
                    KillSwitchDecoder.TEMPLATE_ID,
                    KillReleaseDecoder.TEMPLATE_ID,
                    DeadManDecoder.TEMPLATE_ID,
                    FundingOrderDecoder.TEMPLATE_ID,
                    SetLeverageDecoder.TEMPLATE_ID,
                    TransferDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    private static boolean isOperation(final int templateId) {
        return switch (templateId) {
            case AssetDefineDecoder.TEMPLATE_ID,
                    InstrumentDefineDecoder.TEMPLATE_ID,
                    FirmDefineDecoder.TEMPLATE_ID,
                    AccountDefineDecoder.TEMPLATE_ID,
                    SessionDefineDecoder.TEMPLATE_ID,
                    VenueDefineDecoder.TEMPLATE_ID,
                    InstrumentStateDecoder.TEMPLATE_ID,
                    FundingRulesDecoder.TEMPLATE_ID,
                    InstrumentUpdateDecoder.TEMPLATE_ID,
                    CalendarTransitionDecoder.TEMPLATE_ID,
                    IndexRulesDecoder.TEMPLATE_ID,
                    MarkRulesDecoder.TEMPLATE_ID,
                    ClosedRulesDecoder.TEMPLATE_ID,
                    LiquidationRulesDecoder.TEMPLATE_ID,
                    MarginTierSetDecoder.TEMPLATE_ID,
                    DepositDecoder.TEMPLATE_ID,
                    WithdrawDecoder.TEMPLATE_ID,
                    MassCancelDecoder.TEMPLATE_ID,
                    CollateralDefineDecoder.TEMPLATE_ID,
                    TransferDecoder.TEMPLATE_ID,
                    SetLeverageDecoder.TEMPLATE_ID,
                    KillSwitchDecoder.TEMPLATE_ID,
                    KillReleaseDecoder.TEMPLATE_ID,
                    SnapshotMarkDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }
}
