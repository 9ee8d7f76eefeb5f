package org.isochron.matcher.money;

import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.CollateralConvertedDecoder;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FundingPaymentDecoder;
import org.isochron.codecs.IsolatedMovedDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.PositionSettledDecoder;
import org.isochron.codecs.Side;
import org.isochron.risk.ledger.Ledger;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Cash of every member's buckets as a clearing firm would know it, from private events alone: what is not told, or told of
 * another bucket, shows as a difference.
 */
final class NaiveCash {
    private static final long NO_INSTRUMENT = 0xFFFF_FFFFL;
    private static final long NO_ASSET = 0xFFFF_FFFFL;

    private final Ledger ledger;
    private final long[] cash;
    private final long[] pledged;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final FundingPaymentDecoder funding = new FundingPaymentDecoder();
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final CollateralConvertedDecoder converted = new CollateralConvertedDecoder();
    private final DeleveragedDecoder deleveraged = new DeleveragedDecoder();
    private final PositionSettledDecoder settled = new PositionSettledDecoder();
    private final IsolatedMovedDecoder moved = new IsolatedMovedDecoder();

    NaiveCash(final Ledger ledger) {
        this.ledger = ledger;
        cash = new long[ledger.bucketHandles()];
        pledged = new long[ledger.capacities().pledges()];
    }

    void onEvents(final EventBatch events) {
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            final int offset = events.messageOffset(record);
            header.wrap(events.buffer(), offset);
            switch (header.templateId()) {
                case FillDecoder.TEMPLATE_ID -> onFill(fill.wrapAndApplyHeader(events.buffer(), offset, header));
                case FundingPaymentDecoder.TEMPLATE_ID -> {
                    funding.wrapAndApplyHeader(events.buffer(), offset, header);
                    cash[bucket(funding.accountId(), funding.instrumentId())] += funding.amount();
                }
                case BalanceChangedDecoder.TEMPLATE_ID ->
                    onBalance(balance.wrapAndApplyHeader(events.buffer(), offset, header));
                case IsolatedMovedDecoder.TEMPLATE_ID -> {
                    moved.wrapAndApplyHeader(events.buffer(), offset, header);
                    final int position = position(moved.accountId(), moved.instrumentId());
                    cash[ledger.isolatedBucket(position)] += moved.amount();
                    cash[cross(moved.accountId(), moved.assetId())] -= moved.amount();
                }
                case CollateralConvertedDecoder.TEMPLATE_ID -> {
                    converted.wrapAndApplyHeader(events.buffer(), offset, header);
                    cash[cross(converted.accountId(), converted.settleAssetId())] += converted.paid();
                    pledged[pledge(converted.accountId(), converted.assetId(), converted.settleAssetId())] -=
                            converted.amount();
                }
                case DeleveragedDecoder.TEMPLATE_ID -> {
                    deleveraged.wrapAndApplyHeader(events.buffer(), offset, header);
                    cash[bucket(deleveraged.accountId(), deleveraged.instrumentId())] += deleveraged.cash();
                }
                case PositionSettledDecoder.TEMPLATE_ID ->
                    onSettled(settled.wrapAndApplyHeader(events.buffer(), offset, header));
                default -> {
                    // moves no cash of a member
                }
            }
        }
    }

    private void onFill(final FillDecoder event) {
        final int instrument = ledger.instruments().find(event.instrumentId());
        final long ticks = event.lastPrice() / ledger.instruments().tickSize(instrument);
        final long paid = new NaiveContract(ledger, instrument)
                .value(event.lastQuantity(), ticks)
                .longValueExact();
        cash[bucket(event.accountId(), event.instrumentId())] -=
                event.fee() + (event.side() == Side.BUY ? paid : -paid);
    }

    private void onBalance(final BalanceChangedDecoder event) {
        if (event.pledgeAssetId() != NO_ASSET) {
            pledged[pledge(event.accountId(), event.assetId(), event.pledgeAssetId())] += event.amount();
            return;
        }
        cash[bucket(event.accountId(), event.assetId(), event.instrumentId())] += event.amount();
    }

    private int bucket(final long accountId, final long assetId, final long instrumentId) {
        return instrumentId == NO_INSTRUMENT
                ? cross(accountId, assetId)
                : ledger.isolatedBucket(position(accountId, instrumentId));
    }

    private void onSettled(final PositionSettledDecoder event) {
        cash[bucket(event.accountId(), event.assetId(), event.instrumentId())] +=
                event.cash() + event.funding() + event.deficitPaid() - event.profitCharge() - event.equityCharge();
    }

    private int pledge(final long accountId, final long assetId, final long settleAssetId) {
        final int definition = ledger.collaterals()
                .find(ledger.assets().find(assetId), ledger.assets().find(settleAssetId));
        return ledger.collaterals().findPledge(ledger.findAccount(accountId), definition);
    }

    private int cross(final long accountId, final long assetId) {
        return ledger.crossBucket(ledger.findAccount(accountId), ledger.assets().find(assetId));
    }

    private int position(final long accountId, final long instrumentId) {
        return ledger.positions()
                .find(ledger.findAccount(accountId), ledger.instruments().find(instrumentId));
    }

    private int bucket(final long accountId, final long instrumentId) {
        return ledger.bucketOf(position(accountId, instrumentId));
    }

    /** Compares every member's buckets and pledges. */
    void checkAll() {
        for (int pledge = 0; pledge < ledger.collaterals().pledgeCount(); pledge++) {
            if (pledged[pledge] != ledger.collaterals().balance(pledge)) {
                throw new AssertionError("pledge " + pledge + " is "
                        + ledger.collaterals().balance(pledge) + ", its events come to " + pledged[pledge]);
            }
        }
        for (int account = Ledger.SYSTEM_ACCOUNTS; account < ledger.accountCount(); account++) {
            for (int asset = 0; asset < ledger.assets().count(); asset++) {
                check(account, ledger.crossBucket(account, asset));
            }
            for (int at = ledger.firstPosition(account);
                    at >= 0;
                    at = ledger.positions().nextOfAccount(at)) {
                if (ledger.isIsolated(ledger.bucketOf(at))) {
                    check(account, ledger.bucketOf(at));
                }
            }
        }
    }

    private void check(final int account, final int bucket) {
        if (cash[bucket] != ledger.cash(bucket)) {
            throw new AssertionError("account " + ledger.accountId(account) + ", bucket " + bucket + ": cash is "
                    + ledger.cash(bucket) + ", its events come to " + cash[bucket]);
        }
    }
}
