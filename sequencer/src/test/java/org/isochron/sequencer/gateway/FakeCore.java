package org.isochron.sequencer.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.EventStampEncoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrderAckEncoder;
import org.isochron.codecs.OrderState;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionEndedEncoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SessionOpenedEncoder;
import org.isochron.codecs.SessionRefusedEncoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Outlet;

/**
 * Stands for both matchers: follows the log, opens sessions, acknowledges orders, on two private lanes that a test may
 * hold back or tamper with.
 */
final class FakeCore {
    /** One frame of the log, heartbeats left out. */
    record Seen(int type, int source, int gatewayId, int templateId, long arrivalNs, byte[] payload) {}

    static final class Definition {
        Role role = Role.MAKER;
        int firmId = 10;
        long rate = 1_000_000;
        long burst = 100_000;
        int[] accounts = {1, 2};
        long sessionVerId;
        long lastIncoming;
        long nextOutgoing = 1;
        boolean isOpen;
    }

    final List<Seen> seen = new ArrayList<>();
    final Map<Integer, Definition> sessions = new HashMap<>();
    final Set<Integer> silent = new HashSet<>();
    final Outbound laneA;
    Outbound laneB;
    final ArrayDeque<byte[]> heldOnB = new ArrayDeque<>();
    boolean holdsB;
    /** Publishes nothing: what is emitted reaches the event journals only. */
    boolean isMute;
    /** Where events are recorded; every command is given to all of them. */
    final List<Outlet> recorders = new ArrayList<>();

    int privateSeq;
    int gatewayId = 3;

