package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ACCOUNT_IN_LIQUIDATION;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.INSUFFICIENT_FUNDS;
import static org.isochron.codecs.RejectCode.RISK_UNAVAILABLE;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_ASSET;

import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.Role;
import org.isochron.codecs.TransferDecoder;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Gate;
import org.isochron.risk.marks.Marks;

/**
 * Cash that passes between what an account has in cross margin, in isolated buckets and pledged as collateral, or between
 * two accounts of a firm. What leaves a bucket is ruled like a withdrawal; what leaves a pledge may cost its bucket no more
 * credit than that rule leaves it.
 */
final class TransferDesk {
    private final Sessions sessions;
    private final Ledger ledger;
    private final Collaterals collaterals;
    private final Marks marks;
    private final Gate gate;
    private final Reports reports;
    private final FundingSettlement funding;
    private final Refusal refusal = new Refusal();
    private final Side from = new Side();
    private final Side to = new Side();

    /** One end of a transfer. */
    private static final class Side {
        int accountField;
        int instrumentField;
        int pledgeField;

        int account;
        /** Of cash; of a pledge, the bucket it counts in. */
        int bucket;
        /** Definition, {@link Collaterals#NONE} for cash. */
        int definition;
    }

    TransferDesk(
            final Sessions sessions,
            final Ledger ledger,
            final Marks marks,
            final Gate gate,
            final Reports reports,
            final FundingSettlement funding) {
        this.funding = funding;
        this.sessions = sessions;
        this.ledger = ledger;
        this.marks = marks;
        this.gate = gate;
        this.reports = reports;
        collaterals = ledger.collaterals();
        from.accountField = TransferDecoder.fromAccountIdId();
        from.instrumentField = TransferDecoder.fromInstrumentIdId();
        from.pledgeField = TransferDecoder.fromPledgeAssetIdId();
        to.accountField = TransferDecoder.toAccountIdId();
        to.instrumentField = TransferDecoder.toInstrumentIdId();
        to.pledgeField = TransferDecoder.toPledgeAssetIdId();
    }

    void onTransfer(final Request request, final TransferDecoder command) {
        final int asset = ledger.assets().find(command.assetId());
        if (refusesAsset(asset, command)
                || refusesAccounts(request.session, command)
                || refusesSide(from, asset, command.fromInstrumentId(), command.fromPledgeAssetId())
                || refusesSide(to, asset, command.toInstrumentId(), command.toPledgeAssetId())
                || refusesLoop(command)
                || refusesAmount(command.amount())
                || refusesRoom()) {
            reports.businessReject(request, refusal);
            return;
        }
        carryOut(request, ledger.crossBucket(from.account, asset), command.amount());
    }

    private boolean refusesAsset(final int asset, final TransferDecoder command) {
        if (asset < 0) {
            return refusal.of(UNKNOWN_ASSET, TransferDecoder.assetIdId(), command.assetId());
        }
        return command.amount() <= 0 && refusal.of(BAD_VALUE, TransferDecoder.amountId(), command.amount(), 1);
    }

    private boolean refusesAccounts(final int session, final TransferDecoder command) {
        from.account = ledger.findAccount(command.fromAccountId());
        to.account = ledger.findAccount(command.toAccountId());
        if (from.account < Ledger.SYSTEM_ACCOUNTS) {
            return refusal.of(UNKNOWN_ACCOUNT, from.accountField, command.fromAccountId());
        }
        if (to.account < Ledger.SYSTEM_ACCOUNTS) {
            return refusal.of(UNKNOWN_ACCOUNT, to.accountField, command.toAccountId());
        }
        final boolean operator = sessions.role(session) == Role.OPERATOR;
        if (!operator && !sessions.isEntitled(session, from.account)) {
            return refusal.of(SESSION_SCOPE, from.accountField, command.fromAccountId());
        }
        final boolean allowed =
                operator ? ledger.firm(from.account) == ledger.firm(to.account) : from.account == to.account;
        return !allowed && refusal.of(SESSION_SCOPE, to.accountField, command.toAccountId());
    }

    private boolean refusesSide(final Side side, final int asset, final long instrumentId, final long pledgeAssetId) {
        final boolean isolated = instrumentId != TransferDecoder.fromInstrumentIdNullValue();
        final boolean pledged = pledgeAssetId != TransferDecoder.fromPledgeAssetIdNullValue();
        side.definition = Collaterals.NONE;
        side.bucket = ledger.crossBucket(side.account, asset);
        if (isolated && pledged) {
            return refusal.of(BAD_VALUE, side.pledgeField, pledgeAssetId);
        }
        return isolated && refusesIsolated(side, asset, instrumentId)
                || pledged && refusesPledge(side, asset, pledgeAssetId)
                || ledger.isInLiquidation(side.bucket)
                        && refusal.of(ACCOUNT_IN_LIQUIDATION, side.accountField, ledger.accountId(side.account));
    }

