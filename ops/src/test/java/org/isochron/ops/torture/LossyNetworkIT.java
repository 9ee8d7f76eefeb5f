package org.isochron.ops.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form; the long one is {@code ops/isochron loss --percent 0,1,5,10}. */
final class LossyNetworkIT {
    private static final List<Integer> PERCENTS = Arrays.stream(
                    System.getProperty("isochron.percents", "5").split(","))
            .map(Integer::parseInt)
            .toList();
    private static final int SECONDS = Integer.getInteger("isochron.seconds", 5);

    @Test
    @Timeout(600)
    void shouldDeliverEveryFrameThroughANetworkThatLosesPackets(@TempDir final Path directory)
            throws IOException, InterruptedException {
        final String obstacle = LossyNetwork.obstacle();
        assumeTrue(obstacle == null, obstacle);
        final Path root = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();

        final LossReport report =
                new LossyNetwork(directory.resolve("venue"), root, SECONDS, 300).run(PERCENTS, done -> {});

        System.out.println(report.toJson());
        assertEquals(PERCENTS.size(), report.rows().size());
        assertTrue(report.rows().stream().allMatch(row -> row.orders() > 100), report::toString);
        assertTrue(report.isPassed(), report::toString);
    }
}
