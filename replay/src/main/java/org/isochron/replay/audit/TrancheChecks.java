package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.LiquidationTrancheDecoder;
import org.isochron.codecs.Side;
import org.isochron.replay.audit.LiquidationFindings.Check;

/**
 * What is offered to the book (rulebook 8.3): which position, how much of it, at which price; whether the fills keep to
 * that, and the fee. Fills are told before their tranche, so the first one fixes what the tranche is judged on.
 */
final class TrancheChecks {
    private final AuditedVenue venue;
    private final LiquidationFindings findings;

    /** A position as its first fill found it. */
    private Offer offer;

    /** What the rules offer of a position on the state it was taken from. */
    private static final class Offer {
        private final AuditedPosition position;
        private final AuditedPosition next;
        private final boolean isBelowTwoThirds;
        private final boolean isOpen;
        private final boolean isLong;
        private final long lots;
        private final AuditedZeroPrice zeroPrice;

        private long filledLots;
        private BigInteger received = BigInteger.ZERO;
        private BigInteger notional = BigInteger.ZERO;
        private long worstTicks;

        Offer(final AuditedLiquidation liquidation, final AuditedPosition position, final long nowNs) {
            this.position = position;
            next = liquidation.nextOffer();
            isBelowTwoThirds = liquidation.isBelowTwoThirds();
            isOpen = position.instrument.isOpen();
            isLong = position.lots > 0;
            lots = position.lots == 0 ? 0 : liquidation.trancheLots(position, nowNs);
            zeroPrice = lots == 0
                    ? new AuditedZeroPrice(BigInteger.ZERO, AuditedZeroPrice.NONE)
                    : AuditedZeroPrice.of(position, lots);
        }

        void fill(final long filled, final long ticks) {
            final BigInteger cash = position.instrument.contract.value(filled, ticks);
            filledLots += filled;
            received = received.add(isLong ? cash : cash.negate());
            notional = notional.add(cash.abs());
            final boolean isWorse = worstTicks == 0 || (isLong ? ticks < worstTicks : ticks > worstTicks);
            worstTicks = isWorse ? ticks : worstTicks;
        }

        /** {@code min(ceil(notional * ppm), floor(surplus / 2))}, of what has been filled. */
        BigInteger fee() {
            if (filledLots == 0) {
                return BigInteger.ZERO;
            }
            final BigInteger surplus = received.subtract(Rounding.share(zeroPrice.cash(), filledLots, lots));
            final BigInteger most = Rounding.ceilPpm(notional, position.instrument.feePpm.terms());
            return most.min(surplus.max(BigInteger.ZERO).shiftRight(1));
        }
    }

    TrancheChecks(final AuditedVenue venue, final LiquidationFindings findings) {
        this.venue = venue;
        this.findings = findings;
    }

    /** A fill of a liquidation's own side, before it moves anything. */
    void onFill(final AuditedLiquidation liquidation, final FillDecoder event) {
        final AuditedPosition position = venue.position(event.accountId(), event.instrumentId());
        if (offer == null || offer.position != position) {
            offer = new Offer(liquidation, position, venue.timeNs);
        }
        offer.fill(event.lastQuantity(), event.lastPrice() / position.instrument.contract.tickSize());
    }

    /**
     * What the book has taken of a tranche.
     *
     * @param received signed cash.
     */
    record Outcome(boolean wasLong, long lots, BigInteger received) {}

    /** The end of a tranche, told when its fills have moved what they move. */
    Outcome onTranche(final AuditedLiquidation liquidation, final LiquidationTrancheDecoder event) {
        final AuditedPosition position = venue.position(event.accountId(), event.instrumentId());
        final Offer made =
                offer != null && offer.position == position ? offer : new Offer(liquidation, position, venue.timeNs);
        offer = null;
        final Check check = findings.check(venue.sequence, event.accountId(), "LiquidationTranche");
        check.same("instrumentId", made.next == null ? null : made.next.instrument.id, event.instrumentId());
        check.holds(!made.isBelowTwoThirds, "only while 3 E >= 2 MM", "takeover", "tranche");
        check.holds(made.isOpen && !venue.isCancelOnly, "only in an open book", "nothing", "tranche");
        check.same("side", made.isLong ? Side.SELL : Side.BUY, event.side());
        check.same("quantity", made.lots, event.quantity());
        check.same("markPrice", position.instrument.price(position.instrument.markTicks), event.markPrice());
        check.same("requiredCash", made.zeroPrice.cash(), event.requiredCash());
        check.same("limitPrice", position.instrument.price(made.zeroPrice.limitTicks()), event.limitPrice());
        check.same("filledQuantity", made.filledLots, event.filledQuantity());
        check.same("fee", made.fee(), event.fee());
        check.holds(keepsLimit(made), "no fill beyond the limit", made.zeroPrice.limitTicks(), made.worstTicks);
        check.holds(
                liquidation.earlyByNs() <= 0,
                "no earlier than the rules have it",
                "later",
                liquidation.earlyByNs() + " ns early");
        liquidation.offered(position, made.lots - made.filledLots, venue.timeNs);
        liquidation.lotsToBook += made.filledLots;
        liquidation.cost = liquidation.cost.subtract(made.fee());
        return new Outcome(made.isLong, made.filledLots, made.received);
    }

    private static boolean keepsLimit(final Offer made) {
        return made.filledLots == 0
                || (made.isLong
                        ? made.worstTicks >= made.zeroPrice.limitTicks()
                        : made.worstTicks <= made.zeroPrice.limitTicks());
    }
}
