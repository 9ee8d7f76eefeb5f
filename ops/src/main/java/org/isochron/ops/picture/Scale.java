package org.isochron.ops.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From values to places along one axis, with ticks at round values. */
final class Scale {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    private final double low;
    private final double high;
    private final double from;
    private final double to;
    private final double step;

    /**
     * @param lowest  of the values.
     * @param highest of the values.
     * @param from    place of the low end.
     * @param to      place of the high end.
     * @param ticks   about so many.
     * @param isWide  whether the ends move out to ticks.
     */
    Scale(
            final double lowest,
            final double highest,
            final double from,
            final double to,
            final int ticks,
            final boolean isWide) {
        final double span = highest > lowest ? highest - lowest : Math.max(Math.abs(highest), 1) * 0.1;
        step = step(span / ticks);
        final double least = highest > lowest ? lowest : lowest - span / 2;
        low = isWide ? Math.floor(least / step) * step : least;
        high = isWide ? Math.ceil((least + span) / step) * step : least + span;
        this.from = from;
        this.to = to;
    }

    private static double step(final double least) {
        final double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (final double step : STEPS) {
            if (step * power >= least) {
                return step * power;
            }
        }
        return 10 * power;
    }

    double place(final double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    List<Double> ticks() {
        final List<Double> ticks = new ArrayList<>();
        for (double tick = Math.ceil(low / step - 1e-9) * step; tick <= high + step * 1e-9; tick += step) {
            ticks.add(Math.abs(tick) < step * 1e-9 ? 0 : tick);
        }
        return ticks;
    }

    /** A value short enough for an axis, as exact as its ticks need it. */
    String label(final double value) {
        if (value == 0) {
            return "0";
        }
        final double size = Math.max(Math.abs(low), Math.abs(high));
        if (size >= 1e10) {
            return decimals(value / 1e9, step / 1e9) + "bn";
        }
        if (size >= 1e7) {
            return decimals(value / 1e6, step / 1e6) + "m";
        }
        return size >= 1e5 ? decimals(value / 1e3, step / 1e3) + "k" : decimals(value, step);
    }

    private static String decimals(final double value, final double step) {
        int decimals = 0;
        while (decimals < 9
                && Math.abs(step * Math.pow(10, decimals) % 1) > 1e-6
                && Math.abs(step * Math.pow(10, decimals) % 1 - 1) > 1e-6) {
            decimals++;
        }
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
