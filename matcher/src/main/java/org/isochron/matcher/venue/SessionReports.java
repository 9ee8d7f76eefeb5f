package org.isochron.matcher.venue;

import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionEndedEncoder;
import org.isochron.codecs.SessionOpenedEncoder;
import org.isochron.codecs.SessionRefusedEncoder;
import org.isochron.codecs.SessionStatus;
import org.isochron.codecs.TerminateCode;
import org.isochron.risk.ledger.Ledger;

/** Writes what a gateway must know about a session: outside the session's numbered flow. */
final class SessionReports {
    private final EventWriter events;
    private final Sessions sessions;
    private final Ledger ledger;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SessionOpenedEncoder opened = new SessionOpenedEncoder();
    private final SessionRefusedEncoder refused = new SessionRefusedEncoder();
    private final SessionEndedEncoder ended = new SessionEndedEncoder();

    SessionReports(final EventWriter events, final Sessions sessions, final Ledger ledger) {
        this.events = events;
        this.sessions = sessions;
        this.ledger = ledger;
    }

    void opened(final int session, final SessionStatus status) {
        final int accounts = sessions.accountCount(session);
        final int length = SessionOpenedEncoder.BLOCK_LENGTH
                + SessionOpenedEncoder.AccountsEncoder.sbeHeaderSize()
                + accounts * SessionOpenedEncoder.AccountsEncoder.sbeBlockLength();
        final int offset = events.claimUnnumbered(length, sessions.id(session));
        final int firm = sessions.firm(session);
        opened.wrapAndApplyHeader(events.buffer(), offset, header)
                .sessionVerId(sessions.verId(session))
                .sourceMask(sessions.sourceMask(session))
                .lastIncomingSeqNo(sessions.lastIncoming(session))
                .nextSeqNo(nextSeqNo(session))
                .firmId(firm < 0 ? 0 : sessions.firmId(firm))
                .messagesPerSecond(sessions.messagesPerSecond(session))
                .burst(sessions.burst(session))
                .gatewayId(sessions.gatewayId(sessions.gateway(session)))
                .role(sessions.role(session))
                .status(status)
                .wholeFirm((short) (sessions.isForWholeFirm(session) ? 1 : 0));
        final SessionOpenedEncoder.AccountsEncoder group = opened.accountsCount(accounts);
        for (int i = 0; i < accounts; i++) {
            group.next().accountId(ledger.accountId(sessions.account(session, i)));
        }
    }

    private long nextSeqNo(final int session) {
        return 1
                + (sessions.role(session) == Role.DROP_COPY
                        ? sessions.lastDropCopySeq(sessions.firm(session))
                        : sessions.lastOutgoing(session));
    }

    void refused(final long sessionId, final long lastVerId, final RejectCode code, final int gatewayId) {
        final int offset = events.claimUnnumbered(SessionRefusedEncoder.BLOCK_LENGTH, sessionId);
        refused.wrapAndApplyHeader(events.buffer(), offset, header)
                .lastSessionVerId(lastVerId)
                .code(code)
                .gatewayId(gatewayId);
    }

    /** Told before the session leaves its gateway. */
    void ended(final int session, final TerminateCode code) {
        final int offset = events.claimUnnumbered(SessionEndedEncoder.BLOCK_LENGTH, sessions.id(session));
        ended.wrapAndApplyHeader(events.buffer(), offset, header)
                .sessionVerId(sessions.verId(session))
                .gatewayId(sessions.gatewayId(sessions.gateway(session)))
                .code(code);
    }
}
