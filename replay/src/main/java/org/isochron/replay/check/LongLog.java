package org.isochron.replay.check;

import java.util.Arrays;

/** A number for each sequence, from 1 without a gap. */
final class LongLog {
    private long[] values = new long[4096];
    private int size;

    long size() {
        return size;
    }

    void add(final long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /** @param sequence 1 to {@link #size}. */
    long get(final long sequence) {
        return values[(int) sequence - 1];
    }
}
