package org.isochron.replay;

import java.util.Collections;
import java.util.SortedMap;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NodeState;
import org.isochron.codecs.NodeStatusDecoder;
import org.isochron.codecs.SkipSeqDecoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Replica;
import org.isochron.sequencer.replica.SkippedCommands;
import org.isochron.sequencer.replica.StateMachine;

/**
 * Rebuilds a venue from its journal, frame by frame from the first, and holds every state hash that the nodes recorded
 * in the log against the rebuilt state. The reader verifies each frame before it gets here; a damaged one ends the replay
 * with an exception that names its sequence, and nothing of it is applied.
 *
 * <p>A report counts when the core accepted it, which is to say: when it came from a session that may send one. It is
 * compared with the replay's own hash at the place it speaks of: every {@value Replica#REPORT_INTERVAL} commands, and
 * wherever the sequencer announced an orderly stop. Begins at genesis, or behind a snapshot; reports for places before that
 * are left to others. Used once.
 */
public final class Replayer {
    private static final int POLL_LIMIT = 1024;

    private final StateMachine machine;
    private final EventConsumer consumer;
    private final Frame frame = new Frame();
    private final EventBatch events = new EventBatch();
    private final ReportPoints points = new ReportPoints();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final StateHashReportDecoder hashReport = new StateHashReportDecoder();
    private final NodeStatusDecoder nodeStatus = new NodeStatusDecoder();
    private final CommandAcceptedDecoder accepted = new CommandAcceptedDecoder();
    private final SkipSeqDecoder skipSeq = new SkipSeqDecoder();
    private final long fromSequence;
    private SortedMap<Long, Long> skipped = Collections.emptySortedMap();
    private long lastSequence;

    /**
     * @param machine  a venue at genesis.
     * @param consumer sees every command and its events; {@link EventConsumer#NONE} when nobody wants them.
     */
    public Replayer(final StateMachine machine, final EventConsumer consumer) {
        this(machine, 0, consumer);
    }

    /**
     * @param machine      a venue in the state of a snapshot.
     * @param fromSequence last command in that state, 0 for genesis.
     */
    public Replayer(final StateMachine machine, final long fromSequence, final EventConsumer consumer) {
        this.machine = machine;
        this.fromSequence = fromSequence;
        this.consumer = consumer;
        lastSequence = fromSequence;
    }

    /**
     * Passes over commands that the log skips.
     *
     * @param commands by sequence, as {@link SkippedCommands#all} finds them.
     * @return this.
     */
    public Replayer passingOver(final SortedMap<Long, Long> commands) {
        skipped = commands;
        return this;
    }

    /**
     * Applies the journal up to {@code toSequence}, or up to its end when it is shorter.
     *
     * @param progress told the last sequence applied every {@value #POLL_LIMIT} commands or so, and at the end.
     * @throws org.isochron.sequencer.edge.JournalException when a frame is damaged.
     * @throws SkippedCommandException                      when the log skips a command that was not passed over.
     * @throws IllegalStateException                        when the core cannot apply a sound frame; it names the frame.
     */
    public ReplayReport replay(final JournalReader journal, final long toSequence, final LongConsumer progress) {
        final long startNs = System.nanoTime();
        journal.seek(fromSequence + 1);
        try {
            while (lastSequence < toSequence
                    && journal.poll(this::onFrame, (int) Math.min(POLL_LIMIT, toSequence - lastSequence)) > 0) {
                progress.accept(lastSequence);
            }
        } catch (final CoreFailedException failure) {
            final long saidAt = SkippedCommands.find(journal, failure.sequence());
            throw saidAt == 0 ? failure : new SkippedCommandException(failure.sequence(), saidAt);
        }
        points.closeAll();
        return new ReplayReport(
                fromSequence,
                lastSequence,
                NounHashes.of(machine),
                points.confirmed(),
                points.refuted(),
                points.unchecked(),
                points.dissenters(),
                System.nanoTime() - startNs);
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        frame.wrap(buffer, offset);
        events.begin(frame);
        if (skipped.isEmpty() || !skipped.containsKey(frame.sequence())) {
            apply();
        }
        lastSequence = frame.sequence();
        if (lastSequence % Replica.REPORT_INTERVAL == 0 || isOrderlyStop()) {
            points.own(lastSequence, NounHashes.of(machine));
        }
        takeHashReport();
        consumer.onEvents(frame, events);
    }

    private void apply() {
        try {
            machine.onCommand(frame, events);
        } catch (final RuntimeException | Error failure) {
            throw new CoreFailedException(frame.sequence(), failure);
        }
        if (carries(FrameType.SEQUENCER, SkipSeqDecoder.TEMPLATE_ID, SkipSeqDecoder.BLOCK_LENGTH)) {
            skipSeq.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
            if (!skipped.containsKey(skipSeq.sequence())) {
                throw new SkippedCommandException(skipSeq.sequence(), frame.sequence());
            }
        }
    }

    private boolean isOrderlyStop() {
        if (!carries(FrameType.SEQUENCER, NodeStatusDecoder.TEMPLATE_ID, NodeStatusDecoder.BLOCK_LENGTH)) {
            return false;
        }
        nodeStatus.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        return nodeStatus.state() == NodeState.STOPPING;
    }

    private void takeHashReport() {
        if (!carries(FrameType.SESSION, StateHashReportDecoder.TEMPLATE_ID, StateHashReportDecoder.BLOCK_LENGTH)) {
            return;
        }
        hashReport.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        if (hashReport.atSequence() > fromSequence && wasAccepted(hashReport.seqNum())) {
            final NounHashes reported = new NounHashes(
                    hashReport.booksHash(), hashReport.ledgerHash(), hashReport.marksHash(), hashReport.sessionsHash());
            points.report(frame.source(), hashReport.nodeId(), hashReport.atSequence(), reported);
        }
    }

    private boolean carries(final int frameType, final int templateId, final int blockLength) {
        return MessageShape.isCarriedBy(frame, frameType, templateId, blockLength);
    }

    private boolean wasAccepted(final long seqNum) {
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            header.wrap(events.buffer(), events.messageOffset(record));
            if (header.templateId() == CommandAcceptedDecoder.TEMPLATE_ID) {
                accepted.wrapAndApplyHeader(events.buffer(), events.messageOffset(record), header);
                if (accepted.refTemplateId() == StateHashReportDecoder.TEMPLATE_ID && accepted.refSeqNum() == seqNum) {
                    return true;
                }
            }
        }
        return false;
    }
}
