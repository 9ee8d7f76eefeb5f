package org.isochron.replay.check;

import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.CodType;
import org.isochron.codecs.EpochStartDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.SessionEndedDecoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SessionOpenedDecoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.sequence.SequencerAgent;

/**
 * A session that asked for it loses its orders when its connection is lost, once its window is over and unless it came
 * back before; within a few commands, since much work is spread over several. No session that is open loses an order for
 * that reason.
 */
public final class CancelOnDisconnect extends Invariant {
    /** Commands that the cancels of one session may be spread over. */
    private static final int SPREAD = 64;

    private static final long MS = 1_000_000;

    private static final class Connection {
        private boolean open;
        private CodType codType = CodType.NONE;
        private long windowNs;
        private long dueNs = Long.MAX_VALUE;
        private long openedAt;
        private int commandsSinceDue;

        /** After a pause the window begins again, and is whole. */
        void restart(final long nowNs) {
            if (dueNs != Long.MAX_VALUE) {
                dueNs = nowNs + windowNs;
                commandsSinceDue = 0;
            }
        }
    }

    private final EventCursor cursor = new EventCursor();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionOpenDecoder open = new SessionOpenDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final SessionEndedDecoder ended = new SessionEndedDecoder();
    private final OrderAckDecoder ack = new OrderAckDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final CancelledDecoder cancelled = new CancelledDecoder();
    private final Map<Long, Connection> connections = new TreeMap<>();
    private final Map<Long, Long> sessionOfOrder = new TreeMap<>();
    private long lastNs;

    public CancelOnDisconnect() {
        super("cancel-on-disconnect");
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        if (isPauseOver(frame)) {
            connections.values().forEach(connection -> connection.restart(frame.timestampNs()));
        }
        lastNs = frame.timestampNs();
        cursor.over(events);
        while (cursor.advance()) {
            switch (cursor.templateId()) {
                case SessionOpenedDecoder.TEMPLATE_ID -> onOpened(frame);
                case SessionEndedDecoder.TEMPLATE_ID -> onEnded(frame.timestampNs());
                case OrderAckDecoder.TEMPLATE_ID -> {
                    ack.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
                    sessionOfOrder.put(ack.orderId(), cursor.stamp().sessionId());
                }
                case FillDecoder.TEMPLATE_ID -> {
                    fill.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
                    if (fill.leavesQuantity() == 0) {
                        sessionOfOrder.remove(fill.orderId());
                    }
                }
                case CancelledDecoder.TEMPLATE_ID -> onCancelled(frame.sequence());
                default -> {
                    // Neither a connection nor an order's end.
                }
            }
        }
        connections.forEach((session, connection) -> checkDue(session, connection, frame));
    }

    private boolean isPauseOver(final Frame frame) {
        return frame.timestampNs() - lastNs > SequencerAgent.GAP_NS
                || frame.frameType() == FrameType.SEQUENCER
                        && MessageShape.templateId(frame) == EpochStartDecoder.TEMPLATE_ID;
    }

    private void onOpened(final Frame frame) {
        opened.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        if (opened.status() == SessionStatus.UPDATED || frame.frameType() != FrameType.GATEWAY) {
            return;
        }
        open.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        final Connection connection = connections.computeIfAbsent(cursor.stamp().sessionId(), id -> new Connection());
        connection.open = true;
        connection.openedAt = frame.sequence();
        connection.dueNs = Long.MAX_VALUE;
        connection.codType = open.codType();
        connection.windowNs = open.codWindowMs() * MS;
    }

    private void onEnded(final long nowNs) {
        ended.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        final Connection connection = connections.get(cursor.stamp().sessionId());
        if (connection == null) {
            return;
        }
        connection.open = false;
        connection.commandsSinceDue = 0;
        final boolean asked = ended.code() == TerminateCode.FINISHED
                ? connection.codType == CodType.CANCEL_ON_TERMINATE
                        || connection.codType == CodType.CANCEL_ON_DISCONNECT_OR_TERMINATE
                : connection.codType == CodType.CANCEL_ON_DISCONNECT
                        || connection.codType == CodType.CANCEL_ON_DISCONNECT_OR_TERMINATE;
        connection.dueNs = asked ? nowNs + connection.windowNs : Long.MAX_VALUE;
    }

    private void onCancelled(final long sequence) {
        cancelled.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        sessionOfOrder.remove(cancelled.orderId());
        if (cancelled.reason() == CancelReason.COD) {
            final Connection connection = connections.get(cursor.stamp().sessionId());
            if (connection != null && connection.open && sequence - connection.openedAt > SPREAD) {
                throw broken("command " + sequence + " cancels order " + cancelled.orderId() + " of session "
                        + cursor.stamp().sessionId() + " as disconnected, which is open");
            }
        }
    }

    private void checkDue(final long session, final Connection connection, final Frame frame) {
        if (connection.open || frame.timestampNs() <= connection.dueNs || ++connection.commandsSinceDue < SPREAD) {
            return;
        }
        connection.dueNs = Long.MAX_VALUE;
        sessionOfOrder.forEach((orderId, owner) -> {
            if (owner == session) {
                throw broken("order " + orderId + " of session " + session + " still lives at command "
                        + frame.sequence() + ", long after its connection was lost");
            }
        });
    }
}
