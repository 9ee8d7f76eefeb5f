package org.isochron.matcher.venue;

import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;

/**
 * The price band of an instrument: limit prices lie within {@code [ceil(M * (1e6 - b) / 1e6), floor(M * (1e6 + b) / 1e6)]}
 * ticks, both ends included, M being the mark (the last valid one while it is invalid) and b the definition's bandPpm.
 * Worked out when asked: the band moves with the mark at once. Without bandPpm, or before the first mark, every price lies
 * inside.
 */
final class Bands {
    /** Lowest price of an instrument without a band. */
    static final long NO_FLOOR = 0;
    /** Highest price of an instrument without a band. */
    static final long NO_CEILING = Long.MAX_VALUE;

    private final Instruments instruments;
    private final Marks marks;

    Bands(final Instruments instruments, final Marks marks) {
        this.instruments = instruments;
        this.marks = marks;
    }

    /** Whether the instrument has a band now. */
    boolean isDefined(final int instrument) {
        return instruments.bandPpm(instrument) != 0 && marks.markTicks(instrument) != 0;
    }

    /** Lowest limit price that is taken, ticks: within the band, and within the discovery bounds of a closed market. */
    long lowestTaken(final int instrument) {
        return Math.max(lowest(instrument), marks.lowestTicks(instrument));
    }

    /** Highest limit price that is taken. */
    long highestTaken(final int instrument) {
        return Math.min(highest(instrument), marks.highestTicks(instrument));
    }

    /** Lowest price within the band, ticks; {@link #NO_FLOOR} without one. */
    long lowest(final int instrument) {
        return isDefined(instrument) ? marks.markTicks(instrument) - reach(instrument) : NO_FLOOR;
    }

    /** Highest price within the band, ticks; {@link #NO_CEILING} without one. */
    long highest(final int instrument) {
        return isDefined(instrument) ? marks.markTicks(instrument) + reach(instrument) : NO_CEILING;
    }

    /**
     * How many whole ticks the band reaches to either side: {@code ceil(M * (1e6 - b) / 1e6) = M - floor(M * b / 1e6)}, and
     * likewise upwards. A price has at most 2^60 ticks, so no sum leaves 63 bits.
     */
    private long reach(final int instrument) {
        return Margin.floorPpm(marks.markTicks(instrument), instruments.bandPpm(instrument));
    }
}
