package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;

/** Every order of a firm: each was entered by one of its sessions, and there are far fewer of these than of accounts. */
final class FirmCancels {
    private final Sessions sessions;
    private final Cancels cancels;
    private final WorkQueue work;

    FirmCancels(final Sessions sessions, final Cancels cancels, final WorkQueue work) {
        this.sessions = sessions;
        this.cancels = cancels;
        this.work = work;
    }

    /** Open orders of the firm. */
    long count(final int firm) {
        long count = 0;
        for (int session = 0; session < sessions.count(); session++) {
            count += sessions.firm(session) == firm ? cancels.countOfSession(session) : 0;
        }
        return count;
    }

    /** Queues their cancels. A session whose orders are all being cancelled already needs no second one. */
    void push(final int firm, final CancelReason reason) {
        for (int session = 0; session < sessions.count(); session++) {
            if (sessions.firm(session) == firm && !work.isCancellingSession(session)) {
                work.pushSessionCancel(session, reason.value());
            }
        }
    }
}
