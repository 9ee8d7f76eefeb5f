package org.isochron.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.load.LoadProfile;
import org.isochron.ops.load.SimulatedMarket;
import org.isochron.ops.traffic.TrafficThread;
import org.isochron.ops.venue.ConfiguredAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples, compiled and run as their readers run them: against the sample venue, while others trade. */
final class ExamplesIT {
    private static final long START_TIMEOUT_MS = 120_000;
    private static final long EXAMPLE_TIMEOUT_MS = 120_000;
    private static final int TRIES = 5;
    private static final List<String> NODES = List.of("sequencer", "matcher-A", "matcher-B", "risk-1");
    private static final String FIRST_QUOTE = "FirstQuote";
    private static final String MASS_QUOTING = "MassQuoting";

    @Test
    @Timeout(1_800)
    void shouldQuoteAsTheExamplesSay(@TempDir final Path directory) throws InterruptedException {
        try (VenueProcesses venue = new VenueProcesses(directory)) {
            NODES.forEach(venue::start);
            for (final String replica : NODES.subList(1, NODES.size())) {
                venue.await(replica, "LIVE", START_TIMEOUT_MS);
            }
            // Packets may be lost where six JVMs share a machine: the example says so and goes on from the next mark.
            tradeWhileTheExamplesRun(venue);
        }
    }

    /** An example gives itself some seconds, whatever the machine: on a slow one it may want another try. */
    private static void runUntilItSays(final VenueProcesses venue, final String example, final List<String> lines)
            throws InterruptedException {
        int exitCode = -1;
        for (int i = 0; i < TRIES && !(exitCode == 0 && lines.stream().allMatch(venue.told(example)::contains)); i++) {
            venue.startExample(example);
            exitCode = venue.awaitEnd(example, EXAMPLE_TIMEOUT_MS);
        }
        assertEquals(0, exitCode, () -> venue.told(example));
        lines.forEach(line -> assertTrue(venue.told(example).contains(line), () -> venue.told(example)));
    }

    private static void tradeWhileTheExamplesRun(final VenueProcesses venue) throws InterruptedException {
        // All eight makers exist, the last two being the examples', and only one of the others trades.
        final VenueDefinitions traders = VenueDefinitions.demo(1, 1);
        final LoadProfile profile = new LoadProfile(1, 1, 3_600, 300, 7);
        try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
            Operator.define(access, VenueDefinitions.demo(8, 2), false, START_TIMEOUT_MS);
            try (TrafficThread clients = new TrafficThread(
                    () -> new SimulatedMarket(access, traders, profile),
                    traders.listings().get(0).contract(),
                    "backoff")) {
                while (clients.snapshot() == null
                        || clients.snapshot().figures().acks() == 0) {
                    assertFalse(clients.awaitEnd(20), "the traders ended before they had traded");
                }
                runUntilItSays(venue, FIRST_QUOTE, List.of("order 1 ", "order 2 "));
                runUntilItSays(
                        venue,
                        MASS_QUOTING,
                        List.of("quote 1: bid stands, offer stands", "quote 2: bid stands, offer stands"));
            }
        }
    }
}
