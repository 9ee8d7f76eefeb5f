package org.isochron.matcher.money;

import org.junit.jupiter.api.Test;

/**
 * The short form of {@link LongMoneyRun}: fixed seeds, and a fresh one whose number is printed. As long as one likes with
 * {@code mvn -pl matcher -am test -Dtest=MoneyStormTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Disochron.money.commands=10000000 -Disochron.money.seed=1}.
 */
class MoneyStormTest {
    private static final int COMMANDS = 20_000;

    @Test
    void shouldKeepEveryQuantumInItsPlace() {
        for (long seed = 1; seed <= 3; seed++) {
            new MoneyRun(seed).run(COMMANDS);
        }
    }

    @Test
    void shouldKeepEveryQuantumInItsPlaceOnAFreshSeed() {
        final long seed = Long.getLong("isochron.money.seed", System.nanoTime() % 1_000_000);
        System.out.println("money storm seed " + seed);
        new MoneyRun(seed).run(Long.getLong("isochron.money.commands", COMMANDS));
    }
}
