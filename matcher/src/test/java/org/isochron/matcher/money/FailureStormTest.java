package org.isochron.matcher.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random portfolios under prices that gap by up to three fifths: the short form of {@link LongFailureRun}, fixed seeds and
 * a fresh one whose number is printed. As long as one likes with {@code mvn -pl matcher -am test -Dtest=FailureStormTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Disochron.failure.commands=10000000 -Disochron.failure.seed=1}.
 */
class FailureStormTest {
    private static final int COMMANDS = 10_000;
    private static final long LONG = 1_000_000;

    @Test
    void shouldLetNobodyFailUnseenNorAnybodyHealthyBeLiquidated() {
        final Map<String, Long> counts = new TreeMap<>();
        long exactLosses = 0;
        for (long seed = 1; seed <= 3; seed++) {
            final MoneyRun run = new MoneyRun(seed, true, false);
            run.run(COMMANDS);
            run.counts().forEach((name, count) -> counts.merge(name, count, Long::sum));
            exactLosses += run.exactLosses();
        }
        assertEquals(
                List.of(),
                List.of("LiquidationTranche", "Takeover", "Deleveraged", "MarketSettled", "PositionSettled").stream()
                        .filter(name -> !counts.containsKey(name))
                        .toList(),
                "events that never occurred");
        assertTrue(exactLosses > 50, exactLosses + " losses worked out to the quantum");
    }

    @Test
    void shouldLetNobodyFailUnseenOnAFreshSeed() {
        final long seed = Long.getLong("isochron.failure.seed", System.nanoTime() % 1_000_000);
        System.out.println("failure storm seed " + seed);
        final long commands = Long.getLong("isochron.failure.commands", COMMANDS);
        new MoneyRun(seed, true, commands > LONG).run(commands);
    }
}
