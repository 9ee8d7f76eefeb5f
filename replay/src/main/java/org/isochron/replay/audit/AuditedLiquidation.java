package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.isochron.codecs.LiquidationOutcome;

/** One liquidation from its start to its end, as far as it has come. */
final class AuditedLiquidation {
    final AuditedBucket bucket;
    final long startSequence;
    final long startNs;
    /** Size of its positions at mark as it began. */
    final BigInteger notional;
    /** Symbols of what it held. */
    final Set<String> symbols = new LinkedHashSet<>();

    long endSequence;
    long endNs;
    LiquidationOutcome outcome = LiquidationOutcome.NULL_VAL;

    long lotsToBook;
    long lotsToFund;
    long lotsDeleveraged;
    long lotsSettled;
    /** What INSURANCE has lost by it at mark, fees it has received taken off. */
    BigInteger cost = BigInteger.ZERO;

    boolean paidDeficit;
    boolean isSettled;
    /** Time of the first tranche, 0 before. */
    long firstTrancheNs;
    /** Command in which it went on last, and whether that had no room for more. */
    private long activeSequence;

    private boolean wasFull;
    /** Earliest time of the next round, and what that was for this one. */
    private long nextRoundNs;

    private long dueNs;
    private long roundNs;
    /** Positions offered in the round. */
    private final Set<AuditedPosition> offered = new HashSet<>();

    private AuditedPosition offeredLast;
    /** Lots of the last tranche that the book has not taken. */
    private long lotsLeft;
    /** Position of a tranche that a full batch has cut short. */
    private AuditedPosition cutShort;

    AuditedLiquidation(final AuditedBucket bucket, final long startSequence, final long startNs) {
        this.bucket = bucket;
        this.startSequence = startSequence;
        this.startNs = startNs;
        notional = bucket.notional();
        for (final AuditedPosition position : bucket.positions.values()) {
            if (position.lots != 0) {
                symbols.add(position.instrument.contract.symbol());
            }
        }
    }

    /** Something is told of it. A command begins a new round, unless the one before had no room to end its own. */
    void goOn(final long sequence, final long nowNs) {
        if (sequence != activeSequence && (!wasFull || sequence != activeSequence + 1)) {
            offered.clear();
            cutShort = null;
            dueNs = nextRoundNs;
            roundNs = nowNs;
        }
        activeSequence = sequence;
    }

    /** The command is over. One without room for more has cut its last tranche short, which the next goes on with. */
    void commandEnds(final long sequence, final boolean isFull) {
        if (activeSequence != sequence) {
            return;
        }
        wasFull = isFull;
        nextRoundNs = nextRoundNs();
        cutShort = isFull && lotsLeft != 0 ? offeredLast : null;
        if (cutShort != null) {
            offered.remove(cutShort);
        }
    }

    /** @param unfilled lots that the book has not taken. */
    void offered(final AuditedPosition position, final long unfilled, final long nowNs) {
        if (firstTrancheNs == 0) {
            firstTrancheNs = nowNs;
        }
        offered.add(position);
        offeredLast = position;
        lotsLeft = unfilled;
        cutShort = null;
    }

    /** Whether the position was offered in this round already, whole. */
    boolean wasOffered(final AuditedPosition position) {
        return offered.contains(position);
    }

    /** Time by which this round began too early; 0 or less when it did not. */
    long earlyByNs() {
        return dueNs - roundNs;
    }

    boolean isFund() {
        return bucket.id.accountId() == AuditedVenue.INSURANCE_ID;
    }

    /** {@code 3 * E < 2 * MM}: the book is asked no longer. */
    boolean isBelowTwoThirds() {
        return bucket.equity()
                        .multiply(BigInteger.valueOf(3))
                        .compareTo(bucket.maintenance().multiply(BigInteger.TWO))
                < 0;
    }

    boolean isOverdue(final AuditedInstrument instrument, final long nowNs) {
        return firstTrancheNs != 0
                && nowNs - firstTrancheNs >= instrument.rules().wholeAfterNs();
    }

    /** Largest maintenance margin first, then lowest instrument id; null for none. */
    AuditedPosition nextPosition() {
        AuditedPosition next = null;
        for (final AuditedPosition position : bucket.positions.values()) {
            if (position.lots != 0 && isLarger(position, next)) {
                next = position;
            }
        }
        return next;
    }

    /** The same of positions whose book is open and that were not offered in this round. */
    AuditedPosition nextOffer() {
        if (cutShort != null && cutShort.lots != 0) {
            return cutShort;
        }
        AuditedPosition next = null;
        for (final AuditedPosition position : bucket.positions.values()) {
            if (position.lots != 0
                    && position.instrument.isOpen()
                    && !offered.contains(position)
                    && isLarger(position, next)) {
                next = position;
            }
        }
        return next;
    }

    /** Positions are looked at in the order of instrument ids. */
    private static boolean isLarger(final AuditedPosition position, final AuditedPosition than) {
        return than == null || position.maintenance().compareTo(than.maintenance()) > 0;
    }

    /** Lots that the next tranche of a position offers. */
    long trancheLots(final AuditedPosition position, final long nowNs) {
        final long held = Math.abs(position.lots);
        if (position == cutShort) {
            return Math.min(held, lotsLeft);
        }
        final AuditedLiquidationRules rules = position.instrument.rules();
        if (isOverdue(position.instrument, nowNs) || position.value().abs().compareTo(rules.wholeNotional()) <= 0) {
            return held;
        }
        return Math.max(
                1,
                Rounding.floorPpm(BigInteger.valueOf(held), rules.tranchePpm()).longValueExact());
    }

    /** When the first of its positions may be offered again, or has to be offered whole. */
    private long nextRoundNs() {
        long next = Long.MAX_VALUE;
        for (final AuditedPosition position : bucket.positions.values()) {
            if (position.lots != 0) {
                final AuditedLiquidationRules rules = position.instrument.rules();
                final long wholeNs = firstTrancheNs + rules.wholeAfterNs();
                next = Math.min(next, roundNs + rules.retryNs());
                next = firstTrancheNs != 0 && wholeNs > roundNs ? Math.min(next, wholeNs) : next;
            }
        }
        return next == Long.MAX_VALUE ? roundNs : next;
    }
}
