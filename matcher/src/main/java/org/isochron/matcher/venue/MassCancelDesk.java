package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.CancelReason;
import org.isochron.codecs.MassCancelDecoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.Role;
import org.isochron.codecs.Side;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;

/** Mass cancels: counted and acknowledged at once, carried out as far as the batch has room, the rest with later commands. */
final class MassCancelDesk {
    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final MmpGroups mmpGroups;
    private final Reports reports;
    private final Cancels cancels;
    private final FirmCancels firmCancels;
    private final WorkQueue work;
    private final PendingWork pendingWork;
    private final MassCancelFilter filter = new MassCancelFilter();
    private final Refusal refusal = new Refusal();

    MassCancelDesk(
            final Sessions sessions,
            final Ledger ledger,
            final MmpGroups mmpGroups,
            final Reports reports,
            final Cancels cancels,
            final FirmCancels firmCancels,
            final WorkQueue work,
            final PendingWork pendingWork) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.mmpGroups = mmpGroups;
        this.reports = reports;
        this.cancels = cancels;
        this.firmCancels = firmCancels;
        this.work = work;
        this.pendingWork = pendingWork;
        instruments = ledger.instruments();
    }

    void onMassCancel(final Request request, final MassCancelDecoder command) {
        final boolean operator = sessions.role(request.session) == Role.OPERATOR;
        final boolean ofFirm = command.scopeRaw() == MassCancelScope.FIRM.value();
        final int account = ofFirm ? Sessions.NONE : ledger.findAccount(command.accountId());
        if (refusesScope(command, operator)
                || !ofFirm && refusesAccount(request.session, operator, account, command.accountId())
                || refusesFields(command, account)) {
            reports.businessReject(request, refusal);
            return;
        }
        final CancelReason reason = operator ? CancelReason.ADMIN : CancelReason.USER;
        if (ofFirm) {
            cancelFirm(request, command, reason);
        } else {
            reports.massCancelAck(request, command, account, cancels.count(account, filter));
            work.pushMassCancel(account, filter, reason.value());
        }
        pendingWork.run();
    }

    private void cancelFirm(final Request request, final MassCancelDecoder command, final CancelReason reason) {
        if (sessions.isForWholeFirm(request.session)) {
            final int firm = sessions.firm(request.session);
            reports.massCancelAck(request, command, Sessions.NONE, firmCancels.count(firm));
            firmCancels.push(firm, reason);
            return;
        }
        final int accounts = sessions.accountCount(request.session);
        long count = 0;
        for (int i = 0; i < accounts; i++) {
            count += cancels.count(sessions.account(request.session, i), filter);
        }
        reports.massCancelAck(request, command, Sessions.NONE, count);
        for (int i = 0; i < accounts; i++) {
            work.pushMassCancel(sessions.account(request.session, i), filter, reason.value());
        }
    }

    private boolean refusesScope(final MassCancelDecoder command, final boolean operator) {
        final MassCancelScope scope = command.scope();
        if (scope == MassCancelScope.NULL_VAL) {
            return refusal.of(BAD_VALUE, MassCancelDecoder.scopeId(), Refusal.NO_VALUE);
        }
        // The operator has no firm, so the scope would mean nothing.
        if (scope == MassCancelScope.FIRM && operator) {
            return refusal.of(SESSION_SCOPE, MassCancelDecoder.scopeId(), scope.value());
        }
        return !work.hasClientRoom(Sessions.MAX_ACCOUNTS) && refusal.of(CAPACITY);
    }

    private boolean refusesAccount(final int session, final boolean operator, final int account, final long accountId) {
        if (account < 0) {
            return refusal.of(UNKNOWN_ACCOUNT, MassCancelDecoder.accountIdId(), accountId);
        }
        return !operator
                && !sessions.isEntitled(session, account)
                && refusal.of(SESSION_SCOPE, MassCancelDecoder.accountIdId(), accountId);
    }

    /** Fills the filter from the fields the scope uses; fields it does not use are not looked at. */
    private boolean refusesFields(final MassCancelDecoder command, final int account) {
        filter.scope = command.scopeRaw();
        filter.instrument = Sessions.NONE;
        filter.side = command.sideRaw();
        filter.tag = command.userTag();
        filter.fromTicks = 0;
        filter.toTicks = 0;
        return switch (command.scope()) {
            case INSTRUMENT -> refusesInstrument(command);
            case SIDE -> refusesInstrument(command) || refusesSide(command);
            case PRICE_RANGE -> refusesInstrument(command) || refusesSide(command) || refusesPrices(command);
            case USER_TAG ->
                command.userTag() == MassCancelDecoder.userTagNullValue()
                        && refusal.of(BAD_VALUE, MassCancelDecoder.userTagId(), Refusal.NO_VALUE);
            case MMP_GROUP -> refusesGroup(command, account);
            default -> false;
        };
    }

    private boolean refusesInstrument(final MassCancelDecoder command) {
        filter.instrument = instruments.find(command.instrumentId());
        return filter.instrument < 0
                && refusal.of(UNKNOWN_INSTRUMENT, MassCancelDecoder.instrumentIdId(), command.instrumentId());
    }

    private boolean refusesSide(final MassCancelDecoder command) {
        return command.sideRaw() == Side.NULL_VAL.value()
                && refusal.of(BAD_VALUE, MassCancelDecoder.sideId(), Refusal.NO_VALUE);
    }

    private boolean refusesGroup(final MassCancelDecoder command, final int account) {
        filter.tag = mmpGroups.find(account, command.mmpGroup());
        return filter.tag == MmpGroups.NONE
                && refusal.of(BAD_VALUE, MassCancelDecoder.mmpGroupId(), command.mmpGroup());
    }

    /** The ends need not lie on ticks: what counts is which orders lie between them. */
    private boolean refusesPrices(final MassCancelDecoder command) {
        if (command.fromPrice() < 0) {
            return refusal.of(BAD_VALUE, MassCancelDecoder.fromPriceId(), command.fromPrice(), 0);
        }
        if (command.toPrice() < command.fromPrice()) {
            return refusal.of(BAD_VALUE, MassCancelDecoder.toPriceId(), command.toPrice(), command.fromPrice());
        }
        final long tickSize = instruments.tickSize(filter.instrument);
        filter.fromTicks = FixedPoint.ceilDiv(command.fromPrice(), tickSize);
        filter.toTicks = FixedPoint.floorDiv(command.toPrice(), tickSize);
        return false;
    }
}
