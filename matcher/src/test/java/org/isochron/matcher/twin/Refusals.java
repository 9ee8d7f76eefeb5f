package org.isochron.matcher.twin;

import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.ReplaceDecoder;

/** Tells why a request has no effect. Orders, replaces and cancels have answers of their own. */
final class Refusals {
    private final Events events;

    Refusals(final Events events) {
        this.events = events;
    }

    void tell(final Request request, final Refused refused) {
        switch (request.templateId()) {
            case NewOrderDecoder.TEMPLATE_ID -> reject(request, refused);
            case ReplaceDecoder.TEMPLATE_ID -> replaceReject(request, refused);
            case CancelDecoder.TEMPLATE_ID -> cancelReject(request, refused);
            default ->
                businessReject(
                        addressed("BusinessReject", request, refused), request.seqNum(), request.templateId(), refused);
        }
    }

    void toStranger(final long sessionId, final int templateId, final Refused refused) {
        businessReject(events.unnumbered("BusinessReject", sessionId), 0, templateId, refused);
    }

    /** What comes through a gateway that does not hold the session is no part of the session's flow. */
    private Line addressed(final String name, final Request request, final Refused refused) {
        final Session session = request.session();
        final boolean elsewhere = refused.code == RejectCode.NOT_LEADER || refused.code == RejectCode.SESSION_NOT_OPEN;
        return session != null && elsewhere
                ? events.unnumbered(name, session.id)
                : events.privately(name, session, session == null ? null : session.firm);
    }

    private static void businessReject(
            final Line line, final long seqNum, final int templateId, final Refused refused) {
        line.with("refValue", refused.value)
                .with("limitValue", refused.limit)
                .u32("refSeqNum", seqNum)
                .u16("refTemplateId", templateId)
                .u16("refFieldId", refused.fieldId)
                .with("code", refused.code);
    }

    private void reject(final Request request, final Refused refused) {
        final NewOrderDecoder command =
                new NewOrderDecoder().wrap(request.buffer(), request.body(), NewOrderDecoder.BLOCK_LENGTH, 0);
        addressed("Reject", request, refused)
                .id("clOrdId", command.clOrdId())
                .with("refValue", refused.value)
                .with("limitValue", refused.limit)
                .u32("refSeqNum", request.seqNum())
                .u32("instrumentId", command.instrumentId())
                .u32("accountId", command.accountId())
                .with("code", refused.code)
                .u16("refFieldId", refused.fieldId);
    }

    private void replaceReject(final Request request, final Refused refused) {
        final ReplaceDecoder command =
                new ReplaceDecoder().wrap(request.buffer(), request.body(), ReplaceDecoder.BLOCK_LENGTH, 0);
        addressed("ReplaceReject", request, refused)
                .id("clOrdId", command.clOrdId())
                .id("origClOrdId", command.origClOrdId())
                .id("orderId", command.orderId())
                .u32("refSeqNum", request.seqNum())
                .u32("instrumentId", command.instrumentId())
                .u32("accountId", command.accountId())
                .with("code", refused.code)
                .u16("refFieldId", refused.fieldId);
    }

    private void cancelReject(final Request request, final Refused refused) {
        final CancelDecoder command =
                new CancelDecoder().wrap(request.buffer(), request.body(), CancelDecoder.BLOCK_LENGTH, 0);
        addressed("CancelReject", request, refused)
                .id("clOrdId", command.clOrdId())
                .id("origClOrdId", command.origClOrdId())
                .id("orderId", command.orderId())
                .u32("refSeqNum", request.seqNum())
                .u32("instrumentId", command.instrumentId())
                .u32("accountId", command.accountId())
                .with("code", refused.code)
                .u16("refFieldId", refused.fieldId);
    }
}
