package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.TreeMap;

/** What margin is judged on: an account in one settlement asset, or one isolated position. Amounts in quanta. */
final class AuditedBucket {
    /** In place of an instrument: cross margin. */
    static final long CROSS = 0xFFFF_FFFFL;

    /** @param instrumentId of an isolated bucket, or {@link #CROSS}. */
    record Id(long accountId, long assetId, long instrumentId) implements Comparable<Id> {
        /** Accounts by id, of one its cross margin last. */
        private static final Comparator<Id> ORDER = Comparator.comparingLong(Id::accountId)
                .thenComparingLong(Id::assetId)
                .thenComparingLong(Id::instrumentId);

        @Override
        public int compareTo(final Id other) {
            return ORDER.compare(this, other);
        }

        boolean isIsolated() {
            return instrumentId != CROSS;
        }
    }

    final Id id;
    BigInteger cash = BigInteger.ZERO;
    /** By instrument. */
    final TreeMap<Long, AuditedPosition> positions = new TreeMap<>();
    /** By asset pledged: the balance, and what it counts. */
    final TreeMap<Long, AuditedPledge> pledges = new TreeMap<>();

    AuditedBucket(final Id id) {
        this.id = id;
    }

    /** Cash, positions at mark, funding up to now. */
    BigInteger equityWithoutCollateral() {
        BigInteger sum = cash;
        for (final AuditedPosition position : positions.values()) {
            sum = sum.add(position.value()).add(position.unsettledFunding());
        }
        return sum;
    }

    /** The same and what pledged collateral counts. */
    BigInteger equity() {
        BigInteger sum = equityWithoutCollateral();
        for (final AuditedPledge pledge : pledges.values()) {
            sum = sum.add(pledge.credit());
        }
        return sum;
    }

    BigInteger maintenance() {
        BigInteger sum = BigInteger.ZERO;
        for (final AuditedPosition position : positions.values()) {
            sum = sum.add(position.maintenance());
        }
        return sum;
    }

    BigInteger closingFee() {
        BigInteger sum = BigInteger.ZERO;
        for (final AuditedPosition position : positions.values()) {
            sum = sum.add(position.instrument.closingFee(position.lots));
        }
        return sum;
    }

    /** Sum of the sizes of its positions at mark. */
    BigInteger notional() {
        BigInteger sum = BigInteger.ZERO;
        for (final AuditedPosition position : positions.values()) {
            sum = sum.add(position.value().abs());
        }
        return sum;
    }

    /** The trigger of liquidation, strictly. */
    boolean isUnderwater() {
        return equity().subtract(closingFee()).compareTo(maintenance()) < 0;
    }

    boolean isFlat() {
        return positions.values().stream().allMatch(position -> position.lots == 0);
    }

    /** Whether every mark it depends on may be used. */
    boolean marksValid() {
        return positions.values().stream().allMatch(position -> position.lots == 0 || position.instrument.isValid);
    }
}
