package org.isochron.risk.watch;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.CollateralDefineDecoder;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.HolderConcentrationDecoder;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.ScanCompletedEncoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Outlet;

/**
 * What makes a replica a risk node: it watches its own core, proposes every bucket in its range below maintenance margin,
 * and reports each finished scan. In its spare time it tells holders where they stand in the deleveraging queue. Works in rounds: all that was touched or repriced up to a sequence s is judged in bounded
 * slices, on the state as it is by then, and what is under water joins the proposals. As soon as none of those is left to
 * be sent or answered, ScanCompleted(s) goes out, at most one in {@link #MIN_REPORT_INTERVAL_NS}. What changes while a round runs is
 * judged in the next one, which does not wait for proposals or reports.
 *
 * <p>What it sends starts no round of its own, nor do other nodes' reports: they change no bucket, and what comes of a
 * proposal touches the bucket by its own events.
 */
public final class RiskWatch implements Outlet {
    /** Least time between two ScanCompleted of a node in production. */
    public static final long MIN_REPORT_INTERVAL_NS = 10_000_000;

    private final Ledger ledger;
    private final Marks marks;
    private final Margin margin;
    private final ScanRange range;
    private final long session;
    private final RiskReporter reporter;
    private final long minReportIntervalNs;
    private final Turn turn;

    private Capacities capacities;
    private Proposals proposals;
    private Scan scan;
    private Touches touches;
    private QueuePlaces places;

    private boolean inRound;
    private long roundSequence;
    private long lastSequence;
    private long lastRelevantSequence;
    /** State up to which everything was judged, and up to which that was reported. */
    private long judgedSequence;

    private long judgedInRound;
    private long reportedSequence;
    private long sequencedNs;
    private long lastReportNs;
    private boolean hasReported;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LiquidationProposalDecoder proposal = new LiquidationProposalDecoder();
    private final DeleveragePlacesDecoder placesTold = new DeleveragePlacesDecoder();
    private final HolderConcentrationDecoder concentrationTold = new HolderConcentrationDecoder();
    private final UnsafeBuffer report = new UnsafeBuffer(new byte[64]);
    private final MessageHeaderEncoder reportHeader = new MessageHeaderEncoder();
    private final ScanCompletedEncoder completed = new ScanCompletedEncoder();

    /**
     * @param ledger              of the risk node's own core, like marks and margin: read only.
     * @param range               accounts to scan, and the node's turn among those that scan them.
     * @param session             the node's own: proposals of any other are another node's.
     * @param minReportIntervalNs least time between two ScanCompleted, {@link #MIN_REPORT_INTERVAL_NS} in production.
     */
    public RiskWatch(
            final Ledger ledger,
            final Marks marks,
            final Margin margin,
            final ScanRange range,
            final long session,
            final RiskReporter reporter,
            final long minReportIntervalNs) {
        this.ledger = ledger;
        this.marks = marks;
        this.margin = margin;
        this.range = range;
        this.session = session;
        this.reporter = reporter;
        this.minReportIntervalNs = minReportIntervalNs;
        turn = new Turn(range.rank());
        resize();
    }

    /** The core's capacities change at most once, before anything is defined: nothing is waiting then. */
    private void resize() {
        capacities = ledger.capacities();
        proposals = new Proposals(ledger, ledger.bucketHandles(), reporter);
        scan = new Scan(ledger, marks, margin, proposals, range);
        touches = new Touches(ledger, scan, proposals);
        places = new QueuePlaces(ledger, margin, range, reporter);
    }

    /** Judges everybody once: what happened before was not seen. */
    @Override
    public void onLive() {
        resize();
        scan.touchEverybody();
    }

