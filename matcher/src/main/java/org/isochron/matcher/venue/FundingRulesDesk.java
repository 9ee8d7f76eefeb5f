package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.NOT_SUPPORTED;
import static org.isochron.codecs.RejectCode.OVERFLOW;

import org.isochron.codecs.FundingRule;
import org.isochron.codecs.FundingRulesDecoder;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.funding.FundingBounds;
import org.isochron.risk.funding.IndexDelta;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.rules.FundingRules;
import org.isochron.risk.rules.RuleTable;
import org.isochron.risk.rules.TermUpdates;

/** How instruments fund, as the operator sets it: null fields take the defaults of the rulebook. */
final class FundingRulesDesk {
    private static final long TICK_MS = 100;
    private static final long HOUR_MS = 3_600_000;
    private static final long BASE_MS = 8 * HOUR_MS;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long MAX_INTERVAL_MS = 7 * DAY_MS;
    private static final long POWER_TERM_MS = 420 * HOUR_MS;
    private static final long MIN_TERM_MS = 1_000;
    private static final long BITMEX_OFFSET_MS = 4 * HOUR_MS;

    /** Rates are billionths. */
    private static final long ONE = 1_000_000_000;

    private static final long PPM = 1_000_000;
    private static final long DEFAULT_INTEREST = 100_000;
    private static final long DEFAULT_CLAMP = 500_000;
    private static final long DEFAULT_CAP_PER_HOUR = 40_000_000;
    private static final long MAX_BASE_RATE = 10_000_000;
    private static final long MIN_PREMIUM = 1_000;
    private static final long MAX_PREMIUM = 1_000 * ONE;
    private static final long DEFAULT_IMPACT = 20_000;
    private static final int DEFAULT_CORRIDOR_LOW_PPM = 800_000;
    private static final int DEFAULT_CORRIDOR_HIGH_PPM = 1_400_000;
    private static final long MAX_GAIN_PPM = 10 * PPM;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Contracts contracts;
    private final RuleTable table;
    private final RuleTable updates;
    private final RuleAdoption adoption;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    private int instrument;
    private int rule;
    private long intervalMs;
    private long offsetMs;
    private long samplePeriodMs;
    private long termMs;
    private long windowMs;
    private long cap;

    FundingRulesDesk(final Ledger ledger, final RuleAdoption adoption, final Reports reports) {
        this.ledger = ledger;
        this.adoption = adoption;
        this.reports = reports;
        instruments = ledger.instruments();
        contracts = ledger.contracts();
        table = ledger.rules().funding().table();
        updates = ledger.rules().termUpdates().table();
    }

