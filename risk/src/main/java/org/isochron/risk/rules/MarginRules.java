package org.isochron.risk.rules;

/**
 * Margin rates that rise with the size of a position (rulebook 7): tiers from a notional up, lowest first, rates in ppm,
 * notionals in quanta. An instrument without has the rates of its contract for every size.
 */
public final class MarginRules {
    public static final int MAX_TIERS = 16;

    public static final int TIERS = 0;
    public static final int OPEN_INTEREST_LOWER = 1;
    public static final int OPEN_INTEREST_UPPER = 2;
    private static final int FIRST = 3;

    private static final int FLOOR = 0;
    private static final int INITIAL_PPM = 1;
    private static final int MAINTENANCE_PPM = 2;
    private static final int TIER_FIELDS = 3;

    private final RuleTable table;

    MarginRules(final int instruments) {
        table = new RuleTable("marginRules", instruments, FIRST + MAX_TIERS * TIER_FIELDS);
    }

    /** To stage and adopt or announce rules. */
    public RuleTable table() {
        return table;
    }

    /** A tier of the rules about to be set; those not staged must be staged as zeros. */
    public void stageTier(final int tier, final long floor, final long initialPpm, final long maintenancePpm) {
        table.stage(field(tier, FLOOR), floor);
        table.stage(field(tier, INITIAL_PPM), initialPpm);
        table.stage(field(tier, MAINTENANCE_PPM), maintenancePpm);
    }

    /** Tiers in force; 0 when the contract's rates are. */
    public int tiers(final int instrument) {
        return table.getInt(instrument, TIERS);
    }

    /** Notional from which a tier holds. */
    public long floor(final int instrument, final int tier) {
        return table.get(instrument, field(tier, FLOOR));
    }

    public long initialPpm(final int instrument, final int tier) {
        return table.get(instrument, field(tier, INITIAL_PPM));
    }

    public long maintenancePpm(final int instrument, final int tier) {
        return table.get(instrument, field(tier, MAINTENANCE_PPM));
    }

    /** Open interest from which initial margins rise; meaningful when the upper one is not 0. */
    public long openInterestLower(final int instrument) {
        return table.get(instrument, OPEN_INTEREST_LOWER);
    }

    /** Open interest from which initial margin is the whole notional; 0 when it does not count. */
    public long openInterestUpper(final int instrument) {
        return table.get(instrument, OPEN_INTEREST_UPPER);
    }

    private static int field(final int tier, final int field) {
        return FIRST + tier * TIER_FIELDS + field;
    }
}
