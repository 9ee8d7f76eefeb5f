package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.Map;
import org.isochron.codecs.FundingNote;
import org.isochron.codecs.FundingRateDecoder;
import org.isochron.codecs.FundingRule;
import org.isochron.codecs.FundingSampleDecoder;
import org.isochron.codecs.FundingTickDecoder;
import org.isochron.codecs.IndexState;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.TradingState;

/** The funding of one instrument, worked out again event by event. */
final class AuditedFunding {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final BigInteger BASE_MS = BigInteger.valueOf(28_800_000);
    private static final BigInteger HOUR_MS = BigInteger.valueOf(3_600_000);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long TICK_NS = 100_000_000;
    private static final int SCALE_BITS = 20;
    private static final int IMPACT_BITS = 16;

    final AuditedBook book = new AuditedBook();
    final FundingFindings.Row row;

    private final int slot;
    private final FundingFindings findings;
    private AuditedContract contract;
    private AuditedRules rules;
    private AuditedRules announced;
    private boolean isNew;

    private long indexTicks;
    private long markTicks;
    private boolean isValid;
    /** Whether the book is one of continuous trading; outside of it no impact price counts. */
    private boolean isOpen = true;

    private long nextNs;
    private BigInteger premiumSum = BigInteger.ZERO;
    private long samples;
    private long skipped;
    private BigInteger fixedRate = BigInteger.ZERO;
    private BigInteger accumulated = BigInteger.ZERO;
    private BigInteger remainder = BigInteger.ZERO;
    private long accruedNs;
    private BigInteger cumulative = BigInteger.ZERO;

    private boolean rateDue;
    private boolean sampleDue;
    private long nowNs;

    private final AuditedAuction auction = new AuditedAuction();
    /** Of an auction that is decided and not paid yet: what its FundingRate must say. */
    private Decision decision;

    private record Decision(BigInteger rate, long endNs, long intervals, FundingNote note) {}

    AuditedFunding(final int slot, final FundingFindings.Row row, final FundingFindings findings) {
        this.slot = slot;
        this.row = row;
        this.findings = findings;
    }

    void contract(final AuditedContract contract) {
        this.contract = contract;
    }

    AuditedContract contract() {
        return contract;
    }

    long cumulativeIndex() {
        return cumulative.longValueExact();
    }

    void rules(final AuditedRules sent, final boolean atOnce) {
        if (atOnce) {
            adopt(sent);
            announced = null;
        } else {
            announced = sent;
        }
    }

    /** The command of that sequence begins. */
    void activate(final long sequence) {
        if (announced != null && announced.activationSequence() <= sequence) {
            adopt(announced);
            announced = null;
        }
    }

    private void adopt(final AuditedRules sent) {
        rules = sent;
        isNew = true;
        row.rule(sent.rule());
    }

    void mark(final MarkIndexDecoder event) {
        indexTicks = ticks(event.indexPrice());
        markTicks = ticks(event.markPrice());
        isValid = event.state() == IndexState.VALID;
    }

    void state(final TradingState state) {
        isOpen = state == TradingState.OPEN || state == TradingState.LIMIT;
    }

    private long ticks(final long price) {
        return price == MarkIndexDecoder.indexPriceNullValue() ? 0 : price / contract.tickSize();
    }

    // Clock ticks

    /** A clock tick begins: what it owes. */
    void tickBegins(final long timeNs) {
        nowNs = timeNs;
        rateDue = false;
        sampleDue = false;
        if (rules == null || rules.rule() == FundingRule.NONE) {
            return;
        }
        if (isNew) {
            begin();
        }
    }

    private void begin() {
        isNew = false;
        final long interval = rules.intervalMs() * NANOS_PER_MILLI;
        final long offset = rules.offsetMs() * NANOS_PER_MILLI;
        nextNs = interval == 0 ? 0 : ((nowNs - offset) / interval + 1) * interval + offset;
        beginInterval();
        auction.clear();
        fixedRate = BigInteger.ZERO;
        accumulated = BigInteger.ZERO;
        remainder = BigInteger.ZERO;
        accruedNs = 0;
    }

    private void beginInterval() {
        premiumSum = BigInteger.ZERO;
        samples = 0;
        skipped = 0;
    }

