package org.isochron.replay.audit;

import java.math.BigInteger;
import org.agrona.DirectBuffer;
import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.CollateralConvertedDecoder;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FundingPaymentDecoder;
import org.isochron.codecs.InsuranceFundDecoder;
import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.IsolatedMovedDecoder;
import org.isochron.codecs.MarketSettledDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TakeoverDecoder;

/**
 * Follows cash and lots from event to event, of members by private events and of INSURANCE by its public ones. A settlement
 * moves all its money at once, and tells each member later; it is worked out from what is public about it.
 */
final class AuditedMoney {
    private final AuditedVenue venue;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final FundingPaymentDecoder funding = new FundingPaymentDecoder();
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final IsolatedMovedDecoder moved = new IsolatedMovedDecoder();
    private final CollateralConvertedDecoder converted = new CollateralConvertedDecoder();
    private final TakeoverDecoder takeover = new TakeoverDecoder();
    private final DeleveragedDecoder deleveraged = new DeleveragedDecoder();
    private final InsuranceFundDecoder fund = new InsuranceFundDecoder();
    private final MarketSettledDecoder market = new MarketSettledDecoder();

    /** Trade whose taker was a liquidation: its maker's rebate comes out of INSURANCE. */
    private long liquidationTrade;

    private AuditedSettlement settlement;

    AuditedMoney(final AuditedVenue venue) {
        this.venue = venue;
    }

    void onEvent(final int template, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case FillDecoder.TEMPLATE_ID -> onFill(fill.wrapAndApplyHeader(buffer, offset, header));
            case FundingPaymentDecoder.TEMPLATE_ID -> onFunding(funding.wrapAndApplyHeader(buffer, offset, header));
            case BalanceChangedDecoder.TEMPLATE_ID -> onBalance(balance.wrapAndApplyHeader(buffer, offset, header));
            case IsolatedMovedDecoder.TEMPLATE_ID -> {
                moved.wrapAndApplyHeader(buffer, offset, header);
                final BigInteger amount = BigInteger.valueOf(moved.amount());
                venue.pay(venue.bucket(moved.accountId(), moved.assetId(), moved.instrumentId()), amount);
                venue.pay(venue.cross(moved.accountId(), moved.assetId()), amount.negate());
            }
            case CollateralConvertedDecoder.TEMPLATE_ID ->
                onConversion(converted.wrapAndApplyHeader(buffer, offset, header));
            case TakeoverDecoder.TEMPLATE_ID -> onTakeover(takeover.wrapAndApplyHeader(buffer, offset, header));
            case DeleveragedDecoder.TEMPLATE_ID ->
                onDeleveraged(deleveraged.wrapAndApplyHeader(buffer, offset, header));
            case InsuranceFundDecoder.TEMPLATE_ID -> onFund(fund.wrapAndApplyHeader(buffer, offset, header));
            case MarketSettledDecoder.TEMPLATE_ID -> {
                settlement = new AuditedSettlement(venue, market.wrapAndApplyHeader(buffer, offset, header));
                settlement.carryOut();
            }
            default -> {
                // moves neither cash nor lots, or tells again what a settlement has moved
            }
        }
    }

    /** The last one; null before. */
    AuditedSettlement settlement() {
        return settlement;
    }

    private void onFill(final FillDecoder event) {
        final AuditedPosition position = venue.position(event.accountId(), event.instrumentId());
        final AuditedContract contract = position.instrument.contract;
        final long lots = event.side() == Side.BUY ? event.lastQuantity() : -event.lastQuantity();
        final BigInteger cash = contract.value(event.lastQuantity(), event.lastPrice() / contract.tickSize());
        final BigInteger received = event.side() == Side.BUY ? cash.negate() : cash;
        venue.move(position, lots, received);
        if (event.liquidation() == 1 && event.accountId() != AuditedVenue.INSURANCE_ID) {
            liquidationTrade = event.tradeId();
        }
        final BigInteger fee = BigInteger.valueOf(event.fee());
        if (event.fee() >= 0 || event.tradeId() != liquidationTrade) {
            final AuditedAsset asset = venue.asset(contract.assetId());
            asset.fees = asset.fees.add(fee);
        }
        payMember(position.bucket, received.subtract(fee));
    }

    /** What INSURANCE receives and pays it tells itself. */
    private void payMember(final AuditedBucket bucket, final BigInteger amount) {
        if (bucket.id.accountId() != AuditedVenue.INSURANCE_ID) {
            venue.pay(bucket, amount);
        }
    }

    private void onFunding(final FundingPaymentDecoder event) {
        final AuditedPosition position = venue.position(event.accountId(), event.instrumentId());
        position.fundingIndex = BigInteger.valueOf(event.indexAfter());
        final BigInteger amount = BigInteger.valueOf(event.amount());
        final AuditedAsset asset = venue.asset(event.assetId());
        asset.pool = asset.pool.subtract(amount);
        payMember(position.bucket, amount);
    }

    private void onBalance(final BalanceChangedDecoder event) {
        final BigInteger amount = BigInteger.valueOf(event.amount());
        if (event.reason() == BalanceReason.DEPOSIT || event.reason() == BalanceReason.WITHDRAWAL) {
            final AuditedAsset asset = venue.asset(event.assetId());
            asset.netDeposits = asset.netDeposits.add(amount);
        }
        if (event.pledgeAssetId() != BalanceChangedDecoder.pledgeAssetIdNullValue()) {
            venue.pledge(event.accountId(), event.assetId(), event.pledgeAssetId(), amount);
        } else {
            payAny(event, amount);
        }
    }

    /** Deposits may go to two of the venue's own accounts. */
    private void payAny(final BalanceChangedDecoder event, final BigInteger amount) {
        final AuditedAsset asset = venue.asset(event.assetId());
        if (event.accountId() == AuditedVenue.FEE_ID) {
            asset.fees = asset.fees.add(amount);
        } else if (event.accountId() == AuditedVenue.ROUNDING_ID) {
            asset.pool = asset.pool.add(amount);
        } else {
            payMember(venue.bucket(event.accountId(), event.assetId(), event.instrumentId()), amount);
        }
    }

    private void onConversion(final CollateralConvertedDecoder event) {
        venue.pay(venue.cross(event.accountId(), event.settleAssetId()), BigInteger.valueOf(event.paid()));
        venue.pledge(
                event.accountId(),
                event.assetId(),
                event.settleAssetId(),
                BigInteger.valueOf(event.amount()).negate());
    }

    /** The member's cash is told by BalanceChanged. */
    private void onTakeover(final TakeoverDecoder event) {
        if (event.instrumentId() != TakeoverDecoder.instrumentIdNullValue()) {
            final BigInteger cash = BigInteger.valueOf(event.cash());
            venue.move(venue.position(event.accountId(), event.instrumentId()), -event.quantity(), cash);
            venue.move(
                    venue.position(AuditedVenue.INSURANCE_ID, event.instrumentId()), event.quantity(), cash.negate());
        }
    }

    private void onDeleveraged(final DeleveragedDecoder event) {
        final AuditedPosition position = venue.position(event.accountId(), event.instrumentId());
        final BigInteger cash = BigInteger.valueOf(event.cash());
        venue.move(position, event.quantity(), cash);
        payMember(position.bucket, cash);
    }

    /** A settlement has moved all its money at once. */
    private void onFund(final InsuranceFundDecoder event) {
        if (event.reason() == InsuranceReason.SETTLEMENT) {
            return;
        }
        final BigInteger change = BigInteger.valueOf(event.change());
        venue.pay(venue.insurance(event.assetId()), change);
    }
}
