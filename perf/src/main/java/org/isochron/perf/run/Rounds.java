package org.isochron.perf.run;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The same figure of several rounds. */
public final class Rounds {
    private Rounds() {}

    /** The middle one; of an even number the mean of the two in the middle. */
    public static <T> double median(final List<T> rounds, final ToDoubleFunction<T> figure) {
        final double[] sorted = sorted(rounds, figure);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The middle one, rounded. */
    public static <T> long medianLong(final List<T> rounds, final ToDoubleFunction<T> figure) {
        return Math.round(median(rounds, figure));
    }

    /** The middle one, to a hundredth: of bytes per command, which are whole bytes or rare ones of the JVM itself. */
    public static <T> double medianHundredths(final List<T> rounds, final ToDoubleFunction<T> figure) {
        return Math.round(median(rounds, figure) * 100) / 100.0;
    }

    public static <T> double least(final List<T> rounds, final ToDoubleFunction<T> figure) {
        return sorted(rounds, figure)[0];
    }

    public static <T> double most(final List<T> rounds, final ToDoubleFunction<T> figure) {
        return sorted(rounds, figure)[rounds.size() - 1];
    }

    private static <T> double[] sorted(final List<T> rounds, final ToDoubleFunction<T> figure) {
        final double[] sorted = rounds.stream().mapToDouble(figure).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
