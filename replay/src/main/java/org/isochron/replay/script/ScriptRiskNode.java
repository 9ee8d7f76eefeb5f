package org.isochron.replay.script;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.ScanCompletedEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.watch.RiskWatch;
import org.isochron.risk.watch.ScanRange;
import org.isochron.sequencer.replica.EventBatch;

/**
 * The risk node of a script: the watch that a real one runs, over the script's own core, without waiting. After each frame
 * it judges what was touched or repriced, sequences its proposals, judges again until there are none, and closes the round
 * with one ScanCompleted. What it sequences itself starts no new round.
 */
final class ScriptRiskNode {
    /** Its session, role RISK: the highest id a definition may give. */
    static final long SESSION = 3_999_999_999L;

    private static final int SEQ_NUM =
            MessageHeaderEncoder.ENCODED_LENGTH + ScanCompletedEncoder.seqNumEncodingOffset();
    /** The script's time passes frame by frame; the watch has no interval to keep. */
    private static final long NO_INTERVAL = 0;

    private final ScriptLog log;
    private final Timeline timeline;
    private final SessionNumbers sessions;
    private final Deque<DirectBuffer> proposals = new ArrayDeque<>();
    private final UnsafeBuffer scan =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + ScanCompletedEncoder.BLOCK_LENGTH]);
    private RiskWatch watch;
    private boolean hasScan;
    private boolean on = true;

    ScriptRiskNode(final ScriptLog log, final Timeline timeline, final SessionNumbers sessions) {
        this.log = log;
        this.timeline = timeline;
        this.sessions = sessions;
    }

    void on(final boolean newOn) {
        on = newOn;
    }

    /** Whether it is wanted and has no session yet. */
    boolean isMissing() {
        return on && watch == null;
    }

    /** Its session is open: it watches from here on, and begins by judging everybody. */
    void join(final Venue venue) {
        watch = new RiskWatch(
                venue.ledger(), venue.marks(), venue.margin(), ScanRange.WHOLE, SESSION, this::take, NO_INTERVAL);
        watch.onLive();
    }

    /** Sees every command, also while it is off: what was touched then is judged when it is on again. */
    void onEvents(final Frame frame, final EventBatch events) {
        if (watch != null) {
            watch.onEvents(frame, events);
        }
    }

    /** One round: whatever is due for judgement now. */
    void round() {
        if (!on || watch == null) {
            return;
        }
        boolean works = true;
        while (works) {
            works = watch.doWork(log.lastTimestampNs()) > 0;
            while (!proposals.isEmpty()) {
                final DirectBuffer proposal = proposals.removeFirst();
                send(proposal, proposal.capacity());
                works = true;
            }
        }
        // None while the core has no room for all that must be proposed.
        if (hasScan) {
            hasScan = false;
            send(scan, scan.capacity());
        }
    }

    /** The watch reports in the middle of its work: proposals wait until it is done, of scans the last one counts. */
    private boolean take(final MutableDirectBuffer message, final int offset, final int length) {
        if (MessageShape.templateId(message, offset) == ScanCompletedDecoder.TEMPLATE_ID) {
            scan.putBytes(0, message, offset, length);
            hasScan = true;
        } else {
            final UnsafeBuffer proposal = new UnsafeBuffer(new byte[length]);
            proposal.putBytes(0, message, offset, length);
            proposals.addLast(proposal);
        }
        return true;
    }

    private void send(final DirectBuffer message, final int length) {
        final long stampNs = timeline.clear(0);
        final long seqNum = sessions.nextSeqNum(SESSION);
        log.buffer().putBytes(ScriptLog.PAYLOAD, message, 0, length);
        log.buffer().putInt(ScriptLog.PAYLOAD + SEQ_NUM, (int) seqNum, LITTLE_ENDIAN);
        sessions.sentSeqNum(SESSION, seqNum);
        log.fromSession(SESSION, length, stampNs);
    }
}
