package org.isochron.risk.funding;

import static org.isochron.risk.funding.FundingState.ACCRUED_NS;
import static org.isochron.risk.funding.FundingState.ACCUMULATED;
import static org.isochron.risk.funding.FundingState.FIXED_RATE;
import static org.isochron.risk.funding.FundingState.NEXT_NS;
import static org.isochron.risk.funding.FundingState.PREMIUM_SUM;
import static org.isochron.risk.funding.FundingState.REMAINDER;
import static org.isochron.risk.funding.FundingState.RULE_HASH;
import static org.isochron.risk.funding.FundingState.SKIPPED;
import static org.isochron.risk.funding.FundingState.VALID;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.FundingScale;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.marks.FundingOutlook;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.rules.FundingRules;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateVisitor;

/**
 * The funding of every instrument by the rule it has, on the grid of clock ticks: samples, the rate ahead, and at the end
 * of an interval, or with every step, a move of the cumulative index. All integers; which order they are worked out in is
 * that of the events that tell them. Results stand in {@link Outcome} until the next call.
 *
 * <p>An interval ends at a multiple of its length since 1970, plus an offset; a sample taken at that very moment belongs
 * to the next one. If the venue stood still meanwhile, each interval missed is settled once, from the samples there are;
 * those without anything to pay all at once.
 */
public final class Funding implements FundingOutlook, StateOwner {
    /** Once: of something in ppm. */
    private static final long PPM = 1_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What accrues at once, so that 2^20 * ms * 1e6 stays below 2^62: a step is longer only after a standstill. */
    private static final long MOST_ACCRUED_MS = 3_600_000;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Marks marks;
    private final FundingRules rules;
    private final FundingState state;
    private final FundingOrders orders;
    private final FundingClosings closings;
    private final AuctionRate auctionRate;
    private final CarriedDivision division = new CarriedDivision();
    private final Outcome outcome = new Outcome();

    public Funding(final Ledger ledger, final Marks marks) {
        this.ledger = ledger;
        this.marks = marks;
        instruments = ledger.instruments();
        rules = ledger.rules().funding();
        state = new FundingState(ledger.capacities().instruments());
        orders = new FundingOrders(ledger.positions(), ledger.capacities());
        closings = new FundingClosings(ledger.positions(), ledger.capacities());
        auctionRate = new AuctionRate(orders);
    }

    /** Takes other capacities; only while no instrument is defined. */
    public void resize(final Capacities capacities) {
        state.resize(capacities.instruments());
        orders.resize(capacities);
        closings.resize(capacities);
    }

    /** Orders of funding auctions. */
    public FundingOrders orders() {
        return orders;
    }

    /** What funding auctions have decided and are not done with. */
    public FundingClosings closings() {
        return closings;
    }

    /** What the last call came to. Reused. */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * A clock tick: an instrument whose rules are new begins with them.
     *
     * @return the rule in force.
     */
    public int begin(final int instrument, final long nowNs) {
        final int rule = rules.rule(instrument);
        final long hash = rules.table().ruleHash(instrument);
        if (hash != state.get(instrument, RULE_HASH)) {
            state.begin(instrument, hash, hasIntervals(rule) ? firstEnd(instrument, nowNs) : 0);
            orders.clear(instrument);
        }
        return rule;
    }

    private static boolean hasIntervals(final int rule) {
        return rule == FundingRules.PREMIUM_HOURLY || rule == FundingRules.BITMEX_8H || rule == FundingRules.AUCTION;
    }

    private long firstEnd(final int instrument, final long nowNs) {
        final long interval = rules.intervalMs(instrument) * NANOS_PER_MILLI;
        final long offset = rules.offsetMs(instrument) * NANOS_PER_MILLI;
        return (Math.floorDiv(nowNs - offset, interval) + 1) * interval + offset;
    }

    /** Sequenced time of the next payment; only of rules with intervals. */
    public long nextNs(final int instrument) {
        return state.get(instrument, NEXT_NS);
    }

    /** Whether an interval has ended. */
    public boolean isDue(final int instrument, final long nowNs) {
        return nowNs >= nextNs(instrument);
    }

    // Samples

