package org.isochron.sequencer.client;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.EventReplayRequestDecoder;
import org.isochron.codecs.EventReplayRequestEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.RetransmitRejectCode;
import org.isochron.codecs.RetransmitRequestEncoder;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.VenueClock;

/**
 * Asks for what an {@link EventFlow} misses until it has it or is told that it cannot be had, and for replays that the
 * client's user wants; one request at a time, as the venue demands.
 */
final class ResendRequests {
    /** Most events of one request. */
    static final int MAX_COUNT = 1_000;
    /** How long the venue may take to answer, or to go on. */
    static final long TIMEOUT_NS = 5_000_000_000L;
    /** Until a request that was refused for the moment is made again. */
    static final long RETRY_NS = 100_000_000;
    /** Refusals and silences in a row after which what is missing is given up. */
    static final int MAX_ATTEMPTS = 20;

    private enum State {
        IDLE,
        RETRANSMITTING,
        REPLAYING
    }

    private final Outbound gateway;
    private final VenueClock clock;
    private final EventFlow events;
    private final VenueListener listener;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RetransmitRequestEncoder retransmit = new RetransmitRequestEncoder();
    private final EventReplayRequestEncoder replay = new EventReplayRequestEncoder();

    private State state = State.IDLE;
    private long requestedTo;
    private long progressNs;
    private long askAtNs;
    private int attempts;

    ResendRequests(
            final Outbound gateway, final VenueClock clock, final EventFlow events, final VenueListener listener) {
        this.gateway = gateway;
        this.clock = clock;
        this.events = events;
        this.listener = listener;
        askAtNs = clock.monotonicNs();
    }

    /** Asks when there is something to ask; returns how many requests went out. */
    int work(final long nowNs) {
        if (state == State.RETRANSMITTING && events.missingFrom() > requestedTo) {
            state = State.IDLE;
        }
        if (state != State.IDLE && nowNs - progressNs > TIMEOUT_NS) {
            onSilence(nowNs);
        }
        return state == State.IDLE && events.isMissing() && nowNs - askAtNs >= 0 ? ask(nowNs) : 0;
    }

    /** An event that was asked for has arrived. */
    void progressed() {
        progressNs = clock.monotonicNs();
        attempts = 0;
    }

    boolean isReplaying() {
        return state == State.REPLAYING;
    }

    /**
     * Asks for a replay.
     *
     * @return false when another request is being answered, or the message cannot be sent now.
     */
    boolean replay(final long accountId, final long fromMatchSeq, final int fromSubSeq, final int count) {
        if (state != State.IDLE || events.isMissing()) {
            return false;
        }
        replay.wrapAndApplyHeader(buffer, 0, header)
                .timestampNs(clock.wallNs())
                .fromMatchSeq(fromMatchSeq)
                .accountId(accountId)
                .fromSubSeq(fromSubSeq)
                .count(count);
        return offer(EventReplayRequestEncoder.BLOCK_LENGTH, State.REPLAYING);
    }

    void onReplayEnd() {
        state = State.IDLE;
    }

    void onReject(final int refTemplateId, final RetransmitRejectCode code) {
        if (refTemplateId == EventReplayRequestDecoder.TEMPLATE_ID) {
            if (state == State.REPLAYING) {
                state = State.IDLE;
                listener.onReplayRejected(code);
            }
            return;
        }
        if (state != State.RETRANSMITTING) {
            return;
        }
        state = State.IDLE;
        final boolean isForTheMoment = code == RetransmitRejectCode.THROTTLED
                || code == RetransmitRejectCode.IN_FLIGHT
                || code == RetransmitRejectCode.UNAVAILABLE;
        if (isForTheMoment) {
            failed(clock.monotonicNs());
        } else {
            giveUp();
        }
    }

    private void onSilence(final long nowNs) {
        final boolean wasReplaying = state == State.REPLAYING;
        state = State.IDLE;
        if (wasReplaying) {
            listener.onReplayRejected(RetransmitRejectCode.UNAVAILABLE);
        } else {
            failed(nowNs);
        }
    }

    private void failed(final long nowNs) {
        askAtNs = nowNs + RETRY_NS;
        if (++attempts >= MAX_ATTEMPTS) {
            giveUp();
        }
    }

    private void giveUp() {
        attempts = 0;
        if (events.isMissing()) {
            events.giveUpMissing(requestedTo);
        }
    }

    private int ask(final long nowNs) {
        final long from = events.missingFrom();
        final long count = Math.min(MAX_COUNT, events.missingTo() - from + 1);
        retransmit
                .wrapAndApplyHeader(buffer, 0, header)
                .timestampNs(clock.wallNs())
                .fromSeqNo(from)
                .count(count)
                .reserved32(0);
        if (!offer(RetransmitRequestEncoder.BLOCK_LENGTH, State.RETRANSMITTING)) {
            return 0;
        }
        requestedTo = from + count - 1;
        progressNs = nowNs;
        return 1;
    }

    private boolean offer(final int blockLength, final State next) {
        if (gateway.offer(buffer, 0, MessageShape.HEADER_LENGTH + blockLength) <= 0) {
            return false;
        }
        progressNs = clock.monotonicNs();
        state = next;
        return true;
    }
}
