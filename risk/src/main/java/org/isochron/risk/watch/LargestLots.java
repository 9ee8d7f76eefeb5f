package org.isochron.risk.watch;

import java.util.Arrays;

/** The ten largest amounts out of many. */
final class LargestLots {
    private static final int KEPT = 10;

    /** Largest first. */
    private final long[] largest = new long[KEPT];

    void clear() {
        Arrays.fill(largest, 0);
    }

    void add(final long lots) {
        int at = KEPT;
        while (at > 0 && lots > largest[at - 1]) {
            at--;
        }
        if (at < KEPT) {
            System.arraycopy(largest, at, largest, at + 1, KEPT - 1 - at);
            largest[at] = lots;
        }
    }

    /** Sum of so many of the largest, at most ten. */
    long sum(final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += largest[i];
        }
        return sum;
    }
}
