package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form; the long one is {@code ops/isochron journal damage}. */
final class ChronicleDamageIT {
    private static final int TRUNCATIONS = 100;
    private static final int FLIPS = 100;

    @Test
    void shouldNoticeEveryDamageOfAFrameAndRecoverEveryTornTail(@TempDir final Path root) throws IOException {
        final long seed = Long.getLong("isochron.seed", System.nanoTime());
        System.out.println("ChronicleDamageIT -Disochron.seed=" + seed);

        final DamageReport report = new DamageTrial(root, seed).run(TRUNCATIONS, FLIPS, done -> {});

        System.out.println(report.toJson());
        assertTrue(report.isPassed(), report::toString);
        assertEquals(TRUNCATIONS, report.tornRecovered() + report.lossRefused());
        assertEquals(FLIPS, report.flipsDetected() + report.flipsHarmless());
        // Where the cuts are does not depend on chance: some are behind what was forced, some before it.
        assertTrue(report.tornRecovered() > 0 && report.lossRefused() > 0, report::toString);
    }
}
