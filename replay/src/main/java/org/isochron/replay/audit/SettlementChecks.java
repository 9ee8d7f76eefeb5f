package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.MarketSettledDecoder;
import org.isochron.codecs.PositionSettledDecoder;
import org.isochron.replay.audit.AuditedSettlement.Line;
import org.isochron.replay.audit.LiquidationFindings.Check;

/**
 * Whether a last resort has charged whom it must, in the order it must (rulebook 8.7): INSURANCE first, then profits, then
 * equity; and whether each bucket is told its part, once.
 */
final class SettlementChecks {
    private final AuditedVenue venue;
    private final AuditedFund fund;
    private final LiquidationFindings findings;
    /** What members are still to be told, in no other order than any. */
    private final Map<AuditedBucket.Id, Line> untold = new TreeMap<>();

    private AuditedSettlement last;

    SettlementChecks(final AuditedVenue venue, final AuditedFund fund, final LiquidationFindings findings) {
        this.venue = venue;
        this.fund = fund;
        this.findings = findings;
    }

    /** @param settlement the event's, carried out. */
    void onMarket(final AuditedSettlement settlement, final MarketSettledDecoder event) {
        checkUntold();
        last = settlement;
        final Check check = findings.check(venue.sequence, 0, "MarketSettled");
        final AuditedInstrument instrument = settlement.instrument();
        check.same("deficit", settlement.deficit(), event.deficit());
        final BigInteger paidFirst = paidFirst(settlement);
        final BigInteger afterFund = settlement.deficit().subtract(paidFirst);
        final BigInteger ofProfits = instrument == null ? BigInteger.ZERO : afterFund.min(settlement.profitBase());
        final BigInteger afterProfits = afterFund.subtract(ofProfits);
        final BigInteger ofEquity = afterProfits.min(settlement.equityBase());
        check.same("profitCharged", ofProfits, event.profitCharged());
        check.same("equityCharged", ofEquity, event.equityCharged());
        check.same("insurancePaid", paidFirst.add(afterProfits).subtract(ofEquity), event.insurancePaid());
        final boolean needsProfits = instrument != null && afterFund.signum() != 0;
        check.same("profitBase", needsProfits ? settlement.profitBase() : BigInteger.ZERO, event.profitBase());
        check.same(
                "equityBase",
                afterProfits.signum() != 0 ? settlement.equityBase() : BigInteger.ZERO,
                event.equityBase());
        check.same("openInterest", settlement.openInterest(), event.openInterest());
        check.same(
                "markPrice",
                instrument == null ? MarketSettledDecoder.markPriceNullValue() : instrument.price(instrument.markTicks),
                event.markPrice());
        for (final Line line : settlement.lines()) {
            if (line.isTold()) {
                untold.put(line.bucket.id, line);
            }
        }
    }

    /** Of a market INSURANCE pays what it may; of a deficit without lots it has paid that already. */
    private BigInteger paidFirst(final AuditedSettlement settlement) {
        final AuditedInstrument instrument = settlement.instrument();
        if (instrument == null) {
            return BigInteger.ZERO;
        }
        final BigInteger cap = instrument.rules().drawCap();
        final BigInteger left = cap == null
                ? settlement.payable()
                : cap.subtract(fund.drawn(instrument)).max(BigInteger.ZERO);
        final BigInteger paid = settlement.deficit().min(settlement.payable()).min(left);
        if (paid.signum() > 0) {
            fund.draw(instrument, paid);
        }
        return paid;
    }

    void onPosition(final PositionSettledDecoder event) {
        final Check check = findings.check(venue.sequence, event.accountId(), "PositionSettled");
        final Line line = untold.remove(new AuditedBucket.Id(event.accountId(), event.assetId(), event.instrumentId()));
        if (line == null) {
            check.holds(false, "only whom a settlement has concerned, once", "none", event.accountId());
            return;
        }
        final AuditedInstrument instrument = last.instrument();
        check.same("settledSequence", last.sequence(), event.settledSequence());
        check.same(
                "settledInstrumentId",
                instrument == null ? PositionSettledDecoder.settledInstrumentIdNullValue() : instrument.id,
                event.settledInstrumentId());
        check.same("quantity", line.lots, event.quantity());
        check.same("cash", line.cash, event.cash());
        check.same("funding", line.funding, event.funding());
        check.same("profitCharge", line.profitCharge, event.profitCharge());
        check.same("equityCharge", line.equityCharge, event.equityCharge());
        check.same("deficitPaid", line.deficitPaid, event.deficitPaid());
        check.same("balanceAfter", line.balanceAfter, event.balanceAfter());
    }

    /** Everybody has been told before something else is settled, and by the end of the journal. */
    private void checkUntold() {
        for (final Line line : untold.values()) {
            findings.check(venue.sequence, line.bucket.id.accountId(), "PositionSettled")
                    .holds(false, "told of the settlement of command " + last.sequence(), "one", "none");
        }
        untold.clear();
    }

    void end() {
        checkUntold();
    }
}
