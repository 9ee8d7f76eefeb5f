package org.isochron.risk.watch;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.CollateralConvertedDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FundingRateDecoder;
import org.isochron.codecs.IsolatedMovedDecoder;
import org.isochron.codecs.LiquidationEndedDecoder;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.LiquidationStartedDecoder;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.ProposalDeclinedDecoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.ScanCompletedEncoder;
import org.isochron.codecs.SecurityDefinitionDecoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.TakeoverDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.state.Capacities;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Outlet;

/**
 * The outlet of a risk node. From the core's events it learns which buckets a command touched (fill, cash) and which
 * instruments it repriced (mark); in rounds of bounded slices it judges them by the same {@link Margin} the core's gate
 * uses, and proposes those below their maintenance margin, worst shortfall first.
 *
 * <p>A round takes over everything touched so far, at the sequence then reached; what is touched meanwhile belongs to the
 * next round. When all of it is judged and the unhealthy ones are proposed, ScanCompleted names that sequence: at most
 * once in {@value #MIN_REPORT_INTERVAL_NS} ns, and only when some command other than a risk node's own came since.
 */
public final class RiskWatch implements Outlet {
    /** Least time between two ScanCompleted. */
    public static final long MIN_REPORT_INTERVAL_NS = 10_000_000;

    /** Most buckets judged in one duty cycle. */
    public static final int SLICE = 1024;

    private static final int NONE = -1;

    private final Ledger ledger;
    private final Margin margin;
    private final RiskReporter reporter;
    private final long minReportIntervalNs;
    private Capacities capacities;
    private Proposals proposals;

    private BucketQueue touched;
    private BucketQueue touchedNext;
    private BucketQueue repriced;
    private BucketQueue repricedNext;
    private int holder = NONE;
    /** Collateral definitions whose index has changed, and how far a walk over the pledges of one has come. */
    private BucketQueue revalued = new BucketQueue(Collaterals.CAPACITY);

    private BucketQueue revaluedNext = new BucketQueue(Collaterals.CAPACITY);
    private int pledge = Collaterals.NONE;

    private boolean inRound;
    private long roundSequence;
    private long judgedInRound;
    private long lastSequence;
    private long lastRelevantSequence;
    private long completedSequence;
    private long sequencedNs;
    private long lastReportNs;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final IsolatedMovedDecoder moved = new IsolatedMovedDecoder();
    private final CollateralConvertedDecoder converted = new CollateralConvertedDecoder();
    private final TakeoverDecoder takeover = new TakeoverDecoder();
    private final MarkIndexDecoder mark = new MarkIndexDecoder();
    private final FundingRateDecoder funding = new FundingRateDecoder();
    private final SecurityDefinitionDecoder definition = new SecurityDefinitionDecoder();
    private final LiquidationStartedDecoder started = new LiquidationStartedDecoder();
    private final LiquidationEndedDecoder ended = new LiquidationEndedDecoder();
    private final ProposalDeclinedDecoder declined = new ProposalDeclinedDecoder();
    private final UnsafeBuffer report = new UnsafeBuffer(new byte[64]);
    private final MessageHeaderEncoder reportHeader = new MessageHeaderEncoder();
    private final ScanCompletedEncoder completed = new ScanCompletedEncoder();

    /**
     * @param ledger              of the risk node's own core, read only.
     * @param minReportIntervalNs least time between two ScanCompleted, {@link #MIN_REPORT_INTERVAL_NS} in production.
     */
    public RiskWatch(
            final Ledger ledger, final Margin margin, final RiskReporter reporter, final long minReportIntervalNs) {
        this.ledger = ledger;
        this.margin = margin;
        this.reporter = reporter;
        this.minReportIntervalNs = minReportIntervalNs;
        resize();
    }

    /** The core's capacities change at most once, before anything is defined: nothing is waiting then. */
    private void resize() {
        capacities = ledger.capacities();
        final int buckets = ledger.bucketHandles();
        touched = new BucketQueue(buckets);
        touchedNext = new BucketQueue(buckets);
        repriced = new BucketQueue(capacities.instruments());
        repricedNext = new BucketQueue(capacities.instruments());
        proposals = new Proposals(ledger, buckets, reporter);
    }

    /** Judges everybody once: what happened before was not seen. */
    @Override
    public void onLive() {
        resize();
        for (int account = Ledger.SYSTEM_ACCOUNTS; account < ledger.accountCount(); account++) {
            for (int asset = 0; asset < ledger.assets().count(); asset++) {
                touchedNext.add(ledger.crossBucket(account, asset));
            }
        }
        final Positions positions = ledger.positions();
        for (int position = 0; position < positions.count(); position++) {
            if (ledger.isIsolated(ledger.bucketOf(position))) {
                touchedNext.add(ledger.bucketOf(position));
            }
        }
    }