    /** Takes a sample of the premium from impact prices, or skips it while the index is not valid. */
    public void sample(final int instrument, final long impactBid, final long impactAsk) {
        outcome.hasPremium = marks.isValid(instrument);
        if (!outcome.hasPremium) {
            state.add(instrument, SKIPPED, 1);
        } else {
            final long index = marks.indexTicks(instrument);
            final long largest = rules.maxPremium(instrument);
            outcome.premium = rules.rule(instrument) == FundingRules.BITMEX_8H
                    ? Premium.ofMark(marks.markTicks(instrument), impactBid, impactAsk, index, largest)
                    : Premium.ofBook(impactBid, impactAsk, index, largest);
            state.add(instrument, VALID, 1);
            state.add(instrument, PREMIUM_SUM, outcome.premium);
        }
        outcome.premiumSum = state.get(instrument, PREMIUM_SUM);
        outcome.samplesValid = state.get(instrument, VALID);
        outcome.samplesSkipped = state.get(instrument, SKIPPED);
    }

    /** Works out the rate ahead: what would be paid by the samples so far, under BITMEX_8H one interval later. */
    public void predict(final int instrument) {
        final long valid = state.get(instrument, VALID);
        outcome.hasPremium = valid != 0;
        final long bySamples = valid == 0 ? 0 : rateBySamples(instrument);
        final boolean fixed = rules.rule(instrument) == FundingRules.BITMEX_8H;
        final long multiplier = marks.fundingMultiplierPpm(instrument);
        outcome.rate = Rates.multiplied(fixed ? state.get(instrument, FIXED_RATE) : bySamples, multiplier);
        outcome.nextRate = bySamples;
        outcome.hasNextRate = fixed;
        outcome.multiplierPpm = multiplier;
    }

    private long rateBySamples(final int instrument) {
        outcome.premium = Rates.mean(state.get(instrument, PREMIUM_SUM), state.get(instrument, VALID));
        return rateOfPremium(instrument, outcome.premium);
    }

    private long rateOfPremium(final int instrument, final long premium) {
        final long rate = Rates.withInterest(premium, rules.interest(instrument), rules.clamp(instrument));
        return Rates.within(Rates.forInterval(rate, rules.intervalMs(instrument)), cap(instrument));
    }

    /** Largest rate of either sign. */
    public long cap(final int instrument) {
        return Rates.cap(
                rules.cap(instrument),
                instruments.initialMarginPpm(instrument),
                instruments.maintenanceMarginPpm(instrument));
    }

    // The outlook

    /** Under BITMEX_8H fixed before; under PREMIUM_HOURLY what the samples so far make; other rules have none. */
    @Override
    public long nextRateE9(final int instrument) {
        return switch (rules.rule(instrument)) {
            case FundingRules.BITMEX_8H -> state.get(instrument, FIXED_RATE);
            case FundingRules.PREMIUM_HOURLY ->
                state.get(instrument, VALID) == 0
                        ? 0
                        : rateOfPremium(
                                instrument,
                                Rates.mean(state.get(instrument, PREMIUM_SUM), state.get(instrument, VALID)));
            default -> 0;
        };
    }

    @Override
    public long nextFundingNs(final int instrument) {
        return nextNs(instrument);
    }

    @Override
    public long fundingIntervalNs(final int instrument) {
        return rules.intervalMs(instrument) * NANOS_PER_MILLI;
    }

    // Payments

    /** An interval of PREMIUM_HOURLY or BITMEX_8H has ended: the index moves, the next interval begins. */
    public void settle(final int instrument, final long nowNs) {
        final long intervalNs = rules.intervalMs(instrument) * NANOS_PER_MILLI;
        final long endNs = nextNs(instrument);
        describe(instrument, endNs, rules.intervalMs(instrument));
        outcome.intervals = isEmpty(instrument) ? (nowNs - endNs) / intervalNs + 1 : 1;
        outcome.samplesValid = state.get(instrument, VALID);
        outcome.samplesExpected = rules.intervalMs(instrument) / rules.samplePeriodMs(instrument);
        final boolean enough = 2 * outcome.samplesValid >= outcome.samplesExpected;
        outcome.hasPremium = outcome.samplesValid != 0;
        final long bySamples = outcome.hasPremium ? rateBySamples(instrument) : 0;
        final long found = enough ? bySamples : 0;
        final boolean fixed = rules.rule(instrument) == FundingRules.BITMEX_8H;
        final long rate = fixed ? state.get(instrument, FIXED_RATE) : found;
        outcome.nextRate = found;
        outcome.hasNextRate = fixed;
        outcome.note = note(instrument, enough, endNs < nowNs);
        state.set(instrument, FIXED_RATE, fixed ? found : 0);
        state.beginInterval(instrument, endNs + outcome.intervals * intervalNs);
        pay(instrument, rate, fixed ? marks.markTicks(instrument) : marks.indexTicks(instrument));
    }

    /** Neither a sample nor a rate fixed before: such intervals need no event each. */
    private boolean isEmpty(final int instrument) {
        return state.get(instrument, VALID) == 0
                && state.get(instrument, SKIPPED) == 0
                && state.get(instrument, FIXED_RATE) == 0;
    }

