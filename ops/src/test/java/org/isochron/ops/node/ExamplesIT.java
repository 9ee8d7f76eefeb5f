package org.isochron.ops.node;

import static org.junit.jupiter.api.Assertions.assertAll;
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
    private static final long START_TIMEOUT_MS = 60_000;
    private static final long EXAMPLE_TIMEOUT_MS = 60_000;
    private static final List<String> NODES = List.of("sequencer", "matcher-A", "matcher-B", "risk-1");
    private static final String FIRST_QUOTE = "FirstQuote";
    private static final String MASS_QUOTING = "MassQuoting";

    @Test
    @Timeout(240)
    void shouldQuoteAsTheExamplesSay(@TempDir final Path directory) throws InterruptedException {
        try (VenueProcesses venue = new VenueProcesses(directory)) {
            NODES.forEach(venue::start);
            for (final String replica : NODES.subList(1, NODES.size())) {
                venue.await(replica, "LIVE", START_TIMEOUT_MS);
            }
            tradeWhileTheExamplesRun(venue);

            final String first = venue.told(FIRST_QUOTE);
            final String mass = venue.told(MASS_QUOTING);
            assertAll(
                    () -> assertTrue(first.contains("order 1 ") && first.contains("order 2 "), first),
                    () -> assertTrue(mass.contains("quote 1: bid stands, offer stands"), mass),
                    () -> assertTrue(mass.contains("quote 2: bid stands, offer stands"), mass));
            // Packets may be lost where six JVMs share a machine: the example says so and goes on from the next mark.
        }
    }

    private static void tradeWhileTheExamplesRun(final VenueProcesses venue) throws InterruptedException {
        // All eight makers exist, the last two being the examples', and only one of the others trades.
        final VenueDefinitions traders = VenueDefinitions.demo(1, 1);
        final LoadProfile profile = new LoadProfile(1, 1, 600, 300, 7);
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
                venue.startExample(FIRST_QUOTE);
                venue.startExample(MASS_QUOTING);
                assertEquals(0, venue.awaitEnd(FIRST_QUOTE, EXAMPLE_TIMEOUT_MS), () -> venue.told(FIRST_QUOTE));
                assertEquals(0, venue.awaitEnd(MASS_QUOTING, EXAMPLE_TIMEOUT_MS), () -> venue.told(MASS_QUOTING));
            }
        }
    }
}
