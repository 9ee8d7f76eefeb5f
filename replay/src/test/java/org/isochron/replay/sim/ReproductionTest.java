package org.isochron.replay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.isochron.replay.check.Violation;
import org.isochron.replay.script.ScriptException;
import org.isochron.replay.script.ScriptRunner;
import org.junit.jupiter.api.Test;

class ReproductionTest {
    private static final long STEPS = 3_000;
    /** The first in which the planted bugs of these tests show early, in the core alone. */
    private static final long FIRST_SEED = 2;

    @Test
    void shouldShrinkFailureOfTheCoreToTheCommandsItNeeds() throws Exception {
        final PlantedBug bug = PlantedBugs.named("ack-twice");
        final List<String> script = failure(bug).script();
        final long commands =
                script.stream().filter(line -> line.contains("\"at\"")).count();
        assertTrue(commands > 2 && commands <= 20, String.join("\n", script));
        final Violation again =
                assertThrows(Violation.class, () -> run(script, bug.parts().get()));
        assertEquals("one-outcome", again.invariant());
        run(script, Parts.SOUND);
    }

    @Test
    void shouldNeedEveryLineThatIsLeft() throws Exception {
        final PlantedBug bug = PlantedBugs.named("swallow-reject");
        final List<String> script = failure(bug).script();
        for (int i = 0; i < script.size(); i++) {
            if (script.get(i).contains("\"at\"")) {
                final List<String> fewer = new ArrayList<>(script);
                fewer.remove(i);
                assertFalse(fails(fewer, bug), "line " + i + " is not needed: " + script.get(i));
            }
        }
    }

    @Test
    void shouldWriteNoScriptOfFailureThatNeedsMoreThanACore() {
        assertTrue(failure(PlantedBugs.named("skip-a-private-event")).script().isEmpty());
    }

    @Test
    void shouldRefuseScriptOfAnotherFormat() {
        final ScriptException refused =
                assertThrows(ScriptException.class, () -> run(List.of("{\"Runner\":{\"format\":2}}"), Parts.SOUND));
        assertTrue(
                refused.getMessage().contains("the script is of format 2, this build runs format 1"),
                refused.getMessage());
    }

    private static Campaign.Failure failure(final PlantedBug bug) {
        return new Campaign(FIRST_SEED, 3, STEPS, bug.parts())
                .run(done -> {})
                .failures()
                .get(0);
    }

    private static boolean fails(final List<String> script, final PlantedBug bug) throws Exception {
        try {
            run(script, bug.parts().get());
            return false;
        } catch (final Violation violation) {
            return true;
        } catch (final ScriptException cannotBeRun) {
            return false;
        }
    }

    private static void run(final List<String> script, final Parts parts) throws Exception {
        ScriptRunner.silent(venue -> new CoreWatch(parts.core("replay", venue), venue))
                .run("test", new BufferedReader(new StringReader(String.join("\n", script))));
    }
}
