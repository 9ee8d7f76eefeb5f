package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;

import org.isochron.codecs.CodType;
import org.isochron.codecs.GatewayStartDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.TerminateCode;

/** What gateways say about themselves and about connections. The gateway is the one the frame names. */
final class GatewayDesk {
    /** Longest time orders may outlive their session, as Establish has it. */
    private static final long MAX_COD_WINDOW_MS = 60_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Sessions sessions;
    private final Counters counters;
    private final Leases leases;
    private final Reports reports;
    private final SessionReports sessionReports;
    private final Refusal refusal = new Refusal();

    GatewayDesk(
            final Sessions sessions,
            final Counters counters,
            final Leases leases,
            final Reports reports,
            final SessionReports sessionReports) {
        this.sessions = sessions;
        this.counters = counters;
        this.leases = leases;
        this.reports = reports;
        this.sessionReports = sessionReports;
    }

    void onGatewayStart(final Request request, final int gateway, final GatewayStartDecoder command) {
        final long last = sessions.incarnation(gateway);
        if (Long.compareUnsigned(command.incarnation(), last) <= 0) {
            refusal.of(BAD_VALUE, GatewayStartDecoder.incarnationId(), command.incarnation(), last);
            reports.businessReject(request, refusal);
            return;
        }
        sessions.incarnation(gateway, command.incarnation());
        leases.disconnectAll(gateway, counters.nowNs());
    }

    void onSessionOpen(final int gateway, final SessionOpenDecoder command) {
        final int session = sessions.find(command.sessionId());
        final RejectCode refused = refusalOf(session, command);
        if (refused != null) {
            final long last = session < 0 ? 0 : sessions.verId(session);
            sessionReports.refused(command.sessionId(), last, refused, sessions.gatewayId(gateway));
            return;
        }
        final boolean newer = command.sessionVerId() != sessions.verId(session);
        if (sessions.isOpen(session) && (newer || sessions.gateway(session) != gateway)) {
            leases.evict(session);
        }
        if (newer) {
            sessions.incarnate(session, command.sessionVerId());
        }
        sessions.open(session, gateway, codType(command), codWindowNs(command));
        sessionReports.opened(session, SessionStatus.OPENED);
    }

    private RejectCode refusalOf(final int session, final SessionOpenDecoder command) {
        if (session < 0) {
            return RejectCode.UNKNOWN_SESSION;
        }
        if (command.sessionVerId() == SessionOpenDecoder.sessionVerIdNullValue()
                || codWindowNs(command) > MAX_COD_WINDOW_MS * NANOS_PER_MILLI) {
            return RejectCode.BAD_VALUE;
        }
        return Long.compareUnsigned(command.sessionVerId(), sessions.verId(session)) < 0
                ? RejectCode.STALE_SESSION_VER_ID
                : null;
    }

    private static int codType(final SessionOpenDecoder command) {
        final int codType = command.codTypeRaw();
        return codType == CodType.NULL_VAL.value() ? CodType.CANCEL_ON_DISCONNECT_OR_TERMINATE.value() : codType;
    }

    private static long codWindowNs(final SessionOpenDecoder command) {
        final long windowMs = command.codWindowMs();
        return windowMs == SessionOpenDecoder.codWindowMsNullValue() ? 0 : windowMs * NANOS_PER_MILLI;
    }

    /** Of a session that is elsewhere, or of another incarnation by now, it is old news. */
    void onSessionClosed(final int gateway, final SessionClosedDecoder command) {
        final int session = sessions.find(command.sessionId());
        if (session >= 0 && sessions.gateway(session) == gateway && sessions.verId(session) == command.sessionVerId()) {
            final TerminateCode code = command.code();
            leases.disconnect(
                    session, code == TerminateCode.NULL_VAL ? TerminateCode.DISCONNECTED : code, counters.nowNs());
        }
    }
}
