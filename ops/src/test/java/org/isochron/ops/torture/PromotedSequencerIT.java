package org.isochron.ops.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form; the long one is {@code ops/isochron torture --promotions 20 --pause 10s}. */
final class PromotedSequencerIT {
    @Test
    @Timeout(1_800)
    void shouldFenceTheOldSequencerWhenItWakes(@TempDir final Path directory) throws IOException, InterruptedException {
        final Path root = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();

        final PromotionReport report = new Promotions(directory.resolve("venues"), root, 2_000, 7).run(1, done -> {});

        System.out.println(report.toJson());
        assertEquals(1, report.fenced(), report::toString);
        assertTrue(report.acknowledged() >= 150, report::toString);
        assertTrue(report.isPassed(), report::toString);
    }
}
