package org.isochron.matcher.twin;

/** Prices that a distance from a reference allows, in ticks, both bounds included. */
final class Bands {
    private Bands() {}

    static long lowest(final long refTicks, final long ppm) {
        return Exact.ceilDiv(refTicks * (Exact.PPM - ppm), Exact.PPM);
    }

    static long highest(final long refTicks, final long ppm) {
        return Math.floorDiv(refTicks * (Exact.PPM + ppm), Exact.PPM);
    }

    /** Whether limit prices are bounded: there is a band, and a mark it lies around. */
    static boolean apply(final Instrument instrument) {
        return instrument.bandPpm != 0 && instrument.markTicks != 0;
    }

    static long lowest(final Instrument instrument) {
        return lowest(instrument.markTicks, instrument.bandPpm);
    }

    static long highest(final Instrument instrument) {
        return highest(instrument.markTicks, instrument.bandPpm);
    }

    /** The bound of the band that a price has passed, 0 for none. */
    static long passed(final Instrument instrument, final long ticks) {
        if (!apply(instrument)) {
            return 0;
        }
        if (ticks < lowest(instrument)) {
            return lowest(instrument);
        }
        return ticks > highest(instrument) ? highest(instrument) : 0;
    }

    /** Limit of a market order that brings none: at least 1 tick, at most the largest price. */
    static long protection(final Instrument instrument, final boolean buy) {
        final long ppm = instrument.protectionPpm;
        final long mark = instrument.markTicks;
        return buy
                ? Math.min(instrument.maxTicks, Math.floorDiv(mark * (Exact.PPM + ppm), Exact.PPM))
                : Math.max(1, Exact.ceilDiv(mark * (Exact.PPM - ppm), Exact.PPM));
    }
}
