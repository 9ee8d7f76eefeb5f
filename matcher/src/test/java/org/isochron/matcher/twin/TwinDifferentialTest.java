package org.isochron.matcher.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A short run of venue and twin side by side; {@code -Dtwin.commands=10000000 -Dtwin.seed=42} makes it as long as one
 * likes. What a run must have met to count is listed here: every event, reject code, cancel reason and state the storm is
 * meant to bring about.
 */
class TwinDifferentialTest {
    private static final long SEED = Long.getLong("twin.seed", 1);
    private static final long COMMANDS = Long.getLong("twin.commands", 100_000);
    private static final long COMMANDS_PER_SEED = 50_000;
    /** Which seed meets a rare case changes with every rule of the venue: further seeds are asked for what is missing. */
    private static final long MOST_COMMANDS = 6 * COMMANDS;

    @Test
    void shouldTellTheEventsTheNaiveTwinTells() {
        final Coverage coverage = new Coverage();
        long done = 0;
        for (long seed = SEED;
                done < COMMANDS || done < MOST_COMMANDS && !coverage.missing().isEmpty();
                seed++) {
            final TwinRun run = new TwinRun(seed);
            run.run(Math.min(COMMANDS_PER_SEED, MOST_COMMANDS - done));
            done += run.commands();
            coverage.add(run.coverage());
        }
        assertEquals(List.of(), coverage.missing(), coverage::toString);
    }
}
