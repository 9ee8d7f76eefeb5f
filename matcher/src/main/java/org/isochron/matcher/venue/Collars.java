package org.isochron.matcher.venue;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;

/**
 * How far from its reference an auction price may lie. The reference is the mark, the last valid one while it is invalid,
 * or else the last price. After n extensions the collar is {@code [ceil(R * (1e6 - c) / 1e6), floor(R * (1e6 + c) / 1e6)]}
 * with c = collarPpm * 2^n, as far as prices go. Without collarPpm, or without a reference, every price will do.
 */
final class Collars {
    /** A collar doubled that often is none any more: collarPpm is below 2^20, so its multiples stay within 63 bits. */
    private static final int MOST_EXTENSIONS = 40;

    private final Instruments instruments;
    private final Marks marks;
    private final LastPrices lastPrices;
    private final TradingStates states;

    Collars(final Instruments instruments, final Marks marks, final LastPrices lastPrices, final TradingStates states) {
        this.instruments = instruments;
        this.marks = marks;
        this.lastPrices = lastPrices;
        this.states = states;
    }

    /** Ticks, 0 when there is neither mark nor last price. */
    long reference(final int instrument) {
        final long mark = marks.markTicks(instrument);
        return mark != 0 ? mark : lastPrices.ticks(instrument);
    }

    /** Lowest auction price allowed, ticks. */
    long lowest(final int instrument) {
        return isDefined(instrument) ? Math.max(1, reference(instrument) - reach(instrument)) : 1;
    }

    /** Highest auction price allowed, ticks. */
    long highest(final int instrument) {
        final long largest = instruments.maxPriceTicks(instrument);
        return isDefined(instrument) ? Math.min(largest, reference(instrument) + reach(instrument)) : largest;
    }

    private boolean isDefined(final int instrument) {
        return instruments.collarPpm(instrument) != 0
                && reference(instrument) != 0
                && states.extensions(instrument) <= MOST_EXTENSIONS;
    }

    /** Whole ticks to either side; no more than there are prices, so that no sum leaves 63 bits. */
    private long reach(final int instrument) {
        final long reference = reference(instrument);
        final long ppm = (long) instruments.collarPpm(instrument) << states.extensions(instrument);
        // A quotient of 2^62 or more would not fit, and is far beyond every price.
        return Math.multiplyHigh(reference, ppm) >= Margin.PPM / 4
                ? instruments.maxPriceTicks(instrument)
                : Math.min(instruments.maxPriceTicks(instrument), FixedPoint.mulDivFloor(reference, ppm, Margin.PPM));
    }
}
