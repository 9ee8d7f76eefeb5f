package org.isochron.risk.marks;

import org.isochron.risk.rules.IndexRules;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/** The newest price of each source of each instrument, and when it came: of the underlying and of other perpetuals. */
final class Sources implements StateOwner {
    /** Prices of the underlying. Wire value of PriceKind. */
    static final int INDEX = 0;
    /** Prices of the same perpetual elsewhere. */
    static final int PERPETUAL = 1;

    private static final int KINDS = 2;
    private static final int TICKS = 0;
    /** Time of arrival plus 1, 0 when the source has no price. */
    private static final int ARRIVAL = IndexRules.SOURCES;

    private static final int FIELDS_PER_KIND = 2 * IndexRules.SOURCES;

    private final StateTable table;

    Sources(final int capacity) {
        table = new StateTable("sources", capacity, KINDS * FIELDS_PER_KIND);
    }

    void resize(final int capacity) {
        table.resize(capacity);
    }

    void take(final int instrument, final int kind, final int source, final long ticks, final long nowNs) {
        table.set(instrument, kind * FIELDS_PER_KIND + TICKS + source, ticks);
        table.set(instrument, kind * FIELDS_PER_KIND + ARRIVAL + source, nowNs + 1);
    }

    long ticks(final int instrument, final int kind, final int source) {
        return table.get(instrument, kind * FIELDS_PER_KIND + TICKS + source);
    }

    /** Bit of every source whose price is younger than that. */
    long youngerThan(final int instrument, final int kind, final long ageNs, final long nowNs) {
        final int first = kind * FIELDS_PER_KIND + ARRIVAL;
        long bitmap = 0;
        for (int source = 0; source < IndexRules.SOURCES; source++) {
            final long arrival = table.get(instrument, first + source);
            if (arrival != 0 && nowNs - (arrival - 1) < ageNs) {
                bitmap |= 1L << source;
            }
        }
        return bitmap;
    }

    /** No source has a price until it ticks again. */
    void forget(final int instrument) {
        for (int kind = 0; kind < KINDS; kind++) {
            for (int source = 0; source < IndexRules.SOURCES; source++) {
                table.set(instrument, kind * FIELDS_PER_KIND + ARRIVAL + source, 0);
            }
        }
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
