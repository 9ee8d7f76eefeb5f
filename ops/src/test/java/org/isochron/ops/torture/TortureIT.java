package org.isochron.ops.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form; the long one is {@code ops/isochron torture --kills 200 --seed 7}. */
final class TortureIT {
    private static final int KILLS = Integer.getInteger("isochron.kills", 4);

    @Test
    @Timeout(3_600)
    void shouldLoseNothingAcknowledgedWhenNodesAreKilled(@TempDir final Path directory)
            throws IOException, InterruptedException {
        final long seed = Long.getLong("isochron.seed", System.nanoTime());
        System.out.println("TortureIT -Disochron.seed=" + seed);
        final Path root = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();

        final TortureReport report = new Torture(directory.resolve("venue"), root, seed).run(KILLS, kill -> {});

        System.out.println(report.toJson());
        assertEquals(KILLS, report.kills());
        assertTrue(report.acknowledged() >= 20 * KILLS, report::toString);
        assertTrue(report.isPassed(), report::toString);
    }
}
