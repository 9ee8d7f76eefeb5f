package org.isochron.replay.check;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.LiquidationStartedDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.ProposalDeclinedDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.replica.EventBatch;

/** Each bucket that a risk node proposes is liquidated or declined, within the command, as often as it is proposed. */
final class ProposalAnswers {
    private record Bucket(long accountId, long assetId, long instrumentId) {}

    private final String invariant;
    private final EventCursor cursor = new EventCursor();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LiquidationProposalDecoder proposal = new LiquidationProposalDecoder();
    private final LiquidationStartedDecoder started = new LiquidationStartedDecoder();
    private final ProposalDeclinedDecoder declined = new ProposalDeclinedDecoder();

    /** @param invariant in whose name it complains. */
    ProposalAnswers(final String invariant) {
        this.invariant = invariant;
    }

    /** @param frame a proposal that was not refused as a whole. */
    void checkAnswered(final Frame frame, final EventBatch events) {
        proposal.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        final long observed = proposal.observedSequence();
        final List<Bucket> unanswered = new ArrayList<>();
        proposal.buckets()
                .forEachRemaining(
                        each -> unanswered.add(new Bucket(each.accountId(), each.assetId(), each.instrumentId())));
        cursor.over(events);
        while (cursor.advance()) {
            final Bucket answered = answered(observed);
            if (answered != null && !unanswered.remove(answered)) {
                throw new Violation(
                        invariant,
                        "command " + frame.sequence() + " answers " + answered + " more often than proposed");
            }
        }
        if (!unanswered.isEmpty()) {
            throw new Violation(
                    invariant, "command " + frame.sequence() + " proposes " + unanswered.get(0) + " and has no answer");
        }
    }

    /** The bucket that the event answers for, null when it answers for none. */
    private Bucket answered(final long observed) {
        if (cursor.templateId() == LiquidationStartedDecoder.TEMPLATE_ID) {
            started.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
            return started.observedSequence() == observed
                    ? new Bucket(started.accountId(), started.assetId(), started.instrumentId())
                    : null;
        }
        if (cursor.templateId() == ProposalDeclinedDecoder.TEMPLATE_ID) {
            declined.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
            return new Bucket(declined.accountId(), declined.assetId(), declined.instrumentId());
        }
        return null;
    }
}