    /** Whatever comes before funding within the tick has been seen: what is due now that the index is known. */
    void tickFunds() {
        if (rules == null || rules.rule() == FundingRule.NONE) {
            return;
        }
        final boolean inTurn = (nowNs / TICK_NS + slot) % (rules.samplePeriodMs() / 100) == 0;
        switch (rules.rule()) {
            case CONTINUOUS -> {
                rateDue = inTurn && isValid && accruedNs != 0;
                if (inTurn && !rateDue) {
                    accruedNs = isValid ? nowNs : 0;
                }
            }
            case PI -> rateDue = inTurn && isValid;
            case AUCTION -> rateDue = nowNs >= nextNs && decision == null;
            default -> {
                rateDue = nowNs >= nextNs;
                sampleDue = inTurn;
            }
        }
    }

    void tickEnds(final long sequence) {
        if (rateDue) {
            findings.differ(sequence, row, "FundingRate", "one", "none");
        }
        if (sampleDue && nowNs < nextNs) {
            findings.differ(sequence, row, "FundingSample", "one", "none");
        }
    }

    // Samples

    void sample(final long sequence, final FundingSampleDecoder event) {
        final FundingFindings.Check check = findings.check(sequence, row, "FundingSample");
        check.same("due", true, sampleDue && nowNs < nextNs);
        sampleDue = false;
        final BigInteger bid = isOpen ? book.impact(true, rules.impactNotional(), contract) : null;
        final BigInteger ask = isOpen ? book.impact(false, rules.impactNotional(), contract) : null;
        check.same("impactBid", bid, event.impactBid(), FundingSampleDecoder.impactBidNullValue());
        check.same("impactAsk", ask, event.impactAsk(), FundingSampleDecoder.impactAskNullValue());
        check.same("indexPrice", indexTicks, ticks(event.indexPrice()));
        check.same("markPrice", markTicks, ticks(event.markPrice()));
        final BigInteger premium = isValid ? premium(bid, ask) : null;
        check.same("premium", premium, event.premium(), FundingSampleDecoder.premiumNullValue());
        if (premium == null) {
            skipped++;
        } else {
            samples++;
            premiumSum = premiumSum.add(premium);
        }
        check.same("premiumSum", premiumSum, event.premiumSum());
        check.same("samplesValid", samples, event.samplesValid());
        check.same("samplesSkipped", skipped, event.samplesSkipped());
        row.samples++;
    }

    private BigInteger premium(final BigInteger bid, final BigInteger ask) {
        final BigInteger index = BigInteger.valueOf(indexTicks).shiftLeft(IMPACT_BITS);
        final BigInteger difference;
        if (rules.rule() == FundingRule.BITMEX_8H) {
            BigInteger mark = BigInteger.valueOf(markTicks).shiftLeft(IMPACT_BITS);
            mark = ask == null ? mark : mark.min(ask);
            mark = bid == null ? mark : mark.max(bid);
            difference = mark.subtract(index);
        } else {
            final BigInteger above =
                    bid == null ? BigInteger.ZERO : bid.subtract(index).max(BigInteger.ZERO);
            final BigInteger below =
                    ask == null ? BigInteger.ZERO : index.subtract(ask).max(BigInteger.ZERO);
            difference = above.subtract(below);
        }
        return within(difference.multiply(BILLION).divide(index), rules.maxPremium());
    }

    private static BigInteger within(final BigInteger value, final long bound) {
        return value.max(BigInteger.valueOf(-bound)).min(BigInteger.valueOf(bound));
    }

    // Auctions

    void order(final long accountId, final long heldLots, final long lots, final long limit) {
        auction.order(accountId, heldLots, lots, limit);
    }

    /** An auction's rate waits for what it closes. */
    boolean isDecided() {
        return decision != null;
    }

    boolean isAuction() {
        return rules != null && rules.rule() == FundingRule.AUCTION;
    }

    /** @param held signed positions of this instrument by account, as they are at the payment. */
    void decide(final long sequence, final FundingTickDecoder event, final Map<Long, Long> held) {
        final FundingFindings.Check check = findings.check(sequence, row, "FundingTick");
        check.same("due", true, rateDue);
        rateDue = false;
        final long intervalNs = rules.intervalMs() * NANOS_PER_MILLI;
        final long intervals = auction.isEmpty() ? (nowNs - nextNs) / intervalNs + 1 : 1;
        final BigInteger rate = BigInteger.valueOf(isValid ? auction.rate(held, cap()) : 0);
        final FundingNote regular = nextNs < nowNs ? FundingNote.MISSED : FundingNote.REGULAR;
        decision = new Decision(rate, nextNs, intervals, isValid ? regular : FundingNote.NO_INDEX);
        check.same("rate", rate, event.rate());
        check.same("nextFundingNs", nextNs, event.nextFundingNs());
        nextNs += intervals * intervalNs;
        auction.clear();
        row.ticks++;
    }

