package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ACCOUNT_IN_LIQUIDATION;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.INSUFFICIENT_FUNDS;
import static org.isochron.codecs.RejectCode.OVERFLOW;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_ASSET;

import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.DepositDecoder;
import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.WithdrawDecoder;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Gate;

/** Cash that arrives and cash that leaves. Deposit and Withdraw number their fields alike. */
final class CashDesk {
    private final Ledger ledger;
    private final Gate gate;
    private final Reports reports;
    private final FundingSettlement funding;
    private final OpenBooks openBooks;
    private final Refusal refusal = new Refusal();

    private int asset;
    /** Of cross margin: cash comes and goes through it. */
    private int bucket;

    CashDesk(
            final Ledger ledger,
            final Gate gate,
            final Reports reports,
            final FundingSettlement funding,
            final OpenBooks openBooks) {
        this.openBooks = openBooks;
        this.funding = funding;
        this.ledger = ledger;
        this.gate = gate;
        this.reports = reports;
    }

    void onDeposit(final Request request, final DepositDecoder command) {
        final long amount = command.amount();
        if (refusesBucket(command.accountId(), command.assetId(), amount) || refusesDeposit(amount)) {
            reports.businessReject(request, refusal);
        } else {
            settleFunding();
            ledger.deposit(bucket, amount);
            reports.balanceChanged(request, bucket, amount, BalanceReason.DEPOSIT);
            openBooks.fundMoved(asset, OpenBooks.NO_INSTRUMENT, InsuranceReason.DEPOSIT);
        }
    }

    void onWithdraw(final Request request, final WithdrawDecoder command) {
        final long amount = command.amount();
        if (refusesBucket(command.accountId(), command.assetId(), amount)
                || refusesWithdrawal(command.accountId(), amount)) {
            reports.businessReject(request, refusal);
        } else {
            settleFunding();
            ledger.deposit(bucket, -amount);
            reports.balanceChanged(request, bucket, -amount, BalanceReason.WITHDRAWAL);
            openBooks.fundMoved(asset, OpenBooks.NO_INSTRUMENT, InsuranceReason.WITHDRAWAL);
        }
    }

    private void settleFunding() {
        funding.settleBucket(bucket);
        openBooks.fundMoved(asset, OpenBooks.NO_INSTRUMENT, InsuranceReason.FUNDING);
    }

    private boolean refusesBucket(final long accountId, final long assetId, final long amount) {
        final int account = ledger.findAccount(accountId);
        if (account < 0) {
            return refusal.of(UNKNOWN_ACCOUNT, DepositDecoder.accountIdId(), accountId);
        }
        // What it holds is owed to holders, and compared with what they owe each other.
        if (account == Ledger.FUNDING_POOL) {
            return refusal.of(SESSION_SCOPE, DepositDecoder.accountIdId(), accountId);
        }
        asset = ledger.assets().find(assetId);
        if (asset < 0) {
            return refusal.of(UNKNOWN_ASSET, DepositDecoder.assetIdId(), assetId);
        }
        bucket = ledger.crossBucket(account, asset);
        return amount <= 0 && refusal.of(BAD_VALUE, DepositDecoder.amountId(), amount, 1);
    }

    private boolean refusesDeposit(final long amount) {
        final long room = Ledger.MAX_NET_DEPOSITS - ledger.assets().netDeposits(asset);
        return amount > room && refusal.of(OVERFLOW, DepositDecoder.amountId(), amount, room);
    }

    private boolean refusesWithdrawal(final long accountId, final long amount) {
        if (ledger.isInLiquidation(bucket)) {
            return refusal.of(ACCOUNT_IN_LIQUIDATION, WithdrawDecoder.accountIdId(), accountId);
        }
        final long free = gate.withdrawable(bucket);
        return amount > free && refusal.of(INSUFFICIENT_FUNDS, WithdrawDecoder.amountId(), amount, free);
    }
}
