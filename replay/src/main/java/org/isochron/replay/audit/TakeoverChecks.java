package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.TakeoverDecoder;
import org.isochron.replay.audit.LiquidationFindings.Check;

/**
 * What leaves a bucket other than by its book (rulebook 8.4): whether it was time for that, which position, at which cash,
 * and how much of it INSURANCE had to take.
 */
final class TakeoverChecks {
    private final AuditedVenue venue;
    private final AuditedFund fund;
    private final LiquidationFindings findings;

    TakeoverChecks(final AuditedVenue venue, final AuditedFund fund, final LiquidationFindings findings) {
        this.venue = venue;
        this.fund = fund;
        this.findings = findings;
    }

    /**
     * Lots of a position begin to leave at cash b: the first event that says so, before it moves anything.
     */
    Closing begin(final AuditedLiquidation liquidation, final AuditedPosition position) {
        final long all = Math.abs(position.lots);
        final AuditedZeroPrice zeroPrice =
                all == 0 ? new AuditedZeroPrice(BigInteger.ZERO, 0) : AuditedZeroPrice.of(position, all);
        final Closing closing = new Closing(position, zeroPrice.cash(), all);
        final Check check = findings.check(venue.sequence, position.accountId, "takeover");
        check.holds(all > 0, "of an open position", "lots", "none");
        check.holds(liquidation.bucket.marksValid(), "only while every mark is valid", "nothing", "takeover");
        final AuditedPosition next = next(liquidation, position);
        check.same("instrumentId", next == null ? null : next.instrument.id, position.instrument.id);
        return closing;
    }

    /** Whether it is time for the position, and no other of the bucket, to leave other than by its book. */
    boolean isDue(final AuditedLiquidation liquidation, final AuditedPosition position) {
        return next(liquidation, position) == position;
    }

    /** The position whose turn it is, by whichever of the three ways it is; null when there is no way. */
    private AuditedPosition next(final AuditedLiquidation liquidation, final AuditedPosition position) {
        if (liquidation.isBelowTwoThirds() || liquidation.isFund()) {
            return liquidation.nextPosition();
        }
        if (liquidation.wasOffered(position)) {
            return liquidation.isOverdue(position.instrument, venue.timeNs) ? position : null;
        }
        final AuditedPosition offer = liquidation.nextOffer();
        final boolean isPriceless = offer != null
                && AuditedZeroPrice.of(offer, liquidation.trancheLots(offer, venue.timeNs))
                                .limitTicks()
                        == AuditedZeroPrice.NONE;
        return isPriceless ? offer : null;
    }

    /** Before it moves anything. */
    void onTakeover(final AuditedLiquidation liquidation, final Closing closing, final TakeoverDecoder event) {
        final AuditedPosition position = closing.position();
        final AuditedInstrument instrument = position.instrument;
        final Check check = findings.check(venue.sequence, event.accountId(), "Takeover");
        final long lots = Math.abs(event.quantity());
        final long signed = position.lots > 0 ? lots : -lots;
        check.same("quantity", signed, event.quantity());
        check.holds(!liquidation.isFund(), "INSURANCE takes nothing over from itself", "nothing", "takeover");
        checkMost(check, closing, lots);
        final BigInteger paid = Rounding.share(closing.cash(), lots, closing.all());
        check.same("cash", paid, event.cash());
        check.same("markPrice", instrument.price(instrument.markTicks), event.markPrice());
        final BigInteger balance =
                venue.insurance(instrument.contract.assetId()).cash.subtract(paid);
        check.same("insuranceBalanceAfter", balance, event.insuranceBalanceAfter());
        check.same("insurancePositionAfter", fund.held(instrument) + signed, event.insurancePositionAfter());
        fund.draw(instrument, fund.drawOf(instrument, signed, paid));
        closing.take(lots);
        liquidation.lotsToFund += lots;
        liquidation.cost = liquidation.cost.add(paid.subtract(instrument.value(signed)));
    }

    /** INSURANCE has taken none of it. */
    void onNothingTaken(final AuditedLiquidation liquidation, final Closing closing) {
        if (!liquidation.isFund()) {
            checkMost(findings.check(venue.sequence, closing.position().accountId, "Takeover"), closing, 0);
        }
    }

    /** As many as it may, and not one more: nor any larger number at which its limits allow more again. */
    private void checkMost(final Check check, final Closing closing, final long lots) {
        final AuditedPosition position = closing.position();
        check.holds(fund.mayTake(position, lots, closing.cash()), "within the limits of INSURANCE", "less", lots);
        final long shrinking = Math.abs(fund.held(position.instrument));
        for (final long more : new long[] {lots + 1, shrinking, closing.all()}) {
            if (more > lots && more <= closing.all()) {
                check.holds(
                        !fund.mayTake(position, more, closing.cash()),
                        "as many as INSURANCE may take",
                        "at least " + more,
                        lots);
            }
        }
    }

    /** INSURANCE pays what a bucket without positions owes. */
    void onDeficit(final AuditedLiquidation liquidation, final TakeoverDecoder event) {
        final AuditedBucket bucket = liquidation.bucket;
        final long assetId = bucket.id.assetId();
        final Check check = findings.check(venue.sequence, event.accountId(), "Takeover");
        check.holds(bucket.isFlat(), "a deficit is paid without positions", "none", "positions");
        final BigInteger owed = bucket.equity().negate();
        final BigInteger paid = owed.min(fund.payable(assetId));
        check.same("cash", paid, event.cash());
        check.same("quantity", 0L, event.quantity());
        check.same(
                "insuranceBalanceAfter", venue.insurance(assetId).cash.subtract(paid), event.insuranceBalanceAfter());
        if (bucket.id.isIsolated()) {
            fund.draw(venue.instrument(bucket.id.instrumentId()), paid);
        }
        liquidation.paidDeficit = true;
        liquidation.cost = liquidation.cost.add(paid);
    }
}