    /** An idle position keeps no cash of its own. */
    private boolean refusesIsolated(final Side side, final int asset, final long instrumentId) {
        final int position =
                ledger.positions().find(side.account, ledger.instruments().find(instrumentId));
        if (position < 0
                || !ledger.isIsolated(ledger.bucketOf(position))
                || ledger.bucketAsset(ledger.bucketOf(position)) != asset
                || ledger.positions().isIdle(position)) {
            return refusal.of(BAD_VALUE, side.instrumentField, instrumentId);
        }
        side.bucket = ledger.bucketOf(position);
        return false;
    }

    private boolean refusesPledge(final Side side, final int asset, final long pledgeAssetId) {
        final int settleAsset = ledger.assets().find(pledgeAssetId);
        side.definition = settleAsset < 0 ? Collaterals.NONE : collaterals.find(asset, settleAsset);
        if (side.definition == Collaterals.NONE) {
            return refusal.of(BAD_VALUE, side.pledgeField, pledgeAssetId);
        }
        side.bucket = ledger.crossBucket(side.account, settleAsset);
        return false;
    }

    private boolean refusesLoop(final TransferDecoder command) {
        return from.bucket == to.bucket
                && from.definition == to.definition
                && refusal.of(BAD_VALUE, to.accountField, command.toAccountId());
    }

    private boolean refusesAmount(final long amount) {
        if (from.definition != Collaterals.NONE) {
            return refusesRelease(amount);
        }
        final long free = gate.withdrawable(from.bucket);
        return amount > free && refusal.of(INSUFFICIENT_FUNDS, TransferDecoder.amountId(), amount, free);
    }

    /** Nothing is released while nobody knows what the rest is worth. */
    private boolean refusesRelease(final long amount) {
        final int pledge = collaterals.findPledge(from.account, from.definition);
        final long balance = pledge == Collaterals.NONE ? 0 : collaterals.balance(pledge);
        if (amount > balance) {
            return refusal.of(INSUFFICIENT_FUNDS, TransferDecoder.amountId(), amount, balance);
        }
        final int instrument = collaterals.instrument(from.definition);
        if (!marks.isValid(instrument)) {
            return refusal.of(RISK_UNAVAILABLE);
        }
        final long index = marks.indexTicks(instrument);
        final long cost = collaterals.credit(from.definition, balance, index)
                - collaterals.credit(from.definition, balance - amount, index);
        final long free = gate.free(from.bucket);
        return cost > 0
                && cost > free
                && refusal.of(INSUFFICIENT_FUNDS, TransferDecoder.amountId(), amount, Math.max(0, free));
    }

    private boolean refusesRoom() {
        if (to.definition == Collaterals.NONE) {
            return false;
        }
        final boolean isNew = collaterals.findPledge(to.account, to.definition) == Collaterals.NONE;
        return isNew && collaterals.isFullOfPledges() && refusal.of(CAPACITY);
    }

    /** Everything passes through cross margin of the giver in the asset that moves. */
    private void carryOut(final Request request, final int cash, final long amount) {
        funding.settleBucket(from.bucket);
        funding.settleBucket(to.bucket);
        if (from.definition == Collaterals.NONE) {
            if (to.definition == Collaterals.NONE) {
                ledger.transfer(from.bucket, to.bucket, amount);
            } else {
                ledger.pledge(from.bucket, ledger.pledge(to.account, to.definition), amount);
            }
        } else {
            ledger.pledge(cash, ledger.pledge(from.account, from.definition), -amount);
            if (to.definition == Collaterals.NONE) {
                ledger.transfer(cash, to.bucket, amount);
            } else {
                ledger.pledge(cash, ledger.pledge(to.account, to.definition), amount);
            }
        }
        tell(from, request, -amount);
        tell(to, null, amount);
    }

    /** The giver's change answers the request, the receiver's is told to its reporter. */
    private void tell(final Side side, final Request request, final long amount) {
        if (side.definition == Collaterals.NONE) {
            if (request == null) {
                reports.balanceChanged(side.bucket, amount, BalanceReason.TRANSFER);
            } else {
                reports.balanceChanged(request, side.bucket, amount, BalanceReason.TRANSFER);
            }
        } else {
            reports.pledgeChanged(request, ledger.pledge(side.account, side.definition), amount);
        }
    }
}
