package org.isochron.sequencer.gateway;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.isochron.codecs.BusyEncoder;
import org.isochron.codecs.BusyReason;
import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.KillReleaseDecoder;
import org.isochron.codecs.KillSwitchDecoder;
import org.isochron.codecs.MassCancelDecoder;
import org.isochron.codecs.QuoteCancelDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Role;
import org.isochron.codecs.shape.Entitlement;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.sequencer.sequence.SequencerStatus;

/**
 * Where an open session's commands pass or are answered at once: shape, sequence number, role, account, replicas, rate,
 * room before the sequencer, in this order. Every answer is final for its seqNum. The core checks again what concerns it.
 */
final class OrderGate {
    private static final long NO_CL_ORD_ID = BusyEncoder.clOrdIdNullValue();
    private static final long NULL_U32 = 0xFFFF_FFFFL;
    private static final int SEQ_NUM_OFFSET = MessageShape.HEADER_LENGTH;
    private static final long OVERLOAD_RETRY_US = 1_000;
    private static final long REPLICA_RETRY_US = 100_000;

    private final CycleClock clock;
    private final SequencerStatus sequencer;
    private final SessionLayer sessions;
    private final CommandForwarder forwarder;
    private final ClientPublisher publisher;
    private final GatewayCounters counters;

    OrderGate(
            final CycleClock clock,
            final SequencerStatus sequencer,
            final SessionLayer sessions,
            final CommandForwarder forwarder,
            final ClientPublisher publisher,
            final GatewayCounters counters) {
        this.clock = clock;
        this.sequencer = sequencer;
        this.sessions = sessions;
        this.forwarder = forwarder;
        this.publisher = publisher;
        this.counters = counters;
    }

    /** A sound message of a template from 100 up. */
    void onCommand(
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int templateId) {
        if (!SessionMessage.isNumbered(templateId)) {
            reject(session, 0, templateId, NO_CL_ORD_ID, RejectCode.SESSION_SCOPE);
            return;
        }
        final long seqNum = SessionMessage.seqNum(buffer, offset);
        if (seqNum == NULL_U32) {
            reject(session, 0, templateId, NO_CL_ORD_ID, RejectCode.MALFORMED);
            return;
        }
        if (seqNum < session.nextIncoming()) {
            counters.increment(GatewayCounter.DUPLICATES);
            return;
        }
        if (seqNum > session.nextIncoming()) {
            sessions.skip(session, seqNum);
        }
        session.nextIncoming(seqNum + 1);
        if (!isEntitled(session, buffer, offset, templateId)) {
            reject(session, seqNum, templateId, clOrdId(buffer, offset, templateId), RejectCode.SESSION_SCOPE);
            return;
        }
        pass(session, buffer, offset, length, templateId, seqNum);
    }

    /**
     * A message that is not sound. What can be read of it is told; its number is used up when it is the one expected, so
     * that the next message is no gap. A number that has had its answer is only counted, like any duplicate; one further on
     * is not believed, and none of the answer's business: a sound message may still come under it.
     */
    void onMisshapen(
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final RejectCode code) {
        final int templateId = length >= MessageShape.HEADER_LENGTH ? MessageShape.templateId(buffer, offset) : 0;
        long seqNum = 0;
        if (SessionMessage.isNumbered(templateId) && length >= SEQ_NUM_OFFSET + Integer.BYTES) {
            seqNum = buffer.getInt(offset + SEQ_NUM_OFFSET, LITTLE_ENDIAN) & NULL_U32;
            if (seqNum < session.nextIncoming()) {
                counters.increment(GatewayCounter.DUPLICATES);
                return;
            }
            if (seqNum > session.nextIncoming() || seqNum == NULL_U32) {
                seqNum = 0;
            } else {
                session.nextIncoming(seqNum + 1);
            }
        }
        reject(session, seqNum, templateId, NO_CL_ORD_ID, code);
    }

    private static boolean isEntitled(
            final Session session, final DirectBuffer buffer, final int offset, final int templateId) {
        if (!Entitlement.allows(session.role(), templateId)) {
            return false;
        }
        if (session.role() != Role.MAKER || !SessionMessage.hasAccountId(templateId)) {
            return true;
        }
        final long accountId = SessionMessage.accountId(buffer, offset);
        return switch (templateId) {
            // Any session of a firm may stop any of its accounts: whose they are, the core knows.
            case KillSwitchDecoder.TEMPLATE_ID, KillReleaseDecoder.TEMPLATE_ID -> true;
            // One of the firm names no account: the core takes those the session may trade.
            case MassCancelDecoder.TEMPLATE_ID -> accountId == NULL_U32 || session.mayTrade(accountId);
            default -> session.mayTrade(accountId);
        };
    }

    /** What only ever ends orders may use the room reserved for it. */
    private static boolean isCancel(final int templateId) {
        return switch (templateId) {
            case CancelDecoder.TEMPLATE_ID,
                    MassCancelDecoder.TEMPLATE_ID,
                    QuoteCancelDecoder.TEMPLATE_ID,
                    KillSwitchDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    private void pass(
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int templateId,
            final long seqNum) {
        final boolean isCancel = isCancel(templateId);
        final TokenBucket throttle = session.throttle();
        throttle.refill(clock.monotonicNs());
        if (!sequencer.isConnected()) {
            counters.increment(GatewayCounter.REPLICA_MISSING);
            busy(session, buffer, offset, templateId, seqNum, BusyReason.REPLICA_MISSING, REPLICA_RETRY_US);
        } else if (!throttle.hasToken(isCancel)) {
            counters.increment(GatewayCounter.THROTTLED);
            final long retryAfterUs = throttle.retryAfterUs(isCancel);
            busy(session, buffer, offset, templateId, seqNum, BusyReason.THROTTLED, retryAfterUs);
        } else if (forwarder.forward(session.sessionId(), buffer, offset, length, clock.wallNs())) {
            throttle.take();
            counters.increment(GatewayCounter.FORWARDED);
        } else {
            counters.increment(GatewayCounter.OVERLOADED);
            busy(session, buffer, offset, templateId, seqNum, BusyReason.OVERLOAD, OVERLOAD_RETRY_US);
        }
    }

    private void reject(
            final Session session,
            final long refSeqNum,
            final int templateId,
            final long clOrdId,
            final RejectCode code) {
        counters.increment(GatewayCounter.REJECTED);
        publisher.gatewayReject(session, refSeqNum, templateId, clOrdId, code);
    }

    private void busy(
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int templateId,
            final long seqNum,
            final BusyReason reason,
            final long retryAfterUs) {
        final long clOrdId = clOrdId(buffer, offset, templateId);
        publisher.busy(session, seqNum, templateId, clOrdId, reason, retryAfterUs, forwarder.queueDepth());
    }

    private static long clOrdId(final DirectBuffer buffer, final int offset, final int templateId) {
        return SessionMessage.hasClOrdId(templateId) ? SessionMessage.clOrdId(buffer, offset) : NO_CL_ORD_ID;
    }
}
