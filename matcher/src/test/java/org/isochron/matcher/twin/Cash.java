package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.INSUFFICIENT_FUNDS;
import static org.isochron.codecs.RejectCode.OVERFLOW;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_ASSET;

import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.DepositDecoder;

/** Cash that arrives and leaves. Deposit and Withdraw number their fields alike. */
final class Cash {
    private static final long MAX_NET_DEPOSITS = 1L << 60;

    private final World world;
    private final Events events;
    private final Margins margins;

    Cash(final World world, final Events events, final Margins margins) {
        this.world = world;
        this.events = events;
        this.margins = margins;
    }

    void onDeposit(
            final Session session, final long seqNum, final long accountId, final long asset, final long amount) {
        final Account account = check(accountId, asset, amount);
        final long room = MAX_NET_DEPOSITS - world.netDeposits.getOrDefault(asset, 0L);
        Refused.when(amount > room, OVERFLOW, DepositDecoder.amountId(), amount, room);
        move(session, seqNum, account, asset, amount, BalanceReason.DEPOSIT);
    }

    void onWithdraw(
            final Session session, final long seqNum, final long accountId, final long asset, final long amount) {
        final Account account = check(accountId, asset, amount);
        final long free = margins.withdrawable(account, asset);
        Refused.when(amount > free, INSUFFICIENT_FUNDS, DepositDecoder.amountId(), amount, free);
        move(session, seqNum, account, asset, -amount, BalanceReason.WITHDRAWAL);
    }

    private Account check(final long accountId, final long asset, final long amount) {
        final Account account = world.accounts.get(accountId);
        Refused.when(account == null, UNKNOWN_ACCOUNT, DepositDecoder.accountIdId(), accountId);
        Refused.when(!world.assetScales.containsKey(asset), UNKNOWN_ASSET, DepositDecoder.assetIdId(), asset);
        Refused.when(amount <= 0, BAD_VALUE, DepositDecoder.amountId(), amount, 1);
        return account;
    }

    private void move(
            final Session session,
            final long seqNum,
            final Account account,
            final long asset,
            final long amount,
            final BalanceReason reason) {
        world.netDeposits.merge(asset, amount, Long::sum);
        account.addCash(asset, amount);
        events.privately("BalanceChanged", session, account.firm)
                .with("amount", amount)
                .with("balanceAfter", account.cash(asset))
                .u32("accountId", account.id)
                .u32("assetId", asset)
                .u32("refSeqNum", seqNum)
                .with("reason", reason)
                .word("instrumentId", "-")
                .word("pledgeAssetId", "-");
    }
}
