package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.PowerExponent;

/**
 * A contract as its SecurityDefinition tells it.
 *
 * @param tickSize price units (1e-9) in a tick.
 * @param lotSize  units of the underlying (1e-9) in a lot.
 * @param scale    decimals of a quantum of the settlement asset.
 */
record AuditedContract(
        String symbol,
        long assetId,
        int scale,
        ContractKind kind,
        PowerExponent exponent,
        long tickSize,
        long lotSize,
        long initialMarginPpm,
        long maintenanceMarginPpm) {

    private static final int DECIMALS = 18;

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
