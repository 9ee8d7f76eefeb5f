package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;

import org.isochron.codecs.DeclineReason;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.LiquidationProposalDecoder.BucketsDecoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;

/** What risk nodes send. A proposal names buckets to look at; everything else is judged again here, at this sequence. */
final class RiskDesk {
    private final Ledger ledger;
    private final Margin margin;
    private final Counters counters;
    private final ScanWatch scanWatch;
    private final EventWriter events;
    private final Reports reports;
    private final LiquidationReports liquidationReports;
    private final Liquidations liquidations;
    private final PendingWork pendingWork;
    private final Refusal refusal = new Refusal();

    private int bucket;
    private boolean judged;

    RiskDesk(
            final Ledger ledger,
            final Margin margin,
            final Counters counters,
            final ScanWatch scanWatch,
            final EventWriter events,
            final Reports reports,
            final LiquidationReports liquidationReports,
            final Liquidations liquidations,
            final PendingWork pendingWork) {
        this.ledger = ledger;
        this.margin = margin;
        this.counters = counters;
        this.scanWatch = scanWatch;
        this.events = events;
        this.reports = reports;
        this.liquidationReports = liquidationReports;
        this.liquidations = liquidations;
        this.pendingWork = pendingWork;
    }

    void onProposal(final Request request, final LiquidationProposalDecoder command) {
        final long observed = command.observedSequence();
        final BucketsDecoder buckets = command.buckets();
        final int count = buckets.count();
        if (refuses(observed, count)) {
            reports.businessReject(request, refusal);
            return;
        }
        for (int left = count - 1; left >= 0; left--) {
            buckets.next();
            // Every bucket named behind this one still gets its answer in this command.
            events.reserve(left);
            onBucket(request, observed, buckets.accountId(), buckets.assetId(), buckets.instrumentId());
        }
    }

    private boolean refuses(final long observed, final int count) {
        if (observed < 0 || observed >= events.sequence()) {
            return refusal.of(
                    BAD_VALUE, LiquidationProposalDecoder.observedSequenceId(), observed, events.sequence() - 1);
        }
        if (count == 0) {
            return refusal.of(BAD_VALUE, (int) LiquidationProposalDecoder.bucketsDecoderId(), 0, 1);
        }
        return !liquidations.hasRoomFor(count) && refusal.of(CAPACITY);
    }

    private void onBucket(
            final Request request,
            final long observed,
            final long accountId,
            final long assetId,
            final long instrumentId) {
        final DeclineReason reason = declines(accountId, assetId, instrumentId);
        if (reason != null) {
            liquidationReports.declined(request, accountId, assetId, instrumentId, observed, reason, judged);
            return;
        }
        liquidations.begin(bucket, observed);
        pendingWork.run();
    }

    /** Why the bucket is left alone, or null. The venue's own accounts are not for risk nodes to judge. */
    private DeclineReason declines(final long accountId, final long assetId, final long instrumentId) {
        judged = false;
        if (!finds(accountId, assetId, instrumentId)) {
            return DeclineReason.UNKNOWN_BUCKET;
        }
        margin.judge(bucket);
        judged = true;
        if (ledger.isInLiquidation(bucket)) {
            return DeclineReason.IN_LIQUIDATION;
        }
        if (margin.openPositions() == 0 && margin.equity() >= 0) {
            return DeclineReason.NOTHING_TO_CLOSE;
        }
        if (!margin.marksValid()) {
            return DeclineReason.MARK_INVALID;
        }
        return margin.isUnderwater() ? null : DeclineReason.HEALTHY;
    }

    private boolean finds(final long accountId, final long assetId, final long instrumentId) {
        final int account = ledger.findAccount(accountId);
        final int asset = ledger.assets().find(assetId);
        if (account < Ledger.SYSTEM_ACCOUNTS || asset < 0) {
            return false;
        }
        if (instrumentId == BucketsDecoder.instrumentIdNullValue()) {
            bucket = ledger.crossBucket(account, asset);
            return true;
        }
        final int position =
                ledger.positions().find(account, ledger.instruments().find(instrumentId));
        bucket = position < 0 ? Ledger.NO_BUCKET : ledger.bucketOf(position);
        return position >= 0 && ledger.isIsolated(bucket) && ledger.bucketAsset(bucket) == asset;
    }

    void onScanCompleted(final Request request, final ScanCompletedDecoder command) {
        final long scanned = command.scannedSequence();
        final long first = orDefault(command.fromAccountId(), ScanWatch.LOWEST_ACCOUNT);
        final long last = orDefault(command.toAccountId(), ScanWatch.HIGHEST_ACCOUNT);
        if (refusesScan(scanned) || refusesRange(first, last)) {
            reports.businessReject(request, refusal);
            return;
        }
        counters.scannedSequence(Math.max(counters.scannedSequence(), scanned));
        scanWatch.scanned(request.session, first, last);
        reports.accepted(request);
    }

    private static long orDefault(final long accountId, final long byDefault) {
        return accountId == ScanCompletedDecoder.fromAccountIdNullValue() ? byDefault : accountId;
    }

    private boolean refusesScan(final long scanned) {
        return (scanned < 0 || scanned >= events.sequence())
                && refusal.of(BAD_VALUE, ScanCompletedDecoder.scannedSequenceId(), scanned, events.sequence() - 1);
    }

    /** A range without accounts, or with the venue's own. */
    private boolean refusesRange(final long first, final long last) {
        if (first < ScanWatch.LOWEST_ACCOUNT) {
            return refusal.of(BAD_VALUE, ScanCompletedDecoder.fromAccountIdId(), first, ScanWatch.LOWEST_ACCOUNT);
        }
        final int field = ScanCompletedDecoder.toAccountIdId();
        return last < first && refusal.of(BAD_VALUE, field, last, first)
                || last > ScanWatch.HIGHEST_ACCOUNT && refusal.of(BAD_VALUE, field, last, ScanWatch.HIGHEST_ACCOUNT);
    }
}
