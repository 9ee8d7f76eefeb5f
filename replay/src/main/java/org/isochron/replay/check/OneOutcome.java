package org.isochron.replay.check;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.CancelRejectDecoder;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.DeleveragePlacesDecoder;
import org.isochron.codecs.HolderConcentrationDecoder;
import org.isochron.codecs.LiquidationProposalDecoder;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.MassCancelAckDecoder;
import org.isochron.codecs.MassQuoteAckDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.ReplaceAckDecoder;
import org.isochron.codecs.ReplaceRejectDecoder;
import org.isochron.codecs.SessionEndedDecoder;
import org.isochron.codecs.SessionOpenedDecoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.SkipSeqDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Exactly one outcome for each sequenced request that is new in its session's flow, addressed to that session and to
 * nobody else; none at all for one that was sent again. Of a risk node's proposal each bucket has one.
 */
public final class OneOutcome extends Invariant {
    private static final long NULL_SEQ_NUM = 0xFFFF_FFFFL;

    private final EventCursor cursor = new EventCursor();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final SkipSeqDecoder skip = new SkipSeqDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ProposalAnswers proposals = new ProposalAnswers(name());
    private final FieldSchema[] refSeqNums = new FieldSchema[1 << 10];
    /** Of the sessions that are open. */
    private final Map<Long, Long> lastSeqNums = new TreeMap<>();

    public OneOutcome() {
        super("one-outcome");
        for (final int templateId : new int[] {
            OrderAckDecoder.TEMPLATE_ID,
            RejectDecoder.TEMPLATE_ID,
            ReplaceAckDecoder.TEMPLATE_ID,
            ReplaceRejectDecoder.TEMPLATE_ID,
            CancelledDecoder.TEMPLATE_ID,
            CancelRejectDecoder.TEMPLATE_ID,
            MassCancelAckDecoder.TEMPLATE_ID,
            MassQuoteAckDecoder.TEMPLATE_ID,
            BusinessRejectDecoder.TEMPLATE_ID,
            CommandAcceptedDecoder.TEMPLATE_ID,
            BalanceChangedDecoder.TEMPLATE_ID
        }) {
            final MessageSchema message = Schema.venue().message(templateId);
            refSeqNums[templateId] = message.field("refSeqNum");
        }
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        final boolean skips = isSkip(frame);
        final long session = (skips ? skip.sessionId() : frame.source()) & 0xFFFF_FFFFL;
        final long seqNum = skips ? skippedSeqNum() : newSeqNum(frame, session);
        int outcomes = 0;
        boolean marked = false;
        cursor.over(events);
        while (cursor.advance()) {
            if (!cursor.isPrivate()) {
                marked |= cursor.templateId() == MarkIndexDecoder.TEMPLATE_ID;
            } else if (refersTo(cursor)) {
                outcomes += checkOutcome(frame, session, seqNum);
            } else if (cursor.templateId() == SessionOpenedDecoder.TEMPLATE_ID) {
                learn();
            } else if (cursor.templateId() == SessionEndedDecoder.TEMPLATE_ID) {
                lastSeqNums.remove(cursor.stamp().sessionId());
            }
        }
        if (skips) {
            if (seqNum > 0 && outcomes != 1) {
                throw broken("command " + skip.sequence() + ", " + seqNum + " of session " + session
                        + ", was skipped and has " + outcomes + " outcomes");
            }
        } else if (seqNum > 0) {
            final int templateId = MessageShape.templateId(frame.buffer(), frame.payloadOffset());
            final boolean tick = templateId == PriceTickDecoder.TEMPLATE_ID && marked;
            if (outcomes == 0 && templateId == LiquidationProposalDecoder.TEMPLATE_ID) {
                proposals.checkAnswered(frame, events);
            }
            if (outcomes != 1 && !((tick || isAnsweredByName(templateId)) && outcomes == 0)) {
                throw broken("command " + frame.sequence() + ", " + seqNum + " of session " + session + ", template "
                        + templateId + ", has " + outcomes + " outcomes");
            }
        }
    }

    /** What risk nodes find has events about each bucket or instrument it names, none of which names the request. */
    private static boolean isAnsweredByName(final int templateId) {
        return templateId == LiquidationProposalDecoder.TEMPLATE_ID
                || templateId == DeleveragePlacesDecoder.TEMPLATE_ID
                || templateId == HolderConcentrationDecoder.TEMPLATE_ID;
    }

    private int checkOutcome(final Frame frame, final long session, final long seqNum) {
        if (seqNum == 0) {
            throw broken("command " + frame.sequence() + " is no new request and has an outcome, template "
                    + cursor.templateId() + " for session " + cursor.stamp().sessionId());
        }
        final long refSeqNum = refSeqNum(cursor);
        if (seqNum > 0 && (refSeqNum != seqNum || cursor.stamp().sessionId() != session)) {
            throw broken(
                    "command " + frame.sequence() + ", " + seqNum + " of session " + session + ", has an outcome for "
                            + refSeqNum + " of session " + cursor.stamp().sessionId());
        }
        return 1;
    }

    private boolean refersTo(final EventCursor event) {
        return refSeqNums[event.templateId()] != null && refSeqNum(event) != NULL_SEQ_NUM;
    }

    private long refSeqNum(final EventCursor event) {
        return refSeqNums[event.templateId()].get(event.buffer(), event.offset() + MessageShape.HEADER_LENGTH);
    }

    /** seqNum of a request that is new in the flow; 0 when it is sent again or no request, -1 when it cannot be told. */
    private long newSeqNum(final Frame frame, final long session) {
        if (frame.frameType() != FrameType.SESSION) {
            return frame.frameType() == FrameType.GATEWAY ? -1 : 0;
        }
        final int shape = MessageShape.check(frame.buffer(), frame.payloadOffset(), frame.payloadLength());
        if (shape != MessageShape.SOUND
                || !SessionMessage.isNumbered(MessageShape.templateId(frame.buffer(), frame.payloadOffset()))) {
            return -1;
        }
        final long seqNum =
                frame.buffer().getInt(frame.payloadOffset() + MessageShape.HEADER_LENGTH, LITTLE_ENDIAN) & NULL_SEQ_NUM;
        final Long last = lastSeqNums.get(session);
        if (last == null || seqNum == NULL_SEQ_NUM) {
            return -1;
        }
        if (seqNum <= last) {
            return 0;
        }
        lastSeqNums.put(session, seqNum);
        return seqNum;
    }

    private boolean isSkip(final Frame frame) {
        if (!MessageShape.isCarriedBy(
                frame, FrameType.SEQUENCER, SkipSeqDecoder.TEMPLATE_ID, SkipSeqDecoder.BLOCK_LENGTH)) {
            return false;
        }
        skip.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        return true;
    }

    /** Number of the request that was passed over; 0 when it is no request of a flow that goes on. */
    private long skippedSeqNum() {
        final long seqNum = skip.seqNum();
        if (seqNum == SkipSeqDecoder.seqNumNullValue()) {
            return 0;
        }
        lastSeqNums.computeIfPresent(skip.sessionId(), (session, last) -> Math.max(last, seqNum));
        return seqNum;
    }

    private void learn() {
        opened.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        if (opened.status() != SessionStatus.UPDATED) {
            lastSeqNums.put(cursor.stamp().sessionId(), opened.lastIncomingSeqNo());
        }
    }
}
