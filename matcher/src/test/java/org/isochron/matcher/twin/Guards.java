package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.ALREADY_DEFINED;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_ASSET;
import static org.isochron.codecs.RejectCode.UNKNOWN_FIRM;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.DeadManDecoder;
import org.isochron.codecs.KillReleaseDecoder;
import org.isochron.codecs.KillScope;
import org.isochron.codecs.KillSwitchDecoder;
import org.isochron.codecs.MmpConfigDecoder;
import org.isochron.codecs.MmpResetDecoder;
import org.isochron.codecs.Role;

/** Commands that set up protections: groups, kill switches, dead-man timers. */
final class Guards {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_DAY = 86_400_000;

    private final World world;
    private final Lifecycle lifecycle;
    private final MassCancels massCancels;
    private final Checks checks;

    Guards(final World world, final Lifecycle lifecycle, final MassCancels massCancels, final Checks checks) {
        this.world = world;
        this.lifecycle = lifecycle;
        this.massCancels = massCancels;
        this.checks = checks;
    }

    void onMmpConfig(final Session session, final MmpConfigDecoder command) {
        final Account account = checks.account(session, command.accountId());
        final int id = command.mmpGroup();
        Refused.when(id == Line.NO_U16, BAD_VALUE, MmpConfigDecoder.mmpGroupId(), Line.NONE);
        Refused.when(
                !world.assetScales.containsKey(command.assetId()),
                UNKNOWN_ASSET,
                MmpConfigDecoder.assetIdId(),
                command.assetId());
        MmpGroup group = account.groups.get(id);
        Refused.when(group == null && world.mmpGroups == world.maxMmpGroups, CAPACITY);
        Refused.when(
                group != null && group.asset != command.assetId(),
                ALREADY_DEFINED,
                MmpConfigDecoder.assetIdId(),
                command.assetId(),
                group == null ? 0 : group.asset);
        final long[] limits = {
            command.quantityLimit(),
            command.notionalLimit(),
            command.deltaLimit(),
            command.fillCountLimit() == Line.NO_U32 ? Line.NONE : command.fillCountLimit()
        };
        final int[] fields = {
            MmpConfigDecoder.quantityLimitId(),
            MmpConfigDecoder.notionalLimitId(),
            MmpConfigDecoder.deltaLimitId(),
            MmpConfigDecoder.fillCountLimitId()
        };
        Refused.when(
                LongStream.of(limits).allMatch(limit -> limit == Line.NONE),
                BAD_VALUE,
                MmpConfigDecoder.quantityLimitId(),
                Line.NONE);
        for (int i = 0; i < limits.length; i++) {
            Refused.when(limits[i] != Line.NONE && limits[i] < 1, BAD_VALUE, fields[i], limits[i], 1);
        }
        within(command.windowMs(), 1, MmpConfigDecoder.windowMsId());
        within(command.frozenMs(), 0, MmpConfigDecoder.frozenMsId());
        if (group == null) {
            world.mmpGroups++;
            group = new MmpGroup(account, id);
            account.groups.put(id, group);
        }
        group.asset = command.assetId();
        group.quantityLimit = limits[0];
        group.notionalLimit = limits[1];
        group.deltaLimit = limits[2];
        group.fillCountLimit = limits[3];
        group.windowNs = command.windowMs() * NANOS_PER_MILLI;
        group.frozenNs = command.frozenMs() * NANOS_PER_MILLI;
        group.restartWindow();
    }

    private static void within(final long millis, final long least, final int fieldId) {
        Refused.when(millis < least, BAD_VALUE, fieldId, millis, least);
        Refused.when(millis > MILLIS_PER_DAY, BAD_VALUE, fieldId, millis, MILLIS_PER_DAY);
    }

    void onMmpReset(final Session session, final MmpResetDecoder command) {
        final Account account = checks.account(session, command.accountId());
        final MmpGroup group = account.groups.get(command.mmpGroup());
        Refused.when(group == null, BAD_VALUE, MmpResetDecoder.mmpGroupId(), command.mmpGroup());
        group.frozenUntilNs = 0;
        group.restartWindow();
    }

