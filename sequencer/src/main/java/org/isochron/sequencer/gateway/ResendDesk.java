package org.isochron.sequencer.gateway;

import java.util.ArrayList;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.isochron.codecs.EventReplayRequestDecoder;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.ResendFlow;
import org.isochron.codecs.ResendResult;
import org.isochron.codecs.RetransmitRejectCode;
import org.isochron.codecs.RetransmitRequestDecoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.event.EventQuery;
import org.isochron.sequencer.event.EventSearch;

/**
 * Sends clients old events again, out of the matchers' event journals. A request is served in parts: the next is asked for
 * when everything before has left for the client, so that a slow one costs nothing but its own time; matchers are asked in
 * turn until one has it. An event is sent on only when it is the very next one and addressed to whom it should be.
 */
final class ResendDesk implements MatcherQueries.Answers {
    /** Most events of one request. */
    static final int MAX_COUNT = 1_000;
    /** How long a matcher has to answer before the next one is asked. */
    static final long QUERY_TIMEOUT_NS = 300_000_000;
    /** How long all of them have. */
    static final long TIMEOUT_NS = 3_000_000_000L;

    /** A journal is a little behind what its matcher publishes. */
    private static final long ASK_AGAIN_NS = 2_000_000;

    private static final int WINDOW = EventSearch.MAX_EVENTS;
    /** Parts of one replay, found or not: each may have looked through many megabytes. */
    private static final int MAX_WINDOWS = 32;

    private static final int MAX_QUERIES = 8;
    private static final int ANSWERS_PER_CYCLE = 32;
    private static final int MIN_EVENT_LENGTH = MessageShape.HEADER_LENGTH + EventStampDecoder.ENCODED_LENGTH;

    private final CycleClock clock;
    private final ClientPublisher publisher;
    private final GatewayCounters counters;
    private final MatcherQueries matchers;
    private final ArrayList<Session> active = new ArrayList<>();
    private final Long2ObjectHashMap<Session> byQuery = new Long2ObjectHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RetransmitRequestDecoder retransmit = new RetransmitRequestDecoder();
    private final EventReplayRequestDecoder replay = new EventReplayRequestDecoder();
    private final EventStampDecoder stamp = new EventStampDecoder();
    private long lastQueryId;
    private long lastMatchSeq;

    ResendDesk(
            final CycleClock clock,
            final ClientPublisher publisher,
            final GatewayCounters counters,
            final Transport transport,
            final ResendChannels channels) {
        this.clock = clock;
        this.publisher = publisher;
        this.counters = counters;
        matchers = new MatcherQueries(transport, channels, this);
        // Answers to a gateway that was here before must not be taken for answers to this one.
        lastQueryId = clock.wallNs();
    }

    static boolean handles(final int templateId) {
        return templateId == RetransmitRequestDecoder.TEMPLATE_ID
                || templateId == EventReplayRequestDecoder.TEMPLATE_ID;
    }

    /** A sound request of an open session. */
    void onRequest(final Session session, final DirectBuffer buffer, final int offset, final int templateId) {
        final RetransmitRejectCode refusal;
        if (templateId == RetransmitRequestDecoder.TEMPLATE_ID) {
            retransmit.wrapAndApplyHeader(buffer, offset, header);
            refusal = refusalOf(session, retransmit.count(), retransmitRefusal(session));
            if (refusal == null) {
                beginRetransmission(session);
                return;
            }
            reject(session, templateId, retransmit.timestampNs(), retransmit.fromSeqNo(), refusal);
        } else {
            replay.wrapAndApplyHeader(buffer, offset, header);
            refusal = refusalOf(session, replay.count(), replayRefusal(session));
            if (refusal == null) {
                beginReplay(session);
                return;
            }
            reject(session, templateId, replay.timestampNs(), 0, refusal);
        }
    }

    /**
     * One duty cycle.
     *
     * @param routedMatchSeq command of the last event that matchers have published: what they hold back for the sake of
     *                       durability must not leave by this way.
     */
    int doWork(final long routedMatchSeq) {
        lastMatchSeq = routedMatchSeq;
        int work = matchers.poll(ANSWERS_PER_CYCLE);
        // In the order of asking: who asked first is served first when there are more than are served at once.
        int next = 0;
        while (next < active.size()) {
            final Session session = active.get(next);
            if (!session.isOpen() || !session.resend().isActive()) {
                forget(session.resend());
                active.remove(next);
            } else {
                work += advance(session, session.resend());
                next++;
            }
        }
        return work;
    }

    void close() {
        matchers.close();
    }

