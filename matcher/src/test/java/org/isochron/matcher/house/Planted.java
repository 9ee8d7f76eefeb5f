package org.isochron.matcher.house;

import java.util.HashMap;
import java.util.Map;

/** Breaks every rule once, so that the scan can be seen to find it. */
final class Planted {
    private final Map<Long, Long> map = new HashMap<>();

    long clock() {
        return System.nanoTime();
    }

    long wallClock() {
        return System.currentTimeMillis();
    }

    long random() {
        return new java.util.Random(1).nextLong();
    }

    String thread() {
        return Thread.currentThread().getName();
    }

    long half(final long value) {
        return (long) (value * 0.5);
    }

    int identity() {
        return System.identityHashCode(map);
    }

    Object date() {
        return java.time.Instant.EPOCH;
    }
}
