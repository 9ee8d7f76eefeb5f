package org.isochron.ops.load;

import org.isochron.ops.definition.VenueDefinitions;

/**
 * How much simulated trading.
 *
 * @param makers            sessions that quote, each in every instrument.
 * @param takers            sessions that take, each in every instrument.
 * @param seconds           how long.
 * @param requestsPerSecond of all makers and takers together; fixed, whatever the venue does; it rises to this
 *                          over the first quarter, at most {@value #MAX_RAMP_SECONDS} s.
 * @param seed              of every random choice.
 */
public record LoadProfile(int makers, int takers, int seconds, int requestsPerSecond, long seed) {
    public static final int DEFAULT_TAKERS = 2;

    /** What a 2-core machine carries with room to spare, all nodes and clients on it. */
    public static final int DEFAULT_REQUESTS_PER_SECOND = 6_000;

    /** Ticks a second of every source for every instrument. */
    static final int TICKS_PER_SECOND = 20;

    static final int MAX_RAMP_SECONDS = 5;

    private static final long SECOND_NS = 1_000_000_000L;

    public LoadProfile {
        require(makers >= 1 && makers <= VenueDefinitions.MAX_MAKERS, "makers", makers, "1 to 100");
        require(takers >= 1 && takers <= VenueDefinitions.MAX_MAKERS, "takers", takers, "1 to 100");
        require(seconds >= 1 && seconds <= 86_400, "seconds", seconds, "1 to 86,400");
        require(
                requestsPerSecond >= 1 && requestsPerSecond <= 1_000_000,
                "rate",
                requestsPerSecond,
                "1 to 1,000,000 a second");
    }

    public long durationNs() {
        return seconds * SECOND_NS;
    }

    long rampNs() {
        return Math.min(seconds * SECOND_NS / 4, MAX_RAMP_SECONDS * SECOND_NS);
    }

    private static void require(final boolean holds, final String key, final long value, final String right) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + ", " + right + " is possible");
        }
    }
}
