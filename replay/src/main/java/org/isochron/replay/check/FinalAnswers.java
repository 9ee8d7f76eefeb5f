package org.isochron.replay.check;

import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NotAppliedDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.TransportEnvelopeDecoder;

/**
 * What a client hears of one number in one connection is final: a request that the gateway has refused, or said it never
 * had, is not accepted afterwards; and no order is both accepted and rejected.
 */
public final class FinalAnswers extends Invariant {
    private static final int ENVELOPE = TransportEnvelopeDecoder.ENCODED_LENGTH;
    private static final int MIN_LENGTH = ENVELOPE + MessageHeaderDecoder.ENCODED_LENGTH;

    private static final int DROP_COPY = 2;

    private enum Answer {
        REFUSED,
        ACCEPTED,
        REJECTED
    }

    private final TransportEnvelopeDecoder envelope = new TransportEnvelopeDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BusyDecoder busy = new BusyDecoder();
    private final GatewayRejectDecoder gatewayReject = new GatewayRejectDecoder();
    private final NotAppliedDecoder notApplied = new NotAppliedDecoder();
    private final OrderAckDecoder ack = new OrderAckDecoder();
    private final RejectDecoder reject = new RejectDecoder();
    /** By connection and the request's number. */
    private final Map<Long, Map<Long, Answer>> answers = new TreeMap<>();

    public FinalAnswers() {
        super("final-answers");
    }

    @Override
    protected void onReceived(
            final int session, final long connection, final DirectBuffer buffer, final int offset, final int length) {
        if (length < MIN_LENGTH || (envelope.wrap(buffer, offset).flags() & DROP_COPY) != 0) {
            return;
        }
        final int message = offset + ENVELOPE;
        switch (EventCursor.templateId(buffer, message)) {
            case EstablishAckDecoder.TEMPLATE_ID -> answers.remove(connection);
            case BusyDecoder.TEMPLATE_ID ->
                answer(
                        session,
                        connection,
                        busy.wrapAndApplyHeader(buffer, message, header).refSeqNum(),
                        Answer.REFUSED);
            case GatewayRejectDecoder.TEMPLATE_ID ->
                answer(
                        session,
                        connection,
                        gatewayReject
                                .wrapAndApplyHeader(buffer, message, header)
                                .refSeqNum(),
                        Answer.REFUSED);
            case NotAppliedDecoder.TEMPLATE_ID -> {
                notApplied.wrapAndApplyHeader(buffer, message, header);
                for (long i = 0; i < notApplied.count(); i++) {
                    answer(session, connection, notApplied.fromSeqNo() + i, Answer.REFUSED);
                }
            }
            case OrderAckDecoder.TEMPLATE_ID ->
                answer(
                        session,
                        connection,
                        ack.wrapAndApplyHeader(buffer, message, header).refSeqNum(),
                        Answer.ACCEPTED);
            case RejectDecoder.TEMPLATE_ID ->
                answer(
                        session,
                        connection,
                        reject.wrapAndApplyHeader(buffer, message, header).refSeqNum(),
                        Answer.REJECTED);
            default -> {
                // No answer to an order.
            }
        }
    }

    private void answer(final int session, final long connection, final long seqNum, final Answer answer) {
        if (seqNum == 0) {
            return;
        }
        final Answer before =
                answers.computeIfAbsent(connection, number -> new TreeMap<>()).put(seqNum, answer);
        if (before != null && before != answer) {
            throw broken("session " + session + " hears that " + seqNum + " is " + answer + " after it was " + before);
        }
    }
}
