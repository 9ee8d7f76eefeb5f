package org.isochron.matcher.money;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.CollateralConvertedDecoder;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.codecs.InsuranceFundDecoder;
import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.LiquidationEndedDecoder;
import org.isochron.codecs.LiquidationStartedDecoder;
import org.isochron.codecs.LiquidationTrancheDecoder;
import org.isochron.codecs.MarketSettledDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.PositionSettledDecoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.TakeoverDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;
import org.isochron.sequencer.replica.EventBatch;

/**
 * What must hold when accounts fail: nobody healthy is liquidated, nobody under water is overlooked, every liquidation comes
 * to its end in time, and what is lost is what insurance, opposite positions and haircuts bear, to the quantum.
 */
final class FailureCheck {
    private static final long NO_ID = 0xFFFF_FFFFL;
    /** A tick may come this much late, and a full batch may hand work on. */
    private static final long LATE_NS = 200_000_000;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Venue venue;
    private final long longestNs;
    private final Map<Integer, Liquidation> open = new TreeMap<>();
    /** Buckets found under water without a liquidation, and the sequence at which they were. */
    private final Map<Integer, Long> suspects = new TreeMap<>();

    private final Map<Long, Settlement> settlements = new TreeMap<>();
    private final long[] fundBalances;
    private long lastTickNs;
    private long exactLosses;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LiquidationStartedDecoder started = new LiquidationStartedDecoder();
    private final LiquidationTrancheDecoder tranche = new LiquidationTrancheDecoder();
    private final TakeoverDecoder takeover = new TakeoverDecoder();
    private final DeleveragedDecoder deleveraged = new DeleveragedDecoder();
    private final LiquidationEndedDecoder ended = new LiquidationEndedDecoder();
    private final CollateralConvertedDecoder converted = new CollateralConvertedDecoder();
    private final InsuranceFundDecoder fund = new InsuranceFundDecoder();
    private final MarketSettledDecoder market = new MarketSettledDecoder();
    private final PositionSettledDecoder settled = new PositionSettledDecoder();
    private final ScanCompletedDecoder scan = new ScanCompletedDecoder();

    /** One liquidation going on. */
    private static final class Liquidation {
        long startedAt;
        BigInteger equity;
        /** Cash received for what was taken over or deleveraged since it began. */
        BigInteger received = BigInteger.ZERO;
        /** Signed lots that went that way, by instrument slot. */
        final Map<Integer, Long> lots = new TreeMap<>();

        /** Mark at which they went, by instrument slot. */
        final Map<Integer, Long> marks = new TreeMap<>();

        boolean isPlain = true;
        long eligibleNs;
    }

    /** What the events to the accounts have still to add up to. */
    private static final class Settlement {
        long deficit;
        long profitCharged;
        long equityCharged;
    }

    /** @param longestNs time a liquidation may take while everything it needs is open and valid. */
    FailureCheck(final Venue venue, final long longestNs) {
        this.venue = venue;
        this.longestNs = longestNs;
        ledger = venue.ledger();
        instruments = ledger.instruments();
        positions = ledger.positions();
        fundBalances = new long[ledger.capacities().assets()];
    }