    private int note(final int instrument, final boolean enough, final boolean missed) {
        if (marks.indexTicks(instrument) == 0) {
            return Outcome.NO_INDEX;
        }
        if (missed) {
            return Outcome.MISSED;
        }
        return enough ? Outcome.REGULAR : Outcome.TOO_FEW_SAMPLES;
    }

    private void describe(final int instrument, final long endNs, final long durationMs) {
        outcome.clear();
        outcome.endNs = endNs;
        outcome.durationMs = durationMs;
        outcome.intervals = 1;
        outcome.note = Outcome.REGULAR;
        outcome.cap = cap(instrument);
        outcome.multiplierPpm = marks.fundingMultiplierPpm(instrument);
    }

    /** Nobody pays on a price that has never been. */
    private void pay(final int instrument, final long rate, final long ticks) {
        outcome.rate = ticks == 0 ? 0 : Rates.multiplied(rate, outcome.multiplierPpm);
        outcome.hasRate = true;
        move(instrument, ticks == 0 ? 0 : IndexDelta.of(outcome.rate, instruments.factor(instrument), ticks));
    }

    private void move(final int instrument, final long delta) {
        outcome.indexDelta = delta;
        if (delta != 0) {
            ledger.funding().advance(instrument, delta);
            marks.fundingChanged(instrument);
        }
        outcome.cumulativeIndex = ledger.funding().index(instrument);
    }

    // Auctions

    /** Sequenced time from which orders of an auction are taken, until the next payment; only of AUCTION. */
    public long opensNs(final int instrument) {
        return nextNs(instrument) - rules.windowMs(instrument) * NANOS_PER_MILLI;
    }

    /** Whether orders are taken: the rules in force are AUCTION, have begun, and the payment is near. */
    public boolean isAuctionOpen(final int instrument, final long nowNs) {
        return rules.rule(instrument) == FundingRules.AUCTION
                && rules.table().ruleHash(instrument) == state.get(instrument, RULE_HASH)
                && nowNs >= opensNs(instrument)
                && nowNs < nextNs(instrument);
    }

    /**
     * An interval of AUCTION has ended: the rate is decided, and whose lots have to close before it is paid. Without a valid
     * index it is 0, and everybody carries. The orders are done. To be followed by {@link #carry}, once they have closed.
     *
     * @return sequenced time of the payment.
     */
    public long decide(final int instrument, final long nowNs) {
        final long intervalNs = rules.intervalMs(instrument) * NANOS_PER_MILLI;
        final long endNs = nextNs(instrument);
        final boolean valid = marks.isValid(instrument);
        final long rate = valid ? auctionRate.find(instrument, cap(instrument)) : 0;
        outcome.clear();
        outcome.rate = rate;
        outcome.multiplierPpm = PPM;
        final long intervals = orders.isEmpty(instrument) ? (nowNs - endNs) / intervalNs + 1 : 1;
        final int regular = endNs < nowNs ? Outcome.MISSED : Outcome.REGULAR;
        closings.decide(instrument, rate, endNs, intervals, valid ? regular : Outcome.NO_INDEX);
        if (valid) {
            final long lots = auctionRate.closing(instrument, rate);
            owe(instrument, rate, true, lots);
            owe(instrument, rate, false, lots);
        }
        orders.clear(instrument);
        state.beginInterval(instrument, endNs + intervals * intervalNs);
        return endNs;
    }

    /** Of one side, those who would not carry, from the oldest order on, until as many lots as close are found. */
    private void owe(final int instrument, final long rate, final boolean isLong, final long closing) {
        long rest = closing;
        for (int at = orders.oldest(instrument); at != FundingOrders.NONE && rest > 0; at = orders.newer(at)) {
            if (orders.isLong(at) == isLong && !auctionRate.isWilling(at, rate)) {
                final long lots = Math.min(rest, orders.lots(at));
                if (lots > 0) {
                    closings.owe(at, isLong, lots, orders.clientId(at));
                    rest -= lots;
                }
            }
        }
    }

    /** Whoever would not carry at the rate decided has closed: the others pay it. */
    public void carry(final int instrument) {
        describe(instrument, closings.endNs(instrument), rules.intervalMs(instrument));
        outcome.intervals = closings.intervals(instrument);
        outcome.note = closings.note(instrument);
        // What they have agreed on is what they pay, in any session of the primary market.
        outcome.multiplierPpm = PPM;
        pay(instrument, closings.rate(instrument), marks.indexTicks(instrument));
        closings.end(instrument);
    }

    // Steps

