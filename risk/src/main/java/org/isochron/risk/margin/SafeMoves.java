package org.isochron.risk.margin;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.FundingScale;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * How far mark and funding index of an instrument may move before a position could cost its bucket more than a share of
 * what the bucket has above the trigger of liquidation. While every position of a bucket stays within its moves, and
 * nothing but marks and funding indices changes, the bucket's {@code equity - closing fee - maintenance margin} is not
 * negative: the risk scan need not ask {@link Margin} about it. Out of them it may be, and Margin has to be asked.
 *
 * <p>The proof. Value, maintenance margin and closing fee are functions of the position's size S at mark. Where S falls,
 * maintenance margin and fee do not rise: rates rise from tier to tier. Where S grows by d, they grow by no more than
 * {@code d * (rate + fee) / 1e6 + 2}, the rate being the steepest from here up and 2 what rounding up twice may add. So a
 * position of positive value (a linear long, an inverse short) costs at most d where S falls by d, and at most {@code d *
 * (rate + fee - 1e6) / 1e6 + 2} where it grows; one of negative value at most {@code d * (1e6 + rate + fee) / 1e6 + 2}
 * where it grows, and nothing where S falls. The margin of power contracts jumps at the floor of a tier: S must stay
 * below the next one. What a size is in ticks is worked out exactly, so the curve of an inverse contract needs no bound.
 * Funding costs at most {@code lots * move of the index / 2^20 + 1}. The shares of all positions add up to no more than
 * what the bucket has.
 */
public final class SafeMoves {
    /** Part of a share that is kept for funding, where there may be any: an eighth. */
    private static final int FUNDING_SHIFT = 3;

    /** What rounding up two amounts can add. */
    private static final long ROUNDED_UP = 2;

    /** Amounts below it times a million, or times 2^20, fit 63 bits; of a larger share no more is used. */
    private static final long FITS_A_MILLION = 1L << 42;

    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final Instruments instruments;
    private final Positions positions;
    private final Ledger ledger;
    private final MarginTerms terms;
    private final BucketTotals totals;

    private long lowestTicks;
    private long highestTicks;
    private long lowestIndex;
    private long highestIndex;

    SafeMoves(final Ledger ledger, final MarginTerms terms, final BucketTotals totals) {
        this.ledger = ledger;
        this.terms = terms;
        this.totals = totals;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /**
     * Works out the moves of one position of the bucket that Margin has judged last; the results stay until the next call.
     *
     * @param position with lots.
     * @param spare    what the bucket has above the trigger, quanta; below 0 nothing may move.
     * @param notional sum of the sizes of the bucket's positions: each has a share of {@code spare} like that of its size.
     */
    public void of(final int position, final long spare, final long notional) {
        final long value = totals.share(position, BucketTotals.VALUE);
        final long size = Math.abs(value);
        if (spare < 0 || size == 0) {
            none();
            return;
        }
        final int instrument = positions.instrument(position);
        final long share = FixedPoint.mulDivFloor(spare, size, notional);
        final long forFunding = ledger.rules().funding().table().isDefined(instrument) ? share >>> FUNDING_SHIFT : 0;
        fund(instrument, positions.lots(position), forFunding);
        final long forMark = share - forFunding;
        if (forMark < ROUNDED_UP) {
            noMark();
        } else if (value > 0) {
            ticks(
                    instrument,
                    position,
                    size - Math.min(size, forMark),
                    highestOwned(instrument, position, size, forMark));
        } else {
            ticks(instrument, position, 0, highestOwed(instrument, position, size, forMark));
        }
    }

    private void none() {
        noMark();
        lowestIndex = UNBOUNDED;
        highestIndex = -UNBOUNDED;
    }

    private void noMark() {
        lowestTicks = UNBOUNDED;
        highestTicks = -1;
    }

    private void fund(final int instrument, final long lots, final long share) {
        final long now = ledger.funding().index(instrument);
        final long move = share == 0 ? 0 : (Math.min(share, FITS_A_MILLION) - 1 << FundingScale.BITS) / Math.abs(lots);
        lowestIndex = lots > 0 ? -UNBOUNDED : Math.max(now, move - UNBOUNDED) - move;
        highestIndex = lots > 0 ? Math.min(now, UNBOUNDED - move) + move : UNBOUNDED;
    }

    /** Largest size that something owned may come to: growing, it pays for its margin unless that grows as fast. */
    private long highestOwned(final int instrument, final int position, final long size, final long share) {
        final int at = terms.of(instrument);
        final boolean isShort = positions.lots(position) < 0;
        final long needed = terms.steepestMaintenance(at, isShort, size) + terms.takerFeePpm(at) - Margin.PPM;
        final long top = terms.beforeJump(at, size);
        return needed <= 0 ? top : Math.min(top, size + grown(share - ROUNDED_UP, needed));
    }

    /** Largest size that something owed may come to. */
    private long highestOwed(final int instrument, final int position, final long size, final long share) {
        final int at = terms.of(instrument);
        final boolean isShort = positions.lots(position) < 0;
        final long needed = terms.steepestMaintenance(at, isShort, size) + terms.takerFeePpm(at) + Margin.PPM;
        return Math.min(terms.beforeJump(at, size), size + grown(share - ROUNDED_UP, needed));
    }

    /** A growth whose cost is at most {@code share}, at so many millionths of the growth. */
    private static long grown(final long share, final long ppm) {
        if (share < FITS_A_MILLION) {
            return share * Margin.PPM / ppm;
        }
        return ppm < Margin.PPM ? share : share / ppm * Margin.PPM;
    }

    /** Prices at which the size is neither below the lowest nor above the highest. */
    private void ticks(final int instrument, final int position, final long lowestSize, final long highestSize) {
        final long factor = instruments.factor(instrument);
        final long atOneTick = Math.abs(positions.lots(position) * factor);
        if (factor > 0) {
            lowestTicks = FixedPoint.ceilDiv(lowestSize, atOneTick);
            highestTicks = highestSize == UNBOUNDED ? UNBOUNDED : highestSize / atOneTick;
        } else {
            // floor(N / p) <= s is p > N / (s + 1), floor(N / p) >= s is p <= N / s.
            lowestTicks = highestSize == UNBOUNDED ? 0 : atOneTick / (highestSize + 1) + 1;
            highestTicks = lowestSize == 0 ? UNBOUNDED : atOneTick / lowestSize;
        }
    }

    /** Lowest mark, ticks. */
    public long lowestTicks() {
        return lowestTicks;
    }

    /** Highest mark, ticks. */
    public long highestTicks() {
        return highestTicks;
    }

    /** Lowest cumulative funding index, units of {@link FundingScale}. */
    public long lowestIndex() {
        return lowestIndex;
    }

    /** Highest cumulative funding index, units of {@link FundingScale}. */
    public long highestIndex() {
        return highestIndex;
    }
}
