package org.isochron.risk.rules;

/** How the mark of an instrument is made (rulebook 4). Fields are those of the message MarkRules. */
public final class MarkRules {
    /** Wire value of MarkRule.ORACLE: what an instrument without mark rules has. */
    public static final int ORACLE = 1;
    /** Wire value of MarkRule.MEDIAN_OF_THREE. */
    public static final int MEDIAN_OF_THREE = 2;
    /** Wire value of MarkRule.FAIR_BASIS. */
    public static final int FAIR_BASIS = 3;
    /** Wire value of MarkRule.LAST_TRADE. */
    public static final int LAST_TRADE = 4;

    public static final int RULE = 0;
    public static final int STEP = 1;
    public static final int LAST_TRADE_NS = 2;
    public static final int BASIS_TAU_MS = 3;
    public static final int INDEX_TAU_MS = 4;
    private static final int FIELDS = 5;

    private static final long DEFAULT_INDEX_TAU_MS = 3_600_000;

    private final RuleTable table;

    MarkRules(final int instruments) {
        table = new RuleTable("markRules", instruments, FIELDS);
    }

    /** For adoption: fields are staged there. */
    public RuleTable table() {
        return table;
    }

    /** Wire value of the rule. */
    public int rule(final int instrument) {
        return table.isDefined(instrument) ? table.getInt(instrument, RULE) : ORACLE;
    }

    /** Distance from where it was at the last whole second that a mark may have, ppm; 0 for no limit. */
    public int stepPpm(final int instrument) {
        return table.getInt(instrument, STEP);
    }

    /** Age up to which the last trade counts for the median. */
    public long lastTradeNs(final int instrument) {
        return table.get(instrument, LAST_TRADE_NS);
    }

    /** Time constant of the average of mid less index. */
    public long basisTauMs(final int instrument) {
        return table.get(instrument, BASIS_TAU_MS);
    }

    /** Time constant of the index' own average. */
    public long indexTauMs(final int instrument) {
        return table.isDefined(instrument) ? table.get(instrument, INDEX_TAU_MS) : DEFAULT_INDEX_TAU_MS;
    }
}