    /**
     * A step of CONTINUOUS: {@code trunc((clamp(M, ceil(low * X), floor(high * X)) - X) * K * 2^20 * ms / T)}, the remainder
     * carried.
     *
     * @return whether time has accrued: none does while the index is not valid.
     */
    public boolean accrue(final int instrument, final long nowNs) {
        final long sinceNs = state.get(instrument, ACCRUED_NS);
        state.set(instrument, ACCRUED_NS, marks.isValid(instrument) ? nowNs : 0);
        if (sinceNs == 0 || !marks.isValid(instrument)) {
            return false;
        }
        final long stepMs = (nowNs - sinceNs) / NANOS_PER_MILLI;
        describe(instrument, nowNs, stepMs);
        final long index = marks.indexTicks(instrument);
        final long low = FixedPoint.mulDivCeil(index, rules.corridorLowPpm(instrument), PPM);
        final long high = FixedPoint.mulDivFloor(index, rules.corridorHighPpm(instrument), PPM);
        final long mark = Math.max(low, Math.min(high, marks.markTicks(instrument)));
        final long gap = (mark - index) * instruments.factor(instrument);
        final long term = rules.termMs(instrument) * PPM;
        division.divide(gap, scaled(stepMs), term, state.get(instrument, REMAINDER));
        for (long restMs = stepMs - MOST_ACCRUED_MS; restMs > 0; restMs -= MOST_ACCRUED_MS) {
            division.add(gap, scaled(restMs), term);
        }
        keepRemainder(instrument);
        return true;
    }

    private long scaled(final long stepMs) {
        return FundingScale.UNITS * Math.min(stepMs, MOST_ACCRUED_MS) * outcome.multiplierPpm;
    }

    /**
     * A step of PI: error, errors added up, rate for an hour, and the part of it that falls to the step.
     *
     * @return whether there was one: none is while the index is not valid.
     */
    public boolean control(final int instrument, final long nowNs) {
        if (!marks.isValid(instrument)) {
            return false;
        }
        describe(instrument, nowNs, rules.samplePeriodMs(instrument));
        final long index = marks.indexTicks(instrument);
        final long error = Premium.relative(marks.markTicks(instrument) - index, index, rules.maxError(instrument));
        final long sum = Rates.within(state.get(instrument, ACCUMULATED) + error, rules.maxAccumulated(instrument));
        state.set(instrument, ACCUMULATED, sum);
        outcome.premium = error;
        outcome.hasPremium = true;
        outcome.accumulated = sum;
        outcome.hasAccumulated = true;
        final long proportional = FixedPoint.mulDivTrunc(rules.proportionalPpm(instrument), error, PPM);
        final long integral = FixedPoint.mulDivTrunc(rules.integralPpm(instrument), sum, PPM);
        outcome.rate = Rates.multiplied(Rates.within(proportional + integral, outcome.cap), outcome.multiplierPpm);
        outcome.hasRate = true;
        HourlyShare.divide(
                division,
                outcome.rate,
                outcome.durationMs,
                instruments.factor(instrument),
                index,
                state.get(instrument, REMAINDER));
        keepRemainder(instrument);
        return true;
    }

    private void keepRemainder(final int instrument) {
        state.set(instrument, REMAINDER, division.remainder);
        outcome.remainder = division.remainder;
        move(instrument, division.quotient);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        state.visit(visitor);
        orders.visit(visitor);
        closings.visit(visitor);
    }

    /** What one call came to: the fields of the events that tell it. */
    public static final class Outcome {
        /** Wire value of FundingNote.REGULAR. */
        public static final int REGULAR = 1;
        /** Wire value of FundingNote.TOO_FEW_SAMPLES. */
        public static final int TOO_FEW_SAMPLES = 2;
        /** Wire value of FundingNote.MISSED. */
        public static final int MISSED = 3;
        /** Wire value of FundingNote.NO_INDEX. */
        public static final int NO_INDEX = 4;

        public boolean hasPremium;
        public long premium;
        public long premiumSum;
        public long samplesValid;
        public long samplesSkipped;
        public long samplesExpected;
        public boolean hasRate;
        public long rate;
        public boolean hasNextRate;
        public long nextRate;
        public boolean hasAccumulated;
        public long accumulated;
        public long indexDelta;
        public long cumulativeIndex;
        public long remainder;
        public long endNs;
        public long durationMs;
        public long intervals;
        public long multiplierPpm;
        public long cap;
        public int note;

        private Outcome() {}

        private void clear() {
            hasPremium = false;
            samplesValid = 0;
            samplesExpected = 0;
            hasRate = false;
            hasNextRate = false;
            hasAccumulated = false;
            remainder = 0;
        }
    }
}
