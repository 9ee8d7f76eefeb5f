package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.shape.MessageShape;

/** The venue's numbered events of one session: drops what came before, reports what is missing, hands on the rest. */
final class EventFlow {
    private final VenueListener listener;
    private final ReportAdapter reports;
    private final EventStampDecoder stamp = new EventStampDecoder();
    private long nextSessionSeq = 1;
    private long duplicates;

    EventFlow(final VenueListener listener, final ReportAdapter reports) {
        this.listener = listener;
        this.reports = reports;
    }

    /** The session is open: the venue says which number comes next. */
    void startAt(final long sessionSeq) {
        nextSessionSeq = sessionSeq;
    }

    void onEvent(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        stamp.wrap(buffer, offset + MessageShape.HEADER_LENGTH);
        final long sessionSeq = stamp.sessionSeq();
        if (sessionSeq != 0) {
            if (sessionSeq < nextSessionSeq) {
                duplicates++;
                return;
            }
            lostUpTo(sessionSeq);
            nextSessionSeq = sessionSeq + 1;
        }
        reports.onEvent(templateId, buffer, offset, length);
    }

    /** The venue's next event will carry that number: what is missing before it was lost on the way. */
    void lostUpTo(final long sessionSeq) {
        if (sessionSeq > nextSessionSeq) {
            listener.onGap(nextSessionSeq, sessionSeq - 1);
            nextSessionSeq = sessionSeq;
        }
    }

    /** Events received twice and dropped. */
    long duplicates() {
        return duplicates;
    }
}
