package org.isochron.risk.rules;

/**
 * What happens while the primary market of an instrument is closed (rulebook 5). Fields are those of the message
 * ClosedRules. An instrument that has any has a session calendar.
 */
public final class ClosedRules {
    /** Wire value of ClosedRule.FREEZE. */
    public static final int FREEZE = 1;
    /** Wire value of ClosedRule.INTERNAL_EMA. */
    public static final int INTERNAL_EMA = 2;
    /** Wire value of ClosedRule.HALT. */
    public static final int HALT = 3;

    public static final int RULE = 0;
    public static final int IMPACT_NOTIONAL = 1;
    public static final int INTERNAL_TAU_MS = 2;
    public static final int BOUND = 3;
    public static final int INITIAL_MARGIN_SCALE = 4;
    public static final int RAMP_NS = 5;
    public static final int OVERNIGHT_LIMIT = 6;
    public static final int WEEKEND_LIMIT = 7;
    public static final int FUNDING = 8;
    public static final int FEED_SILENT_NS = 9;
    public static final int REANCHORS = 10;
    private static final int FIELDS = 11;

    private final RuleTable table;

    ClosedRules(final int instruments) {
        table = new RuleTable("closedRules", instruments, FIELDS);
    }

    /** For adoption: fields are staged there. */
    public RuleTable table() {
        return table;
    }

    public boolean isDefined(final int instrument) {
        return table.isDefined(instrument);
    }

    /** Wire value of the rule, 0 without any. */
    public int rule(final int instrument) {
        return table.getInt(instrument, RULE);
    }

    /** Whether the book may come to have a say in the instrument's own index, under the rules in force or announced. */
    public boolean mayBeInternal(final int instrument) {
        return rule(instrument) == INTERNAL_EMA || table.announced(instrument, RULE, 0) == INTERNAL_EMA;
    }

    /** Quanta at which an impact price is taken. */
    public long impactNotional(final int instrument) {
        return table.get(instrument, IMPACT_NOTIONAL);
    }

    /** Time constant of the internal index. */
    public long internalTauMs(final int instrument) {
        return table.get(instrument, INTERNAL_TAU_MS);
    }

    /** Discovery bound, ppm of the reference; 0: the instrument's smallest initial margin. */
    public int boundPpm(final int instrument) {
        return table.getInt(instrument, BOUND);
    }

    /** Initial margin while closed, ppm of the usual. */
    public int initialMarginScalePpm(final int instrument) {
        return table.getInt(instrument, INITIAL_MARGIN_SCALE);
    }

    /** How long before the close initial margin begins to rise. */
    public long rampNs(final int instrument) {
        return table.get(instrument, RAMP_NS);
    }

    /** Position limit over night, ppm of the usual. */
    public int overnightLimitPpm(final int instrument) {
        return table.getInt(instrument, OVERNIGHT_LIMIT);
    }

    /** Position limit over a weekend or holiday, ppm of the usual. */
    public int weekendLimitPpm(final int instrument) {
        return table.getInt(instrument, WEEKEND_LIMIT);
    }

    /** Funding while closed, ppm of the usual. */
    public int fundingPpm(final int instrument) {
        return table.getInt(instrument, FUNDING);
    }

    /** Silence of every source after which the market counts as closed. */
    public long feedSilentNs(final int instrument) {
        return table.get(instrument, FEED_SILENT_NS);
    }

    /** How often the reference may move to a bound, each way. */
    public int reanchors(final int instrument) {
        return table.getInt(instrument, REANCHORS);
    }
}
