package org.isochron.replay.audit;

import java.math.BigInteger;

/** A position as fills and the like tell it: signed lots, and what they cost. */
final class AuditedPosition {

    final long accountId;
    final AuditedInstrument instrument;
    /** What it is margined in. */
    AuditedBucket bucket;

    long lots;
    /** Signed like the lots' value; average cost, toward zero (rulebook 1). */
    BigInteger cost = BigInteger.ZERO;
    /** Index up to which funding is settled. */
    BigInteger fundingIndex = BigInteger.ZERO;
    /** Number of the opening since which it has been open on its side, among all of the venue: lower is older. */
    long openedAs;

    AuditedPosition(final long accountId, final AuditedInstrument instrument, final AuditedBucket bucket) {
        this.accountId = accountId;
        this.instrument = instrument;
        this.bucket = bucket;
    }

    /**
     * Lots come for cash, or go.
     *
     * @param cash signed change of the holder's cash that goes with them.
     */
    void move(final long change, final BigInteger cash) {
        final long before = lots;
        if (before == 0 || before > 0 == change > 0) {
            cost = cost.subtract(cash);
        } else {
            final BigInteger held = BigInteger.valueOf(before).abs();
            final BigInteger moved = BigInteger.valueOf(change).abs();
            final BigInteger closed = held.min(moved);
            final BigInteger taken = cost.multiply(closed).divide(held);
            final BigInteger proceeds = cash.multiply(closed).divide(moved);
            cost = cost.subtract(taken).subtract(cash.subtract(proceeds));
        }
        lots = Math.addExact(before, change);
        fundingIndex = instrument.fundingIndex;
    }

    BigInteger value() {
        return instrument.value(lots);
    }

    BigInteger maintenance() {
        return instrument.maintenance(lots);
    }

    BigInteger profit() {
        return value().subtract(cost);
    }

    BigInteger unsettledFunding() {
        return Rounding.funding(lots, fundingIndex, instrument.fundingIndex);
    }
}
