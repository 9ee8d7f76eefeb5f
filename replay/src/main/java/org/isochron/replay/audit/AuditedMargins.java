package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.MarginTierSetDecoder;
import org.isochron.codecs.MarginTierSetDecoder.TiersDecoder;

/**
 * Maintenance margin by size (rulebook 7): each rate on the part of the notional inside its tier; of a power of the
 * underlying at least the loss by an adverse move of that rate, of a short square or cube a quarter of the notional.
 *
 * @param tiers lowest first; empty for the rate of the contract.
 */
record AuditedMargins(List<Tier> tiers) {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final BigInteger QUARTER = BigInteger.valueOf(250_000);

    static final AuditedMargins OF_CONTRACT = new AuditedMargins(List.of());

    /** @param floor notional from which the rate holds. */
    record Tier(BigInteger floor, long maintenancePpm) {}

    static AuditedMargins of(final MarginTierSetDecoder sent) {
        final List<Tier> tiers = new ArrayList<>();
        for (final TiersDecoder tier : sent.tiers()) {
            final long initial = tier.initialMarginPpm() == TiersDecoder.initialMarginPpmNullValue()
                    ? (1_000_000 + tier.maxLeverage() - 1) / tier.maxLeverage()
                    : tier.initialMarginPpm();
            final long maintenance = tier.maintenanceMarginPpm() == TiersDecoder.maintenanceMarginPpmNullValue()
                    ? (initial + 1) / 2
                    : tier.maintenanceMarginPpm();
            tiers.add(new Tier(BigInteger.valueOf(tier.floor()), maintenance));
        }
        return new AuditedMargins(List.copyOf(tiers));
    }

    /** @param size of the lots at mark, not negative. */
    BigInteger maintenance(final AuditedContract contract, final boolean isShort, final BigInteger size) {
        final List<Tier> rates =
                tiers.isEmpty() ? List.of(new Tier(BigInteger.ZERO, contract.maintenanceMarginPpm())) : tiers;
        BigInteger millionths = BigInteger.ZERO;
        long rate = 0;
        for (int i = 0; i < rates.size() && size.compareTo(rates.get(i).floor) >= 0; i++) {
            final BigInteger end =
                    i == rates.size() - 1 ? size : rates.get(i + 1).floor.min(size);
            rate = rates.get(i).maintenancePpm;
            millionths = millionths.add(end.subtract(rates.get(i).floor).multiply(BigInteger.valueOf(rate)));
        }
        return Rounding.ceilDiv(millionths, MILLION)
                .max(Rounding.ceilPpm(size, least(contract, isShort, rate).longValueExact()));
    }

    /** The loss by an adverse move of the underlying, ppm. */
    private static BigInteger least(final AuditedContract contract, final boolean isShort, final long rate) {
        if (!contract.isPower()) {
            return BigInteger.ZERO;
        }
        final int halves = switch (contract.exponent()) {
            case HALF -> 1;
            case TWO -> 4;
            case THREE -> 6;
            default -> 0;
        };
        if (halves == 0) {
            return BigInteger.ZERO;
        }
        final BigInteger move = isShort
                ? moved(halves, MILLION.add(BigInteger.valueOf(rate)), true).subtract(MILLION)
                : MILLION.subtract(moved(halves, MILLION.subtract(BigInteger.valueOf(rate)), false));
        return isShort && halves > 2 ? move.max(QUARTER) : move;
    }

    /** {@code (underlying / 1e6)^(halves / 2)} in ppm. */
    private static BigInteger moved(final int halves, final BigInteger underlying, final boolean up) {
        final BigInteger divisor = MILLION.pow(halves);
        final BigInteger square = underlying.pow(halves).multiply(MILLION.pow(2));
        final BigInteger root = square.divide(divisor).sqrt();
        final boolean exact = root.pow(2).multiply(divisor).equals(square);
        return up && !exact ? root.add(BigInteger.ONE) : root;
    }
}
