package org.isochron.replay.sim;

import java.util.EnumMap;
import java.util.Map;

/** How often each fault has been injected. */
final class FaultCounts {
    private final long[] counts = new long[FaultKind.values().length];

    void count(final FaultKind kind) {
        counts[kind.ordinal()]++;
    }

    long of(final FaultKind kind) {
        return counts[kind.ordinal()];
    }

    void add(final FaultCounts other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    Map<FaultKind, Long> toMap() {
        final Map<FaultKind, Long> map = new EnumMap<>(FaultKind.class);
        for (final FaultKind kind : FaultKind.values()) {
            map.put(kind, of(kind));
        }
        return map;
    }
}
