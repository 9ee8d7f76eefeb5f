package org.isochron.risk.margin;

import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.InvariantViolation;

/**
 * What a bucket owns and must own (rulebook 7): one account in one settlement asset, or one isolated position. Reads ledger
 * and marks, writes only its own result fields: {@link #judge}, then ask. All amounts are quanta.
 *
 * <p>A look costs the same however many positions the bucket has: it reads running totals, kept beside the state and equal
 * to a walk over the positions at all times. There is one for each ledger; gate, liquidation and risk scan share it.
 *
 * <p>No overflow: a position is bounded by the definition so that its worth at any price fits 60 bits, and the gate
 * keeps the sum over a bucket below 2^61.
 */
public final class Margin implements DerivedState {
    /** Divisor of everything in ppm. */
    public static final long PPM = 1_000_000;

    /** Amounts below it times a million, and a million more, fit 63 bits. */
    private static final long FITS_ONE_PRODUCT = Long.MAX_VALUE / PPM - 1;

    private final Ledger ledger;
    private final Marks marks;
    private final Instruments instruments;
    private final Positions positions;
    private final PositionMargin scratch;
    private final BucketTotals totals;
    private final SafeMoves safeMoves;

    private long equity;
    private long credit;
    private long maintenance;
    private long initial;
    private long closingFee;
    private long notional;
    private long requirement;
    private long exposure;
    private int openPositions;
    private int invalidPositions;

    /** @throws IllegalStateException when the ledger has one already. */
    public Margin(final Ledger ledger, final Marks marks, final RestingOrders restingOrders) {
        this.ledger = ledger;
        this.marks = marks;
        instruments = ledger.instruments();
        positions = ledger.positions();
        scratch = new PositionMargin(ledger, marks, restingOrders);
        totals = new BucketTotals(ledger, marks, scratch);
        safeMoves = new SafeMoves(ledger, scratch.terms(), totals);
    }

    /** Works out the bucket on the newest marks; the results stay until the next call. */
    public void judge(final int bucket) {
        equity = ledger.cash(bucket);
        credit = 0;
        if (ledger.isIsolated(bucket)) {
            judgeIsolated(ledger.isolatedPosition(bucket));
            return;
        }
        judgeCross(totals.upToDate(bucket));
        final int account = ledger.bucketAccount(bucket);
        if (ledger.firstPledge(account) != Collaterals.NONE) {
            credit = creditOf(account, ledger.bucketAsset(bucket));
            equity += credit;
        }
    }

    /** An index that is not valid keeps its last price: nothing is released against it. */
    private long creditOf(final int account, final int settleAsset) {
        final Collaterals collaterals = ledger.collaterals();
        long sum = 0;
        for (int pledge = ledger.firstPledge(account);
                pledge != Collaterals.NONE;
                pledge = collaterals.nextOfAccount(pledge)) {
            final int definition = collaterals.definition(pledge);
            if (collaterals.settleAsset(definition) == settleAsset) {
                final long index = marks.indexTicks(collaterals.instrument(definition));
                sum += collaterals.credit(definition, collaterals.balance(pledge), index);
            }
        }
        return sum;
    }

    private void judgeIsolated(final int position) {
        totals.updateIsolated(position);
        final long value = totals.share(position, BucketTotals.VALUE);
        equity += value + totals.share(position, BucketTotals.FUNDING);
        maintenance = totals.share(position, BucketTotals.MAINTENANCE);
        initial = totals.share(position, BucketTotals.INITIAL);
        closingFee = totals.share(position, BucketTotals.CLOSING_FEE);
        notional = Math.abs(value);
        requirement = totals.share(position, BucketTotals.REQUIREMENT);
        exposure = totals.share(position, BucketTotals.EXPOSURE);
        count(totals.share(position, BucketTotals.COUNTS));
    }

    private void judgeCross(final int row) {
        if (row == BucketTotals.NONE) {
            maintenance = 0;
            initial = 0;
            closingFee = 0;
            notional = 0;
            requirement = 0;
            exposure = 0;
            count(0);
            return;
        }
        equity += totals.sum(row, BucketTotals.VALUE) + totals.sum(row, BucketTotals.FUNDING);
        maintenance = totals.sum(row, BucketTotals.MAINTENANCE);
        initial = totals.sum(row, BucketTotals.INITIAL);
        closingFee = totals.sum(row, BucketTotals.CLOSING_FEE);
        notional = totals.sum(row, BucketTotals.NOTIONAL);
        requirement = totals.sum(row, BucketTotals.REQUIREMENT);
        exposure = totals.sum(row, BucketTotals.EXPOSURE);
        count(totals.sum(row, BucketTotals.COUNTS));
    }

    private void count(final long counts) {
        openPositions = (int) counts;
        invalidPositions = (int) (counts >>> PositionMargin.INVALID_SHIFT);
    }

    /** Makes the running totals anew; the orders must be there already. */
    @Override
    public void rebuild() {
        totals.rebuild();
    }

    /**
     * Compares every running total with a walk over positions and orders. Slow.
     *
     * @throws InvariantViolation when one differs.
     */
    @Override
    public void verify() {
        totals.verify();
    }

    /** At clock ticks: initial margins that rise with the open interest follow it as it stands now. */
    public void noteOpenInterest() {
        scratch.terms().noteOpenInterest();
    }

