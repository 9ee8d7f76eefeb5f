package org.isochron.risk.liquidation;

import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;

/**
 * The money of the last resort (rulebook 8.7): every position of a market is closed at the mark, and what buckets owe then
 * beyond what they have is shared out. The insurance fund pays what it may. Then profits: of every position closed {@code
 * min(profit at that mark, equity of its bucket)}, pro rata and up to all of it. Then equity above zero of every bucket in
 * the settlement asset, pro rata. Collateral that is only pledged counts for neither. Each time in the order of {@link
 * AssetBuckets} with the cumulative floors of {@link Haircut}, so that charges add up to the quantum.
 *
 * <p>All of it in one go, on the same state; what was done to each bucket is kept until it has been told. ROUNDING, which
 * nobody's share depends on, holds the money in between. Sums are 64 bits: equity in an asset adds up to its deposits, at
 * most 2^60, and to what others owe.
 */
public final class MarketSettlement {
    private final Ledger ledger;
    private final Instruments instruments;
    private final Contracts contracts;
    private final Positions positions;
    private final Marks marks;
    private final Margin margin;
    private final FundLimits limits;
    private final SettledBuckets settled;
    private final AssetBuckets buckets;
    private final Haircut haircut = new Haircut();
    private final Burden burden = new Burden();

    private int asset;
    private long openInterest;

    public MarketSettlement(
            final Ledger ledger,
            final Marks marks,
            final Margin margin,
            final FundLimits limits,
            final SettledBuckets settled) {
        this.ledger = ledger;
        this.marks = marks;
        this.margin = margin;
        this.limits = limits;
        this.settled = settled;
        instruments = ledger.instruments();
        contracts = ledger.contracts();
        positions = ledger.positions();
        buckets = new AssetBuckets(ledger);
    }

    /** Closes a market at its mark. */
    public void settle(final int instrument, final long nowNs) {
        asset = instruments.asset(instrument);
        openInterest = positions.openInterestLots(instrument);
        closeAll(instrument);
        burden.of(payDeficits());
        burden.insurancePaid = Math.min(burden.deficit, limits.payable(instrument, nowNs));
        if (burden.insurancePaid > 0) {
            limits.draw(instrument, burden.insurancePaid, nowNs);
        }
        fundPays(burden.insurancePaid);
        chargeProfits();
        chargeEquity();
    }

    /** Shares out what a bucket without lots owes and the insurance fund cannot pay. */
    public void payDeficit(final int bucket) {
        asset = ledger.bucketAsset(bucket);
        openInterest = 0;
        margin.judge(bucket);
        burden.of(-margin.equity());
        pay(bucket, burden.deficit);
        chargeEquity();
    }

    /** Who has borne it. */
    public Burden burden() {
        return burden;
    }

    /** Lots held long that were closed. */
    public long openInterest() {
        return openInterest;
    }

    private void closeAll(final int instrument) {
        long left = 0;
        for (int position = instruments.firstHolder(instrument);
                position >= 0;
                position = positions.nextOfInstrument(position)) {
            if (positions.lots(position) != 0) {
                left -= close(position, instrument);
            }
        }
        ledger.leaveOver(asset, left);
    }

    private long close(final int position, final int instrument) {
        final int bucket = ledger.bucketOf(position);
        final long lots = positions.lots(position);
        final long received = ledger.settleFunding(position);
        final long cash = contracts.settlement(instrument, marks.markTicks(instrument), lots);
        final long profit = cash - positions.entryCost(position);
        ledger.close(position, cash);
        settled.set(bucket, SettledBuckets.LOTS, lots);
        settled.set(bucket, SettledBuckets.CASH, cash);
        settled.set(bucket, SettledBuckets.FUNDING, received);
        settled.set(bucket, SettledBuckets.PROFIT, profit);
        return cash;
    }

    /** Of the buckets whose positions were closed; what else an account is short of has a liquidation of its own. */
    private long payDeficits() {
        long deficit = 0;
        buckets.begin(asset);
        for (int bucket = buckets.next(); bucket != Ledger.NO_BUCKET; bucket = buckets.next()) {
            if (isClosed(bucket)) {
                margin.judge(bucket);
                if (margin.equity() < 0) {
                    deficit = Math.addExact(deficit, -margin.equity());
                    pay(bucket, -margin.equity());
                }
            }
        }
        return deficit;
    }

    private boolean isClosed(final int bucket) {
        return settled.get(bucket, SettledBuckets.LOTS) != 0;
    }

    private void pay(final int bucket, final long amount) {
        ledger.transfer(ledger.crossBucket(Ledger.ROUNDING, asset), bucket, amount);
        settled.set(bucket, SettledBuckets.DEFICIT_PAID, amount);
    }

    private void fundPays(final long amount) {
        ledger.transfer(
                ledger.crossBucket(Ledger.INSURANCE, asset), ledger.crossBucket(Ledger.ROUNDING, asset), amount);
    }

    private void chargeProfits() {
        if (burden.left() == 0) {
            return;
        }
        burden.profitBase = sumOfProfits();
        if (burden.profitBase == 0) {
            return;
        }
        burden.profitCharged = Math.min(burden.left(), burden.profitBase);
        haircut.of(burden.profitCharged, burden.profitBase);
        buckets.begin(asset);
        for (int bucket = buckets.next(); bucket != Ledger.NO_BUCKET; bucket = buckets.next()) {
            charge(bucket, SettledBuckets.PROFIT_CHARGE, haircut.charge(profitOf(bucket)));
        }
    }

    private long sumOfProfits() {
        long sum = 0;
        buckets.begin(asset);
        for (int bucket = buckets.next(); bucket != Ledger.NO_BUCKET; bucket = buckets.next()) {
            sum = Math.addExact(sum, profitOf(bucket));
        }
        return sum;
    }

    /** What the profit on the lots closed can be charged. */
    private long profitOf(final int bucket) {
        return isClosed(bucket)
                ? Math.max(0, Math.min(settled.get(bucket, SettledBuckets.PROFIT), equityOf(bucket)))
                : 0;
    }

    /** Whatever is left when nobody in the asset has anything stays with the fund, which is then below zero. */
    private void chargeEquity() {
        if (burden.left() == 0) {
            return;
        }
        burden.equityBase = sumOfEquity();
        if (burden.equityBase > 0) {
            burden.equityCharged = Math.min(burden.left(), burden.equityBase);
            haircut.of(burden.equityCharged, burden.equityBase);
            buckets.begin(asset);
            for (int bucket = buckets.next(); bucket != Ledger.NO_BUCKET; bucket = buckets.next()) {
                charge(bucket, SettledBuckets.EQUITY_CHARGE, haircut.charge(equityOf(bucket)));
            }
        }
        final long unborne = burden.left();
        fundPays(unborne);
        burden.insurancePaid += unborne;
    }

    private long sumOfEquity() {
        long sum = 0;
        buckets.begin(asset);
        for (int bucket = buckets.next(); bucket != Ledger.NO_BUCKET; bucket = buckets.next()) {
            sum = Math.addExact(sum, equityOf(bucket));
        }
        return sum;
    }

    /** What a bucket has beside pledged collateral, not below 0. */
    private long equityOf(final int bucket) {
        margin.judge(bucket);
        return Math.max(0, margin.equity() - margin.credit());
    }

    private void charge(final int bucket, final int field, final long amount) {
        if (amount > 0) {
            ledger.transfer(bucket, ledger.crossBucket(Ledger.ROUNDING, asset), amount);
            settled.set(bucket, field, amount);
        }
    }
}