    private void carry(final FundingFindings.Check check, final FundingRateDecoder event) {
        check.same("rate", decision.rate, event.rate());
        check.same("endNs", decision.endNs, event.endNs());
        check.same("intervals", decision.intervals, event.intervals());
        check.same("note", decision.note, event.note());
        if (indexTicks != 0) {
            cumulative = cumulative.add(
                    contract.share(decision.rate.shiftLeft(SCALE_BITS), indexTicks, BILLION, BigInteger.ZERO)[0]);
        }
        decision = null;
    }

    /** The rate ahead: multiplied like the final one, by what that is told with. */
    void tick(final long sequence, final FundingTickDecoder event) {
        final FundingFindings.Check check = findings.check(sequence, row, "FundingTick");
        final BigInteger found = rateOfSamples();
        final boolean fixed = rules.rule() == FundingRule.BITMEX_8H;
        check.same("rate", multiplied(fixed ? fixedRate : found, event.multiplierPpm()), event.rate());
        check.same("followingRate", fixed ? found : null, event.followingRate(), FundingTickDecoder.rateNullValue());
        check.same("premium", meanPremium(), event.premium(), FundingTickDecoder.rateNullValue());
        check.same("nextFundingNs", nextNs, event.nextFundingNs());
        row.ticks++;
    }

    private BigInteger meanPremium() {
        return samples == 0 ? null : premiumSum.divide(BigInteger.valueOf(samples));
    }

    private BigInteger rateOfSamples() {
        final BigInteger premium = meanPremium();
        if (premium == null) {
            return BigInteger.ZERO;
        }
        final BigInteger interest = within(BigInteger.valueOf(rules.interest()).subtract(premium), rules.clamp());
        final BigInteger forInterval = premium.add(interest)
                .multiply(BigInteger.valueOf(rules.intervalMs()))
                .divide(BASE_MS);
        return within(forInterval, cap());
    }

    private long cap() {
        return Math.min(rules.cap(), (contract.initialMarginPpm() - contract.maintenanceMarginPpm()) * 750);
    }

    private static BigInteger multiplied(final BigInteger rate, final long multiplierPpm) {
        return rate.multiply(BigInteger.valueOf(multiplierPpm)).divide(MILLION);
    }

    // Payments

    void rate(final long sequence, final FundingRateDecoder event) {
        final FundingFindings.Check check = findings.check(sequence, row, "FundingRate");
        final boolean decided = decision != null;
        check.same("due", true, rateDue || decided);
        rateDue = rateDue && decided;
        check.same("indexPrice", indexTicks, ticks(event.indexPrice()));
        check.same("markPrice", markTicks, ticks(event.markPrice()));
        check.same("capRate", cap(), event.capRate());
        final BigInteger before = cumulative;
        if (decided) {
            carry(check, event);
        } else {
            switch (rules.rule()) {
                case CONTINUOUS -> accrue(check, event);
                case PI -> control(check, event);
                default -> settle(check, event);
            }
        }
        check.same("indexDelta", cumulative.subtract(before), event.indexDelta());
        check.same("cumulativeIndex", cumulative, event.cumulativeIndex());
        row.rates++;
    }