    /** Running totals, for the gate. */
    BucketTotals totals() {
        return totals;
    }

    /** The function behind the totals, for the gate to ask what would be. */
    PositionMargin scratch() {
        return scratch;
    }

    /** Value at mark, signed. */
    public long value(final int position) {
        scratch.hold(position, positions.instrument(position), positions.lots(position));
        return scratch.value;
    }

    /** Maintenance margin of one position at mark. */
    public long maintenanceOf(final int position) {
        scratch.hold(position, positions.instrument(position), positions.lots(position));
        return scratch.maintenance;
    }

    /** Value at mark that the position would have with other lots. */
    public long valueWith(final int position, final long lots) {
        return scratch.value(scratch.terms().of(positions.instrument(position)), lots);
    }

    /** Maintenance margin that the position would need at mark with other lots. */
    public long maintenanceWith(final int position, final long lots) {
        scratch.hold(position, positions.instrument(position), lots);
        return scratch.maintenance;
    }

    /**
     * The highest leverage allowed for a position of its present size: the initial margin of its tier asks for more than any
     * higher one would.
     *
     * @param position row of account and instrument, or -1 when it has none yet.
     */
    public int largestLeverage(final int position, final int instrument) {
        final long size = position < 0 ? 0 : Math.abs(value(position));
        return (int) (PPM / scratch.initialPpm(instrument, size));
    }

    /** Cash, the value of all positions, their funding up to now and what pledged collateral counts. */
    public long equity() {
        return equity;
    }

    public long maintenance() {
        return maintenance;
    }

    /** Initial margin of the positions alone, without orders. */
    public long initial() {
        return initial;
    }

    /** Taker fee of closing everything at mark. */
    public long closingFee() {
        return closingFee;
    }

    /** Sum of the positions' sizes at mark. */
    public long notional() {
        return notional;
    }

    /** What the gate asks for: initial margin with all open orders, their losses and fees. */
    public long requirement() {
        return requirement;
    }

    /** What the positions could be worth at their largest prices, in units of 1,024 quanta. */
    long exposure() {
        return exposure;
    }

    /** What pledged collateral adds to the equity. */
    public long credit() {
        return credit;
    }

    /**
     * Equity of the bucket judged last with every position at the worst of mark, index and the index's average, and gains
     * that nobody may rely on left out: those in instruments that are not open, whose primary market is closed or whose mark is not valid. Walks over the
     * account's positions.
     */
    public long cautiousEquity(final int bucket) {
        if (ledger.isIsolated(bucket)) {
            return equity - doubt(ledger.isolatedPosition(bucket));
        }
        long cautious = equity;
        for (int position = ledger.firstPosition(ledger.bucketAccount(bucket));
                position >= 0;
                position = positions.nextOfAccount(position)) {
            if (ledger.bucketOf(position) == bucket) {
                cautious -= doubt(position);
            }
        }
        return cautious;
    }

    /** How much less than at mark a position may be worth. */
    private long doubt(final int position) {
        final long lots = positions.lots(position);
        if (lots == 0) {
            return 0;
        }
        final int instrument = positions.instrument(position);
        final long value = value(position);
        long worst = Math.min(value, valueAt(instrument, marks.indexTicks(instrument), lots, value));
        worst = Math.min(worst, valueAt(instrument, marks.indexAverageTicks(instrument), lots, value));
        if (!isCertain(instrument)) {
            worst = Math.min(worst, positions.entryCost(position));
        }
        return value - worst;
    }

    /** What is not known yet does not count. */
    private long valueAt(final int instrument, final long ticks, final long lots, final long unknown) {
        return ticks == 0 ? unknown : ledger.contracts().cash(instrument, ticks, lots);
    }

    private boolean isCertain(final int instrument) {
        return marks.isValid(instrument)
                && instruments.isOpen(instrument)
                && marks.primary().isOpen(instrument);
    }

    public int openPositions() {
        return openPositions;
    }

    /** What the bucket has above the trigger of liquidation, quanta; negative below it. */
    public long spare() {
        return equity - closingFee - maintenance;
    }

    /** How far the marks may move before the bucket judged last has to be judged again: for the risk scan. */
    public SafeMoves safeMoves() {
        return safeMoves;
    }

    /** Whether every mark the bucket depends on is valid. */
    public boolean marksValid() {
        return invalidPositions == 0;
    }

    /** The trigger: E - closing fee &lt; MM, strictly; equality is safe. A bucket without positions: E &lt; 0. */
    public boolean isUnderwater() {
        return equity - closingFee < maintenance;
    }

    /**
     * {@code ceil(amount * ppm / 1e6)} of an amount that is not negative, ppm from 0 to a million: for large amounts whole
     * millions and rest apart, so that no product leaves 63 bits.
     */
    public static long ceilPpm(final long amount, final long ppm) {
        if (amount < FITS_ONE_PRODUCT) {
            return (amount * ppm + PPM - 1) / PPM;
        }
        final long millions = amount / PPM;
        return millions * ppm + ((amount - millions * PPM) * ppm + PPM - 1) / PPM;
    }

    /** {@code floor(amount * ppm / 1e6)}, of the same range. */
    public static long floorPpm(final long amount, final long ppm) {
        final long millions = amount / PPM;
        return millions * ppm + (amount - millions * PPM) * ppm / PPM;
    }
}
