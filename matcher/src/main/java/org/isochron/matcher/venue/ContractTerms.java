package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.K_FRACTIONAL;
import static org.isochron.codecs.RejectCode.OVERFLOW;

import org.isochron.codecs.ContractKind;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.PowerExponent;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Assets;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Instruments;

/** What makes an instrument a contract of its kind: the power it trades on, and what a lot is worth (rulebook 1, 2). */
final class ContractTerms {
    /** Largest worth of a position at any price, quanta: leaves room for sums in 63 bits. */
    private static final long MAX_POSITION_VALUE = 1L << 60;

    /** Decimals of tick size and lot size together. */
    private static final int PRICE_AND_LOT_DECIMALS = 18;

    private static final long ONE = 1_000_000_000;

    private final Assets assets;

    ContractTerms(final Assets assets) {
        this.assets = assets;
    }

    /** Kind, exponent and norm: the last two belong to power contracts. */
    boolean refusesKind(final Refusal refusal, final InstrumentTerms terms, final InstrumentDefineDecoder command) {
        final ContractKind kind = command.kind() == ContractKind.NULL_VAL ? ContractKind.LINEAR : command.kind();
        final boolean isPower = kind == ContractKind.POWER;
        final PowerExponent exponent = command.exponent();
        if (isPower == (exponent == PowerExponent.NULL_VAL)) {
            return refusal.of(
                    BAD_VALUE, InstrumentDefineDecoder.exponentId(), isPower ? Refusal.NO_VALUE : exponent.value());
        }
        final boolean noNorm = command.norm() == InstrumentDefineDecoder.normNullValue();
        if (!noNorm && (!isPower || command.norm() < 1)) {
            return refusal.of(BAD_VALUE, InstrumentDefineDecoder.normId(), command.norm(), 1);
        }
        terms.kind = kind.value();
        terms.exponent = isPower ? exponent.value() : 0;
        terms.norm = !isPower ? 0 : noNorm ? ONE : command.norm();
        return false;
    }

    /** What a lot is worth at one tick: whole, and small enough that no extreme the terms allow leaves 60 bits. */
    boolean refusesWorth(final Refusal refusal, final InstrumentTerms terms) {
        return terms.kind == Instruments.INVERSE ? refusesInverse(refusal, terms) : refusesLinear(refusal, terms);
    }

    /** K = tickSize * lotSize in quanta. */
    private boolean refusesLinear(final Refusal refusal, final InstrumentTerms terms) {
        final long divisor = FixedPoint.powerOfTen(PRICE_AND_LOT_DECIMALS - assets.scale(terms.assetSlot));
        // At 2^64 or more the quotient would not even be formed.
        if (Math.multiplyHigh(terms.tickSize, terms.lotSize) >= divisor / 4) {
            return refusal.of(OVERFLOW, InstrumentDefineDecoder.lotSizeId(), terms.lotSize);
        }
        final long quanta = FixedPoint.mulDivFloor(terms.tickSize, terms.lotSize, divisor);
        if (quanta != FixedPoint.mulDivCeil(terms.tickSize, terms.lotSize, divisor)) {
            return refusal.of(K_FRACTIONAL, InstrumentDefineDecoder.lotSizeId(), terms.lotSize);
        }
        terms.factor = quanta;
        // A quotient of a quotient is that by the product, which might not fit.
        final long perTick = MAX_POSITION_VALUE / terms.maxPriceTicks;
        return refusesPosition(refusal, terms, perTick / quanta / Contracts.mostMargin(terms.exponent));
    }

    /**
     * N = lotSize / tickSize in quanta: the worth of a lot at one tick, the largest it can have. At the largest price it
     * must still be worth so many quanta that rounding one of them away is nothing.
     */
    private boolean refusesInverse(final Refusal refusal, final InstrumentTerms terms) {
        final long quantaPerUnit = FixedPoint.powerOfTen(assets.scale(terms.assetSlot));
        if (Math.multiplyHigh(terms.lotSize, quantaPerUnit) >= terms.tickSize / 4) {
            return refusal.of(OVERFLOW, InstrumentDefineDecoder.lotSizeId(), terms.lotSize);
        }
        final long quanta = FixedPoint.mulDivFloor(terms.lotSize, quantaPerUnit, terms.tickSize);
        if (quanta != FixedPoint.mulDivCeil(terms.lotSize, quantaPerUnit, terms.tickSize)) {
            return refusal.of(K_FRACTIONAL, InstrumentDefineDecoder.lotSizeId(), terms.lotSize);
        }
        final long largestTicks = quanta / Contracts.MIN_INVERSE_LOT;
        if (terms.maxPriceTicks > largestTicks) {
            return refusal.of(
                    BAD_VALUE,
                    InstrumentDefineDecoder.maxPriceId(),
                    terms.maxPriceTicks * terms.tickSize,
                    largestTicks * terms.tickSize);
        }
        terms.factor = -quanta;
        return refusesPosition(refusal, terms, MAX_POSITION_VALUE / quanta);
    }

    private static boolean refusesPosition(final Refusal refusal, final InstrumentTerms terms, final long largestLots) {
        return terms.maxPositionLots > largestLots
                && refusal.of(
                        OVERFLOW, InstrumentDefineDecoder.maxPositionQuantityId(), terms.maxPositionLots, largestLots);
    }

    /** Lots that a position in a defined instrument may have, so that what it is worth leaves room for sums. */
    static long largestPosition(final Contracts contracts, final int instrument) {
        return MAX_POSITION_VALUE / contracts.largest(instrument, 1);
    }
}
