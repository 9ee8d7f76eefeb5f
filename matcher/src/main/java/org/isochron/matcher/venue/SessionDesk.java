package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_DEFINED;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_FIRM;

import org.isochron.codecs.Role;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.SessionDefineDecoder.AccountsDecoder;
import org.isochron.risk.ledger.Ledger;

/** Sessions as the operator defines and redefines them. */
final class SessionDesk {
    private static final long DEFAULT_MESSAGES_PER_SECOND = 1_000_000;
    private static final long SMALLEST_DEFAULT_BURST = 10;

    private final Sessions sessions;
    private final Ledger ledger;
    private final Leases leases;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    private int firm;

    SessionDesk(final Sessions sessions, final Ledger ledger, final Leases leases, final Reports reports) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.leases = leases;
        this.reports = reports;
    }

    void onSession(final Request request, final SessionDefineDecoder command) {
        final int known = sessions.find(command.sessionId());
        if (refuses(known, command)) {
            reports.businessReject(request, refusal);
            return;
        }
        final int session = known >= 0 ? known : sessions.define(command.sessionId(), command.role(), firm);
        define(session, command);
        reports.accepted(request);
        if (sessions.isOpen(session)) {
            leases.updated(session);
        }
    }

    private void define(final int session, final SessionDefineDecoder command) {
        final boolean anySource = command.sourceMask() != SessionDefineDecoder.sourceMaskNullValue();
        final long rate = messagesPerSecond(command);
        final boolean ownBurst = command.burst() != SessionDefineDecoder.burstNullValue();
        final long burst = ownBurst ? command.burst() : Math.max(rate / 10, SMALLEST_DEFAULT_BURST);
        sessions.terms(
                session,
                anySource ? command.sourceMask() : 0,
                rate,
                burst,
                command.wholeFirm() == 1,
                command.marginUpdates() == 1);
        sessions.clearAccounts(session);
        final AccountsDecoder accounts = command.sbeRewind().accounts();
        while (accounts.hasNext()) {
            final int account = ledger.findAccount(accounts.next().accountId());
            if (!sessions.isEntitled(session, account)) {
                sessions.entitle(session, account);
            }
        }
    }

    private static long messagesPerSecond(final SessionDefineDecoder command) {
        final long rate = command.messagesPerSecond();
        return rate == SessionDefineDecoder.messagesPerSecondNullValue() ? DEFAULT_MESSAGES_PER_SECOND : rate;
    }

    private boolean refuses(final int known, final SessionDefineDecoder command) {
        if (DefinitionDesk.refusesId(refusal, SessionDefineDecoder.sessionIdId(), command.sessionId())) {
            return true;
        }
        if (command.role() == Role.NULL_VAL) {
            return refusal.of(BAD_VALUE, SessionDefineDecoder.roleId(), Refusal.NO_VALUE);
        }
        return refusesFirm(command)
                || known >= 0 && refusesChange(known, command)
                || refusesLimits(command)
                || refusesWholeFirm(command)
                || refusesMarginUpdates(command)
                || refusesAccounts(command.sbeRewind().accounts())
                || known < 0 && sessions.isFull() && refusal.of(CAPACITY);
    }

    /** MAKER and DROP_COPY belong to a firm, the others to none. */
    private boolean refusesFirm(final SessionDefineDecoder command) {
        final boolean named = command.firmId() != SessionDefineDecoder.firmIdNullValue();
        final boolean needed = command.role() == Role.MAKER || command.role() == Role.DROP_COPY;
        if (named != needed) {
            return refusal.of(BAD_VALUE, SessionDefineDecoder.firmIdId(), command.firmId());
        }
        firm = named ? sessions.findFirm(command.firmId()) : Sessions.NONE;
        return named && firm < 0 && refusal.of(UNKNOWN_FIRM, SessionDefineDecoder.firmIdId(), command.firmId());
    }

    /** Role and firm are for good: the numbers of a session's flow and drop copy hang on them. */
    private boolean refusesChange(final int session, final SessionDefineDecoder command) {
        if (sessions.role(session) != command.role()) {
            return refusal.of(
                    ALREADY_DEFINED,
                    SessionDefineDecoder.roleId(),
                    command.role().value(),
                    sessions.role(session).value());
        }
        return sessions.firm(session) != firm
                && refusal.of(ALREADY_DEFINED, SessionDefineDecoder.firmIdId(), command.firmId());
    }

    private boolean refusesLimits(final SessionDefineDecoder command) {
        if (command.messagesPerSecond() == 0) {
            return refusal.of(BAD_VALUE, SessionDefineDecoder.messagesPerSecondId(), 0, 1);
        }
        return command.burst() == 0 && refusal.of(BAD_VALUE, SessionDefineDecoder.burstId(), 0, 1);
    }

    /** Whoever may trade all accounts names none. */
    private boolean refusesWholeFirm(final SessionDefineDecoder command) {
        final short wholeFirm = command.wholeFirm();
        if (wholeFirm == 0 || wholeFirm == SessionDefineDecoder.wholeFirmNullValue()) {
            return false;
        }
        return (wholeFirm != 1
                        || command.role() != Role.MAKER
                        || command.sbeRewind().accounts().hasNext())
                && refusal.of(BAD_VALUE, SessionDefineDecoder.wholeFirmId(), wholeFirm);
    }

    private boolean refusesMarginUpdates(final SessionDefineDecoder command) {
        final int updates = command.marginUpdates();
        return updates != 0
                && updates != SessionDefineDecoder.marginUpdatesNullValue()
                && (updates != 1 || command.role() != Role.MAKER)
                && refusal.of(BAD_VALUE, SessionDefineDecoder.marginUpdatesId(), updates);
    }

    private boolean refusesAccounts(final AccountsDecoder accounts) {
        while (accounts.hasNext()) {
            final long accountId = accounts.next().accountId();
            final int account = ledger.findAccount(accountId);
            if (account < 0) {
                return refusal.of(UNKNOWN_ACCOUNT, AccountsDecoder.accountIdId(), accountId);
            }
            if (firm < 0 || ledger.firm(account) != firm) {
                return refusal.of(SESSION_SCOPE, AccountsDecoder.accountIdId(), accountId);
            }
        }
        return false;
    }
}
