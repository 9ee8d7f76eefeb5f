package org.isochron.replay;

import org.isochron.codecs.CommandAcceptedEncoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.StateMachine;

/** A toy core: its books are a sum over the sequences; it accepts hash reports of every session below 100. */
final class TallyMachine implements StateMachine {
    static final int FIRST_REFUSED_SESSION = 100;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder eventHeader = new MessageHeaderEncoder();
    private final StateHashReportDecoder report = new StateHashReportDecoder();
    private final CommandAcceptedEncoder accepted = new CommandAcceptedEncoder();
    private long tally;

    @Override
    public void onCommand(final Frame frame, final EventBatch events) {
        tally = tally * 31 + frame.sequence();
        if (frame.frameType() != FrameType.SESSION || frame.source() >= FIRST_REFUSED_SESSION) {
            return;
        }
        header.wrap(frame.buffer(), frame.payloadOffset());
        if (header.templateId() == StateHashReportDecoder.TEMPLATE_ID) {
            report.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
            final int offset = events.claim(
                    MessageHeaderEncoder.ENCODED_LENGTH + CommandAcceptedEncoder.BLOCK_LENGTH, EventBatch.PRIVATE);
            accepted.wrapAndApplyHeader(events.buffer(), offset, eventHeader)
                    .refSeqNum(report.seqNum())
                    .refTemplateId(StateHashReportDecoder.TEMPLATE_ID);
        }
    }

    @Override
    public long hash(final Noun noun) {
        return noun == Noun.BOOKS ? tally : noun.ordinal();
    }

    @Override
    public long scrub(final long number) {
        return 0;
    }

    @Override
    public String scrubbed(final long number) {
        return "nothing";
    }
}
