package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_VALUE;

import java.util.List;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.CodType;
import org.isochron.codecs.GatewayStartDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.TerminateCode;

/** Gateways and the sessions they hold, and what becomes of orders when a connection ends. */
final class Connections {
    private static final long MAX_COD_WINDOW_MS = 60_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final World world;
    private final Events events;
    private final Lifecycle lifecycle;

    Connections(final World world, final Events events, final Lifecycle lifecycle) {
        this.world = world;
        this.events = events;
        this.lifecycle = lifecycle;
    }

    /** Known from its first word in its own name. */
    Gateway gateway(final int id) {
        return world.gateways.computeIfAbsent(id, Gateway::new);
    }

    void heard(final Gateway gateway) {
        gateway.lastHeardNs = world.nowNs;
        gateway.alive = true;
    }

    long silentAtNs(final Gateway gateway) {
        return gateway.lastHeardNs + world.gatewayTimeoutNs;
    }

    void onGatewayStart(final Gateway gateway, final GatewayStartDecoder command) {
        Refused.when(
                Long.compareUnsigned(command.incarnation(), gateway.incarnation) <= 0,
                BAD_VALUE,
                GatewayStartDecoder.incarnationId(),
                command.incarnation(),
                gateway.incarnation);
        gateway.incarnation = command.incarnation();
        disconnectAll(gateway, world.nowNs);
    }

    void fallSilent(final Gateway gateway) {
        final long atNs = silentAtNs(gateway);
        gateway.alive = false;
        disconnectAll(gateway, atNs);
    }

    private void disconnectAll(final Gateway gateway, final long atNs) {
        for (final Session session : world.sessionsBySlot) {
            if (session.gateway == gateway) {
                disconnect(session, TerminateCode.DISCONNECTED, atNs);
            }
        }
    }

    void onSessionOpen(final Gateway gateway, final SessionOpenDecoder command) {
        final Session session = world.sessions.get(command.sessionId());
        final RejectCode code = refusal(session, command);
        if (code != null) {
            events.unnumbered("SessionRefused", command.sessionId())
                    .id("lastSessionVerId", session == null ? 0 : session.verId)
                    .with("code", code)
                    .u32("gatewayId", gateway.id);
            return;
        }
        final boolean newer = command.sessionVerId() != session.verId;
        if (session.gateway != null && (newer || session.gateway != gateway)) {
            end(session, TerminateCode.EVICTED);
        }
        if (newer) {
            session.verId = command.sessionVerId();
            session.lastIncoming = 0;
            session.lastOutgoing = 0;
        }
        session.gateway = gateway;
        session.codType = command.codType() == CodType.NULL_VAL
                ? CodType.CANCEL_ON_DISCONNECT_OR_TERMINATE.value()
                : command.codTypeRaw();
        session.codWindowNs = windowMs(command) * NANOS_PER_MILLI;
        session.codDueNs = 0;
        opened(session);
    }

    private static long windowMs(final SessionOpenDecoder command) {
        return command.codWindowMs() == Line.NO_U32 ? 0 : command.codWindowMs();
    }

    private static RejectCode refusal(final Session session, final SessionOpenDecoder command) {
        if (session == null) {
            return RejectCode.UNKNOWN_SESSION;
        }
        if (command.sessionVerId() == Line.NO_ID || windowMs(command) > MAX_COD_WINDOW_MS) {
            return RejectCode.BAD_VALUE;
        }
        return Long.compareUnsigned(command.sessionVerId(), session.verId) < 0 ? RejectCode.STALE_SESSION_VER_ID : null;
    }

    private void opened(final Session session) {
        final Line line = events.unnumbered("SessionOpened", session.id)
                .id("sessionVerId", session.verId)
                .id("sourceMask", session.sourceMask)
                .id("nextSeqNo", session.lastOutgoing + 1)
                .u32("lastIncomingSeqNo", session.lastIncoming)
                .u32("firmId", session.firm == null ? 0 : session.firm.id)
                .u32("messagesPerSecond", session.messagesPerSecond)
                .u32("burst", session.burst)
                .u32("gatewayId", session.gateway.id)
                .with("role", session.role)
                .with("status", SessionStatus.OPENED)
                .with("wholeFirm", 0);
        session.accounts.forEach(account -> line.entry().u32("accountId", account.id));
    }

    /** Of a session that is elsewhere, or of another incarnation by now, it is old news. */
    void onSessionClosed(final Gateway gateway, final SessionClosedDecoder command) {
        final Session session = world.sessions.get(command.sessionId());
        if (session != null && session.gateway == gateway && session.verId == command.sessionVerId()) {
            final TerminateCode code =
                    command.code() == TerminateCode.NULL_VAL ? TerminateCode.DISCONNECTED : command.code();
            disconnect(session, code, world.nowNs);
        }
    }

    private void end(final Session session, final TerminateCode code) {
        events.unnumbered("SessionEnded", session.id)
                .id("sessionVerId", session.verId)
                .u32("gatewayId", session.gateway.id)
                .with("code", code);
        session.gateway = null;
    }

    private void disconnect(final Session session, final TerminateCode code, final long atNs) {
        end(session, code);
        final boolean byClient = code == TerminateCode.FINISHED;
        final CodType one = byClient ? CodType.CANCEL_ON_TERMINATE : CodType.CANCEL_ON_DISCONNECT;
        if (session.codType != CodType.CANCEL_ON_DISCONNECT_OR_TERMINATE.value() && session.codType != one.value()) {
            return;
        }
        if (session.codWindowNs == 0) {
            cancelOrders(session);
        } else {
            session.codDueNs = atNs + session.codWindowNs;
        }
    }

    /** The session's orders go, when it is their turn. */
    void cancelOrders(final Session session) {
        session.codDueNs = 0;
        world.work.addLast(() -> lifecycle.cancelAll(List.copyOf(session.orders), CancelReason.COD));
    }
}