    private void settle(final FundingFindings.Check check, final FundingRateDecoder event) {
        final long interval = rules.intervalMs() * NANOS_PER_MILLI;
        final long expected = rules.intervalMs() / rules.samplePeriodMs();
        final boolean empty = samples == 0 && skipped == 0 && fixedRate.signum() == 0;
        final long intervals = empty ? (nowNs - nextNs) / interval + 1 : 1;
        final BigInteger found = 2 * samples >= expected ? rateOfSamples() : BigInteger.ZERO;
        final boolean fixed = rules.rule() == FundingRule.BITMEX_8H;
        final long payTicks = fixed ? markTicks : indexTicks;
        final BigInteger rate =
                payTicks == 0 ? BigInteger.ZERO : multiplied(fixed ? fixedRate : found, event.multiplierPpm());
        check.same("rate", rate, event.rate());
        check.same("nextRate", fixed ? found : null, event.nextRate(), FundingRateDecoder.rateNullValue());
        check.same("premium", meanPremium(), event.premium(), FundingRateDecoder.rateNullValue());
        check.same("endNs", nextNs, event.endNs());
        check.same("intervals", intervals, event.intervals());
        check.same("samplesValid", samples, event.samplesValid());
        check.same("samplesExpected", expected, event.samplesExpected());
        check.same("note", note(2 * samples >= expected), event.note());
        if (payTicks != 0) {
            cumulative =
                    cumulative.add(contract.share(rate.shiftLeft(SCALE_BITS), payTicks, BILLION, BigInteger.ZERO)[0]);
        }
        fixedRate = fixed ? found : BigInteger.ZERO;
        nextNs += intervals * interval;
        beginInterval();
    }

    private FundingNote note(final boolean enough) {
        if (indexTicks == 0) {
            return FundingNote.NO_INDEX;
        }
        if (nextNs < nowNs) {
            return FundingNote.MISSED;
        }
        return enough ? FundingNote.REGULAR : FundingNote.TOO_FEW_SAMPLES;
    }

    private void accrue(final FundingFindings.Check check, final FundingRateDecoder event) {
        final long stepMs = (nowNs - accruedNs) / NANOS_PER_MILLI;
        accruedNs = nowNs;
        check.same("durationMs", stepMs, event.durationMs());
        final BigInteger index = BigInteger.valueOf(indexTicks);
        final BigInteger[] low =
                index.multiply(BigInteger.valueOf(rules.corridorLowPpm())).divideAndRemainder(MILLION);
        final BigInteger floor = low[1].signum() == 0 ? low[0] : low[0].add(BigInteger.ONE);
        final BigInteger ceiling =
                index.multiply(BigInteger.valueOf(rules.corridorHighPpm())).divide(MILLION);
        final BigInteger mark = BigInteger.valueOf(markTicks).max(floor).min(ceiling);
        final BigInteger[] result = mark.subtract(index)
                .multiply(contract.perTickLot())
                .shiftLeft(SCALE_BITS)
                .multiply(BigInteger.valueOf(stepMs))
                .multiply(BigInteger.valueOf(event.multiplierPpm()))
                .add(remainder)
                .divideAndRemainder(BigInteger.valueOf(rules.termMs()).multiply(MILLION));
        carry(check, event, result);
    }

    private void control(final FundingFindings.Check check, final FundingRateDecoder event) {
        final BigInteger index = BigInteger.valueOf(indexTicks);
        final BigInteger error = within(
                BigInteger.valueOf(markTicks).subtract(index).multiply(BILLION).divide(index), rules.maxError());
        accumulated = within(accumulated.add(error), rules.maxAccumulated());
        final BigInteger proportional =
                error.multiply(BigInteger.valueOf(rules.proportionalPpm())).divide(MILLION);
        final BigInteger integral =
                accumulated.multiply(BigInteger.valueOf(rules.integralPpm())).divide(MILLION);
        final BigInteger rate = multiplied(within(proportional.add(integral), cap()), event.multiplierPpm());
        check.same("premium", error, event.premium());
        check.same("accumulated", accumulated, event.accumulated());
        check.same("rate", rate, event.rate());
        check.same("durationMs", rules.samplePeriodMs(), event.durationMs());
        // In the smallest whole units of the division, which are those the remainder is told in.
        final BigInteger factor =
                rate.multiply(BigInteger.valueOf(rules.samplePeriodMs() / 100)).shiftLeft(6);
        final BigInteger divisor =
                BILLION.multiply(HOUR_MS.divide(BigInteger.valueOf(100))).shiftRight(SCALE_BITS - 6);
        final BigInteger[] result = contract.share(factor, indexTicks, divisor, remainder);
        carry(check, event, contract.isInverse() ? new BigInteger[] {result[0], BigInteger.ZERO} : result);
    }

    private void carry(final FundingFindings.Check check, final FundingRateDecoder event, final BigInteger[] quotient) {
        cumulative = cumulative.add(quotient[0]);
        remainder = quotient[1];
        check.same("remainder", remainder, event.remainder());
    }
}
