package org.isochron.sequencer.replica;

import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NodeState;
import org.isochron.codecs.NodeStatusDecoder;
import org.isochron.codecs.SkipSeqDecoder;
import org.isochron.codecs.SnapshotMarkDecoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;

/** Finds among the commands of the log those that a replica itself reads. */
final class CommandLook {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final StateHashReportDecoder hashReport = new StateHashReportDecoder();
    private final NodeStatusDecoder nodeStatus = new NodeStatusDecoder();
    private final SnapshotMarkDecoder snapshotMark = new SnapshotMarkDecoder();
    private final SkipSeqDecoder skipSeq = new SkipSeqDecoder();
    private final CommandAcceptedDecoder accepted = new CommandAcceptedDecoder();

    /** Looks at a command that has been applied, with the events it led to. */
    KnownCommand at(final Frame frame, final EventBatch events) {
        final boolean isSequencers = frame.frameType() == FrameType.SEQUENCER;
        return switch (MessageShape.templateId(frame)) {
            case StateHashReportDecoder.TEMPLATE_ID ->
                frame.frameType() == FrameType.SESSION && isWhole(frame, StateHashReportDecoder.BLOCK_LENGTH)
                        ? KnownCommand.HASH_REPORT
                        : KnownCommand.NONE;
            case NodeStatusDecoder.TEMPLATE_ID ->
                isSequencers && isWhole(frame, NodeStatusDecoder.BLOCK_LENGTH) && isStopping(frame)
                        ? KnownCommand.STOPPING
                        : KnownCommand.NONE;
            case SnapshotMarkDecoder.TEMPLATE_ID ->
                isWhole(frame, SnapshotMarkDecoder.BLOCK_LENGTH) && (isSequencers || isAccepted(frame, events))
                        ? KnownCommand.SNAPSHOT_MARK
                        : KnownCommand.NONE;
            case SkipSeqDecoder.TEMPLATE_ID ->
                isSequencers && isWhole(frame, SkipSeqDecoder.BLOCK_LENGTH) ? KnownCommand.SKIP : KnownCommand.NONE;
            default -> KnownCommand.NONE;
        };
    }

    /** The report in a command found to be {@link KnownCommand#HASH_REPORT}. */
    StateHashReportDecoder hashReport(final Frame frame) {
        return hashReport.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
    }

    /** The command that one found to be {@link KnownCommand#SKIP} is about. */
    long skipped(final Frame frame) {
        return skipSeq.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header)
                .sequence();
    }

    private boolean isStopping(final Frame frame) {
        return nodeStatus
                        .wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header)
                        .state()
                == NodeState.STOPPING;
    }

    /** Only the core knows who may set a mark. */
    private boolean isAccepted(final Frame frame, final EventBatch events) {
        snapshotMark.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            header.wrap(events.buffer(), events.messageOffset(record));
            if (header.templateId() == CommandAcceptedDecoder.TEMPLATE_ID) {
                accepted.wrapAndApplyHeader(events.buffer(), events.messageOffset(record), header);
                if (accepted.refTemplateId() == SnapshotMarkDecoder.TEMPLATE_ID
                        && accepted.refSeqNum() == snapshotMark.seqNum()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isWhole(final Frame frame, final int blockLength) {
        return frame.payloadLength() >= MessageHeaderDecoder.ENCODED_LENGTH + blockLength;
    }
}
