package org.isochron.risk.marks;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * One exponential moving average for each instrument, in units of 2^-16 tick: {@code e += trunc((x - e) * W / 2^32)}, W the
 * {@link Decay#weightQ32 weight} of the time since the sample before. The first sample is the average, unless it was held before. Sampled by the clock
 * only, so that nobody buys weight by trading often.
 */
final class Averages implements StateOwner {
    private static final int VALUE = 0;
    /** Milliseconds since 1970 of the last sample, plus 1; 0 before the first. */
    private static final int SAMPLED = 1;

    private static final int FIELDS = 2;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final StateTable table;

    /** Of the last weight worked out: the clock ticks evenly, so it is nearly always the next one as well. */
    private long knownDtMs = -1;

    private long knownTauMs;
    private long knownWeight;

    Averages(final String name, final int capacity) {
        table = new StateTable(name, capacity, FIELDS);
    }

    void resize(final int capacity) {
        table.resize(capacity);
    }

    /**
     * A sample, weighted by the time since the one before or since the average was {@link #hold held}.
     *
     * @param valueQ16 magnitude at most 2^61.
     */
    void sample(final int instrument, final long valueQ16, final long nowNs, final long tauMs) {
        final long sampledMs = nowNs / NANOS_PER_MILLI + 1;
        final long beforeMs = table.get(instrument, SAMPLED);
        table.set(instrument, SAMPLED, sampledMs);
        if (beforeMs == 0) {
            table.set(instrument, VALUE, valueQ16);
        } else {
            final long average = table.get(instrument, VALUE);
            final long step =
                    FixedPoint.mulDivTrunc(valueQ16 - average, weight(sampledMs - beforeMs, tauMs), Decay.ONE);
            table.set(instrument, VALUE, average + step);
        }
    }

    /** Time passes without a sample, and counts for none later; before the first sample the average begins at 0. */
    void hold(final int instrument, final long nowNs) {
        table.set(instrument, SAMPLED, nowNs / NANOS_PER_MILLI + 1);
    }

    private long weight(final long dtMs, final long tauMs) {
        if (dtMs != knownDtMs || tauMs != knownTauMs) {
            knownDtMs = dtMs;
            knownTauMs = tauMs;
            knownWeight = Decay.weightQ32(dtMs, tauMs);
        }
        return knownWeight;
    }

    /** Whether it has been sampled or held. */
    boolean isBegun(final int instrument) {
        return table.get(instrument, SAMPLED) != 0;
    }

    /** 2^-16 tick; 0 before the first sample. */
    long valueQ16(final int instrument) {
        return table.get(instrument, VALUE);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
