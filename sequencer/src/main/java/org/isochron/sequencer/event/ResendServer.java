package org.isochron.sequencer.event;

import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.ResendAnswerEncoder;
import org.isochron.codecs.ResendFlow;
import org.isochron.codecs.ResendQueryDecoder;
import org.isochron.codecs.ResendResult;
import org.isochron.codecs.ResentEventEncoder;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;

/**
 * Answers gateways' queries out of a matcher's event journal, one after the other, on the thread that records events and
 * never on the core's: it is a client of the node's media driver beside the core's, so that neither waits for the other. What
 * waits is bounded, and what is read in one duty cycle too.
 */
public final class ResendServer implements Agent {
    /** Queries that wait; to more the answer is BUSY. */
    static final int MAX_WAITING = 64;

    private static final int QUERIES_PER_CYCLE = 8;
    private static final int BLOCKS_PER_CYCLE = 8;
    private static final int QUERY_LENGTH = MessageShape.HEADER_LENGTH + ResendQueryDecoder.BLOCK_LENGTH;
    private static final int EVENT_HEADER = MessageShape.HEADER_LENGTH + ResentEventEncoder.BLOCK_LENGTH;

    private record Waiting(long queryId, EventQuery query) {}

    private final String name;
    private final Supplier<Transport> transports;
    private final Channel queryChannel;
    private final Channel answerChannel;
    private final EventSearch search;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(MAX_WAITING);
    private final MessageHandler handler = this::onQuery;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Outbound.MAX_MESSAGE_LENGTH]);
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ResendQueryDecoder query = new ResendQueryDecoder();
    private final ResentEventEncoder resent = new ResentEventEncoder();
    private final ResendAnswerEncoder answer = new ResendAnswerEncoder();

    private Transport transport;
    private Inbound queries;
    private Outbound answers;
    private Waiting current;
    private int sent;
    private volatile long answered;
    private volatile long refused;

    /**
     * @param transports opens the server's own transport, on the server's thread; closed with the server.
     * @param queries    where it is asked.
     * @param answers    where the gateway listens.
     */
    public ResendServer(
            final String name,
            final EventJournal journal,
            final Supplier<Transport> transports,
            final Channel queries,
            final Channel answers) {
        this.name = name;
        this.transports = transports;
        queryChannel = queries;
        answerChannel = answers;
        search = new EventSearch(journal);
    }

    @Override
    public String roleName() {
        return name;
    }

    @Override
    public int doWork() {
        if (transport == null) {
            open();
        }
        int work = transport.doWork();
        work += queries.poll(handler, QUERIES_PER_CYCLE);
        if (current == null && !waiting.isEmpty()) {
            current = waiting.poll();
            sent = 0;
            search.begin(current.query());
        }
        return current == null ? work : work + serve() + 1;
    }

    /** Queries answered. Any thread. */
    public long answered() {
        return answered;
    }

    /** Queries to which the answer was BUSY. Any thread. */
    public long refused() {
        return refused;
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(queries, answers, transport);
    }

    private void open() {
        transport = transports.get();
        queries = transport.subscribe(queryChannel, LaneListener.NONE);
        answers = transport.publish(answerChannel);
    }

    private int serve() {
        final int read = search.work(BLOCKS_PER_CYCLE);
        if (search.state() == EventSearch.State.SEARCHING) {
            return read;
        }
        while (sent < search.count()) {
            final long result = offerEvent(sent);
            if (result == Outbound.BACK_PRESSURED) {
                return read;
            }
            if (result < 0) {
                // The gateway is gone, and its question with it.
                current = null;
                return read;
            }
            sent++;
        }
        if (offerAnswer(current.queryId(), search.next(), sent, resultOf(search.state())) != Outbound.BACK_PRESSURED) {
            current = null;
            answered++;
        }
        return read;
    }

    private long offerEvent(final int event) {
        resent.wrapAndApplyHeader(buffer, 0, header)
                .queryId(current.queryId())
                .number(event)
                .reserved32(0);
        buffer.putBytes(EVENT_HEADER, search.buffer(), search.offset(event), search.length(event));
        return answers.offer(buffer, 0, EVENT_HEADER + search.length(event));
    }

    private long offerAnswer(final long queryId, final long next, final int count, final ResendResult result) {
        answer.wrapAndApplyHeader(buffer, 0, header)
                .queryId(queryId)
                .next(next)
                .count(count)
                .result(result)
                .reserved8((short) 0)
                .reserved16(0);
        return answers.offer(buffer, 0, MessageShape.HEADER_LENGTH + ResendAnswerEncoder.BLOCK_LENGTH);
    }

    private boolean onQuery(final int lane, final DirectBuffer message, final int offset, final int length) {
        if (length != QUERY_LENGTH
                || MessageShape.check(message, offset, length) != MessageShape.SOUND
                || MessageShape.templateId(message, offset) != ResendQueryDecoder.TEMPLATE_ID) {
            return true;
        }
        query.wrapAndApplyHeader(message, offset, headerDecoder);
        final ResendFlow flow = query.flow();
        if (flow == ResendFlow.NULL_VAL || query.count() < 1) {
            return true;
        }
        if (waiting.size() == MAX_WAITING) {
            refused++;
            offerAnswer(query.queryId(), query.from(), 0, ResendResult.BUSY);
            return true;
        }
        waiting.add(new Waiting(
                query.queryId(),
                new EventQuery(
                        flowOf(flow),
                        (int) query.addresseeId(),
                        query.sessionVerId(),
                        query.accountId(),
                        query.from(),
                        query.toMatchSeq(),
                        query.count())));
        return true;
    }

    private static EventQuery.Flow flowOf(final ResendFlow flow) {
        return switch (flow) {
            case FIRM -> EventQuery.Flow.FIRM;
            case SESSION_HISTORY -> EventQuery.Flow.SESSION_HISTORY;
            case FIRM_HISTORY -> EventQuery.Flow.FIRM_HISTORY;
            case SESSION, NULL_VAL -> EventQuery.Flow.SESSION;
        };
    }

    private static ResendResult resultOf(final EventSearch.State state) {
        return switch (state) {
            case FOUND -> ResendResult.FOUND;
            case END -> ResendResult.END;
            case TOO_OLD -> ResendResult.TOO_OLD;
            case BEYOND_END -> ResendResult.BEYOND_END;
            case DAMAGED, SEARCHING -> ResendResult.DAMAGED;
        };
    }
}
