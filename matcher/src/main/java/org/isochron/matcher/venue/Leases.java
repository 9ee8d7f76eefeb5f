package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;
import org.isochron.codecs.CodType;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.TerminateCode;
import org.isochron.matcher.book.Books;

/**
 * Who is still there: gateways that speak, sessions they hold, and the timers that end both. A timer fires at the start of
 * the first command at or after its time, by due time, then gateways before sessions, then id.
 */
final class Leases {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Sessions sessions;
    private final Counters counters;
    private final Books books;
    private final SessionReports reports;
    private final WorkQueue work;
    /** No timer is due before this; derived, so that most commands look at nothing else. */
    private long nextDueNs;
    /** The timeout that was worked out by; another one moves every gateway's. */
    private long knownTimeoutMs;

    /** What is due first, and whether it is a gateway. */
    private long dueNs;

    private int due;
    private boolean dueIsGateway;

    Leases(
            final Sessions sessions,
            final Counters counters,
            final Books books,
            final SessionReports reports,
            final WorkQueue work) {
        this.sessions = sessions;
        this.counters = counters;
        this.books = books;
        this.reports = reports;
        this.work = work;
    }

    /** A gateway has spoken. */
    void heard(final int gateway) {
        sessions.heard(gateway, counters.nowNs());
        nextDueNs = Math.min(nextDueNs, silentAtNs(gateway));
    }

    /** Fires every timer that is due by then. */
    void fireDue(final long byNs) {
        if (byNs < nextDueNs && knownTimeoutMs == counters.gatewayTimeoutMs()) {
            return;
        }
        knownTimeoutMs = counters.gatewayTimeoutMs();
        for (findDue(); dueNs <= byNs; findDue()) {
            if (dueIsGateway) {
                sessions.silent(due);
                disconnectAll(due, dueNs);
            } else {
                cancelOrders(due);
            }
        }
        nextDueNs = dueNs;
    }

    private void findDue() {
        dueNs = Long.MAX_VALUE;
        for (int gateway = 0; gateway < sessions.gatewayCount(); gateway++) {
            if (sessions.isAlive(gateway)) {
                offer(silentAtNs(gateway), gateway, true);
            }
        }
        for (int session = 0; session < sessions.count(); session++) {
            if (sessions.codDueNs(session) != 0) {
                offer(sessions.codDueNs(session), session, false);
            }
        }
    }

    private void offer(final long candidateNs, final int candidate, final boolean isGateway) {
        if (candidateNs < dueNs || candidateNs == dueNs && isGateway == dueIsGateway && id(candidate) < id(due)) {
            dueNs = candidateNs;
            due = candidate;
            dueIsGateway = isGateway;
        }
    }

    private long id(final int slot) {
        return dueIsGateway ? sessions.gatewayId(slot) : sessions.id(slot);
    }

    private long silentAtNs(final int gateway) {
        return sessions.lastHeardNs(gateway) + counters.gatewayTimeoutMs() * NANOS_PER_MILLI;
    }

    /** After a pause every lease starts again with its full window. */
    void restart() {
        final long nowNs = counters.nowNs();
        for (int gateway = 0; gateway < sessions.gatewayCount(); gateway++) {
            if (sessions.isAlive(gateway)) {
                sessions.heard(gateway, nowNs);
            }
        }
        for (int session = 0; session < sessions.count(); session++) {
            if (sessions.codDueNs(session) != 0) {
                sessions.codDueNs(session, nowNs + sessions.codWindowNs(session));
            }
        }
        nextDueNs = nowNs;
    }

    /** The gateway has lost everything it held. */
    void disconnectAll(final int gateway, final long atNs) {
        for (int session = 0; session < sessions.count(); session++) {
            if (sessions.gateway(session) == gateway) {
                disconnect(session, TerminateCode.DISCONNECTED, atNs);
            }
        }
    }

    /** The connection has ended; the orders go at once, after the session's window, or not at all. */
    void disconnect(final int session, final TerminateCode code, final long atNs) {
        reports.ended(session, code);
        sessions.close(session);
        if (cancelsOrders(sessions.codType(session), code == TerminateCode.FINISHED)) {
            final long windowNs = sessions.codWindowNs(session);
            if (windowNs == 0) {
                cancelOrders(session);
            } else {
                sessions.codDueNs(session, atNs + windowNs);
                nextDueNs = Math.min(nextDueNs, atNs + windowNs);
            }
        }
    }

    private static boolean cancelsOrders(final int codType, final boolean byClient) {
        return codType == CodType.CANCEL_ON_DISCONNECT_OR_TERMINATE.value()
                || codType == (byClient ? CodType.CANCEL_ON_TERMINATE : CodType.CANCEL_ON_DISCONNECT).value();
    }

    private void cancelOrders(final int session) {
        sessions.codDueNs(session, 0);
        if (books.firstOfSession(session) != Books.NONE && !work.isCancellingSession(session)) {
            work.pushSessionCancel(session, CancelReason.COD.value());
        }
    }

    /** Another incarnation, or another gateway, has taken over: the orders stay. */
    void evict(final int session) {
        reports.ended(session, TerminateCode.EVICTED);
        sessions.close(session);
    }

    /** The definition of an open session has changed. */
    void updated(final int session) {
        reports.opened(session, SessionStatus.UPDATED);
    }
}
