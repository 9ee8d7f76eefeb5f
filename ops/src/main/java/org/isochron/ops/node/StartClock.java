package org.isochron.ops.node;

import java.time.Instant;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/** Where the time of a start goes: how long each step took, from the making of the process on. */
final class StartClock {
    private final StringJoiner steps = new StringJoiner(", ");
    private final long bornNs;
    private long lastNs;

    /** Begins when the process was made; the JVM itself is the first step. */
    StartClock() {
        final long nowNs = System.nanoTime();
        bornNs = nowNs
                - ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(born -> TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli() - born.toEpochMilli()))
                        .orElse(0L);
        lastNs = bornNs;
        passed("JVM and configuration");
    }

    /** A step ends, and the next one begins. */
    void passed(final String step) {
        final long nowNs = System.nanoTime();
        steps.add(step + " " + ms(nowNs - lastNs));
        lastNs = nowNs;
    }

    /** All steps so far, in words. */
    String told() {
        return ms(lastNs - bornNs) + " ms from its process on: " + steps;
    }

    private static long ms(final long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }
}
