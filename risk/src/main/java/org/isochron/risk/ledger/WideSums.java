package org.isochron.risk.ledger;

/** Signed sums of 128 bits, two's complement, by a dense number. */
final class WideSums {
    private long[] high;
    private long[] low;

    WideSums(final int capacity) {
        resize(capacity);
    }

    /** All sums start again from 0. */
    void resize(final int capacity) {
        high = new long[capacity];
        low = new long[capacity];
    }

    void addProduct(final int row, final long a, final long b) {
        add(row, Math.multiplyHigh(a, b), a * b);
    }

    void add(final int row, final long addHigh, final long addLow) {
        final long sum = low[row] + addLow;
        final long carry = Long.compareUnsigned(sum, addLow) < 0 ? 1 : 0;
        high[row] += addHigh + carry;
        low[row] = sum;
    }

    long high(final int row) {
        return high[row];
    }

    long low(final int row) {
        return low[row];
    }
}
