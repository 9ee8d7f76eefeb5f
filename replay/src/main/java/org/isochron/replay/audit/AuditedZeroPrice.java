package org.isochron.replay.audit;

import java.math.BigInteger;

/**
 * What closing some lots of a bucket's position must bring at one moment (rulebook 8.3): {@code b = v - floorDiv(E * dMM,
 * MM)}, and the price that brings it.
 *
 * @param cash       b, signed cash.
 * @param limitTicks worst price for the closing order, {@link #NONE} when no positive price would do.
 */
record AuditedZeroPrice(BigInteger cash, long limitTicks) {
    static final long NONE = 0;

    /** @param lots from 1 to all of the position's. */
    static AuditedZeroPrice of(final AuditedPosition position, final long lots) {
        final AuditedBucket bucket = position.bucket;
        final AuditedInstrument instrument = position.instrument;
        final boolean isLong = position.lots > 0;
        final long rest = isLong ? position.lots - lots : position.lots + lots;
        final BigInteger removed = position.value().subtract(instrument.value(rest));
        final BigInteger freed = position.maintenance().subtract(instrument.maintenance(rest));
        final BigInteger maintenance = bucket.maintenance();
        final BigInteger equity = bucket.equity();
        final BigInteger share =
                maintenance.signum() == 0 ? equity : Rounding.floorDiv(equity.multiply(freed), maintenance);
        final BigInteger cash = removed.subtract(share);
        return new AuditedZeroPrice(cash, isLong ? sell(instrument, lots, cash) : buy(instrument, lots, cash));
    }

    /** Lowest price at which lots bring as much; NONE when even the largest does not. */
    private static long sell(final AuditedInstrument instrument, final long lots, final BigInteger cash) {
        final AuditedContract contract = instrument.contract;
        final BigInteger perTick = BigInteger.valueOf(lots).multiply(contract.perTickLot());
        final BigInteger ticks;
        if (!contract.isInverse()) {
            ticks = Rounding.ceilDiv(cash, perTick).max(BigInteger.ONE);
        } else if (cash.signum() > 0) {
            return NONE;
        } else {
            // Selling costs floor(lots * N / p), which is to be no more than -cash.
            ticks = perTick.divide(BigInteger.ONE.subtract(cash)).add(BigInteger.ONE);
        }
        return ticks.compareTo(BigInteger.valueOf(contract.maxTicks())) > 0 ? NONE : ticks.longValueExact();
    }

    /** Highest price at which lots cost no more than that; NONE when even the lowest costs more. */
    private static long buy(final AuditedInstrument instrument, final long lots, final BigInteger cash) {
        final AuditedContract contract = instrument.contract;
        final BigInteger largest = BigInteger.valueOf(contract.maxTicks());
        final BigInteger ticks;
        if (!contract.isInverse()) {
            ticks = Rounding.floorDiv(cash.negate(), BigInteger.valueOf(lots).multiply(contract.perTickLot()));
        } else if (cash.signum() <= 0) {
            ticks = largest;
        } else {
            // Every fill rounds down what it brings, so each lot must bring its part.
            ticks = contract.perTickLot().divide(Rounding.ceilDiv(cash, BigInteger.valueOf(lots)));
        }
        return ticks.signum() <= 0 ? NONE : ticks.min(largest).longValueExact();
    }
}