    @Override
    public boolean onEvents(final Frame frame, final EventBatch events) {
        if (capacities != ledger.capacities()) {
            resize();
        }
        lastSequence = frame.sequence();
        sequencedNs = frame.timestampNs();
        final int template = templateOf(frame);
        if (!isReport(template)) {
            lastRelevantSequence = lastSequence;
        }
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            touches.onEvent(events, events.messageOffset(record));
        }
        scan.followMarks();
        switch (template) {
            case LiquidationProposalDecoder.TEMPLATE_ID -> onProposal(frame, events);
            case CollateralDefineDecoder.TEMPLATE_ID -> scan.collateralChanged();
            case DeleveragePlacesDecoder.TEMPLATE_ID -> onPlaces(frame, events);
            case HolderConcentrationDecoder.TEMPLATE_ID -> onConcentration(frame, events);
            default -> {
                // nothing but its events concerns the watch
            }
        }
        return true;
    }

    /** Template of what a session sent, 0 for anything else. */
    private static int templateOf(final Frame frame) {
        return frame.frameType() == FrameType.SESSION ? MessageShape.templateId(frame) : 0;
    }

    private static boolean isReport(final int template) {
        return template == ScanCompletedDecoder.TEMPLATE_ID
                || template == StateHashReportDecoder.TEMPLATE_ID
                || template == LiquidationProposalDecoder.TEMPLATE_ID
                || template == DeleveragePlacesDecoder.TEMPLATE_ID
                || template == HolderConcentrationDecoder.TEMPLATE_ID;
    }

    /** A proposal has been sequenced: another node's means that it is at work, an own one may have been refused. */
    private void onProposal(final Frame frame, final EventBatch events) {
        if (!isSound(frame)) {
            return;
        }
        proposal.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        final boolean isOwn = (frame.source() & 0xFFFF_FFFFL) == session;
        final boolean isRefused = isOwn && isRefused(events);
        for (final LiquidationProposalDecoder.BucketsDecoder bucket : proposal.buckets()) {
            if (isRefused) {
                touches.again(touches.bucketOf(bucket.accountId(), bucket.assetId(), bucket.instrumentId()));
            } else if (!isOwn && range.contains(bucket.accountId())) {
                turn.heard();
            }
        }
        if (isRefused) {
            turn.refused();
        }
    }

    private static boolean isSound(final Frame frame) {
        return MessageShape.check(frame.buffer(), frame.payloadOffset(), frame.payloadLength()) == MessageShape.SOUND;
    }

    private void onPlaces(final Frame frame, final EventBatch events) {
        if (isSound(frame) && !isRefused(events)) {
            placesTold.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
            places.onPlaces(placesTold, sequencedNs);
        }
    }

    private void onConcentration(final Frame frame, final EventBatch events) {
        if (isSound(frame) && !isRefused(events)) {
            concentrationTold.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
            places.onConcentration(concentrationTold, sequencedNs);
        }
    }

    private boolean isRefused(final EventBatch events) {
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            header.wrap(events.buffer(), events.messageOffset(record));
            if (header.templateId() == BusinessRejectDecoder.TEMPLATE_ID) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int doWork(final long monotonicNs) {
        proposals.expire(sequencedNs, scan.touchedNext());
        int work = 0;
        if (inRound || beginRound()) {
            work = scan.slice();
            if (scan.isOver()) {
                endRound();
            }
        }
        work += propose(monotonicNs) + report(monotonicNs);
        // Nobody waits for places as for these.
        return work > 0 || !proposals.isEmpty() ? work : places.slice(lastSequence, sequencedNs, monotonicNs);
    }

    /** Whether nothing is left to judge, to propose or to report. */
    public boolean isIdle() {
        return !inRound && !isRoundDue() && proposals.isEmpty() && judgedSequence <= reportedSequence;
    }

    private boolean isRoundDue() {
        return lastRelevantSequence > judgedSequence || scan.isDue();
    }

    private boolean beginRound() {
        if (!isRoundDue()) {
            return false;
        }
        scan.begin();
        inRound = true;
        roundSequence = lastSequence;
        return true;
    }

    private void endRound() {
        inRound = false;
        judgedSequence = roundSequence;
        judgedInRound = scan.judged();
    }

    private int propose(final long monotonicNs) {
        if (proposals.isEmpty()) {
            turn.rest();
            return 0;
        }
        return turn.hasCome(monotonicNs) ? proposals.send(lastSequence, sequencedNs) : 0;
    }

    /** Once everybody found is proposed, and the proposals have come back in the log, the last round that was judged to its end is a finished scan. */
    private int report(final long monotonicNs) {
        if (judgedSequence <= reportedSequence
                || !proposals.isSettled()
                || hasReported && monotonicNs - lastReportNs < minReportIntervalNs) {
            return 0;
        }
        encodeReport();
        if (!reporter.send(report, 0, MessageHeaderEncoder.ENCODED_LENGTH + ScanCompletedEncoder.BLOCK_LENGTH)) {
            return 0;
        }
        hasReported = true;
        lastReportNs = monotonicNs;
        reportedSequence = judgedSequence;
        return 1;
    }

    private void encodeReport() {
        final boolean fromLowest = range.firstAccountId() == ScanRange.LOWEST;
        final boolean toHighest = range.lastAccountId() == ScanRange.HIGHEST;
        completed
                .wrapAndApplyHeader(report, 0, reportHeader)
                .seqNum(0)
                .bucketsJudged(judgedInRound)
                .scannedSequence(judgedSequence)
                .fromAccountId(fromLowest ? ScanCompletedEncoder.fromAccountIdNullValue() : range.firstAccountId())
                .toAccountId(toHighest ? ScanCompletedEncoder.toAccountIdNullValue() : range.lastAccountId());
    }

    /** Whether the bucket was found under water and is about to be proposed, or is proposed and not answered for yet. */
    public boolean isFound(final int bucket) {
        return proposals.isFound(bucket) || proposals.isAwaited(bucket);
    }
}
