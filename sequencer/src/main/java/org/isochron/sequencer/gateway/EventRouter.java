package org.isochron.sequencer.gateway;

import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.SessionEndedDecoder;
import org.isochron.codecs.SessionOpenedDecoder;
import org.isochron.codecs.SessionRefusedDecoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.sequence.SequencerStatus;

/**
 * Takes the private events in order, each once, to whom they concern: the session addressed, when it is open here, and
 * the drop copies of its firm. The core's answers to SessionOpen become EstablishAck and EstablishReject.
 */
final class EventRouter {
    private final int gatewayId;
    private final SequencerStatus sequencer;
    private final CycleClock clock;
    private final Credentials credentials;
    private final SessionTable table;
    private final SessionLayer sessions;
    private final ClientPublisher publisher;
    private final GatewayCounters counters;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final SessionRefusedDecoder refused = new SessionRefusedDecoder();
    private final SessionEndedDecoder ended = new SessionEndedDecoder();
    private long lastMatchSeq;

    EventRouter(
            final int gatewayId,
            final SequencerStatus sequencer,
            final CycleClock clock,
            final Credentials credentials,
            final SessionTable table,
            final SessionLayer sessions,
            final ClientPublisher publisher,
            final GatewayCounters counters) {
        this.gatewayId = gatewayId;
        this.sequencer = sequencer;
        this.clock = clock;
        this.credentials = credentials;
        this.table = table;
        this.sessions = sessions;
        this.publisher = publisher;
        this.counters = counters;
    }

    /** Command of the last event, 0 before the first. */
    long lastMatchSeq() {
        return lastMatchSeq;
    }

    void onEvent(final DirectBuffer buffer, final int offset, final int length) {
        stamp.wrap(buffer, offset + MessageShape.HEADER_LENGTH);
        lastMatchSeq = stamp.matchSeq();
        switch (MessageShape.templateId(buffer, offset)) {
            case SessionOpenedDecoder.TEMPLATE_ID:
                onSessionOpened(buffer, offset, length);
                break;
            case SessionRefusedDecoder.TEMPLATE_ID:
                onSessionRefused(buffer, offset);
                break;
            case SessionEndedDecoder.TEMPLATE_ID:
                onSessionEnded(buffer, offset, length);
                break;
            default:
                deliver(buffer, offset, length);
                break;
        }
        copyToFirm(buffer, offset, length);
    }

    private void onSessionOpened(final DirectBuffer buffer, final int offset, final int length) {
        opened.wrapAndApplyHeader(buffer, offset, header);
        if (opened.gatewayId() != gatewayId) {
            return;
        }
        final int sessionId = (int) stamp.sessionId();
        if (opened.status() == SessionStatus.UPDATED) {
            final Session session = table.open(sessionId);
            if (session != null) {
                session.update(opened);
                deliver(buffer, offset, length);
            }
            return;
        }
        credentials.confirmed(sessionId, opened.sessionVerId());
        final Session session = table.opening(sessionId);
        if (session == null || session.openArrivalNs() != stamp.gwRxTimeNs()) {
            // The client left before the answer came: its SessionClosed follows in the log.
            return;
        }
        final Session before = table.open(sessionId);
        if (before != null) {
            sessions.endedByCore(before, TerminateCode.EVICTED);
        }
        session.open(opened, clock.monotonicNs());
        table.opened(session);
        counters.increment(GatewayCounter.SESSIONS_OPENED);
        publisher.establishAck(session, opened, stamp.matchSeq(), sequencer.epoch());
    }

    private void onSessionRefused(final DirectBuffer buffer, final int offset) {
        refused.wrapAndApplyHeader(buffer, offset, header);
        final Session session = table.opening((int) stamp.sessionId());
        if (refused.gatewayId() != gatewayId || session == null || session.openArrivalNs() != stamp.gwRxTimeNs()) {
            return;
        }
        credentials.confirmed(session.sessionId(), refused.lastSessionVerId());
        sessions.refuse(session, refused.code(), refused.lastSessionVerId());
    }

    private void onSessionEnded(final DirectBuffer buffer, final int offset, final int length) {
        ended.wrapAndApplyHeader(buffer, offset, header);
        final Session session = table.open((int) stamp.sessionId());
        if (ended.gatewayId() != gatewayId || session == null || session.sessionVerId() != ended.sessionVerId()) {
            return;
        }
        deliver(buffer, offset, length);
        sessions.endedByCore(session, ended.code());
    }

    private void deliver(final DirectBuffer buffer, final int offset, final int length) {
        final Session session = table.open((int) stamp.sessionId());
        if (session == null) {
            return;
        }
        final long sessionSeq = stamp.sessionSeq();
        if (sessionSeq != 0) {
            session.nextOutgoing(sessionSeq + 1);
        }
        publisher.event(session, buffer, offset, length, false);
    }

    private void copyToFirm(final DirectBuffer buffer, final int offset, final int length) {
        if (stamp.dropCopySeq() == 0) {
            return;
        }
        final int firmId = (int) stamp.firmId();
        for (int i = 0; i < table.dropCopyCount(); i++) {
            final Session session = table.dropCopy(i);
            if (session.firmId() == firmId) {
                session.nextOutgoing(stamp.dropCopySeq() + 1);
                publisher.event(session, buffer, offset, length, true);
            }
        }
    }
}
