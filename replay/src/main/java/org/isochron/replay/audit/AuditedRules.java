package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.FundingRule;
import org.isochron.codecs.FundingRulesDecoder;

/** FundingRules as they were sent, nulls replaced by what they mean. Rates in 1e-9, times in ms. */
record AuditedRules(
        FundingRule rule,
        long activationSequence,
        long interest,
        long clamp,
        long cap,
        long maxPremium,
        BigInteger impactNotional,
        long corridorLowPpm,
        long corridorHighPpm,
        long proportionalPpm,
        long integralPpm,
        long maxError,
        long maxAccumulated,
        long termMs,
        long intervalMs,
        long offsetMs,
        long samplePeriodMs) {

    private static final long HOUR_MS = 3_600_000;
    private static final BigInteger DEFAULT_IMPACT = BigInteger.valueOf(20_000);
    private static final BigInteger CAP_PER_HOUR = BigInteger.valueOf(40_000_000);
    private static final long LARGEST_CAP = 1_000_000_000;

    static AuditedRules of(final FundingRulesDecoder sent, final AuditedContract contract) {
        final FundingRule rule = sent.rule();
        final long intervalMs = hasIntervals(rule) ? orElse(sent.intervalMs(), defaultIntervalMs(rule)) : 0;
        final long offsetMs = rule == FundingRule.BITMEX_8H && intervalMs > 4 * HOUR_MS ? 4 * HOUR_MS : 0;
        final long capMs = hasIntervals(rule) ? intervalMs : HOUR_MS;
        final BigInteger cap = CAP_PER_HOUR
                .multiply(BigInteger.valueOf(capMs))
                .add(BigInteger.valueOf(HOUR_MS - 1))
                .divide(BigInteger.valueOf(HOUR_MS));
        final long impact = sent.impactNotional();
        return new AuditedRules(
                rule,
                sent.activationSequence(),
                rateOrElse(sent.interestRate(), 100_000),
                rateOrElse(sent.clampRate(), 500_000),
                rateOrElse(sent.capRate(), Math.min(LARGEST_CAP, cap.longValueExact())),
                rateOrElse(sent.maxPremium(), 1_000_000_000_000L),
                impact == FundingRulesDecoder.impactNotionalNullValue()
                        ? DEFAULT_IMPACT.multiply(BigInteger.TEN.pow(contract.scale()))
                        : BigInteger.valueOf(impact),
                ppmOrElse(sent.corridorLowPpm(), 800_000),
                ppmOrElse(sent.corridorHighPpm(), 1_400_000),
                ppmOrElse(sent.proportionalPpm(), 100_000),
                ppmOrElse(sent.integralPpm(), 1_000),
                rateOrElse(sent.maxError(), 50_000_000),
                rateOrElse(sent.maxAccumulated(), 5_000_000_000L),
                orElse(sent.termMs(), (contract.isPower() ? 420 : 8) * HOUR_MS),
                intervalMs,
                orElse(sent.offsetMs(), offsetMs),
                orElse(sent.samplePeriodMs(), defaultSamplePeriodMs(rule)));
    }

    static boolean hasIntervals(final FundingRule rule) {
        return rule == FundingRule.PREMIUM_HOURLY || rule == FundingRule.BITMEX_8H || rule == FundingRule.AUCTION;
    }

    private static long defaultIntervalMs(final FundingRule rule) {
        return switch (rule) {
            case BITMEX_8H -> 8 * HOUR_MS;
            case AUCTION -> 24 * HOUR_MS;
            default -> HOUR_MS;
        };
    }

    private static long defaultSamplePeriodMs(final FundingRule rule) {
        return switch (rule) {
            case CONTINUOUS -> 100;
            case BITMEX_8H, PI -> 60_000;
            default -> 5_000;
        };
    }

    private static long orElse(final long ms, final long byDefault) {
        return ms == FundingRulesDecoder.termMsNullValue() ? byDefault : ms;
    }

    private static long rateOrElse(final long rate, final long byDefault) {
        return rate == FundingRulesDecoder.capRateNullValue() ? byDefault : rate;
    }

    private static long ppmOrElse(final int ppm, final long byDefault) {
        return ppm == FundingRulesDecoder.integralPpmNullValue() ? byDefault : ppm;
    }
}