    void onFundingRules(final Request request, final FundingRulesDecoder command) {
        if (adoption.refuses(refusal, command.instrumentId(), command.activationSequence())
                || refusesRule(command)
                || refusesTimes(command)
                || refusesRates(command)
                || refusesController(command)
                || refusesExtremes(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        stage(command);
        adoption.adopt(request, table, command.buffer(), command.offset(), command.encodedLength());
    }

    private boolean refusesRule(final FundingRulesDecoder command) {
        instrument = adoption.instrument();
        if (command.rule() == FundingRule.NULL_VAL) {
            return refusal.of(BAD_VALUE, FundingRulesDecoder.ruleId(), Refusal.NO_VALUE);
        }
        rule = command.rule().value();
        return rule == FundingRules.CONTINUOUS
                && instruments.factor(instrument) < 0
                && refusal.of(NOT_SUPPORTED, FundingRulesDecoder.ruleId(), rule);
    }

    private boolean hasIntervals() {
        return rule == FundingRules.PREMIUM_HOURLY || rule == FundingRules.BITMEX_8H || rule == FundingRules.AUCTION;
    }

    private boolean refusesTimes(final FundingRulesDecoder command) {
        samplePeriodMs = Defaults.orDefault(command.samplePeriodMs(), defaultSamplePeriodMs());
        final int sampleField = FundingRulesDecoder.samplePeriodMsId();
        if (refusesOffGrid(sampleField, samplePeriodMs, TICK_MS, HOUR_MS)) {
            return true;
        }
        termMs = Defaults.orDefault(command.termMs(), defaultTermMs());
        if (termMs < MIN_TERM_MS) {
            return refusal.of(BAD_VALUE, FundingRulesDecoder.termMsId(), termMs, MIN_TERM_MS);
        }
        intervalMs = hasIntervals() ? Defaults.orDefault(command.intervalMs(), defaultIntervalMs()) : 0;
        offsetMs = 0;
        windowMs = 0;
        return hasIntervals() && refusesInterval(command);
    }

    private boolean refusesInterval(final FundingRulesDecoder command) {
        final boolean samples = rule != FundingRules.AUCTION;
        final long grid = samples ? samplePeriodMs : TICK_MS;
        if (refusesOffGrid(FundingRulesDecoder.intervalMsId(), intervalMs, grid, MAX_INTERVAL_MS)) {
            return true;
        }
        final boolean fourHoursOff = rule == FundingRules.BITMEX_8H && intervalMs > BITMEX_OFFSET_MS;
        offsetMs = Defaults.orDefault(command.offsetMs(), fourHoursOff ? BITMEX_OFFSET_MS : 0);
        if (offsetMs % TICK_MS != 0 || offsetMs >= intervalMs) {
            return refusal.of(BAD_VALUE, FundingRulesDecoder.offsetMsId(), offsetMs, intervalMs - TICK_MS);
        }
        windowMs = samples ? 0 : Defaults.orDefault(command.windowMs(), Math.min(60_000, intervalMs));
        return !samples && refusesOffGrid(FundingRulesDecoder.windowMsId(), windowMs, TICK_MS, intervalMs);
    }

    private boolean refusesOffGrid(final int fieldId, final long ms, final long grid, final long largest) {
        return TermChecks.refusesOutside(refusal, fieldId, ms, grid, largest)
                || ms % grid != 0 && refusal.of(BAD_VALUE, fieldId, ms, grid);
    }

    private long defaultSamplePeriodMs() {
        return switch (rule) {
            case FundingRules.CONTINUOUS -> TICK_MS;
            case FundingRules.BITMEX_8H, FundingRules.PI -> 60_000;
            default -> 5_000;
        };
    }

    private long defaultIntervalMs() {
        return switch (rule) {
            case FundingRules.BITMEX_8H -> BASE_MS;
            case FundingRules.AUCTION -> DAY_MS;
            default -> HOUR_MS;
        };
    }

    private long defaultTermMs() {
        final boolean isPower = instruments.kind(instrument) == Instruments.POWER
                && instruments.exponent(instrument) != Instruments.EXPONENT_ONE;
        return isPower ? POWER_TERM_MS : BASE_MS;
    }

    private boolean refusesRates(final FundingRulesDecoder command) {
        final long capPeriodMs = hasIntervals() ? intervalMs : HOUR_MS;
        final long defaultCap = FixedPoint.mulDivCeil(DEFAULT_CAP_PER_HOUR, capPeriodMs, HOUR_MS);
        cap = Defaults.amountOrDefault(command.capRate(), Math.min(ONE, defaultCap));
        return refusesRate(FundingRulesDecoder.interestRateId(), command.interestRate(), -MAX_BASE_RATE, MAX_BASE_RATE)
                || refusesRate(FundingRulesDecoder.clampRateId(), command.clampRate(), 0, MAX_BASE_RATE)
                || refusesRate(FundingRulesDecoder.capRateId(), command.capRate(), 1, ONE)
                || refusesRate(FundingRulesDecoder.maxPremiumId(), command.maxPremium(), MIN_PREMIUM, MAX_PREMIUM)
                || refusesRate(FundingRulesDecoder.impactNotionalId(), command.impactNotional(), 0, Long.MAX_VALUE);
    }

    private boolean refusesController(final FundingRulesDecoder command) {
        return refusesPpm(FundingRulesDecoder.corridorLowPpmId(), command.corridorLowPpm(), 1, PPM)
                || refusesPpm(FundingRulesDecoder.corridorHighPpmId(), command.corridorHighPpm(), PPM, MAX_GAIN_PPM)
                || refusesPpm(
                        FundingRulesDecoder.proportionalPpmId(), command.proportionalPpm(), -MAX_GAIN_PPM, MAX_GAIN_PPM)
                || refusesPpm(FundingRulesDecoder.integralPpmId(), command.integralPpm(), -MAX_GAIN_PPM, MAX_GAIN_PPM)
                || refusesRate(FundingRulesDecoder.maxErrorId(), command.maxError(), 1, ONE)
                || refusesRate(FundingRulesDecoder.maxAccumulatedId(), command.maxAccumulated(), 1, MAX_PREMIUM);
    }

    private boolean refusesRate(final int fieldId, final long value, final long lowest, final long highest) {
        return !Defaults.isNoAmount(value) && TermChecks.refusesOutside(refusal, fieldId, value, lowest, highest);
    }

    private boolean refusesPpm(final int fieldId, final int ppm, final long lowest, final long highest) {
        return !Defaults.isNoPpm(ppm) && TermChecks.refusesOutside(refusal, fieldId, ppm, lowest, highest);
    }

    /** Prices, notional and ten years of funding at the cap must fit. */
    private boolean refusesExtremes(final FundingRulesDecoder command) {
        final long factor = instruments.factor(instrument);
        final long maxTicks = instruments.maxPriceTicks(instrument);
        final long mostTicks = factor < 0 ? IndexDelta.MAX_INVERSE_TICKS : FundingBounds.MAX_TICKS;
        if (rule == FundingRules.NONE) {
            return false;
        }
        if (maxTicks > mostTicks) {
            return refusal.of(OVERFLOW, FundingRulesDecoder.instrumentIdId(), maxTicks, mostTicks);
        }
        final long notional = impactNotional(command);
        final long mostNotional = FundingBounds.mostNotional(factor, maxTicks);
        if (notional > mostNotional) {
            return refusal.of(OVERFLOW, FundingRulesDecoder.impactNotionalId(), notional, mostNotional);
        }
        return refusesTenYears(command);
    }

    private boolean refusesTenYears(final FundingRulesDecoder command) {
        final long most = FundingBounds.mostInTenYears(
                contracts.largest(instrument, 1), contracts.largest(instrument, largestPosition()));
        if (rule == FundingRules.CONTINUOUS) {
            final long low = PPM - Defaults.orDefault(command.corridorLowPpm(), DEFAULT_CORRIDOR_LOW_PPM);
            final long high = Defaults.orDefault(command.corridorHighPpm(), DEFAULT_CORRIDOR_HIGH_PPM) - PPM;
            final long perTerm = Math.max(low, high) * (ONE / PPM);
            final long leastTerm = FundingBounds.leastPeriodMs(perTerm, most);
            return termMs < leastTerm && refusal.of(OVERFLOW, FundingRulesDecoder.termMsId(), termMs, leastTerm);
        }
        final long mostCap = FundingBounds.mostPerPeriod(hasIntervals() ? intervalMs : HOUR_MS, most);
        return cap > mostCap && refusal.of(OVERFLOW, FundingRulesDecoder.capRateId(), cap, mostCap);
    }

    /** Lots, those announced for later counted. */
    private long largestPosition() {
        final long lots = instruments.maxPositionLots(instrument);
        return Math.max(lots, updates.announced(instrument, TermUpdates.MAX_POSITION_LOTS, lots));
    }

    private long impactNotional(final FundingRulesDecoder command) {
        final int scale = ledger.assets().scale(instruments.asset(instrument));
        return Defaults.amountOrDefault(command.impactNotional(), DEFAULT_IMPACT * FixedPoint.powerOfTen(scale));
    }

    private void stage(final FundingRulesDecoder command) {
        table.stage(FundingRules.RULE, rule);
        table.stage(FundingRules.INTERVAL_MS, intervalMs);
        table.stage(FundingRules.OFFSET_MS, offsetMs);
        table.stage(FundingRules.SAMPLE_PERIOD_MS, samplePeriodMs);
        table.stage(FundingRules.INTEREST, Defaults.amountOrDefault(command.interestRate(), DEFAULT_INTEREST));
        table.stage(FundingRules.CLAMP, Defaults.amountOrDefault(command.clampRate(), DEFAULT_CLAMP));
        table.stage(FundingRules.CAP, cap);
        table.stage(FundingRules.MAX_PREMIUM, Defaults.amountOrDefault(command.maxPremium(), MAX_PREMIUM));
        table.stage(FundingRules.IMPACT_NOTIONAL, impactNotional(command));
        table.stage(
                FundingRules.CORRIDOR_LOW_PPM, Defaults.orDefault(command.corridorLowPpm(), DEFAULT_CORRIDOR_LOW_PPM));
        table.stage(
                FundingRules.CORRIDOR_HIGH_PPM,
                Defaults.orDefault(command.corridorHighPpm(), DEFAULT_CORRIDOR_HIGH_PPM));
        table.stage(FundingRules.TERM_MS, termMs);
        table.stage(FundingRules.PROPORTIONAL_PPM, Defaults.orDefault(command.proportionalPpm(), 100_000));
        table.stage(FundingRules.INTEGRAL_PPM, Defaults.orDefault(command.integralPpm(), 1_000));
        table.stage(FundingRules.MAX_ERROR, Defaults.amountOrDefault(command.maxError(), ONE / 20));
        table.stage(FundingRules.MAX_ACCUMULATED, Defaults.amountOrDefault(command.maxAccumulated(), 5 * ONE));
        table.stage(FundingRules.WINDOW_MS, windowMs);
    }
}
