package org.isochron.replay.script;

import java.util.HashMap;
import java.util.Map;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.SessionOpenedDecoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.sequencer.replica.EventBatch;

/**
 * What a client would remember of its session: whether it ever was open, which incarnation it is, and the next numbers.
 * Learnt from the core's answers and from what the script writes itself.
 */
final class SessionNumbers {
    private static final class Numbers {
        private boolean opened;
        private long versionId;
        private long nextSeqNum = 1;
        private long nextClOrdId = 1;
    }

    private final Map<Long, Numbers> bySession = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();

    /** Whether the core has opened the session before, even if it is closed now. */
    boolean wasOpened(final long session) {
        return of(session).opened;
    }

    /** sessionVerId that starts the session afresh. */
    long nextVersionId(final long session) {
        return of(session).versionId + 1;
    }

    long nextSeqNum(final long session) {
        return of(session).nextSeqNum;
    }

    long nextClOrdId(final long session) {
        return of(session).nextClOrdId;
    }

    /** Notes a number sent, the runner's or the script's own: the next one is larger. */
    void sentSeqNum(final long session, final long seqNum) {
        final Numbers numbers = of(session);
        numbers.nextSeqNum = Math.max(numbers.nextSeqNum, seqNum + 1);
    }

    /** Notes an id sent, the runner's or the script's own: the next one is larger. Ids are unsigned. */
    void sentClOrdId(final long session, final long clOrdId) {
        final Numbers numbers = of(session);
        if (Long.compareUnsigned(clOrdId, numbers.nextClOrdId) >= 0) {
            numbers.nextClOrdId = clOrdId + 1;
        }
    }

    /** Makes the next use of the session a first one again. */
    void forget(final long session) {
        of(session).opened = false;
    }

    /** Takes over what the core tells of sessions in the events of one command. */
    void learn(final EventBatch events) {
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            header.wrap(events.buffer(), events.messageOffset(record));
            if (header.templateId() == SessionOpenedDecoder.TEMPLATE_ID) {
                opened.wrapAndApplyHeader(events.buffer(), events.messageOffset(record), header);
                learnOpened();
            }
        }
    }

    private void learnOpened() {
        if (opened.status() == SessionStatus.OPENED) {
            final Numbers numbers = of(opened.stamp().sessionId());
            numbers.opened = true;
            numbers.versionId = opened.sessionVerId();
            numbers.nextSeqNum = opened.lastIncomingSeqNo() + 1;
        }
    }

    private Numbers of(final long session) {
        return bySession.computeIfAbsent(session, id -> new Numbers());
    }
}
