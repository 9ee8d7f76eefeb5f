package org.isochron.risk.rules;

/**
 * How each instrument funds (rulebook 6). Rates are in units of 1e-9, times in milliseconds, amounts in quanta. What an
 * instrument without rules has is rule {@link #NONE}.
 */
public final class FundingRules {
    /** Wire value of FundingRule.NONE. */
    public static final int NONE = 0;
    /** Wire value of FundingRule.PREMIUM_HOURLY. */
    public static final int PREMIUM_HOURLY = 1;
    /** Wire value of FundingRule.BITMEX_8H. */
    public static final int BITMEX_8H = 2;
    /** Wire value of FundingRule.CONTINUOUS. */
    public static final int CONTINUOUS = 3;
    /** Wire value of FundingRule.PI. */
    public static final int PI = 4;
    /** Wire value of FundingRule.AUCTION. */
    public static final int AUCTION = 5;

    public static final int RULE = 0;
    public static final int INTERVAL_MS = 1;
    public static final int OFFSET_MS = 2;
    public static final int SAMPLE_PERIOD_MS = 3;
    public static final int INTEREST = 4;
    public static final int CLAMP = 5;
    public static final int CAP = 6;
    public static final int MAX_PREMIUM = 7;
    public static final int IMPACT_NOTIONAL = 8;
    public static final int CORRIDOR_LOW_PPM = 9;
    public static final int CORRIDOR_HIGH_PPM = 10;
    public static final int TERM_MS = 11;
    public static final int PROPORTIONAL_PPM = 12;
    public static final int INTEGRAL_PPM = 13;
    public static final int MAX_ERROR = 14;
    public static final int MAX_ACCUMULATED = 15;
    public static final int WINDOW_MS = 16;
    public static final int FIELDS = 17;

    private final RuleTable table;

    FundingRules(final int instruments) {
        table = new RuleTable("fundingRules", instruments, FIELDS);
    }

    /** To stage and adopt or announce rules. */
    public RuleTable table() {
        return table;
    }

    public int rule(final int instrument) {
        return table.getInt(instrument, RULE);
    }

    /** Time between two payments; 0 under PI and CONTINUOUS. */
    public long intervalMs(final int instrument) {
        return table.get(instrument, INTERVAL_MS);
    }

    /** Payments fall on multiples of the interval since 1970 and this. */
    public long offsetMs(final int instrument) {
        return table.get(instrument, OFFSET_MS);
    }

    /** Time between two samples or steps. */
    public long samplePeriodMs(final int instrument) {
        return table.get(instrument, SAMPLE_PERIOD_MS);
    }

    /** I, for 8 hours. */
    public long interest(final int instrument) {
        return table.get(instrument, INTEREST);
    }

    /** c, for 8 hours. */
    public long clamp(final int instrument) {
        return table.get(instrument, CLAMP);
    }

    /** Largest rate of an interval, of an hour under PI. */
    public long cap(final int instrument) {
        return table.get(instrument, CAP);
    }

    /** Largest premium of one sample. */
    public long maxPremium(final int instrument) {
        return table.get(instrument, MAX_PREMIUM);
    }

    /** What the impact prices are walked for, quanta. */
    public long impactNotional(final int instrument) {
        return table.get(instrument, IMPACT_NOTIONAL);
    }

    /** Least mark that counts under CONTINUOUS, ppm of the index. */
    public long corridorLowPpm(final int instrument) {
        return table.get(instrument, CORRIDOR_LOW_PPM);
    }

    /** Largest mark that counts under CONTINUOUS, ppm of the index. */
    public long corridorHighPpm(final int instrument) {
        return table.get(instrument, CORRIDOR_HIGH_PPM);
    }

    /** T of CONTINUOUS: in that time a difference is paid in full. */
    public long termMs(final int instrument) {
        return table.get(instrument, TERM_MS);
    }

    /** kp of PI. */
    public long proportionalPpm(final int instrument) {
        return table.get(instrument, PROPORTIONAL_PPM);
    }

    /** ki of PI. */
    public long integralPpm(final int instrument) {
        return table.get(instrument, INTEGRAL_PPM);
    }

    /** Largest error of a step of PI. */
    public long maxError(final int instrument) {
        return table.get(instrument, MAX_ERROR);
    }

    /** Largest sum of errors of PI. */
    public long maxAccumulated(final int instrument) {
        return table.get(instrument, MAX_ACCUMULATED);
    }

    /** How long before a payment AUCTION takes orders. */
    public long windowMs(final int instrument) {
        return table.get(instrument, WINDOW_MS);
    }
}
