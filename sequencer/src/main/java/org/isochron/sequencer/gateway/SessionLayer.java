package org.isochron.sequencer.gateway;

import org.agrona.DirectBuffer;
import org.isochron.codecs.CodType;
import org.isochron.codecs.EstablishDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.SequenceDecoder;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TerminateDecoder;
import org.isochron.codecs.TerminateEncoder;
import org.isochron.codecs.shape.SessionMessage;

/**
 * How sessions that have been let in begin, stay alive and end: the templates below 100. Whatever the cause of an end, the core is told exactly
 * once, and before a session of the same id is opened again.
 */
final class SessionLayer {
    /** Keep-alive intervals of silence after which a client counts as gone. */
    static final int LAPSED_INTERVALS = 3;

    private static final long MS = 1_000_000L;
    private static final int NO_TEMPLATE = TerminateEncoder.refTemplateIdNullValue();

    private final GatewayConfig config;
    private final CycleClock clock;
    private final Credentials credentials;
    private final SessionTable table;
    private final CommandForwarder forwarder;
    private final ClientPublisher publisher;
    private final GatewayCounters counters;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EstablishDecoder establish = new EstablishDecoder();
    private final SequenceDecoder sequence = new SequenceDecoder();
    private long lastOpenArrivalNs;

    SessionLayer(
            final GatewayConfig config,
            final CycleClock clock,
            final Credentials credentials,
            final SessionTable table,
            final CommandForwarder forwarder,
            final ClientPublisher publisher,
            final GatewayCounters counters) {
        this.config = config;
        this.clock = clock;
        this.credentials = credentials;
        this.table = table;
        this.forwarder = forwarder;
        this.publisher = publisher;
        this.counters = counters;
    }

    /**
     * A sound session message on a connection that has a session.
     *
     * @return false when it cannot be handled now and must be offered again.
     */
    boolean onMessage(final Session session, final DirectBuffer buffer, final int offset, final int templateId) {
        switch (templateId) {
            case EstablishDecoder.TEMPLATE_ID:
                establish.wrapAndApplyHeader(buffer, offset, header);
                return onEstablish(session);
            case SequenceDecoder.TEMPLATE_ID:
                sequence.wrapAndApplyHeader(buffer, offset, header);
                onHeartbeat(session, sequence.nextSeqNo());
                return true;
            case TerminateDecoder.TEMPLATE_ID:
                end(session, TerminateCode.FINISHED, NO_TEMPLATE);
                return true;
            default:
                end(session, TerminateCode.MALFORMED, templateId);
                return true;
        }
    }

    private boolean onEstablish(final Session session) {
        if (session.state() != Session.State.NEGOTIATED) {
            end(session, TerminateCode.MALFORMED, EstablishDecoder.TEMPLATE_ID);
            return true;
        }
        final RejectCode refusal = establishRefusal(session);
        if (refusal != null) {
            refuse(session, refusal, credentials.lastSessionVerId(session.sessionId()));
            return true;
        }
        return makeRoom(session) && requestOpen(session);
    }

    private RejectCode establishRefusal(final Session session) {
        if (establish.sessionId() != (session.sessionId() & 0xFFFF_FFFFL)
                || establish.sessionVerId() != session.sessionVerId()
                || establish.keepAliveMs() < config.minKeepAliveMs()
                || establish.keepAliveMs() > config.maxKeepAliveMs()
                || establish.codWindowMs() > config.maxCodWindowMs()) {
            return RejectCode.BAD_VALUE;
        }
        return credentials.isStale(session.sessionId(), session.sessionVerId())
                ? RejectCode.STALE_SESSION_VER_ID
                : null;
    }

    /**
     * Ends the connection that a client comes back from under the same sessionVerId before the gateway has noticed its
     * loss. The core evicts lower ones by itself. False while the core has not been told of an end, or an earlier
     * SessionOpen is not answered: the order of the two must not turn round.
     */
    private boolean makeRoom(final Session session) {
        final Session before = table.open(session.sessionId());
        if (before != null && before.sessionVerId() == session.sessionVerId()) {
            end(before, TerminateCode.EVICTED, TerminateCode.DISCONNECTED, NO_TEMPLATE);
        }
        return table.opening(session.sessionId()) == null && !table.owesClose(session.sessionId());
    }

    private boolean requestOpen(final Session session) {
        final CodType asked = establish.codType();
        final CodType codType = asked == CodType.NULL_VAL ? CodType.CANCEL_ON_DISCONNECT_OR_TERMINATE : asked;
        // Unique, so that the core's answer can be told from the answer to an earlier request.
        final long arrivalNs = Math.max(clock.wallNs(), lastOpenArrivalNs + 1);
        if (!forwarder.sessionOpen(session, establish.codWindowMs(), codType, arrivalNs)) {
            return false;
        }
        lastOpenArrivalNs = arrivalNs;
        session.opening(establish.keepAliveMs(), establish.timestampNs(), arrivalNs, clock.monotonicNs());
        table.startsOpening(session);
        return true;
    }

    /** The session is not opened, by the gateway's or the core's decision. */
    void refuse(final Session session, final RejectCode code, final long lastSessionVerId) {
        counters.increment(GatewayCounter.ESTABLISHES_REFUSED);
        table.ends(session);
        publisher.establishReject(session, code, lastSessionVerId);
        session.ending(null, clock.monotonicNs());
    }

    private void onHeartbeat(final Session session, final long nextSeqNo) {
        if (nextSeqNo < 0 || nextSeqNo > SessionMessage.LAST_SEQ_NUM + 1) {
            end(session, TerminateCode.MALFORMED, SequenceDecoder.TEMPLATE_ID);
        } else if (session.isOpen() && nextSeqNo > session.nextIncoming()) {
            skip(session, nextSeqNo);
        }
    }

