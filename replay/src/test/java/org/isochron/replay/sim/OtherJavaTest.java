package org.isochron.replay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same seeds on another Java, which {@code -Disochron.other.java=/path/to/bin/java} names. Without it only what the other
 * one would print is looked at.
 */
class OtherJavaTest {
    private static final int SEEDS = 4;
    private static final long STEPS = 5_000;

    /** What the other Java runs. */
    public static void main(final String[] args) {
        System.out.print("trace " + trace(1));
    }

    private static String trace(final long firstSeed) {
        final Campaign.Report report = new Campaign(firstSeed, SEEDS, STEPS).run(done -> {});
        return report.steps() + " " + Long.toHexString(report.traceHash());
    }

    @Test
    void shouldGiveTheSameTraceForTheSameSeedsAndAnotherForOthers() {
        final String trace = trace(1);
        assertEquals(trace, trace(1));
        assertNotEquals(trace, trace(2));
    }

    @Test
    @EnabledIfSystemProperty(named = "isochron.other.java", matches = ".+")
    void shouldGiveTheSameTraceOnAnotherJava() throws Exception {
        final Process other = new ProcessBuilder(List.of(
                        System.getProperty("isochron.other.java"),
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherJavaTest.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, other.waitFor());
        assertEquals("trace " + trace(1), said);
    }
}
