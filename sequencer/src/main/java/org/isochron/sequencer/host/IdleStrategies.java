package org.isochron.sequencer.host;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** The ways a thread may wait for work, by their names in configuration files. */
public final class IdleStrategies {
    // Few: the log's heartbeat ends the rest a hundred times a second, and each end costs all of these.
    private static final long MAX_SPINS = 10;
    private static final long MAX_YIELDS = 5;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private IdleStrategies() {}

    /**
     * @param name {@code spin} (a dedicated core), {@code yield}, or {@code backoff} (a shared machine).
     * @throws IllegalArgumentException for any other name.
     */
    public static IdleStrategy of(final String name) {
        return switch (name) {
            case "spin" -> new BusySpinIdleStrategy();
            case "yield" -> new YieldingIdleStrategy();
            case "backoff" -> new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
            default ->
                throw new IllegalArgumentException(
                        "idle strategy is '" + name + "', one of spin, yield, backoff is possible");
        };
    }
}