    /** Client messages up to {@code seqNum} never arrived: tells the client, and goes on behind them. */
    void skip(final Session session, final long seqNum) {
        final long missing = seqNum - session.nextIncoming();
        counters.add(GatewayCounter.GAPS, missing);
        publisher.notApplied(session, session.nextIncoming(), missing);
        session.nextIncoming(seqNum);
    }

    /** The gateway or the client ends a session. */
    void end(final Session session, final TerminateCode code, final int refTemplateId) {
        end(session, code, code, refTemplateId);
    }

    /** The core has ended the session: it need not be told. */
    void endedByCore(final Session session, final TerminateCode code) {
        table.ends(session);
        session.ending(null, clock.monotonicNs());
        publisher.terminate(session, code, NO_TEMPLATE);
    }

    /** The client's connection is gone. */
    void onLaneClosed(final int lane) {
        final Session session = table.onLane(lane);
        if (session == null) {
            return;
        }
        session.lost();
        if (session.state() != Session.State.ENDING) {
            end(session, TerminateCode.DISCONNECTED, NO_TEMPLATE);
        }
    }

    private void end(
            final Session session, final TerminateCode toClient, final TerminateCode toCore, final int refTemplateId) {
        final boolean isKnownToCore = session.isOpen() || session.state() == Session.State.OPENING;
        table.ends(session);
        session.ending(isKnownToCore ? toCore : null, clock.monotonicNs());
        publisher.terminate(session, toClient, refTemplateId);
        tellCore(session);
    }

    /** True when the core knows that the session has ended. */
    private boolean tellCore(final Session session) {
        final TerminateCode code = session.closeOwed();
        if (code == null) {
            return true;
        }
        if (!forwarder.sessionClosed(session, code, clock.wallNs())) {
            return false;
        }
        session.closeTold();
        counters.increment(GatewayCounter.SESSIONS_CLOSED);
        return true;
    }

    /** Sends heartbeats, ends who fell silent. */
    int onTimers() {
        int work = 0;
        for (int i = 0; i < table.capacity(); i++) {
            final Session session = table.at(i);
            switch (session.state()) {
                case NEGOTIATED:
                    work += onHandshakeTimer(session);
                    break;
                case OPENING:
                    work += endWhenDeaf(session);
                    break;
                case OPEN:
                    work += onKeepAliveTimer(session);
                    break;
                case ENDING:
                    table.wantAttention();
                    break;
                case FREE:
                default:
                    break;
            }
        }
        return work;
    }

    private int onHandshakeTimer(final Session session) {
        if (!hasHandshakeLapsed(session)) {
            return 0;
        }
        end(session, TerminateCode.NOT_NEGOTIATED, NO_TEMPLATE);
        return 1;
    }

    private int endWhenDeaf(final Session session) {
        if (!session.isDeaf()) {
            return 0;
        }
        session.lost();
        return 1;
    }

    private int onKeepAliveTimer(final Session session) {
        final long nowNs = clock.monotonicNs();
        final long keepAliveNs = session.keepAliveMs() * MS;
        if (nowNs - session.lastHeardNs() > LAPSED_INTERVALS * keepAliveNs) {
            counters.increment(GatewayCounter.KEEP_ALIVES_LAPSED);
            end(session, TerminateCode.KEEP_ALIVE_LAPSED, NO_TEMPLATE);
            return 1;
        }
        // Half an interval, so that what is sent at least once an interval also arrives that often.
        if (nowNs - session.lastSentNs() >= keepAliveNs / 2) {
            publisher.heartbeat(session);
            return 1;
        }
        return endWhenDeaf(session);
    }

    private boolean hasHandshakeLapsed(final Session session) {
        return clock.monotonicNs() - session.stateSinceNs() > config.handshakeMs() * MS;
    }

    /** Sends what waits, ends whom that has shown to be gone or slow, frees who is done. */
    int flush() {
        if (!table.takeAttention()) {
            return 0;
        }
        int work = 0;
        for (int i = 0; i < table.capacity(); i++) {
            final Session session = table.at(i);
            switch (session.state()) {
                case FREE:
                    break;
                case ENDING:
                    work += conclude(session);
                    break;
                case NEGOTIATED:
                case OPENING:
                case OPEN:
                default:
                    work += serve(session);
                    break;
            }
        }
        return work;
    }

    private int serve(final Session session) {
        if (!session.flush()) {
            table.wantAttention();
        }
        final TerminateCode failure = session.failure();
        if (failure == null) {
            return 0;
        }
        if (failure == TerminateCode.SLOW_CONSUMER) {
            counters.increment(GatewayCounter.SLOW_CONSUMERS);
        }
        end(session, failure, NO_TEMPLATE);
        return 1;
    }

    private int conclude(final Session session) {
        final boolean isCoreTold = tellCore(session);
        final boolean isClientDone =
                session.failure() == TerminateCode.DISCONNECTED || session.flush() || hasHandshakeLapsed(session);
        if (!isCoreTold || !isClientDone) {
            table.wantAttention();
            return 0;
        }
        table.disconnected(session);
        session.free();
        return 1;
    }

    /** The gateway stops: says goodbye to whoever is there. */
    void close() {
        for (int i = 0; i < table.capacity(); i++) {
            final Session session = table.at(i);
            if (session.state() != Session.State.FREE) {
                if (session.state() != Session.State.ENDING) {
                    publisher.terminate(session, TerminateCode.VENUE_STOPPING, NO_TEMPLATE);
                }
                session.flush();
                session.free();
            }
        }
    }
}
