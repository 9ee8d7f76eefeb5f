package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;

/** All lots of a position on their way out of a bucket at cash b: first to INSURANCE, then to opposite positions. */
final class Closing {
    private final AuditedPosition position;
    private final BigInteger cash;
    private final long all;
    private long done;
    /** Opposite positions that took some. */
    private final Set<AuditedPosition> passed = new HashSet<>();

    private long lastRank;
    private ProRataRound round;

    /**
     * @param cash b of all lots.
     * @param all  lots, without sign.
     */
    Closing(final AuditedPosition position, final BigInteger cash, final long all) {
        this.position = position;
        this.cash = cash;
        this.all = all;
    }

    AuditedPosition position() {
        return position;
    }

    BigInteger cash() {
        return cash;
    }

    long all() {
        return all;
    }

    long left() {
        return all - done;
    }

    /** Lots have gone. */
    void take(final long lots) {
        done += lots;
    }

    /** What the next lots bring: {@code floorDiv(b * (k + x), Q) - floorDiv(b * k, Q)}. */
    BigInteger cashOf(final long lots) {
        return Rounding.share(cash, done + lots, all).subtract(Rounding.share(cash, done, all));
    }

    /** Nobody has taken any yet. */
    boolean isAtStart() {
        return lastRank == 0;
    }

    /** An opposite position has taken some, at that rank. */
    void pass(final AuditedPosition opposite, final long rank) {
        passed.add(opposite);
        lastRank = rank;
    }

    boolean hasPassed(final AuditedPosition opposite) {
        return passed.contains(opposite);
    }

    /** Of the fill before, 0 when there was none. */
    long lastRank() {
        return lastRank;
    }

    /** The queue is made again from its beginning. */
    void rankAnew() {
        passed.clear();
        lastRank = 0;
    }

    void begin(final ProRataRound newRound) {
        round = newRound;
    }

    /** Null before the first. */
    ProRataRound round() {
        return round;
    }

    /**
     * What an opposite position's bucket is worth after it has taken lots: its value at mark changes and it pays their part
     * of b. Funding up to now and fees play no part.
     */
    BigInteger equityWith(final AuditedPosition opposite, final long lots) {
        final long after = opposite.lots > 0 ? opposite.lots - lots : opposite.lots + lots;
        return opposite.bucket
                .equity()
                .add(opposite.instrument.value(after))
                .subtract(opposite.value())
                .subtract(cashOf(lots));
    }

    /** Lots that an opposite position could take at the most, by its own size and what is left. */
    long atMost(final AuditedPosition opposite) {
        return Math.min(left(), Math.abs(opposite.lots));
    }
}
