package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.isochron.codecs.MarketSettledDecoder;

/**
 * A last resort (rulebook 8.7), worked out bucket by bucket: every position of a market is closed at the mark, buckets that
 * then owe are paid, and what INSURANCE does not pay is charged to the profits closed and after that to the equity of every
 * bucket in the asset, with cumulative floors in the order of account ids. What each is charged follows from the sums that
 * are told; whether those are right, {@link SettlementChecks} asks.
 */
final class AuditedSettlement {
    /** Accounts by id; of one its cross margin first, then its isolated positions by instrument. */
    private static final Comparator<AuditedBucket> ORDER = Comparator.comparingLong(
                    (AuditedBucket bucket) -> bucket.id.accountId())
            .thenComparing(bucket -> bucket.id.isIsolated())
            .thenComparingLong(bucket -> bucket.id.instrumentId());

    private final AuditedVenue venue;
    private final AuditedAsset asset;
    /** Null when only a deficit without lots was shared out. */
    private final AuditedInstrument instrument;

    private final BigInteger toldProfitCharged;
    private final BigInteger toldEquityCharged;
    private final BigInteger toldDeficit;
    private final BigInteger toldInsurance;
    private final long sequence;
    private final List<Line> lines = new ArrayList<>();

    private long openInterest;
    private BigInteger leftOver = BigInteger.ZERO;
    private BigInteger deficit = BigInteger.ZERO;
    private BigInteger payable = BigInteger.ZERO;
    private BigInteger profitBase = BigInteger.ZERO;
    private BigInteger equityBase = BigInteger.ZERO;
    private BigInteger insuranceChange = BigInteger.ZERO;

    /** What was done to one bucket. */
    static final class Line {
        final AuditedBucket bucket;
        long lots;
        BigInteger cash = BigInteger.ZERO;
        BigInteger funding = BigInteger.ZERO;
        BigInteger profit = BigInteger.ZERO;
        BigInteger profitCharge = BigInteger.ZERO;
        BigInteger equityCharge = BigInteger.ZERO;
        BigInteger deficitPaid = BigInteger.ZERO;
        BigInteger balanceAfter = BigInteger.ZERO;

        Line(final AuditedBucket bucket) {
            this.bucket = bucket;
        }

        /** Whether its owner is to be told. */
        boolean isTold() {
            return bucket.id.accountId() < AuditedVenue.FIRST_OWN_ID
                    && (lots != 0 || equityCharge.signum() != 0 || deficitPaid.signum() != 0);
        }
    }

    AuditedSettlement(final AuditedVenue venue, final MarketSettledDecoder event) {
        this.venue = venue;
        asset = venue.asset(event.assetId());
        final long instrumentId = event.stamp().instrumentId();
        instrument = instrumentId == AuditedBucket.CROSS ? null : venue.instrument(instrumentId);
        toldProfitCharged = BigInteger.valueOf(event.profitCharged());
        toldEquityCharged = BigInteger.valueOf(event.equityCharged());
        toldDeficit = BigInteger.valueOf(event.deficit());
        toldInsurance = BigInteger.valueOf(event.insurancePaid());
        sequence = venue.sequence;
    }

    /** Moves all the money of it. */
    void carryOut() {
        final AuditedBucket insurance = venue.insurance(asset.id);
        final BigInteger before = insurance.cash;
        venue.buckets().stream()
                .filter(bucket -> bucket.id.assetId() == asset.id)
                .sorted(ORDER)
                .forEach(bucket -> lines.add(new Line(bucket)));
        if (instrument == null) {
            payOne();
        } else {
            lines.forEach(this::close);
            asset.pool = asset.pool.add(leftOver);
            lines.forEach(this::pay);
            payable = new AuditedFund(venue).payable(asset.id);
        }
        // What nobody else could bear INSURANCE pays last.
        final BigInteger paidFirst = toldInsurance.min(payable);
        venue.pay(insurance, paidFirst.negate());
        chargeProfits();
        chargeEquity();
        venue.pay(insurance, paidFirst.subtract(toldInsurance));
        for (final Line line : lines) {
            line.balanceAfter = line.bucket.cash;
        }
        insuranceChange = insurance.cash.subtract(before);
    }