    private RetransmitRejectCode refusalOf(
            final Session session, final long count, final RetransmitRejectCode ofItsOwn) {
        if (matchers.matcherCount() == 0) {
            return RetransmitRejectCode.NOT_OFFERED;
        }
        if (session.resend().isActive()) {
            return RetransmitRejectCode.IN_FLIGHT;
        }
        if (!session.resend().takeToken(clock.monotonicNs())) {
            return RetransmitRejectCode.THROTTLED;
        }
        if (count < 1 || count > MAX_COUNT) {
            return RetransmitRejectCode.BAD_COUNT;
        }
        return ofItsOwn;
    }

    private RetransmitRejectCode retransmitRefusal(final Session session) {
        final long from = retransmit.fromSeqNo();
        return from < 1 || from > session.nextOutgoing() - retransmit.count()
                ? RetransmitRejectCode.OUT_OF_RANGE
                : null;
    }

    private RetransmitRejectCode replayRefusal(final Session session) {
        if (replay.fromMatchSeq() < 0 || replay.fromMatchSeq() > EventSearch.MAX_MATCH_SEQ) {
            return RetransmitRejectCode.OUT_OF_RANGE;
        }
        final long accountId = replay.accountId();
        if (accountId == EventReplayRequestDecoder.accountIdNullValue() || session.role() == Role.DROP_COPY) {
            return null;
        }
        return session.role() == Role.MAKER && session.mayTrade(accountId) ? null : RetransmitRejectCode.NOT_ENTITLED;
    }

    private void beginRetransmission(final Session session) {
        final boolean isOfFirm = session.role() == Role.DROP_COPY;
        begin(
                session,
                RetransmitRequestDecoder.TEMPLATE_ID,
                retransmit.timestampNs(),
                isOfFirm ? ResendFlow.FIRM : ResendFlow.SESSION,
                EventQuery.ANY_ACCOUNT,
                retransmit.fromSeqNo(),
                (int) retransmit.count());
    }

    private void beginReplay(final Session session) {
        final boolean isOfFirm = session.role() == Role.DROP_COPY
                || replay.accountId() != EventReplayRequestDecoder.accountIdNullValue();
        begin(
                session,
                EventReplayRequestDecoder.TEMPLATE_ID,
                replay.timestampNs(),
                isOfFirm ? ResendFlow.FIRM_HISTORY : ResendFlow.SESSION_HISTORY,
                replay.accountId(),
                EventSearch.eventId(replay.fromMatchSeq(), replay.fromSubSeq()),
                replay.count());
    }

    private void begin(
            final Session session,
            final int templateId,
            final long timestampNs,
            final ResendFlow flow,
            final long accountId,
            final long from,
            final int count) {
        final boolean isOfFirm = flow == ResendFlow.FIRM || flow == ResendFlow.FIRM_HISTORY;
        counters.increment(GatewayCounter.RESENDS);
        session.resend()
                .begin(
                        templateId,
                        timestampNs,
                        flow,
                        isOfFirm ? session.firmId() : session.sessionId(),
                        session.sessionVerId(),
                        accountId,
                        from,
                        lastMatchSeq,
                        count,
                        clock.monotonicNs());
        if (!active.contains(session)) {
            active.add(session);
        }
    }

    private int advance(final Session session, final Resend resend) {
        final long nowNs = clock.monotonicNs();
        if (nowNs - resend.windowSinceNs() > TIMEOUT_NS) {
            giveUp(session, resend, RetransmitRejectCode.UNAVAILABLE);
            return 1;
        }
        if (resend.queryId() != Resend.NO_QUERY) {
            if (nowNs - resend.askedNs() > QUERY_TIMEOUT_NS) {
                passOn(session, resend, ResendResult.BUSY, nowNs);
            }
            return 0;
        }
        if (session.hasBacklog()) {
            // The client is slow, which is no matcher's fault.
            resend.waitsForClient(nowNs);
            return 0;
        }
        return nowNs - resend.askAtNs() < 0 || byQuery.size() >= MAX_QUERIES ? 0 : ask(session, resend, nowNs);
    }

    private int ask(final Session session, final Resend resend, final long nowNs) {
        final long queryId = lastQueryId + 1;
        if (!matchers.ask(resend, queryId, Math.min(WINDOW, resend.left()))) {
            passOn(session, resend, ResendResult.BUSY, nowNs + ASK_AGAIN_NS);
            return 0;
        }
        lastQueryId = queryId;
        resend.asked(queryId, nowNs);
        byQuery.put(queryId, session);
        return 1;
    }

