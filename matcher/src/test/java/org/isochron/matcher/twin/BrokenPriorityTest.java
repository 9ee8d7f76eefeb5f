package org.isochron.matcher.twin;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Twins with one rule of priority broken on purpose: the differential run must find each, and soon. */
class BrokenPriorityTest {
    private static final long SEED = 7;

    /** At one price the newest trades first. */
    private static final PriorityRule LAST_IN_FIRST_OUT = new PriorityRule() {
        @Override
        Comparator<Order> queue() {
            return super.queue().reversed();
        }
    };

    /** An iceberg that shows its next slice keeps the place of the slice before. */
    private static final PriorityRule REFILL_KEEPS_PLACE = new PriorityRule() {
        @Override
        long afterRefill(final Order order, final long nextPriority) {
            return order.priority;
        }
    };

    /** A replace that asks for more lots at the same price keeps its place too. */
    private static final PriorityRule GROWTH_KEEPS_PLACE = new PriorityRule() {
        @Override
        boolean keepsPlace(final Order order, final long newTicks, final long newLeaves) {
            return newTicks == order.ticks;
        }
    };

    /** No replace keeps its place. */
    private static final PriorityRule EVERY_REPLACE_LOSES_ITS_PLACE = new PriorityRule() {
        @Override
        boolean keepsPlace(final Order order, final long newTicks, final long newLeaves) {
            return false;
        }
    };

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                Arguments.of("last in, first out", LAST_IN_FIRST_OUT, 5_000),
                Arguments.of("a refill keeps its place", REFILL_KEEPS_PLACE, 5_000),
                Arguments.of("growth keeps its place", GROWTH_KEEPS_PLACE, 5_000),
                Arguments.of("no replace keeps its place", EVERY_REPLACE_LOSES_ITS_PLACE, 5_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void shouldFindABrokenRuleOfPriority(final String name, final PriorityRule rule, final long commands) {
        final TwinRun run = new TwinRun(SEED, rule);
        final AssertionError difference = assertThrows(AssertionError.class, () -> run.run(commands));
        assertTrue(difference.getMessage().startsWith("seed " + SEED + ", command "), difference.getMessage());
        new TwinRun(SEED).run(run.commands());
    }
}
