package org.isochron.risk.rules;

/**
 * Changes of an instrument's terms, at once or from a sequence on. A field that holds {@link #KEEP} leaves the term as it
 * is. In force they are the terms themselves, so that they have no hash of their own beside that of the contract.
 */
public final class TermUpdates {
    /** The term keeps its value. */
    public static final long KEEP = Long.MIN_VALUE;

    public static final int MAX_ORDER_LOTS = 0;
    public static final int MAX_POSITION_LOTS = 1;
    public static final int MAKER_FEE_PPM = 2;
    public static final int TAKER_FEE_PPM = 3;
    public static final int LIQUIDATION_FEE_PPM = 4;
    public static final int MAX_OPEN_ORDERS = 5;
    public static final int BAND_PPM = 6;
    public static final int COLLAR_PPM = 7;
    public static final int MARKET_PROTECTION_PPM = 8;
    public static final int TAKER_DELAY_NS = 9;
    public static final int LIMIT_NS = 10;
    public static final int HALT_NS = 11;
    public static final int AUCTION_NS = 12;
    public static final int FIELDS = 13;

    private final RuleTable table;

    TermUpdates(final int instruments) {
        table = new RuleTable("termUpdates", instruments, FIELDS);
    }

    /** To stage and adopt or announce changes. */
    public RuleTable table() {
        return table;
    }

    /** The new value of a term, or the one it has. */
    public long newValue(final int instrument, final int field, final long value) {
        final long update = table.get(instrument, field);
        return update == KEEP ? value : update;
    }

    /** Whether the instrument's terms have ever been changed. */
    public boolean isDefined(final int instrument) {
        return table.isDefined(instrument);
    }
}
