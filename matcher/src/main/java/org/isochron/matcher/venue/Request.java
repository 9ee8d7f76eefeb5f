package org.isochron.matcher.venue;

/** The sequenced request being carried out: who asked, and what to answer to. */
final class Request {
    /** Slot of the session, -1 for a gateway or the sequencer. */
    int session;
    /** Its number as sent, 0 when it has none. */
    long seqNum;

    int templateId;

    void of(final int session, final long seqNum, final int templateId) {
        this.session = session;
        this.seqNum = seqNum;
        this.templateId = templateId;
    }
}
