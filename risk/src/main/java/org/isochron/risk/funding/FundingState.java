package org.isochron.risk.funding;

import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/** What funding remembers of each instrument between two clock ticks. */
final class FundingState implements StateOwner {
    /** Hash of the rules all the rest was made under; other rules begin anew. */
    static final int RULE_HASH = 0;
    /** Sequenced time of the next payment. */
    static final int NEXT_NS = 1;
    /** Valid samples of the interval, added up. */
    static final int PREMIUM_SUM = 2;

    static final int VALID = 3;
    static final int SKIPPED = 4;
    /** BITMEX_8H: rate of the interval that runs. */
    static final int FIXED_RATE = 5;
    /** PI: errors added up. */
    static final int ACCUMULATED = 6;
    /** PI, CONTINUOUS: what the last division left. */
    static final int REMAINDER = 7;
    /** CONTINUOUS: time up to which the difference has accrued, 0 while the index is not valid. */
    static final int ACCRUED_NS = 8;

    private static final int FIELDS = 9;

    private final StateTable table;

    FundingState(final int instruments) {
        table = new StateTable("funding", instruments, FIELDS);
    }

    void resize(final int instruments) {
        table.resize(instruments);
    }

    long get(final int instrument, final int field) {
        return table.get(instrument, field);
    }

    void set(final int instrument, final int field, final long value) {
        table.set(instrument, field, value);
    }

    void add(final int instrument, final int field, final long delta) {
        table.add(instrument, field, delta);
    }

    /** Everything begins anew. */
    void begin(final int instrument, final long ruleHash, final long nextNs) {
        for (int field = 0; field < FIELDS; field++) {
            table.set(instrument, field, 0);
        }
        table.set(instrument, RULE_HASH, ruleHash);
        table.set(instrument, NEXT_NS, nextNs);
    }

    /** An interval begins: its samples are counted from 0. */
    void beginInterval(final int instrument, final long nextNs) {
        table.set(instrument, NEXT_NS, nextNs);
        table.set(instrument, PREMIUM_SUM, 0);
        table.set(instrument, VALID, 0);
        table.set(instrument, SKIPPED, 0);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
