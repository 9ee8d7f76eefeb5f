package org.isochron.matcher.venue;

import org.isochron.codecs.DeclineReason;
import org.isochron.codecs.LiquidationEndedEncoder;
import org.isochron.codecs.LiquidationOutcome;
import org.isochron.codecs.LiquidationStartedEncoder;
import org.isochron.codecs.LiquidationTrancheEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.ProposalDeclinedEncoder;
import org.isochron.codecs.TakeoverEncoder;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;

/** Writes what the venue does to a bucket under water: to the account's reporter and its firm's drop copy. */
final class LiquidationReports {
    private final EventWriter events;
    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Marks marks;
    private final Margin margin;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LiquidationStartedEncoder started = new LiquidationStartedEncoder();
    private final LiquidationTrancheEncoder tranche = new LiquidationTrancheEncoder();
    private final TakeoverEncoder takeover = new TakeoverEncoder();
    private final LiquidationEndedEncoder ended = new LiquidationEndedEncoder();
    private final ProposalDeclinedEncoder declined = new ProposalDeclinedEncoder();

    LiquidationReports(
            final EventWriter events,
            final Sessions sessions,
            final Ledger ledger,
            final Marks marks,
            final Margin margin) {
        this.events = events;
        this.sessions = sessions;
        this.ledger = ledger;
        this.marks = marks;
        this.margin = margin;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** The figures are those of the bucket judged last. */
    void started(final int bucket, final long observedSequence) {
        final int account = ledger.bucketAccount(bucket);
        final int offset = claim(LiquidationStartedEncoder.BLOCK_LENGTH, account);
        started.wrapAndApplyHeader(events.buffer(), offset, header)
                .observedSequence(observedSequence)
                .equity(margin.equity())
                .maintenanceMargin(margin.maintenance())
                .closingFee(margin.closingFee())
                .accountId(ledger.accountId(account))
                .assetId(ledger.assets().id(ledger.bucketAsset(bucket)))
                .instrumentId(Reports.instrumentId(ledger, bucket));
    }

    /** @param fee that INSURANCE has received for it. */
    void tranche(final Tranche offered, final long fee) {
        final int instrument = positions.instrument(offered.position);
        final int account = positions.account(offered.position);
        final long tickSize = instruments.tickSize(instrument);
        final int offset = claim(LiquidationTrancheEncoder.BLOCK_LENGTH, account);
        tranche.wrapAndApplyHeader(events.buffer(), offset, header)
                .limitPrice(offered.limitTicks * tickSize)
                .markPrice(marks.markTicks(instrument) * tickSize)
                .quantity(offered.lots)
                .filledQuantity(offered.filledLots)
                .accountId(ledger.accountId(account))
                .instrumentId(instruments.id(instrument))
                .side(Reports.side(offered.buy))
                .requiredCash(offered.cash)
                .fee(fee);
    }

    /** @param fundPosition row of INSURANCE in the instrument, which holds the lots already. */
    void takeover(final int position, final int fundPosition, final long cash, final long lots) {
        final int instrument = positions.instrument(position);
        final int asset = instruments.asset(instrument);
        encodeTakeover(positions.account(position), asset, cash, lots);
        takeover.markPrice(marks.markTicks(instrument) * instruments.tickSize(instrument))
                .insurancePositionAfter(positions.lots(fundPosition))
                .instrumentId(instruments.id(instrument));
    }

    /** INSURANCE pays a deficit that has no position. */
    void deficitPaid(final int bucket, final long cash) {
        encodeTakeover(ledger.bucketAccount(bucket), ledger.bucketAsset(bucket), cash, 0);
        takeover.markPrice(TakeoverEncoder.markPriceNullValue())
                .insurancePositionAfter(0)
                .instrumentId(TakeoverEncoder.instrumentIdNullValue());
    }

    private void encodeTakeover(final int account, final int asset, final long cash, final long lots) {
        final int offset = claim(TakeoverEncoder.BLOCK_LENGTH, account);
        takeover.wrapAndApplyHeader(events.buffer(), offset, header)
                .cash(cash)
                .quantity(lots)
                .insuranceBalanceAfter(ledger.cash(ledger.crossBucket(Ledger.INSURANCE, asset)))
                .accountId(ledger.accountId(account));
    }

    /** The figures are those of the bucket judged last. */
    void ended(final int bucket, final LiquidationOutcome outcome) {
        final int account = ledger.bucketAccount(bucket);
        final int offset = claim(LiquidationEndedEncoder.BLOCK_LENGTH, account);
        ended.wrapAndApplyHeader(events.buffer(), offset, header)
                .equity(margin.equity())
                .maintenanceMargin(margin.maintenance())
                .accountId(ledger.accountId(account))
                .assetId(ledger.assets().id(ledger.bucketAsset(bucket)))
                .outcome(outcome)
                .instrumentId(Reports.instrumentId(ledger, bucket));
    }

    /** @param judged whether the bucket exists and was judged last; else its figures are null. */
    void declined(
            final Request request,
            final long accountId,
            final long assetId,
            final long instrumentId,
            final long observedSequence,
            final DeclineReason reason,
            final boolean judged) {
        final int offset = events.claimPrivate(ProposalDeclinedEncoder.BLOCK_LENGTH, request.session, Sessions.NONE);
        declined.wrapAndApplyHeader(events.buffer(), offset, header)
                .observedSequence(observedSequence)
                .equity(judged ? margin.equity() : ProposalDeclinedEncoder.equityNullValue())
                .maintenanceMargin(judged ? margin.maintenance() : ProposalDeclinedEncoder.maintenanceMarginNullValue())
                .accountId(accountId)
                .assetId(assetId)
                .reason(reason)
                .instrumentId(instrumentId);
    }

    private int claim(final int blockLength, final int account) {
        return events.claimPrivate(blockLength, sessions.reporter(account), ledger.firm(account));
    }
}
