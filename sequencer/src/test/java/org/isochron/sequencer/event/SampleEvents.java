package org.isochron.sequencer.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.EventStampEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.OrderAckEncoder;
import org.isochron.codecs.OrderState;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionOpenedEncoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.Side;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.replica.EventBatch;

/** A log of commands with private events, numbered as the core numbers them. */
final class SampleEvents {
    static final long START_NS = 1_700_000_000_000_000_000L;
    static final int PUBLIC_LENGTH = 32;

    /** One event as it was made. */
    record Made(
            long matchSeq,
            int subSeq,
            int sessionId,
            long verId,
            long sessionSeq,
            int firmId,
            long dropCopySeq,
            long accountId,
            byte[] bytes) {}

    final List<Made> made = new ArrayList<>();
    final EventBatch batch = new EventBatch();
    final Frame frame = new Frame();
    private final UnsafeBuffer frameBuffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAckEncoder ack = new OrderAckEncoder();
    private final SessionOpenedEncoder opened = new SessionOpenedEncoder();
    private final Map<Integer, Long> verIds = new HashMap<>();
    private final Map<Integer, Long> sessionSeqs = new HashMap<>();
    private final Map<Integer, Long> dropCopySeqs = new HashMap<>();
    private final Map<Long, Long> chains = new HashMap<>();
    private final long salt;
    private long sequence;
    private long chain;
    private long prevChain;
    private long privateSeq;

    SampleEvents() {
        this(0);
    }

    /** @param salt makes another log with the same events. */
    SampleEvents(final long salt) {
        this.salt = salt;
    }

    /** Begins the next command; its events follow. */
    SampleEvents command() {
        prevChain = chain;
        sequence++;
        Frame.encodeUnstamped(frameBuffer, 0, Long.BYTES, FrameType.SESSION, 1, 1, START_NS, 0);
        frameBuffer.putLong(Frame.HEADER_LENGTH, sequence ^ salt);
        chain = Frame.stamp(frameBuffer, 0, 1, sequence, START_NS + sequence * 1_000, chain);
        frame.wrap(frameBuffer, 0);
        chains.put(sequence, prevChain);
        batch.begin(frame);
        return this;
    }

    /** The session is opened as that incarnation. */
    SampleEvents opens(final int sessionId, final long verId) {
        if (verIds.getOrDefault(sessionId, 0L) != verId) {
            verIds.put(sessionId, verId);
            sessionSeqs.put(sessionId, 0L);
        }
        final int length = MessageHeaderEncoder.ENCODED_LENGTH
                + SessionOpenedEncoder.BLOCK_LENGTH
                + SessionOpenedEncoder.AccountsEncoder.sbeHeaderSize();
        final int offset = batch.claim(length, EventBatch.PRIVATE);
        opened.wrapAndApplyHeader(batch.buffer(), offset, header);
        stamp(opened.stamp(), sessionId, 0, 0, 0);
        opened.sessionVerId(verId)
                .sourceMask(0)
                .lastIncomingSeqNo(0)
                .nextSeqNo(sessionSeqs.get(sessionId) + 1)
                .firmId(1)
                .messagesPerSecond(1)
                .burst(1)
                .gatewayId(1)
                .role(Role.MAKER)
                .status(SessionStatus.OPENED)
                .wholeFirm((short) 0)
                .reserved8((short) 0)
                .accountsCount(0);
        note(offset, length, sessionId, 0, 0, 0, 0);
        return this;
    }

    /** An event to the session and the drop copy of the firm. */
    SampleEvents event(final int sessionId, final int firmId, final long accountId) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + OrderAckEncoder.BLOCK_LENGTH;
        final int offset = batch.claim(length, EventBatch.PRIVATE);
        final long sessionSeq = sessionId == 0 ? 0 : sessionSeqs.merge(sessionId, 1L, Long::sum);
        final long dropCopySeq = firmId == 0 ? 0 : dropCopySeqs.merge(firmId, 1L, Long::sum);
        ack.wrapAndApplyHeader(batch.buffer(), offset, header);
        stamp(ack.stamp(), sessionId, sessionSeq, firmId, dropCopySeq);
        ack.clOrdId(sequence)
                .orderId(privateSeq)
                .priority(1)
                .price(1)
                .quantity(1)
                .userTag(0)
                .instrumentId(1)
                .accountId(accountId)
                .refSeqNum(sequence)
                .side(Side.BUY)
                .state(OrderState.RESTING)
                .reserved16(0);
        note(offset, length, sessionId, sessionSeq, firmId, dropCopySeq, accountId);
        return this;
    }

    /** A public event, which no event journal keeps. */
    SampleEvents publicEvent() {
        batch.claim(PUBLIC_LENGTH, EventBatch.PUBLIC);
        return this;
    }

    long sequence() {
        return sequence;
    }

    /** What the log says of its own chain. */
    LogChain log() {
        return chains::get;
    }

    private void stamp(
            final EventStampEncoder stamp,
            final int sessionId,
            final long sessionSeq,
            final int firmId,
            final long dropCopySeq) {
        stamp.matchSeq(sequence)
                .transactTimeNs(START_NS)
                .gwRxTimeNs(0)
                .edgeRxTimeNs(0)
                .privateSeq(++privateSeq)
                .sessionId(sessionId)
                .sessionSeq(sessionSeq)
                .firmId(firmId)
                .dropCopySeq(dropCopySeq)
                .subSeq(batch.count() - 1)
                .eventFlags((short) 0)
                .reserved8((short) 0)
                .reserved32(0);
    }

    private void note(
            final int offset,
            final int length,
            final int sessionId,
            final long sessionSeq,
            final int firmId,
            final long dropCopySeq,
            final long accountId) {
        final byte[] bytes = new byte[length];
        batch.buffer().getBytes(offset, bytes);
        made.add(new Made(
                sequence,
                batch.count() - 1,
                sessionId,
                verIds.getOrDefault(sessionId, 0L),
                sessionSeq,
                firmId,
                dropCopySeq,
                accountId,
                bytes));
    }
}
