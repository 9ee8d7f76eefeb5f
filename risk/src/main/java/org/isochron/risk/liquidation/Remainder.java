package org.isochron.risk.liquidation;

import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;

/**
 * What is left of a position under liquidation when neither book nor insurance fund take it, to be passed on to opposite
 * positions at its cash b; and how much of it one of them can take without owing more than it has (rulebook 8.5).
 *
 * <p>Whoever takes lots closes as many of its own. That changes its equity by the change of its value at mark less the
 * part of b that belongs to those lots, nothing else: there are no fees, and funding up to now is part of equity before
 * and after. So what is worked out here is what the ledger will show.
 */
public final class Remainder {
    private final Ledger ledger;
    private final Contracts contracts;
    private final Positions positions;
    private final Marks marks;
    private final Margin margin;

    private int position;
    private int instrument;
    private boolean isLong;
    private long cash;
    private long done;
    private long all;
    private long left;
    /** {@link #done} when the round began. */
    private long doneBefore;

    public Remainder(final Ledger ledger, final Marks marks, final Margin margin) {
        this.ledger = ledger;
        this.marks = marks;
        this.margin = margin;
        contracts = ledger.contracts();
        positions = ledger.positions();
    }

    /**
     * Begins with a position that is not flat.
     *
     * @param lots to be passed on, above 0.
     * @param cash b: the signed cash that all of it brings to the bucket under liquidation.
     * @param done lots of all that have gone at their part of b already.
     * @param all  lots that b is for.
     */
    public void of(final int position, final long lots, final long cash, final long done, final long all) {
        this.position = position;
        this.cash = cash;
        this.done = done;
        this.all = all;
        instrument = positions.instrument(position);
        isLong = positions.lots(position) > 0;
        left = lots;
        beginRound();
    }

    /** From here on candidates are those who could take the next lot as things stand. */
    public void beginRound() {
        doneBefore = done;
    }

    /** The position under liquidation. */
    public int position() {
        return position;
    }

    public int instrument() {
        return instrument;
    }

    /** Whether the position under liquidation is long, so that shorts take it. */
    public boolean isLong() {
        return isLong;
    }

    /** Lots to be passed on still. */
    public long left() {
        return left;
    }

    /** Signed cash that the next lots bring to the bucket under liquidation, and cost whoever takes them. */
    public long cash(final long lots) {
        return cash(done, lots);
    }

    private long cash(final long from, final long lots) {
        return ZeroPrice.share(cash, from + lots, all) - ZeroPrice.share(cash, from, all);
    }

    /** Lots have been passed on. */
    public void pass(final long lots) {
        done += lots;
        left -= lots;
    }

    /**
     * Whether a position may have to take some: of the other sign, its bucket worth something, and worth no less than
     * nothing after the next lot of the round. Whose it is does not matter.
     */
    public boolean isCandidate(final int opposite) {
        final long held = positions.lots(opposite);
        if (held == 0 || held > 0 == isLong) {
            return false;
        }
        margin.judge(ledger.bucketOf(opposite));
        return margin.equity() > 0 && bears(held, 1, cash(doneBefore, 1));
    }

    /**
     * Lots that a candidate takes: {@code most}, what it has, or the largest number that leaves its bucket worth no less
     * than nothing, whichever is least; 0 when it can take none. That number lies where one lot more would leave it worth
     * less: found by halving, for but for the rounding of single quanta equity only falls with every lot, or only rises.
     */
    public long lotsFor(final int opposite, final long most) {
        margin.judge(ledger.bucketOf(opposite));
        final long held = positions.lots(opposite);
        final long largest = Math.min(most, Math.abs(held));
        if (bears(held, largest, cash(largest))) {
            return largest;
        }
        long borne = 0;
        long notBorne = largest;
        while (notBorne - borne > 1) {
            final long middle = borne + (notBorne - borne) / 2;
            if (bears(held, middle, cash(middle))) {
                borne = middle;
            } else {
                notBorne = middle;
            }
        }
        return borne;
    }

    /** Whether the bucket judged last is worth no less than nothing when it closes lots at that cash. */
    private boolean bears(final long held, final long lots, final long cashPaid) {
        final long mark = marks.markTicks(instrument);
        final long after = held > 0 ? held - lots : held + lots;
        final long gain = contracts.cash(instrument, mark, after) - contracts.cash(instrument, mark, held);
        return margin.equity() + gain - cashPaid >= 0;
    }
}