    void onEvents(final Frame frame, final EventBatch events) {
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            onEvent(frame, events, events.messageOffset(record));
        }
        suspects.keySet().removeIf(bucket -> !isOverlooked(bucket));
        if (frame.frameType() == FrameType.SESSION) {
            header.wrap(frame.buffer(), frame.payloadOffset());
            if (header.templateId() == ScanCompletedDecoder.TEMPLATE_ID) {
                scan.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
                onScan(frame.sequence(), scan.scannedSequence());
            }
        }
    }

    private void onEvent(final Frame frame, final EventBatch events, final int offset) {
        header.wrap(events.buffer(), offset);
        switch (header.templateId()) {
            case LiquidationStartedDecoder.TEMPLATE_ID -> {
                started.wrapAndApplyHeader(events.buffer(), offset, header);
                onStarted(frame.sequence());
            }
            case LiquidationTrancheDecoder.TEMPLATE_ID -> {
                tranche.wrapAndApplyHeader(events.buffer(), offset, header);
                of(bucket(tranche.accountId(), tranche.instrumentId())).isPlain = false;
            }
            case TakeoverDecoder.TEMPLATE_ID -> {
                takeover.wrapAndApplyHeader(events.buffer(), offset, header);
                onTakeover();
            }
            case DeleveragedDecoder.TEMPLATE_ID -> {
                deleveraged.wrapAndApplyHeader(events.buffer(), offset, header);
                if (deleveraged.liquidated() == 1) {
                    went(
                            bucket(deleveraged.accountId(), deleveraged.instrumentId()),
                            instruments.find(deleveraged.instrumentId()),
                            -deleveraged.quantity(),
                            deleveraged.cash(),
                            deleveraged.markPrice());
                }
            }
            case CollateralConvertedDecoder.TEMPLATE_ID -> {
                converted.wrapAndApplyHeader(events.buffer(), offset, header);
                final Liquidation liquidation = open.get(cross(converted.accountId(), converted.settleAssetId()));
                if (liquidation != null) {
                    liquidation.isPlain = false;
                }
            }
            case LiquidationEndedDecoder.TEMPLATE_ID -> {
                ended.wrapAndApplyHeader(events.buffer(), offset, header);
                onEnded(frame.sequence());
            }
            case InsuranceFundDecoder.TEMPLATE_ID -> {
                fund.wrapAndApplyHeader(events.buffer(), offset, header);
                onFund();
            }
            case MarketSettledDecoder.TEMPLATE_ID -> {
                market.wrapAndApplyHeader(events.buffer(), offset, header);
                onMarketSettled(frame.sequence());
            }
            case PositionSettledDecoder.TEMPLATE_ID -> {
                settled.wrapAndApplyHeader(events.buffer(), offset, header);
                onPositionSettled();
            }
            default -> {
                // nothing fails
            }
        }
    }

    private void onStarted(final long sequence) {
        final boolean isFund = started.accountId() == Ledger.INSURANCE_ID;
        final boolean mayBe =
                isFund ? started.equity() < 0 : started.equity() - started.closingFee() < started.maintenanceMargin();
        require(mayBe, "account " + started.accountId() + " is healthy and is liquidated");
        final Liquidation liquidation = new Liquidation();
        liquidation.startedAt = sequence;
        liquidation.equity = BigInteger.valueOf(started.equity());
        final int bucket = started.instrumentId() == NO_ID
                ? cross(started.accountId(), started.assetId())
                : bucket(started.accountId(), started.instrumentId());
        // It may be cured and, by what its own trades do to the mark, under water again, all in this command.
        suspects.remove(bucket);
        require(open.put(bucket, liquidation) == null, "bucket " + bucket + " is liquidated twice at a time");
    }

    private void onTakeover() {
        if (takeover.instrumentId() == NO_ID) {
            return;
        }
        went(
                bucket(takeover.accountId(), takeover.instrumentId()),
                instruments.find(takeover.instrumentId()),
                takeover.quantity(),
                takeover.cash(),
                takeover.markPrice());
    }

    private void went(final int bucket, final int instrument, final long lots, final long cash, final long markPrice) {
        final Liquidation liquidation = of(bucket);
        final Long before = liquidation.marks.put(instrument, markPrice);
        liquidation.isPlain &= before == null || before == markPrice;
        liquidation.received = liquidation.received.add(BigInteger.valueOf(cash));
        liquidation.lots.merge(instrument, lots, Long::sum);
    }

    /**
     * What was lost, less than nothing for what was gained, is what those who took over the positions paid beyond their
     * value at mark: then nothing is left of the bucket, to the quantum.
     */
    private void onEnded(final long sequence) {
        final int bucket = ended.instrumentId() == NO_ID
                ? cross(ended.accountId(), ended.assetId())
                : bucket(ended.accountId(), ended.instrumentId());
        final Liquidation liquidation = open.remove(bucket);
        require(liquidation != null, "the end of no liquidation");
        if (liquidation.lots.isEmpty()
                || liquidation.startedAt != sequence
                || !liquidation.isPlain
                || settlements.containsKey(sequence)) {
            return;
        }
        BigInteger beyondValue = liquidation.received;
        for (final Map.Entry<Integer, Long> part : liquidation.lots.entrySet()) {
            final long mark = liquidation.marks.get(part.getKey()) / instruments.tickSize(part.getKey());
            beyondValue = beyondValue.subtract(new NaiveContract(ledger, part.getKey()).value(part.getValue(), mark));
        }
        require(
                beyondValue.equals(liquidation.equity.negate()),
                "account " + ended.accountId() + " had " + liquidation.equity + ", others paid " + beyondValue
                        + " beyond the value of its positions");
        require(ended.equity() == 0, "something is left of account " + ended.accountId());
        exactLosses++;
    }

    private void onFund() {
        final int asset = ledger.assets().find(fund.assetId());
        require(fund.reason() != InsuranceReason.NULL_VAL, "the fund moved by " + fund.change() + " for no reason");
        fundBalances[asset] += fund.change();
        final Liquidation ofFund = open.get(ledger.crossBucket(Ledger.INSURANCE, asset));
        if (ofFund != null && fund.reason() != InsuranceReason.DELEVERAGED) {
            // A fee of somebody else's liquidation has come in between.
            ofFund.isPlain = false;
        }
        require(fundBalances[asset] == fund.balance(), "the fund's movements do not add up to " + fund.balance());
    }

    private void onMarketSettled(final long sequence) {
        require(
                market.deficit() == market.insurancePaid() + market.profitCharged() + market.equityCharged(),
                "a deficit of " + market.deficit() + " is not what insurance and haircuts bear");
        require(market.profitCharged() <= market.profitBase(), "more than all profits are charged");
        require(market.equityCharged() <= market.equityBase(), "more than all equity is charged");
        final Settlement settlement = settlements.computeIfAbsent(sequence, key -> new Settlement());
        settlement.deficit += market.deficit();
        settlement.profitCharged += market.profitCharged();
        settlement.equityCharged += market.equityCharged();
    }

    private void onPositionSettled() {
        final Settlement settlement = settlements.get(settled.settledSequence());
        require(settlement != null, "a position is settled by sequence " + settled.settledSequence());
        settlement.deficit -= settled.deficitPaid();
        settlement.profitCharged -= settled.profitCharge();
        settlement.equityCharged -= settled.equityCharge();
    }

    /** Whether everybody has been told what every settlement did to him. */
    boolean isAllTold() {
        final Iterator<Settlement> all = settlements.values().iterator();
        while (all.hasNext()) {
            final Settlement settlement = all.next();
            if (settlement.deficit != 0 || settlement.profitCharged != 0 || settlement.equityCharged != 0) {
                return false;
            }
        }
        return true;
    }

    /** Liquidations whose losses were worked out to the quantum so far. */
    long exactLosses() {
        return exactLosses;
    }

    /** By the time a scan of some sequence is reported, all that was under water then is in liquidation. */
    private void onScan(final long sequence, final long scannedSequence) {
        suspects.forEach((bucket, since) -> {
            require(
                    since > scannedSequence,
                    "bucket " + bucket + " is under water since " + since + ", a scan of " + scannedSequence
                            + " is finished and nobody liquidates it");
        });
        for (int account = Ledger.SYSTEM_ACCOUNTS; account < ledger.accountCount(); account++) {
            for (int asset = 0; asset < ledger.assets().count(); asset++) {
                suspect(ledger.crossBucket(account, asset), sequence);
            }
            for (int at = ledger.firstPosition(account); at >= 0; at = positions.nextOfAccount(at)) {
                final int bucket = ledger.bucketOf(at);
                if (ledger.isIsolated(bucket) && (positions.lots(at) != 0 || ledger.cash(bucket) < 0)) {
                    suspect(bucket, sequence);
                }
            }
        }
    }

    private void suspect(final int bucket, final long sequence) {
        if (isOverlooked(bucket)) {
            suspects.putIfAbsent(bucket, sequence);
        }
    }

    private boolean isOverlooked(final int bucket) {
        if (ledger.isInLiquidation(bucket)) {
            return false;
        }
        final Margin margin = venue.margin();
        margin.judge(bucket);
        return margin.isUnderwater() && margin.marksValid();
    }

    /** After a clock tick: liquidations that could go on all the time must come to their end. */
    void onTick(final long nowNs) {
        for (final Map.Entry<Integer, Liquidation> entry : open.entrySet()) {
            final Liquidation liquidation = entry.getValue();
            if (isEligible(entry.getKey())) {
                liquidation.eligibleNs += nowNs - lastTickNs;
                require(
                        liquidation.eligibleNs <= longestNs + LATE_NS + 2 * (nowNs - lastTickNs),
                        "the liquidation of bucket " + entry.getKey() + " lasts longer than it may");
            }
        }
        lastTickNs = nowNs;
    }

    private boolean isEligible(final int bucket) {
        venue.margin().judge(bucket);
        if (!venue.margin().marksValid()) {
            return false;
        }
        for (int at = ledger.firstPosition(ledger.bucketAccount(bucket)); at >= 0; at = positions.nextOfAccount(at)) {
            if (ledger.bucketOf(at) == bucket
                    && positions.lots(at) != 0
                    && !instruments.isOpen(positions.instrument(at))) {
                return false;
            }
        }
        return true;
    }

    /** The fund is what its movements say, and never owes more than it has without being liquidated itself. */
    void checkFund() {
        for (int asset = 0; asset < ledger.assets().count(); asset++) {
            final int bucket = ledger.crossBucket(Ledger.INSURANCE, asset);
            require(
                    fundBalances[asset] == ledger.cash(bucket),
                    "the fund has " + ledger.cash(bucket) + ", its movements come to " + fundBalances[asset]);
        }
    }

    private Liquidation of(final int bucket) {
        final Liquidation liquidation = open.get(bucket);
        require(liquidation != null, "bucket " + bucket + " is not in liquidation");
        return liquidation;
    }

    private int cross(final long accountId, final long assetId) {
        return ledger.crossBucket(ledger.findAccount(accountId), ledger.assets().find(assetId));
    }

    private int bucket(final long accountId, final long instrumentId) {
        return ledger.bucketOf(positions.find(ledger.findAccount(accountId), instruments.find(instrumentId)));
    }

    private static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
