package org.isochron.sequencer.gateway;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.ResendAnswerDecoder;
import org.isochron.codecs.ResendQueryEncoder;
import org.isochron.codecs.ResendResult;
import org.isochron.codecs.ResentEventDecoder;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;

/** Questions to the matchers' event journals, and their answers. */
final class MatcherQueries {
    /** Told of what matchers answer. */
    interface Answers {
        /** One event: an SBE message that begins with an EventStamp. */
        void onEvent(long queryId, int number, DirectBuffer buffer, int offset, int length);

        void onAnswer(long queryId, int count, long next, ResendResult result);
    }

    private static final int EVENT_HEADER = MessageShape.HEADER_LENGTH + ResentEventDecoder.BLOCK_LENGTH;
    private static final int ANSWER_LENGTH = MessageShape.HEADER_LENGTH + ResendAnswerDecoder.BLOCK_LENGTH;

    private final Answers listener;
    private final Outbound[] matchers;
    private final Inbound answers;
    private final MessageHandler handler = this::onMessage;
    private final UnsafeBuffer buffer =
            new UnsafeBuffer(new byte[MessageShape.HEADER_LENGTH + ResendQueryEncoder.BLOCK_LENGTH]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ResendQueryEncoder query = new ResendQueryEncoder();
    private final ResentEventDecoder resent = new ResentEventDecoder();
    private final ResendAnswerDecoder answer = new ResendAnswerDecoder();

    /** Opens the channels. */
    MatcherQueries(final Transport transport, final ResendChannels channels, final Answers listener) {
        this.listener = listener;
        matchers = new Outbound[channels.queries().size()];
        for (int i = 0; i < matchers.length; i++) {
            final Channel channel = channels.queries().get(i);
            matchers[i] = transport.publish(channel);
        }
        answers = matchers.length == 0 ? null : transport.subscribe(channels.answers(), LaneListener.NONE);
    }

    int matcherCount() {
        return matchers.length;
    }

    int poll(final int limit) {
        return answers == null ? 0 : answers.poll(handler, limit);
    }

    /** Asks one; false when he cannot be asked now. */
    boolean ask(final Resend resend, final long queryId, final int count) {
        query.wrapAndApplyHeader(buffer, 0, headerEncoder)
                .queryId(queryId)
                .sessionVerId(resend.sessionVerId())
                .from(resend.next())
                .toMatchSeq(resend.toMatchSeq())
                .addresseeId(resend.addresseeId() & 0xFFFF_FFFFL)
                .accountId(resend.accountId())
                .count(count)
                .flow(resend.flow())
                .reserved8((short) 0)
                .reserved32(0);
        return matchers[resend.matcher()].offer(buffer, 0, buffer.capacity()) > 0;
    }

    void close() {
        for (final Outbound matcher : matchers) {
            matcher.close();
        }
        if (answers != null) {
            answers.close();
        }
    }

    private boolean onMessage(final int lane, final DirectBuffer message, final int offset, final int length) {
        if (length < EVENT_HEADER) {
            return true;
        }
        header.wrap(message, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return true;
        }
        if (header.templateId() == ResentEventDecoder.TEMPLATE_ID) {
            resent.wrapAndApplyHeader(message, offset, header);
            listener.onEvent(
                    resent.queryId(), (int) resent.number(), message, offset + EVENT_HEADER, length - EVENT_HEADER);
        } else if (header.templateId() == ResendAnswerDecoder.TEMPLATE_ID && length == ANSWER_LENGTH) {
            answer.wrapAndApplyHeader(message, offset, header);
            listener.onAnswer(answer.queryId(), (int) answer.count(), answer.next(), answer.result());
        }
        return true;
    }
}
