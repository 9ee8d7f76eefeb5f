package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.PowerExponent;
import org.isochron.codecs.SecurityDefinitionDecoder;

/**
 * A contract as its SecurityDefinition tells it.
 *
 * @param tickSize price units (1e-9) in a tick.
 * @param lotSize  units of the underlying (1e-9) in a lot.
 * @param scale    decimals of a quantum of the settlement asset.
 * @param maxPrice largest price, price units.
 */
record AuditedContract(
        String symbol,
        long assetId,
        int scale,
        ContractKind kind,
        PowerExponent exponent,
        long tickSize,
        long lotSize,
        long maxPrice,
        long initialMarginPpm,
        long maintenanceMarginPpm,
        long takerFeePpm) {

    private static final int DECIMALS = 18;

    /** @param scale decimals of a quantum of the settlement asset. */
    static AuditedContract of(final SecurityDefinitionDecoder told, final int scale) {
        return new AuditedContract(
                told.symbol(),
                told.settleAssetId(),
                scale,
                told.kind(),
                told.exponent(),
                told.tickSize(),
                told.lotSize(),
                told.maxPrice(),
                told.initialMarginPpm(),
                told.maintenanceMarginPpm(),
                told.takerFeePpm());
    }

    boolean isInverse() {
        return kind == ContractKind.INVERSE;
    }

    /** Whether the price is a power of the underlying's other than the first. */
    boolean isPower() {
        return kind == ContractKind.POWER && exponent != PowerExponent.ONE;
    }

    /** Quanta in one lot at one tick; of an inverse contract, at which it is worth the most. */
    BigInteger perTickLot() {
        final BigInteger lot = BigInteger.valueOf(lotSize);
        final BigInteger tick = BigInteger.valueOf(tickSize);
        return isInverse()
                ? lot.multiply(BigInteger.TEN.pow(scale)).divide(tick)
                : lot.multiply(tick).divide(BigInteger.TEN.pow(DECIMALS - scale));
    }

    /** Signed quanta that signed lots are worth, which is what their buyer pays; 0 where there is no price. */
    BigInteger value(final long lots, final long ticks) {
        if (ticks == 0) {
            return BigInteger.ZERO;
        }
        final BigInteger size = worth(BigInteger.valueOf(lots).abs(), BigInteger.valueOf(ticks));
        return lots < 0 == isInverse() ? size : size.negate();
    }

    /** Signed quanta that the holder of signed lots receives when they are closed in a settlement: rounded down, long or short. */
    BigInteger settlement(final long lots, final long ticks) {
        return isInverse()
                ? Rounding.floorDiv(BigInteger.valueOf(-lots).multiply(perTickLot()), BigInteger.valueOf(ticks))
                : value(lots, ticks);
    }

    long maxTicks() {
        return maxPrice / tickSize;
    }

    /** Quanta that lots are worth, rounded down. */
    BigInteger worth(final BigInteger lots, final BigInteger ticks) {
        return isInverse()
                ? lots.multiply(perTickLot()).divide(ticks)
                : lots.multiply(ticks).multiply(perTickLot());
    }

    /** Whole lots that so many quanta buy. */
    BigInteger lotsFor(final BigInteger quanta, final BigInteger ticks) {
        return isInverse() ? quanta.multiply(ticks).divide(perTickLot()) : quanta.divide(ticks.multiply(perTickLot()));
    }

    /** {@code trunc(factor * worth of one lot / divisor)}, in one division; remainder second, of the factor's sign. */
    BigInteger[] share(final BigInteger factor, final long ticks, final BigInteger divisor, final BigInteger carried) {
        final BigInteger price = BigInteger.valueOf(ticks);
        return isInverse()
                ? factor.multiply(perTickLot()).divideAndRemainder(divisor.multiply(price))
                : factor.multiply(perTickLot()).multiply(price).add(carried).divideAndRemainder(divisor);
    }
}
