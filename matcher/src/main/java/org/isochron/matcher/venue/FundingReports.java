package org.isochron.matcher.venue;

import org.isochron.codecs.FundingNote;
import org.isochron.codecs.FundingPaymentEncoder;
import org.isochron.codecs.FundingRateEncoder;
import org.isochron.codecs.FundingRule;
import org.isochron.codecs.FundingSampleEncoder;
import org.isochron.codecs.FundingTickEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.OpenInterestEncoder;
import org.isochron.risk.funding.Funding;
import org.isochron.risk.funding.Premium;
import org.isochron.risk.ledger.FundingPool;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.marks.Marks;

/** Writes what funding does: samples, rates and open interest in market data, payments to their accounts. */
final class FundingReports {
    private final EventWriter events;
    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Marks marks;
    private final Funding.Outcome outcome;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final FundingSampleEncoder sample = new FundingSampleEncoder();
    private final FundingTickEncoder tick = new FundingTickEncoder();
    private final FundingRateEncoder rate = new FundingRateEncoder();
    private final OpenInterestEncoder openInterest = new OpenInterestEncoder();
    private final FundingPaymentEncoder payment = new FundingPaymentEncoder();

    FundingReports(
            final EventWriter events,
            final Sessions sessions,
            final Ledger ledger,
            final Marks marks,
            final Funding funding) {
        this.events = events;
        this.sessions = sessions;
        this.ledger = ledger;
        this.marks = marks;
        outcome = funding.outcome();
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** The outcome is that of the sample. */
    void sample(final int instrument, final long impactBid, final long impactAsk) {
        final int offset = events.claimPublic(FundingSampleEncoder.BLOCK_LENGTH, instruments.id(instrument));
        sample.wrapAndApplyHeader(events.buffer(), offset, header)
                .impactBid(impactBid == Premium.NO_DEPTH ? FundingSampleEncoder.impactBidNullValue() : impactBid)
                .impactAsk(impactAsk == Premium.NO_DEPTH ? FundingSampleEncoder.impactAskNullValue() : impactAsk)
                .indexPrice(price(instrument, marks.indexTicks(instrument)))
                .markPrice(price(instrument, marks.markTicks(instrument)))
                .premium(outcome.hasPremium ? outcome.premium : FundingSampleEncoder.premiumNullValue())
                .premiumSum(outcome.premiumSum)
                .samplesValid(outcome.samplesValid)
                .samplesSkipped(outcome.samplesSkipped);
    }

    /** The outcome is that of the prediction, or of an auction. */
    void tick(final int instrument, final long nextFundingNs) {
        final int offset = events.claimPublic(FundingTickEncoder.BLOCK_LENGTH, instruments.id(instrument));
        tick.wrapAndApplyHeader(events.buffer(), offset, header)
                .rate(outcome.rate)
                .followingRate(outcome.hasNextRate ? outcome.nextRate : FundingTickEncoder.followingRateNullValue())
                .premium(outcome.hasPremium ? outcome.premium : FundingTickEncoder.premiumNullValue())
                .nextFundingNs(nextFundingNs)
                .multiplierPpm((int) outcome.multiplierPpm);
    }

    /** The outcome is that of a payment or step. */
    void rate(final int instrument, final FundingRule rule) {
        final int offset = events.claimPublic(FundingRateEncoder.BLOCK_LENGTH, instruments.id(instrument));
        rate.wrapAndApplyHeader(events.buffer(), offset, header)
                .rate(outcome.hasRate ? outcome.rate : FundingRateEncoder.rateNullValue())
                .nextRate(outcome.hasNextRate ? outcome.nextRate : FundingRateEncoder.nextRateNullValue())
                .premium(outcome.hasPremium ? outcome.premium : FundingRateEncoder.premiumNullValue())
                .accumulated(outcome.hasAccumulated ? outcome.accumulated : FundingRateEncoder.accumulatedNullValue())
                .indexPrice(price(instrument, marks.indexTicks(instrument)))
                .markPrice(price(instrument, marks.markTicks(instrument)))
                .indexDelta(outcome.indexDelta)
                .cumulativeIndex(outcome.cumulativeIndex)
                .remainder(outcome.remainder)
                .endNs(outcome.endNs)
                .durationMs(outcome.durationMs)
                .samplesValid(outcome.samplesValid)
                .samplesExpected(outcome.samplesExpected)
                .multiplierPpm((int) outcome.multiplierPpm)
                .capRate(outcome.cap)
                .intervals(outcome.intervals)
                .rule(rule)
                .note(FundingNote.get((short) outcome.note));
    }

    /** Sample and rate have the same null price. */
    private long price(final int instrument, final long ticks) {
        return ticks == 0 ? FundingRateEncoder.indexPriceNullValue() : ticks * instruments.tickSize(instrument);
    }

    void openInterest(final int instrument, final long lots) {
        final int offset = events.claimPublic(OpenInterestEncoder.BLOCK_LENGTH, instruments.id(instrument));
        openInterest.wrapAndApplyHeader(events.buffer(), offset, header).quantity(lots);
    }

    /** A position was settled: told to the account's reporter and its firm's drop copy. */
    void payment(final int position, final long received, final long lots, final long indexBefore) {
        final int account = positions.account(position);
        final int instrument = positions.instrument(position);
        final FundingPool pool = ledger.funding();
        final int offset = events.claimPrivate(
                FundingPaymentEncoder.BLOCK_LENGTH, sessions.reporter(account), ledger.firm(account));
        payment.wrapAndApplyHeader(events.buffer(), offset, header)
                .amount(received)
                .balanceAfter(ledger.cash(ledger.bucketOf(position)))
                .quantity(lots)
                .indexBefore(indexBefore)
                .indexAfter(pool.index(instrument))
                .accountId(ledger.accountId(account))
                .instrumentId(instruments.id(instrument))
                .assetId(ledger.assets().id(instruments.asset(instrument)));
    }
}
