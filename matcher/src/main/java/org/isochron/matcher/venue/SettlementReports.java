package org.isochron.matcher.venue;

import org.isochron.codecs.MarketSettledEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.PositionSettledEncoder;
import org.isochron.codecs.PublicStampEncoder;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.liquidation.Burden;
import org.isochron.risk.liquidation.SettledBuckets;

/** Writes what a last resort has done: to everybody at once, and to the owner of each bucket. */
final class SettlementReports {
    private final EventWriter events;
    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MarketSettledEncoder market = new MarketSettledEncoder();
    private final PositionSettledEncoder bucketSettled = new PositionSettledEncoder();

    SettlementReports(final EventWriter events, final Sessions sessions, final Ledger ledger) {
        this.events = events;
        this.sessions = sessions;
        this.ledger = ledger;
        instruments = ledger.instruments();
    }

    /** @param instrument settled, or {@link LastResort#NO_INSTRUMENT}. */
    void market(
            final int instrument, final int asset, final long markTicks, final long openInterest, final Burden burden) {
        final boolean isMarket = instrument != LastResort.NO_INSTRUMENT;
        final int offset = events.claimPublic(
                MarketSettledEncoder.BLOCK_LENGTH,
                isMarket ? instruments.id(instrument) : PublicStampEncoder.instrumentIdNullValue());
        market.wrapAndApplyHeader(events.buffer(), offset, header)
                .markPrice(
                        isMarket
                                ? markTicks * instruments.tickSize(instrument)
                                : MarketSettledEncoder.markPriceNullValue())
                .deficit(burden.deficit())
                .insurancePaid(burden.insurancePaid())
                .profitCharged(burden.profitCharged())
                .profitBase(burden.profitBase())
                .equityCharged(burden.equityCharged())
                .equityBase(burden.equityBase())
                .openInterest(openInterest)
                .assetId(ledger.assets().id(asset));
    }

    void bucket(
            final int bucket,
            final SettledBuckets settled,
            final int instrument,
            final long markTicks,
            final long settledSequence) {
        final boolean isMarket = instrument != LastResort.NO_INSTRUMENT;
        final int account = ledger.bucketAccount(bucket);
        final int offset = events.claimPrivate(
                PositionSettledEncoder.BLOCK_LENGTH, sessions.reporter(account), ledger.firm(account));
        bucketSettled
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .quantity(settled.get(bucket, SettledBuckets.LOTS))
                .cash(settled.get(bucket, SettledBuckets.CASH))
                .profitCharge(settled.get(bucket, SettledBuckets.PROFIT_CHARGE))
                .equityCharge(settled.get(bucket, SettledBuckets.EQUITY_CHARGE))
                .deficitPaid(settled.get(bucket, SettledBuckets.DEFICIT_PAID))
                .balanceAfter(settled.get(bucket, SettledBuckets.BALANCE_AFTER))
                .markPrice(
                        isMarket
                                ? markTicks * instruments.tickSize(instrument)
                                : PositionSettledEncoder.markPriceNullValue())
                .settledSequence(settledSequence)
                .accountId(ledger.accountId(account))
                .assetId(ledger.assets().id(ledger.bucketAsset(bucket)))
                .settledInstrumentId(
                        isMarket ? instruments.id(instrument) : PositionSettledEncoder.settledInstrumentIdNullValue())
                .instrumentId(Reports.instrumentId(ledger, bucket))
                .funding(settled.get(bucket, SettledBuckets.FUNDING));
    }
}
