package org.isochron.replay.audit;

import java.util.Collection;
import java.util.Map;
import org.isochron.codecs.MarketSettledDecoder;
import org.isochron.codecs.PositionSettledDecoder;

/** The last resort (rulebook 8.7). */
final class SettlementChecks {
    SettlementChecks(final AuditedVenue venue, final AuditedFund fund, final LiquidationFindings findings) {}

    void onMarket(
            final MarketSettledDecoder event,
            final Collection<AuditedLiquidation> open,
            final Map<AuditedPosition, Closing> closings) {}

    void onPosition(final PositionSettledDecoder event) {}

    void end() {}
}
