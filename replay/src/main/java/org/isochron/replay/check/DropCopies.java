package org.isochron.replay.check;

import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.TransportEnvelopeDecoder;
import org.isochron.codecs.frame.EnvelopeFlags;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Ledger;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Drop copies are the execution reports: every execution has an id of its own and a place in its firm's drop copy, and what
 * a drop copy's client receives of a firm comes in the order of these places.
 */
public final class DropCopies extends Invariant {
    private static final int ENVELOPE = TransportEnvelopeDecoder.ENCODED_LENGTH;
    private static final int STAMP = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MIN_EVENT = ENVELOPE + STAMP + EventStampDecoder.ENCODED_LENGTH;
    private static final int FLAGS = EnvelopeFlags.DROP_COPY | EnvelopeFlags.POSS_RESEND;
    private static final int SUB_SEQS = 65_536;

    private final EventCursor cursor = new EventCursor();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final TransportEnvelopeDecoder envelope = new TransportEnvelopeDecoder();
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final LongHashSet execIds = new LongHashSet();
    /** By connection and firm. */
    private final Map<Long, Map<Long, Long>> received = new TreeMap<>();

    public DropCopies() {
        super("drop-copies");
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        cursor.over(events);
        while (cursor.advance()) {
            if (cursor.templateId() == FillDecoder.TEMPLATE_ID) {
                onFill(frame.sequence());
            }
        }
    }

    private void onFill(final long sequence) {
        fill.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        if (fill.execId() / SUB_SEQS != sequence || !execIds.add(fill.execId())) {
            throw broken("command " + sequence + " makes execution " + fill.execId()
                    + ", which is another command's or there already");
        }
        if (cursor.stamp().dropCopySeq() == 0 && fill.accountId() != Ledger.INSURANCE_ID) {
            throw broken("execution " + fill.execId() + " of account " + fill.accountId() + " is in no drop copy");
        }
    }

    @Override
    protected void onReceived(
            final int session, final long connection, final DirectBuffer buffer, final int offset, final int length) {
        final int message = offset + ENVELOPE;
        if (length >= ENVELOPE + STAMP && EventCursor.templateId(buffer, message) == EstablishAckDecoder.TEMPLATE_ID) {
            received.remove(connection);
        }
        if (length < MIN_EVENT || (envelope.wrap(buffer, offset).flags() & FLAGS) != EnvelopeFlags.DROP_COPY) {
            return;
        }
        stamp.wrap(buffer, message + STAMP);
        final Long before =
                received.computeIfAbsent(connection, id -> new TreeMap<>()).put(stamp.firmId(), stamp.dropCopySeq());
        if (before != null && stamp.dropCopySeq() < before) {
            throw broken("session " + session + " receives " + stamp.dropCopySeq() + " of the drop copy of firm "
                    + stamp.firmId() + " after " + before);
        }
    }
}
