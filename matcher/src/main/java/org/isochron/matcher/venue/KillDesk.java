package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_FIRM;

import org.isochron.codecs.CancelReason;
import org.isochron.codecs.KillReleaseDecoder;
import org.isochron.codecs.KillScope;
import org.isochron.codecs.KillSwitchDecoder;
import org.isochron.codecs.MassCancelAckEncoder;
import org.isochron.codecs.Role;
import org.isochron.risk.ledger.Ledger;

/**
 * The kill switch of an account or a firm: its orders go, new ones are refused until the release. Any session of the firm
 * may switch, whatever accounts it trades; an operator may for everybody. A firm's orders are those of its sessions, as a
 * session trades for one firm only.
 */
final class KillDesk {
    private static final int FIRM = KillScope.FIRM.value();

    private final Sessions sessions;
    private final Ledger ledger;
    private final KillSwitches switches;
    private final Reports reports;
    private final ProtectionReports protectionReports;
    private final Cancels cancels;
    private final FirmCancels firmCancels;
    private final WorkQueue work;
    private final PendingWork pendingWork;
    private final MassCancelFilter all = new MassCancelFilter();
    private final Refusal refusal = new Refusal();

    /** What the checks have found out about the request on hand: who is meant, and as whose switch. */
    private int account;

    private int firm;
    private int which;

    KillDesk(
            final Sessions sessions,
            final Ledger ledger,
            final KillSwitches switches,
            final Reports reports,
            final ProtectionReports protectionReports,
            final Cancels cancels,
            final FirmCancels firmCancels,
            final WorkQueue work,
            final PendingWork pendingWork) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.switches = switches;
        this.reports = reports;
        this.protectionReports = protectionReports;
        this.cancels = cancels;
        this.firmCancels = firmCancels;
        this.work = work;
        this.pendingWork = pendingWork;
        all.ofAccount();
    }

    void onKill(final Request request, final KillSwitchDecoder command) {
        final boolean ofFirm = command.scopeRaw() == FIRM;
        if (refuses(request.session, command.scopeRaw(), command.accountId(), command.firmId())
                || !ofFirm && !work.hasClientRoom(1) && refusal.of(CAPACITY)) {
            reports.businessReject(request, refusal);
            return;
        }
        protectionReports.massCancelAck(
                request,
                firm,
                command.clOrdId(),
                command.accountId(),
                MassCancelAckEncoder.instrumentIdNullValue(),
                ofFirm ? firmCancels.count(firm) : cancels.count(account, all));
        if (ofFirm) {
            switches.firm(firm, which, true);
            firmCancels.push(firm, CancelReason.KILL);
        } else {
            switches.account(account, which, true);
            work.pushMassCancel(account, all, CancelReason.KILL.value());
        }
        pendingWork.run();
    }

    void onRelease(final Request request, final KillReleaseDecoder command) {
        if (refuses(request.session, command.scopeRaw(), command.accountId(), command.firmId())
                || refusesRelease(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        if (command.scopeRaw() == FIRM) {
            switches.firm(firm, which, false);
        } else {
            switches.account(account, which, false);
        }
        reports.accepted(request);
    }

    /** A switch that only the other side has thrown stays. One that nobody has thrown is released without effect. */
    private boolean refusesRelease(final KillReleaseDecoder command) {
        final int thrown = command.scopeRaw() == FIRM ? switches.ofFirm(firm) : switches.ofAccount(account);
        return thrown != 0
                && (thrown & which) == 0
                && refusal.of(SESSION_SCOPE, KillReleaseDecoder.scopeId(), command.scopeRaw());
    }

    /** KillSwitch and KillRelease have the same fields. */
    private boolean refuses(final int session, final short scope, final long accountId, final long firmId) {
        final boolean operator = sessions.role(session) == Role.OPERATOR;
        which = operator ? KillSwitches.OPERATOR : KillSwitches.OWN;
        if (scope == KillScope.NULL_VAL.value()) {
            return refusal.of(BAD_VALUE, KillSwitchDecoder.scopeId(), Refusal.NO_VALUE);
        }
        return scope == FIRM ? refusesFirm(session, operator, firmId) : refusesAccount(session, operator, accountId);
    }

    private boolean refusesFirm(final int session, final boolean operator, final long firmId) {
        final boolean named = firmId != KillSwitchDecoder.firmIdNullValue();
        if (!named && operator) {
            return refusal.of(BAD_VALUE, KillSwitchDecoder.firmIdId(), Refusal.NO_VALUE);
        }
        firm = named ? sessions.findFirm(firmId) : sessions.firm(session);
        if (firm < 0) {
            return refusal.of(UNKNOWN_FIRM, KillSwitchDecoder.firmIdId(), firmId);
        }
        return !operator
                && firm != sessions.firm(session)
                && refusal.of(SESSION_SCOPE, KillSwitchDecoder.firmIdId(), firmId);
    }

    /** The venue's own accounts have no orders to stop. */
    private boolean refusesAccount(final int session, final boolean operator, final long accountId) {
        account = ledger.findAccount(accountId);
        if (account < Ledger.SYSTEM_ACCOUNTS) {
            return refusal.of(UNKNOWN_ACCOUNT, KillSwitchDecoder.accountIdId(), accountId);
        }
        firm = ledger.firm(account);
        return !operator
                && firm != sessions.firm(session)
                && refusal.of(SESSION_SCOPE, KillSwitchDecoder.accountIdId(), accountId);
    }
}