    /** Rounded down for longs and shorts alike. */
    private void close(final Line line) {
        final AuditedPosition position = line.bucket.positions.get(instrument.id);
        if (position == null || position.lots == 0) {
            return;
        }
        openInterest += Math.max(position.lots, 0);
        line.lots = position.lots;
        line.funding = position.unsettledFunding();
        line.cash = instrument.contract.settlement(position.lots, instrument.markTicks);
        line.profit = line.cash.subtract(position.cost);
        asset.pool = asset.pool.subtract(line.funding);
        leftOver = leftOver.subtract(line.cash);
        venue.move(position, -position.lots, line.cash);
        venue.pay(line.bucket, line.cash.add(line.funding));
    }

    private void pay(final Line line) {
        final BigInteger equity = line.bucket.equity();
        if (line.lots != 0 && equity.signum() < 0) {
            line.deficitPaid = equity.negate();
            deficit = deficit.add(line.deficitPaid);
            venue.pay(line.bucket, line.deficitPaid);
        }
    }

    /** The bucket under liquidation that has no lots and owes as much as is told. */
    private void payOne() {
        for (final Line line : lines) {
            final BigInteger owed = line.bucket.equity().negate();
            if (deficit.signum() == 0 && line.bucket.isFlat() && owed.equals(toldDeficit)) {
                line.deficitPaid = owed;
                deficit = owed;
                venue.pay(line.bucket, owed);
            }
        }
    }

    private static BigInteger equityOf(final Line line) {
        return line.bucket.equityWithoutCollateral().max(BigInteger.ZERO);
    }

    private static BigInteger profitOf(final Line line) {
        return line.lots == 0
                ? BigInteger.ZERO
                : line.profit.min(equityOf(line)).max(BigInteger.ZERO);
    }

    private void chargeProfits() {
        final List<BigInteger> bases = new ArrayList<>();
        lines.forEach(line -> bases.add(profitOf(line)));
        profitBase = bases.stream().reduce(BigInteger.ZERO, BigInteger::add);
        final List<BigInteger> charges = shares(toldProfitCharged, bases, profitBase);
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).profitCharge = charges.get(i);
            venue.pay(lines.get(i).bucket, charges.get(i).negate());
        }
    }

    /** FEE has no positions, and its cash is its equity; it stands before INSURANCE. */
    private void chargeEquity() {
        final List<BigInteger> bases = new ArrayList<>();
        int feePlace = 0;
        for (final Line line : lines) {
            feePlace += line.bucket.id.accountId() < AuditedVenue.FEE_ID ? 1 : 0;
            bases.add(equityOf(line));
        }
        bases.add(feePlace, asset.fees.max(BigInteger.ZERO));
        equityBase = bases.stream().reduce(BigInteger.ZERO, BigInteger::add);
        final List<BigInteger> charges = shares(toldEquityCharged, bases, equityBase);
        asset.fees = asset.fees.subtract(charges.remove(feePlace));
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).equityCharge = charges.get(i);
            venue.pay(lines.get(i).bucket, charges.get(i).negate());
        }
    }

    /** {@code c_k = floor(amount * (base_1 + ... + base_k) / total)}; the k-th pays {@code c_k - c_(k-1)}. */
    static List<BigInteger> shares(final BigInteger amount, final List<BigInteger> bases, final BigInteger total) {
        final List<BigInteger> shares = new ArrayList<>();
        BigInteger covered = BigInteger.ZERO;
        BigInteger charged = BigInteger.ZERO;
        for (final BigInteger base : bases) {
            covered = covered.add(base);
            final BigInteger upTo = total.signum() == 0
                    ? BigInteger.ZERO
                    : amount.multiply(covered).divide(total);
            shares.add(upTo.subtract(charged));
            charged = upTo;
        }
        return shares;
    }

    AuditedInstrument instrument() {
        return instrument;
    }

    AuditedAsset asset() {
        return asset;
    }

    long sequence() {
        return sequence;
    }

    List<Line> lines() {
        return lines;
    }

    /** Lots held long that were closed. */
    long openInterest() {
        return openInterest;
    }

    /** What buckets owed. */
    BigInteger deficit() {
        return deficit;
    }

    /** What INSURANCE could pay of it, the draw cap left out. */
    BigInteger payable() {
        return payable;
    }

    BigInteger profitBase() {
        return profitBase;
    }

    BigInteger equityBase() {
        return equityBase;
    }

    /** Signed change of INSURANCE's cash. */
    BigInteger insuranceChange() {
        return insuranceChange;
    }
}
