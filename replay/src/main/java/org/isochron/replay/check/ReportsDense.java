package org.isochron.replay.check;

import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.SessionOpenedDecoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.TransportEnvelopeDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Private events are dense in privateSeq, those of a session in its sessionSeq, those of a firm in its dropCopySeq; and
 * what a matcher sends or a client receives under a privateSeq is what the core made, byte for byte, whoever sends it and
 * however often. A client receives its own events and, as a drop copy, those of its firm, and nothing else.
 */
public final class ReportsDense extends Invariant {
    private static final int ENVELOPE = TransportEnvelopeDecoder.ENCODED_LENGTH;
    private static final int STAMP = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MIN_EVENT = ENVELOPE + STAMP + EventStampDecoder.ENCODED_LENGTH;
    private static final int DROP_COPY = 2;
    private static final int MAX_NODES = 64;
    private static final int GATEWAY_REJECT = 220;
    private static final int BUSY = 219;
    private static final int FIRST_EVENT = 200;

    private final EventCursor cursor = new EventCursor();
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final TransportEnvelopeDecoder envelope = new TransportEnvelopeDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LongLog hashes = new LongLog();
    private final Map<Long, Long> sessionSeqs = new TreeMap<>();
    private final Map<Long, Long> dropCopySeqs = new TreeMap<>();
    private final long[] lastOfNode = new long[MAX_NODES];

    public ReportsDense() {
        super("reports-dense");
    }

    @Override
    protected void onStarted(final int node, final long sequence) {
        lastOfNode[node] = 0;
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        cursor.over(events);
        while (cursor.advance()) {
            if (cursor.isPrivate()) {
                onEvent(frame.sequence());
            }
        }
    }

    private void onEvent(final long sequence) {
        cursor.stamp();
        stamp.wrap(cursor.buffer(), cursor.offset() + STAMP);
        if (stamp.privateSeq() != hashes.size() + 1) {
            throw broken(
                    "command " + sequence + " makes private event " + stamp.privateSeq() + " after " + hashes.size());
        }
        if (stamp.matchSeq() != sequence) {
            throw broken("command " + sequence + " makes an event that says it is of " + stamp.matchSeq());
        }
        hashes.add(XxHash64.hash(cursor.buffer(), cursor.offset(), cursor.length()));
        if (cursor.templateId() == SessionOpenedDecoder.TEMPLATE_ID) {
            opened.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
            if (opened.status() != SessionStatus.UPDATED) {
                sessionSeqs.put(stamp.sessionId(), opened.nextSeqNo() - 1);
            }
        }
        if (stamp.sessionSeq() != 0) {
            follow(sessionSeqs, "session", stamp.sessionId(), stamp.sessionSeq());
        }
        if (stamp.dropCopySeq() != 0) {
            follow(dropCopySeqs, "the drop copy of firm", stamp.firmId(), stamp.dropCopySeq());
        }
    }

    private void follow(final Map<Long, Long> last, final String what, final long id, final long seq) {
        final long before = last.getOrDefault(id, 0L);
        if (seq != before + 1) {
            throw broken(what + " " + id + " gets event " + seq + " after " + before);
        }
        last.put(id, seq);
    }

    @Override
    protected void onPrivate(final int node, final DirectBuffer buffer, final int offset, final int length) {
        stamp.wrap(buffer, offset + STAMP);
        final long privateSeq = stamp.privateSeq();
        if (lastOfNode[node] != 0 && privateSeq != lastOfNode[node] + 1) {
            throw broken("node " + node + " sends private event " + privateSeq + " after " + lastOfNode[node]);
        }
        lastOfNode[node] = privateSeq;
        compare("node " + node + " sends", privateSeq, buffer, offset, length);
    }

    @Override
    protected void onReceived(
            final int session, final long connection, final DirectBuffer buffer, final int offset, final int length) {
        final int message = offset + ENVELOPE;
        if (length < MIN_EVENT) {
            return;
        }
        final int templateId = EventCursor.templateId(buffer, message);
        if (templateId < FIRST_EVENT || templateId == BUSY || templateId == GATEWAY_REJECT) {
            return;
        }
        stamp.wrap(buffer, message + STAMP);
        final boolean copy = (envelope.wrap(buffer, offset).flags() & DROP_COPY) != 0;
        if (!copy && stamp.sessionId() != session || copy && stamp.dropCopySeq() == 0) {
            throw broken("session " + session + " receives event " + stamp.privateSeq() + " of session "
                    + stamp.sessionId());
        }
        compare("session " + session + " receives", stamp.privateSeq(), buffer, message, length - ENVELOPE);
    }

    private void compare(
            final String who, final long privateSeq, final DirectBuffer buffer, final int offset, final int length) {
        if (privateSeq < 1 || privateSeq > hashes.size()) {
            throw broken(who + " private event " + privateSeq + ", the core has made " + hashes.size());
        }
        if (XxHash64.hash(buffer, offset, length) != hashes.get(privateSeq)) {
            throw broken(who + " another private event " + privateSeq + " than the core made");
        }
    }
}
