package org.isochron.risk.watch;

import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.CollateralConvertedDecoder;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FundingPaymentDecoder;
import org.isochron.codecs.IsolatedMovedDecoder;
import org.isochron.codecs.LiquidationEndedDecoder;
import org.isochron.codecs.LiquidationStartedDecoder;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.PositionSettledDecoder;
import org.isochron.codecs.ProposalDeclinedDecoder;
import org.isochron.codecs.SecurityDefinitionDecoder;
import org.isochron.codecs.TakeoverDecoder;
import org.isochron.risk.ledger.Ledger;
import org.isochron.sequencer.replica.EventBatch;

/** Reads the core's events for what they change in buckets, and for its answers to proposals. */
final class Touches {
    private static final int NONE = -1;

    private final Ledger ledger;
    private final Scan scan;
    private final Proposals proposals;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final FundingPaymentDecoder payment = new FundingPaymentDecoder();
    private final IsolatedMovedDecoder moved = new IsolatedMovedDecoder();
    private final CollateralConvertedDecoder converted = new CollateralConvertedDecoder();
    private final TakeoverDecoder takeover = new TakeoverDecoder();
    private final DeleveragedDecoder deleveraged = new DeleveragedDecoder();
    private final PositionSettledDecoder settled = new PositionSettledDecoder();
    private final MarkIndexDecoder mark = new MarkIndexDecoder();
    private final SecurityDefinitionDecoder definition = new SecurityDefinitionDecoder();
    private final LiquidationStartedDecoder started = new LiquidationStartedDecoder();
    private final LiquidationEndedDecoder ended = new LiquidationEndedDecoder();
    private final ProposalDeclinedDecoder declined = new ProposalDeclinedDecoder();

    Touches(final Ledger ledger, final Scan scan, final Proposals proposals) {
        this.ledger = ledger;
        this.scan = scan;
        this.proposals = proposals;
    }

    void onEvent(final EventBatch events, final int offset) {
        header.wrap(events.buffer(), offset);
        switch (header.templateId()) {
            case FillDecoder.TEMPLATE_ID -> {
                fill.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(positionBucket(fill.accountId(), fill.instrumentId()));
            }
            case BalanceChangedDecoder.TEMPLATE_ID -> onBalance(events, offset);
            case FundingPaymentDecoder.TEMPLATE_ID -> {
                payment.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(positionBucket(payment.accountId(), payment.instrumentId()));
            }
            case IsolatedMovedDecoder.TEMPLATE_ID -> {
                moved.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(positionBucket(moved.accountId(), moved.instrumentId()));
                touch(bucketOf(moved.accountId(), moved.assetId(), BalanceChangedDecoder.instrumentIdNullValue()));
            }
            case CollateralConvertedDecoder.TEMPLATE_ID -> {
                converted.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(bucketOf(
                        converted.accountId(),
                        converted.settleAssetId(),
                        BalanceChangedDecoder.instrumentIdNullValue()));
            }
            case MarkIndexDecoder.TEMPLATE_ID -> {
                mark.wrapAndApplyHeader(events.buffer(), offset, header);
                scan.indexChanged(ledger.instruments().find(mark.stamp().instrumentId()));
            }
            case SecurityDefinitionDecoder.TEMPLATE_ID -> {
                definition.wrapAndApplyHeader(events.buffer(), offset, header);
                scan.rulesChanged(ledger.instruments().find(definition.stamp().instrumentId()));
            }
            default -> onLiquidationEvent(events, offset);
        }
    }

    private void onBalance(final EventBatch events, final int offset) {
        balance.wrapAndApplyHeader(events.buffer(), offset, header);
        final long pledgeAssetId = balance.pledgeAssetId();
        final boolean isPledge = pledgeAssetId != BalanceChangedDecoder.pledgeAssetIdNullValue();
        touch(bucketOf(balance.accountId(), isPledge ? pledgeAssetId : balance.assetId(), balance.instrumentId()));
    }

    private void onLiquidationEvent(final EventBatch events, final int offset) {
        switch (header.templateId()) {
            case TakeoverDecoder.TEMPLATE_ID -> {
                takeover.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(positionBucket(takeover.accountId(), takeover.instrumentId()));
            }
            case DeleveragedDecoder.TEMPLATE_ID -> {
                deleveraged.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(positionBucket(deleveraged.accountId(), deleveraged.instrumentId()));
            }
            case PositionSettledDecoder.TEMPLATE_ID -> {
                settled.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(bucketOf(settled.accountId(), settled.assetId(), settled.instrumentId()));
            }
            case LiquidationStartedDecoder.TEMPLATE_ID -> {
                started.wrapAndApplyHeader(events.buffer(), offset, header);
                started(bucketOf(started.accountId(), started.assetId(), started.instrumentId()));
            }
            case LiquidationEndedDecoder.TEMPLATE_ID -> {
                ended.wrapAndApplyHeader(events.buffer(), offset, header);
                touch(bucketOf(ended.accountId(), ended.assetId(), ended.instrumentId()));
            }
            case ProposalDeclinedDecoder.TEMPLATE_ID -> {
                declined.wrapAndApplyHeader(events.buffer(), offset, header);
                again(bucketOf(declined.accountId(), declined.assetId(), declined.instrumentId()));
            }
            default -> {
                // orders and their ends change what may be opened, not whether a bucket is under water
            }
        }
    }

    private void touch(final int bucket) {
        if (bucket != NONE) {
            scan.touch(bucket);
        }
    }

    /** Whoever proposed it, there is nothing left to propose. */
    private void started(final int bucket) {
        if (bucket != NONE) {
            proposals.answered(bucket);
            proposals.remove(bucket);
        }
    }

    /** Nothing has come of a proposal. The bucket is judged again, on the state that this was decided on. */
    void again(final int bucket) {
        if (bucket != NONE && proposals.answered(bucket)) {
            scan.touch(bucket);
        }
    }

    /** The bucket, or {@link #NONE} for what is unknown. */
    int bucketOf(final long accountId, final long assetId, final long instrumentId) {
        final int account = ledger.findAccount(accountId);
        final int asset = ledger.assets().find(assetId);
        if (account < 0 || asset < 0) {
            return NONE;
        }
        if (instrumentId == BalanceChangedDecoder.instrumentIdNullValue()) {
            return ledger.crossBucket(account, asset);
        }
        final int position =
                ledger.positions().find(account, ledger.instruments().find(instrumentId));
        return position < 0 ? NONE : ledger.isolatedBucket(position);
    }

    /** The bucket a position is in, or {@link #NONE}. */
    private int positionBucket(final long accountId, final long instrumentId) {
        final int account = ledger.findAccount(accountId);
        final int position =
                ledger.positions().find(account, ledger.instruments().find(instrumentId));
        return position < 0 ? NONE : ledger.bucketOf(position);
    }
}