    void onKillSwitch(final Session session, final long seqNum, final KillSwitchDecoder command) {
        final boolean operator = session.role == Role.OPERATOR;
        final boolean ofFirm = ofFirm(command.scope());
        final Account account = ofFirm ? null : killedAccount(session, operator, command.accountId());
        final Firm firm = ofFirm ? killedFirm(session, operator, command.firmId()) : account.firm;
        set(account, firm, operator, true);
        final List<Order> orders = ofFirm ? ordersOf(firm) : Lifecycle.ordersOf(account, order -> true);
        massCancels.acknowledge(
                session, firm, seqNum, command.clOrdId(), orders.size(), command.accountId(), Line.NO_U32);
        lifecycle.cancelAll(orders, CancelReason.KILL);
    }

    /** A firm's orders go session by session, in order of definition. */
    private List<Order> ordersOf(final Firm firm) {
        final List<Order> orders = new ArrayList<>();
        world.sessionsBySlot.stream()
                .filter(session -> session.firm == firm && firm != null)
                .forEach(session -> orders.addAll(session.orders));
        return orders;
    }

    /** What nobody has thrown may be released; what only the other kind has thrown may not. */
    void onKillRelease(final Session session, final KillReleaseDecoder command) {
        final boolean operator = session.role == Role.OPERATOR;
        final boolean ofFirm = ofFirm(command.scope());
        final Account account = ofFirm ? null : killedAccount(session, operator, command.accountId());
        final Firm firm = ofFirm ? killedFirm(session, operator, command.firmId()) : account.firm;
        final boolean byItself = ofFirm ? firm.killedByItself : account.killedByItself;
        final boolean byOperator = ofFirm ? firm.killedByOperator : account.killedByOperator;
        Refused.when(
                (byItself || byOperator) && !(operator ? byOperator : byItself),
                SESSION_SCOPE,
                KillReleaseDecoder.scopeId(),
                command.scopeRaw());
        set(account, firm, operator, false);
    }

    private static boolean ofFirm(final KillScope scope) {
        Refused.when(scope == KillScope.NULL_VAL, BAD_VALUE, KillSwitchDecoder.scopeId(), Line.NONE);
        return scope == KillScope.FIRM;
    }

    /** Any session of the firm may, whether it trades the account or not. */
    private Account killedAccount(final Session session, final boolean operator, final long accountId) {
        final Account account = world.accounts.get(accountId);
        Refused.when(
                account == null || account.firm == null, UNKNOWN_ACCOUNT, KillSwitchDecoder.accountIdId(), accountId);
        Refused.when(
                !operator && account.firm != session.firm, SESSION_SCOPE, KillSwitchDecoder.accountIdId(), accountId);
        return account;
    }

    private Firm killedFirm(final Session session, final boolean operator, final long firmId) {
        Refused.when(operator && firmId == Line.NO_U32, BAD_VALUE, KillSwitchDecoder.firmIdId(), Line.NONE);
        final Firm firm = firmId == Line.NO_U32 ? session.firm : world.firms.get(firmId);
        Refused.when(firm == null, UNKNOWN_FIRM, KillSwitchDecoder.firmIdId(), firmId);
        Refused.when(!operator && firm != session.firm, SESSION_SCOPE, KillSwitchDecoder.firmIdId(), firmId);
        return firm;
    }

    private static void set(final Account account, final Firm firm, final boolean operator, final boolean killed) {
        if (account == null) {
            firm.killedByOperator = operator ? killed : firm.killedByOperator;
            firm.killedByItself = operator ? firm.killedByItself : killed;
        } else {
            account.killedByOperator = operator ? killed : account.killedByOperator;
            account.killedByItself = operator ? account.killedByItself : killed;
        }
    }

    void onDeadMan(final Session session, final DeadManDecoder command) {
        final Account account = checks.account(session, command.accountId());
        within(command.timeoutMs(), 0, DeadManDecoder.timeoutMsId());
        account.deadManNs = command.timeoutMs() * NANOS_PER_MILLI;
        account.deadManDueNs = account.deadManNs == 0 ? 0 : world.nowNs + account.deadManNs;
    }

    /** Nobody has renewed it. */
    void lapse(final Account account) {
        account.deadManNs = 0;
        account.deadManDueNs = 0;
        world.work.addLast(() -> lifecycle.cancelAll(Lifecycle.ordersOf(account, order -> true), CancelReason.DEADMAN));
    }
}
