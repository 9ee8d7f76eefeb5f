package org.isochron.replay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlantedBugsTest {
    private static final int SEEDS = 20;
    private static final long STEPS = 5_000;
    private static final long HUNT_STEPS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "fill-leaves-one-more, order-lives",
        "book-price-wrong, public-book",
        "repeat-a-private-event, reports-dense",
        "count-a-duplicate-twice, one-outcome",
        "price-rounded-up, states-agree",
        "publish-before-journaling, one-payload-per-sequence",
        "busy-and-executed, final-answers",
    })
    void shouldFindPlantedBugByTheInvariantItBreaks(final String name, final String invariant) {
        final PlantedBugHunt.Found found = PlantedBugHunt.hunt(PlantedBugs.named(name), 1, SEEDS, STEPS);
        assertTrue(found.isFound(), name + " was not found in " + SEEDS + " seeds");
        assertEquals(invariant, found.invariant(), found.what());
    }

    /** Long: with 10,000 seeds each it is the proof that everything planted is found. */
    @Test
    @EnabledIfSystemProperty(named = "isochron.hunt.seeds", matches = "[1-9][0-9]*")
    void shouldFindEveryPlantedBug() {
        final int seeds = Integer.getInteger("isochron.hunt.seeds");
        assertEquals(List.of(), PlantedBugHunt.huntAll(PlantedBugs.all(), seeds, HUNT_STEPS, System.out));
    }

    @Test
    void shouldPlantAtLeastThirtyBugsEachUnderItsOwnName() {
        final List<PlantedBug> bugs = PlantedBugs.all();
        final Set<String> names = new HashSet<>();
        bugs.forEach(bug -> assertTrue(names.add(bug.name()), bug.name()));
        assertTrue(bugs.size() >= 30, bugs.size() + " bugs");
    }
}