    private final Inbound log;
    private final Frame frame = new Frame();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final Map<Integer, Integer> dropCopySeqs = new HashMap<>();
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[512]);
    private final EventBatch batch = new EventBatch();
    private long sequence;

    FakeCore(final Transport transport) {
        log = transport.subscribe(TestVenue.LOG, LaneListener.NONE);
        laneA = transport.publish(TestVenue.PRIVATE);
        laneB = transport.publish(TestVenue.PRIVATE);
    }

    Definition define(final int sessionId) {
        return sessions.computeIfAbsent(sessionId, id -> new Definition());
    }

    void poll() {
        log.poll(this::onFrame, 100);
    }

    /** Takes what the log brings and forgets it. */
    void drain() {
        log.poll((lane, buffer, offset, length) -> true, 100);
    }

    void close() {
        log.close();
        laneA.close();
        laneB.close();
    }

    List<Seen> commandsOf(final int templateId) {
        return seen.stream()
                .filter(command -> command.templateId() == templateId)
                .toList();
    }

    private boolean onFrame(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        frame.wrap(buffer, offset);
        if (frame.frameType() == FrameType.HEARTBEAT) {
            return true;
        }
        sequence = frame.sequence();
        batch.begin(frame);
        final int payload = frame.payloadOffset();
        final byte[] bytes = new byte[frame.payloadLength()];
        buffer.getBytes(payload, bytes);
        final int templateId = header.wrap(buffer, payload).templateId();
        seen.add(new Seen(frame.frameType(), frame.source(), frame.gatewayId(), templateId, frame.arrivalNs(), bytes));
        switch (templateId) {
            case SessionOpenDecoder.TEMPLATE_ID:
                onSessionOpen(new SessionOpenDecoder().wrapAndApplyHeader(buffer, payload, header));
                break;
            case SessionClosedDecoder.TEMPLATE_ID:
                onSessionClosed(new SessionClosedDecoder().wrapAndApplyHeader(buffer, payload, header));
                break;
            case NewOrderDecoder.TEMPLATE_ID:
                onNewOrder(new NewOrderDecoder().wrapAndApplyHeader(buffer, payload, header));
                break;
            default:
                break;
        }
        recorders.forEach(recorder -> assertTrue(recorder.onEvents(frame, batch)));
        return true;
    }

    private void onSessionOpen(final SessionOpenDecoder open) {
        final int sessionId = (int) open.sessionId();
        final Definition session = sessions.get(sessionId);
        if (silent.contains(sessionId)) {
            return;
        }
        if (session == null) {
            refuse(sessionId, RejectCode.UNKNOWN_SESSION, 0);
            return;
        }
        if (open.sessionVerId() < session.sessionVerId) {
            refuse(sessionId, RejectCode.STALE_SESSION_VER_ID, session.sessionVerId);
            return;
        }
        if (session.isOpen && open.sessionVerId() > session.sessionVerId) {
            ended(sessionId, TerminateCode.EVICTED);
        }
        if (open.sessionVerId() > session.sessionVerId) {
            session.lastIncoming = 0;
            session.nextOutgoing = 1;
        }
        session.sessionVerId = open.sessionVerId();
        session.isOpen = true;
        opened(sessionId, SessionStatus.OPENED);
    }

    private void onSessionClosed(final SessionClosedDecoder closed) {
        final Definition session = sessions.get((int) closed.sessionId());
        if (session != null && session.isOpen && session.sessionVerId == closed.sessionVerId()) {
            ended((int) closed.sessionId(), closed.code());
        }
    }

    void opened(final int sessionId, final SessionStatus status) {
        final Definition session = sessions.get(sessionId);
        final SessionOpenedEncoder encoder = new SessionOpenedEncoder().wrapAndApplyHeader(event, 0, headerEncoder);
        stamp(encoder.stamp(), sessionId, 0, 0, 0);
        encoder.sessionVerId(session.sessionVerId)
                .sourceMask(0)
                .lastIncomingSeqNo(session.lastIncoming)
                .nextSeqNo(
                        session.role == Role.DROP_COPY
                                ? 1 + dropCopySeqs.getOrDefault(session.firmId, 0)
                                : session.nextOutgoing)
                .firmId(session.firmId)
                .messagesPerSecond(session.rate)
                .burst(session.burst)
                .gatewayId(gatewayId)
                .role(session.role)
                .status(status)
                .wholeFirm((short) 0)
                .reserved8((short) 0);
        final SessionOpenedEncoder.AccountsEncoder accounts = encoder.accountsCount(session.accounts.length);
        for (final int account : session.accounts) {
            accounts.next().accountId(account);
        }
        emit(event, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private void refuse(final int sessionId, final RejectCode code, final long lastSessionVerId) {
        final SessionRefusedEncoder encoder = new SessionRefusedEncoder().wrapAndApplyHeader(event, 0, headerEncoder);
        stamp(encoder.stamp(), sessionId, 0, 0, 0);
        encoder.lastSessionVerId(lastSessionVerId).code(code).reserved16(0).gatewayId(gatewayId);
        emit(event, MessageHeaderEncoder.ENCODED_LENGTH + SessionRefusedEncoder.BLOCK_LENGTH);
    }

    void ended(final int sessionId, final TerminateCode code) {
        final Definition session = sessions.get(sessionId);
        session.isOpen = false;
        final SessionEndedEncoder encoder = new SessionEndedEncoder().wrapAndApplyHeader(event, 0, headerEncoder);
        stamp(encoder.stamp(), sessionId, 0, 0, 0);
        encoder.sessionVerId(session.sessionVerId)
                .gatewayId(gatewayId)
                .code(code)
                .reserved8((short) 0)
                .reserved16(0);
        emit(event, MessageHeaderEncoder.ENCODED_LENGTH + SessionEndedEncoder.BLOCK_LENGTH);
    }

    private void onNewOrder(final NewOrderDecoder order) {
        sessions.get(frame.source()).lastIncoming = order.seqNum();
        acknowledge(frame.source(), order.seqNum(), order.clOrdId());
    }

    /** Emits an OrderAck to a session and its firm's drop copy. */
    void acknowledge(final int sessionId, final long refSeqNum, final long clOrdId) {
        emit(event, encodeAck(event, sessionId, refSeqNum, clOrdId));
    }

    /** Encodes the next OrderAck without emitting it. */
    int encodeAck(final UnsafeBuffer buffer, final int sessionId, final long refSeqNum, final long clOrdId) {
        final Definition session = sessions.get(sessionId);
        final OrderAckEncoder encoder = new OrderAckEncoder().wrapAndApplyHeader(buffer, 0, headerEncoder);
        final int dropCopySeq = dropCopySeqs.merge(session.firmId, 1, Integer::sum);
        stamp(encoder.stamp(), sessionId, session.nextOutgoing++, session.firmId, dropCopySeq);
        encoder.clOrdId(clOrdId)
                .orderId(clOrdId)
                .priority(1)
                .price(1)
                .quantity(1)
                .userTag(0)
                .instrumentId(1)
                .accountId(1)
                .refSeqNum(refSeqNum)
                .side(Side.BUY)
                .state(OrderState.RESTING)
                .reserved16(0);
        return MessageHeaderEncoder.ENCODED_LENGTH + OrderAckEncoder.BLOCK_LENGTH;
    }

    private void stamp(
            final EventStampEncoder stamp,
            final int sessionId,
            final long sessionSeq,
            final int firmId,
            final int dropCopySeq) {
        stamp.matchSeq(sequence)
                .transactTimeNs(0)
                .gwRxTimeNs(frame.buffer() == null ? 0 : frame.arrivalNs())
                .edgeRxTimeNs(0)
                .privateSeq(++privateSeq)
                .sessionId(sessionId)
                .sessionSeq(sessionSeq)
                .firmId(firmId)
                .dropCopySeq(dropCopySeq)
                .subSeq(0)
                .eventFlags((short) 3)
                .reserved8((short) 0)
                .reserved32(0);
    }

    private void emit(final DirectBuffer buffer, final int length) {
        batch.buffer().putBytes(batch.claim(length, EventBatch.PRIVATE), buffer, 0, length);
        if (isMute) {
            return;
        }
        laneA.offer(buffer, 0, length);
        if (holdsB) {
            final byte[] copy = new byte[length];
            buffer.getBytes(0, copy);
            heldOnB.add(copy);
        } else {
            laneB.offer(buffer, 0, length);
        }
    }

    void releaseB() {
        holdsB = false;
        while (!heldOnB.isEmpty()) {
            final byte[] bytes = heldOnB.poll();
            laneB.offer(new UnsafeBuffer(bytes), 0, bytes.length);
        }
    }
}