    @Override
    public boolean onEvents(final Frame frame, final EventBatch events) {
        if (capacities != ledger.capacities()) {
            resize();
        }
        lastSequence = frame.sequence();
        sequencedNs = frame.timestampNs();
        if (!isReport(frame)) {
            lastRelevantSequence = lastSequence;
        }
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            onEvent(events, events.messageOffset(record));
        }
        return true;
    }

    private boolean isReport(final Frame frame) {
        if (frame.frameType() != FrameType.SESSION || frame.payloadLength() < MessageHeaderDecoder.ENCODED_LENGTH) {
            return false;
        }
        header.wrap(frame.buffer(), frame.payloadOffset());
        final int template = header.templateId();
        return template == ScanCompletedDecoder.TEMPLATE_ID
                || template == StateHashReportDecoder.TEMPLATE_ID
                || template == LiquidationProposalDecoder.TEMPLATE_ID;
    }

    private void onEvent(final EventBatch events, final int offset) {
        header.wrap(events.buffer(), offset);
        switch (header.templateId()) {
            case FillDecoder.TEMPLATE_ID -> {
                fill.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(positionBucket(fill.accountId(), fill.instrumentId()));
            }
            case BalanceChangedDecoder.TEMPLATE_ID -> {
                balance.wrapAndApplyHeader(events.buffer(), offset, header);
                final long pledgeAssetId = balance.pledgeAssetId();
                final boolean isPledge = pledgeAssetId != BalanceChangedDecoder.pledgeAssetIdNullValue();
                touch(bucketOf(
                        balance.accountId(), isPledge ? pledgeAssetId : balance.assetId(), balance.instrumentId()));
            }
            case IsolatedMovedDecoder.TEMPLATE_ID -> {
                moved.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(positionBucket(moved.accountId(), moved.instrumentId()));
                touch(bucketOf(moved.accountId(), moved.assetId(), BalanceChangedDecoder.instrumentIdNullValue()));
            }
            case CollateralConvertedDecoder.TEMPLATE_ID -> {
                converted.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(bucketOf(
                        converted.accountId(),
                        converted.settleAssetId(),
                        BalanceChangedDecoder.instrumentIdNullValue()));
            }
            case TakeoverDecoder.TEMPLATE_ID -> {
                takeover.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(positionBucket(takeover.accountId(), takeover.instrumentId()));
            }
            case MarkIndexDecoder.TEMPLATE_ID -> {
                mark.wrapAndApplyHeader(events.buffer(), offset, header);
                reprice(mark.stamp().instrumentId());
            }
            case FundingRateDecoder.TEMPLATE_ID -> {
                funding.wrapAndApplyHeader(events.buffer(), offset, header);
                reprice(funding.stamp().instrumentId());
            }
            case SecurityDefinitionDecoder.TEMPLATE_ID -> {
                definition.wrapAndApplyHeader(events.buffer(), offset, header);
                // New rules may ask for more.
                reprice(definition.stamp().instrumentId());
            }
            case LiquidationStartedDecoder.TEMPLATE_ID -> {
                started.wrapAndApplyHeader(events.buffer(), offset, header);
                answered(bucketOf(started.accountId(), started.assetId(), started.instrumentId()));
            }
            case LiquidationEndedDecoder.TEMPLATE_ID -> {
                ended.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(bucketOf(ended.accountId(), ended.assetId(), ended.instrumentId()));
            }
            case ProposalDeclinedDecoder.TEMPLATE_ID -> {
                declined.wrapAndApplyHeader(events.buffer(), offset, header);
                answered(bucketOf(declined.accountId(), declined.assetId(), declined.instrumentId()));
            }
            default -> {
                // orders and their ends change what may be opened, not whether a bucket is under water
            }
        }
    }

    private void touch(final int bucket) {
        if (bucket != NONE) {
            touchedNext.add(bucket);
        }
    }

    private void reprice(final long instrumentId) {
        final int instrument = ledger.instruments().find(instrumentId);
        if (instrument < 0) {
            return;
        }
        repricedNext.add(instrument);
        final Collaterals collaterals = ledger.collaterals();
        for (int definition = 0; definition < collaterals.count(); definition++) {
            if (collaterals.instrument(definition) == instrument) {
                revaluedNext.add(definition);
            }
        }
    }

    private void answered(final int bucket) {
        if (bucket != NONE) {
            proposals.answered(bucket);
        }
    }

    /** The bucket, or {@link #NONE} for what is unknown and for the venue's own accounts, which nobody liquidates. */
    private int bucketOf(final long accountId, final long assetId, final long instrumentId) {
        final int account = ledger.findAccount(accountId);
        final int asset = ledger.assets().find(assetId);
        if (account < Ledger.SYSTEM_ACCOUNTS || asset < 0) {
            return NONE;
        }
        if (instrumentId == BalanceChangedDecoder.instrumentIdNullValue()) {
            return ledger.crossBucket(account, asset);
        }
        final int position =
                ledger.positions().find(account, ledger.instruments().find(instrumentId));
        return position < 0 ? NONE : ledger.isolatedBucket(position);
    }

    /** The bucket a position is in; as {@link #bucketOf}. */
    private int positionBucket(final long accountId, final long instrumentId) {
        final int account = ledger.findAccount(accountId);
        final int position =
                ledger.positions().find(account, ledger.instruments().find(instrumentId));
        return account < Ledger.SYSTEM_ACCOUNTS || position < 0 ? NONE : ledger.bucketOf(position);
    }

    @Override
    public int doWork(final long monotonicNs) {
        proposals.expire(sequencedNs, touchedNext);
        if (!inRound && !beginRound()) {
            return 0;
        }
        final int judged = judgeSlice();
        judgedInRound += judged;
        final int sent = proposals.send(lastSequence, sequencedNs);
        if (isRoundJudged() && proposals.isEmpty()) {
            return judged + sent + completeRound(monotonicNs);
        }
        return judged + sent;
    }

    /** Whether nothing is left to judge, to propose or to wait for. */
    public boolean isIdle() {
        return !inRound
                && touchedNext.isEmpty()
                && repricedNext.isEmpty()
                && revaluedNext.isEmpty()
                && proposals.isEmpty();
    }

    private boolean beginRound() {
        if (lastRelevantSequence <= completedSequence
                && touchedNext.isEmpty()
                && repricedNext.isEmpty()
                && revaluedNext.isEmpty()) {
            return false;
        }
        final BucketQueue emptyTouched = touched;
        touched = touchedNext;
        touchedNext = emptyTouched;
        final BucketQueue emptyRepriced = repriced;
        repriced = repricedNext;
        repricedNext = emptyRepriced;
        final BucketQueue emptyRevalued = revalued;
        revalued = revaluedNext;
        revaluedNext = emptyRevalued;
        inRound = true;
        roundSequence = lastSequence;
        judgedInRound = 0;
        return true;
    }

    private boolean isRoundJudged() {
        return touched.isEmpty()
                && repriced.isEmpty()
                && revalued.isEmpty()
                && holder == NONE
                && pledge == Collaterals.NONE;
    }

    private int judgeSlice() {
        int judged = 0;
        while (judged < SLICE && !touched.isEmpty()) {
            judge(touched.poll());
            judged++;
        }
        final Positions positions = ledger.positions();
        while (judged < SLICE && (holder != NONE || !repriced.isEmpty())) {
            if (holder == NONE) {
                holder = ledger.instruments().firstHolder(repriced.poll());
            } else {
                judgeHolder(positions, holder);
                holder = positions.nextOfInstrument(holder);
                judged++;
            }
        }
        final Collaterals collaterals = ledger.collaterals();
        while (judged < SLICE && (pledge != Collaterals.NONE || !revalued.isEmpty())) {
            if (pledge == Collaterals.NONE) {
                pledge = collaterals.firstOfDefinition(revalued.poll());
            } else {
                judge(ledger.crossBucket(
                        collaterals.account(pledge), collaterals.settleAsset(collaterals.definition(pledge))));
                pledge = collaterals.nextOfDefinition(pledge);
                judged++;
            }
        }
        return judged;
    }

    private void judgeHolder(final Positions positions, final int position) {
        final int account = positions.account(position);
        if (account >= Ledger.SYSTEM_ACCOUNTS && positions.lots(position) != 0) {
            judge(ledger.bucketOf(position));
        }
    }

    private void judge(final int bucket) {
        if (ledger.isInLiquidation(bucket) || proposals.isAwaited(bucket)) {
            return;
        }
        margin.judge(bucket);
        if (margin.marksValid() && margin.isUnderwater()) {
            proposals.add(bucket, margin.maintenance() + margin.closingFee() - margin.equity());
        }
    }

    private int completeRound(final long monotonicNs) {
        if (lastReportNs != 0 && monotonicNs - lastReportNs < minReportIntervalNs) {
            return 0;
        }
        completed
                .wrapAndApplyHeader(report, 0, reportHeader)
                .seqNum(0)
                .bucketsJudged(judgedInRound)
                .scannedSequence(roundSequence)
                .fromAccountId(ScanCompletedEncoder.fromAccountIdNullValue())
                .toAccountId(ScanCompletedEncoder.toAccountIdNullValue());
        if (!reporter.send(report, 0, MessageHeaderEncoder.ENCODED_LENGTH + ScanCompletedEncoder.BLOCK_LENGTH)) {
            return 0;
        }
        lastReportNs = monotonicNs;
        completedSequence = roundSequence;
        inRound = false;
        return 1;
    }
}
