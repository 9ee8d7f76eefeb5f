package org.isochron.risk.marks;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.rules.IndexRules;

/**
 * Weighted median of sources (rulebook 3): sorted by price, then source, the smallest price at which twice the cumulative
 * weight reaches the total. Scratch; holds nothing from call to call.
 */
final class SourceMedian {
    private static final long PPM = 1_000_000;

    private final Sources sources;
    private final IndexRules rules;
    private final int[] sorted = new int[IndexRules.SOURCES];

    SourceMedian(final Sources sources, final IndexRules rules) {
        this.sources = sources;
        this.rules = rules;
    }

    /** Those of the sources that have a weight; without index rules all have the same. */
    long weighted(final int instrument, final long bitmap) {
        if (!rules.isDefined(instrument)) {
            return bitmap;
        }
        long weighted = bitmap;
        for (long rest = bitmap; rest != 0; rest &= rest - 1) {
            final int source = Long.numberOfTrailingZeros(rest);
            if (rules.weight(instrument, source) == 0) {
                weighted &= ~(1L << source);
            }
        }
        return weighted;
    }

    /** Ticks. Of sources that all have a weight; at least one. */
    long of(final int instrument, final int kind, final long bitmap) {
        final int count = sort(instrument, kind, bitmap);
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += weight(instrument, sorted[i]);
        }
        int cumulative = 0;
        int place = -1;
        while (2 * cumulative < total) {
            cumulative += weight(instrument, sorted[++place]);
        }
        return sources.ticks(instrument, kind, sorted[place]);
    }

    /** Those of the sources that are no further from the median than {@code ppm}; all of them when it is 0. */
    long without(final int instrument, final long bitmap, final long medianTicks, final int ppm) {
        if (ppm == 0) {
            return bitmap;
        }
        final long reach = FixedPoint.mulDivFloor(medianTicks, ppm, PPM);
        long near = bitmap;
        for (long rest = bitmap; rest != 0; rest &= rest - 1) {
            final int source = Long.numberOfTrailingZeros(rest);
            if (Math.abs(sources.ticks(instrument, Sources.INDEX, source) - medianTicks) > reach) {
                near &= ~(1L << source);
            }
        }
        return near;
    }

    private int sort(final int instrument, final int kind, final long bitmap) {
        int count = 0;
        for (long rest = bitmap; rest != 0; rest &= rest - 1) {
            final int source = Long.numberOfTrailingZeros(rest);
            final long ticks = sources.ticks(instrument, kind, source);
            int place = count++;
            while (place > 0 && sources.ticks(instrument, kind, sorted[place - 1]) > ticks) {
                sorted[place] = sorted[place - 1];
                place--;
            }
            sorted[place] = source;
        }
        return count;
    }

    private int weight(final int instrument, final int source) {
        return rules.isDefined(instrument) ? rules.weight(instrument, source) : 1;
    }
}
