package org.isochron.risk.marks;

/**
 * Medians of whole numbers. Of an even number of them it is the mean of the two in the middle, rounded away from zero. The
 * magnitude of every value is at most 2^62, so that two of them add up.
 */
public final class Medians {
    private Medians() {}

    public static long of(final long a, final long b) {
        final long sum = a + b;
        return sum / 2 + sum % 2;
    }

    public static long of(final long a, final long b, final long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /**
     * Median of the first {@code count} values, which are sorted by it.
     *
     * @throws IllegalArgumentException when there are none.
     */
    public static long of(final long[] values, final int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the median of " + count + " values");
        }
        for (int next = 1; next < count; next++) {
            final long value = values[next];
            int place = next;
            while (place > 0 && values[place - 1] > value) {
                values[place] = values[place - 1];
                place--;
            }
            values[place] = value;
        }
        final int middle = count / 2;
        return count % 2 == 1 ? values[middle] : of(values[middle - 1], values[middle]);
    }
}
