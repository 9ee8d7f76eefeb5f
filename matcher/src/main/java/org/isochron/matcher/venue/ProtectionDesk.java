package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_DEFINED;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_ASSET;

import org.isochron.codecs.DeadManDecoder;
import org.isochron.codecs.MmpConfigDecoder;
import org.isochron.codecs.MmpResetDecoder;
import org.isochron.risk.ledger.Ledger;

/** What a session sets up to protect an account it trades: market maker protection groups and the dead-man timer. */
final class ProtectionDesk {
    private static final long LONGEST_MS = 86_400_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Sessions sessions;
    private final Ledger ledger;
    private final MmpGroups groups;
    private final DeadMen deadMen;
    private final Counters counters;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    /** What the checks have found out about the request on hand. */
    private int account;

    private int asset;
    private int group;

    ProtectionDesk(
            final Sessions sessions,
            final Ledger ledger,
            final MmpGroups groups,
            final DeadMen deadMen,
            final Counters counters,
            final Reports reports) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.groups = groups;
        this.deadMen = deadMen;
        this.counters = counters;
        this.reports = reports;
    }

    // Market maker protection

    void onMmpConfig(final Request request, final MmpConfigDecoder command) {
        if (refusesAccount(request.session, command.accountId()) || refusesGroup(command) || refusesLimits(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        final int configured = group == MmpGroups.NONE ? groups.define(account, command.mmpGroup(), asset) : group;
        groups.limits(
                configured,
                orNone(command.quantityLimit(), MmpConfigDecoder.quantityLimitNullValue()),
                orNone(command.notionalLimit(), MmpConfigDecoder.notionalLimitNullValue()),
                orNone(command.deltaLimit(), MmpConfigDecoder.deltaLimitNullValue()),
                orNone(command.fillCountLimit(), MmpConfigDecoder.fillCountLimitNullValue()),
                command.windowMs() * NANOS_PER_MILLI,
                command.frozenMs() * NANOS_PER_MILLI);
        reports.accepted(request);
    }

    private static long orNone(final long limit, final long nullValue) {
        return limit == nullValue ? MmpGroups.NO_LIMIT : limit;
    }

    /** The asset is for good: open orders of the group may count in it. */
    private boolean refusesGroup(final MmpConfigDecoder command) {
        if (command.mmpGroup() == MmpConfigDecoder.mmpGroupNullValue()) {
            return refusal.of(BAD_VALUE, MmpConfigDecoder.mmpGroupId(), Refusal.NO_VALUE);
        }
        asset = ledger.assets().find(command.assetId());
        if (asset < 0) {
            return refusal.of(UNKNOWN_ASSET, MmpConfigDecoder.assetIdId(), command.assetId());
        }
        group = groups.find(account, command.mmpGroup());
        if (group == MmpGroups.NONE) {
            return groups.isFull() && refusal.of(CAPACITY);
        }
        return groups.asset(group) != asset
                && refusal.of(
                        ALREADY_DEFINED,
                        MmpConfigDecoder.assetIdId(),
                        command.assetId(),
                        ledger.assets().id(groups.asset(group)));
    }

    private boolean refusesLimits(final MmpConfigDecoder command) {
        final boolean quantity = command.quantityLimit() != MmpConfigDecoder.quantityLimitNullValue();
        final boolean notional = command.notionalLimit() != MmpConfigDecoder.notionalLimitNullValue();
        final boolean delta = command.deltaLimit() != MmpConfigDecoder.deltaLimitNullValue();
        final boolean fillCount = command.fillCountLimit() != MmpConfigDecoder.fillCountLimitNullValue();
        if (!quantity && !notional && !delta && !fillCount) {
            return refusal.of(BAD_VALUE, MmpConfigDecoder.quantityLimitId(), Refusal.NO_VALUE);
        }
        return quantity
                        && refusesOutside(
                                MmpConfigDecoder.quantityLimitId(), command.quantityLimit(), 1, Long.MAX_VALUE)
                || notional
                        && refusesOutside(
                                MmpConfigDecoder.notionalLimitId(), command.notionalLimit(), 1, Long.MAX_VALUE)
                || delta && refusesOutside(MmpConfigDecoder.deltaLimitId(), command.deltaLimit(), 1, Long.MAX_VALUE)
                || fillCount
                        && refusesOutside(
                                MmpConfigDecoder.fillCountLimitId(), command.fillCountLimit(), 1, Long.MAX_VALUE)
                || refusesOutside(MmpConfigDecoder.windowMsId(), command.windowMs(), 1, LONGEST_MS)
                || refusesOutside(MmpConfigDecoder.frozenMsId(), command.frozenMs(), 0, LONGEST_MS);
    }

    void onMmpReset(final Request request, final MmpResetDecoder command) {
        if (refusesAccount(request.session, command.accountId()) || refusesUnknown(command.mmpGroup())) {
            reports.businessReject(request, refusal);
            return;
        }
        groups.reset(group);
        reports.accepted(request);
    }

    private boolean refusesUnknown(final int groupId) {
        group = groups.find(account, groupId);
        return group == MmpGroups.NONE && refusal.of(BAD_VALUE, MmpResetDecoder.mmpGroupId(), groupId);
    }

    // Dead man

    void onDeadMan(final Request request, final DeadManDecoder command) {
        if (refusesAccount(request.session, command.accountId())
                || refusesOutside(DeadManDecoder.timeoutMsId(), command.timeoutMs(), 0, LONGEST_MS)) {
            reports.businessReject(request, refusal);
            return;
        }
        if (command.timeoutMs() == 0) {
            deadMen.disarm(account);
        } else {
            deadMen.arm(account, command.timeoutMs() * NANOS_PER_MILLI, counters.nowNs());
        }
        reports.accepted(request);
    }

    /** The account has one number in all three messages. */
    private boolean refusesAccount(final int session, final long accountId) {
        account = ledger.findAccount(accountId);
        if (account < 0) {
            return refusal.of(UNKNOWN_ACCOUNT, MmpConfigDecoder.accountIdId(), accountId);
        }
        return !sessions.isEntitled(session, account)
                && refusal.of(SESSION_SCOPE, MmpConfigDecoder.accountIdId(), accountId);
    }

    /** A null is larger than any limit here, and refused like a number. */
    private boolean refusesOutside(final int fieldId, final long value, final long lowest, final long highest) {
        return (value < lowest || value > highest)
                && refusal.of(BAD_VALUE, fieldId, value, value < lowest ? lowest : highest);
    }
}