    @Override
    public void onEvent(
            final long queryId, final int number, final DirectBuffer buffer, final int offset, final int length) {
        final Session session = byQuery.get(queryId);
        if (session == null || !session.isOpen() || length < MIN_EVENT_LENGTH) {
            return;
        }
        final Resend resend = session.resend();
        stamp.wrap(buffer, offset + MessageShape.HEADER_LENGTH);
        if (resend.queryId() != queryId || number != resend.received() || resend.left() == 0 || !isNext(resend)) {
            return;
        }
        announce(session, resend);
        publisher.resentEvent(session, buffer, offset, length, resend.isOfFirm() && session.role() == Role.DROP_COPY);
        counters.increment(GatewayCounter.RESENT_EVENTS);
        resend.sentOne(numberOf(resend) + 1);
    }

    /** Whether the event in hand is addressed to whom it should be, and in order. */
    private boolean isNext(final Resend resend) {
        final long addressee = resend.isOfFirm() ? stamp.firmId() : stamp.sessionId();
        final long number = numberOf(resend);
        return (int) addressee == resend.addresseeId()
                && (resend.isHistory() ? number >= resend.next() : number == resend.next());
    }

    private long numberOf(final Resend resend) {
        return switch (resend.flow()) {
            case SESSION -> stamp.sessionSeq();
            case FIRM -> stamp.dropCopySeq();
            case SESSION_HISTORY, FIRM_HISTORY, NULL_VAL -> EventSearch.eventId(stamp.matchSeq(), stamp.subSeq());
        };
    }

    @Override
    public void onAnswer(final long queryId, final int count, final long next, final ResendResult result) {
        final Session session = byQuery.remove(queryId);
        if (session == null || !session.isOpen() || session.resend().queryId() != queryId) {
            return;
        }
        final Resend resend = session.resend();
        final long nowNs = clock.monotonicNs();
        if (result != ResendResult.FOUND && result != ResendResult.END || count != resend.received()) {
            passOn(session, resend, result, nowNs + ASK_AGAIN_NS);
        } else if (resend.isHistory()) {
            onHistory(session, resend, next, result == ResendResult.END, nowNs);
        } else if (resend.left() == 0) {
            finish(resend);
        } else if (count > 0) {
            resend.nextWindow(nowNs);
        } else {
            passOn(session, resend, ResendResult.BEYOND_END, nowNs + ASK_AGAIN_NS);
        }
    }

    private void onHistory(
            final Session session, final Resend resend, final long next, final boolean isEnd, final long nowNs) {
        announce(session, resend);
        if (Long.compareUnsigned(next, resend.next()) > 0) {
            resend.next(next);
        }
        if (isEnd || resend.left() == 0 || resend.windows() >= MAX_WINDOWS) {
            publisher.replayEnd(session, resend, isEnd);
            finish(resend);
        } else {
            resend.nextWindow(nowNs);
        }
    }

    private void announce(final Session session, final Resend resend) {
        if (!resend.hasBegun()) {
            resend.begun();
            if (resend.isHistory()) {
                publisher.replayBegin(session, resend);
            } else {
                publisher.retransmission(session, resend);
            }
        }
    }

    private void passOn(final Session session, final Resend resend, final ResendResult result, final long askAgainNs) {
        if (resend.left() == 0) {
            // Everything wanted has been sent on, and only the end of the answer was lost.
            if (resend.isHistory()) {
                publisher.replayEnd(session, resend, false);
            }
            finish(resend);
            return;
        }
        byQuery.remove(resend.queryId());
        resend.passOn(matchers.matcherCount(), result, askAgainNs);
        if (resend.hopelessCount() >= matchers.matcherCount()) {
            giveUp(
                    session,
                    resend,
                    resend.isDamaged() ? RetransmitRejectCode.UNAVAILABLE : RetransmitRejectCode.TOO_OLD);
        }
    }

    private void giveUp(final Session session, final Resend resend, final RetransmitRejectCode code) {
        reject(session, resend.templateId(), resend.requestTimestampNs(), resend.isHistory() ? 0 : resend.next(), code);
        finish(resend);
    }

    private void finish(final Resend resend) {
        forget(resend);
        resend.end();
    }

    private void forget(final Resend resend) {
        byQuery.remove(resend.queryId());
    }

    private void reject(
            final Session session,
            final int templateId,
            final long timestampNs,
            final long fromSeqNo,
            final RetransmitRejectCode code) {
        counters.increment(GatewayCounter.RESENDS_REFUSED);
        publisher.retransmitReject(session, templateId, timestampNs, fromSeqNo, code);
    }
}
