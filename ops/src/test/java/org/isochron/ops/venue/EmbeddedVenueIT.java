package org.isochron.ops.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.load.LoadProfile;
import org.isochron.ops.load.SimulatedMarket;
import org.isochron.ops.traffic.TrafficThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedVenueIT {
    @Test
    @Timeout(60)
    void shouldTradeAndStopWithEveryNodeAtTheSameHash(@TempDir final Path directory) throws Exception {
        final VenueDefinitions definitions = VenueDefinitions.demo(2, 1);
        final Map<Integer, byte[]> secrets = new TreeMap<>();
        definitions
                .sessionIds()
                .forEach(id -> secrets.put(id, ("a secret of session " + id).getBytes(StandardCharsets.US_ASCII)));
        try (EmbeddedVenue venue = EmbeddedVenue.start(
                directory,
                secrets,
                new EmbeddedVenue.NodeSessions(
                        VenueDefinitions.MATCHER_A, VenueDefinitions.MATCHER_B, VenueDefinitions.RISK))) {
            final int accepted = Operator.define(venue.access(), definitions, false, 10_000);
            System.out.println("defined " + accepted + " " + venue.nodes());
            final LoadProfile profile = new LoadProfile(2, 1, 3, 4_000, 7);
            try (TrafficThread clients = new TrafficThread(
                    () -> new SimulatedMarket(venue.access(), definitions, profile),
                    definitions.listings().get(0).contract(),
                    "yield")) {
                while (!clients.awaitEnd(100)) {
                    venue.checkHealthy();
                }
                System.out.println(clients.snapshot().figures());
                System.out.println(venue.nodes());
            }
            final FinalState state = venue.stop();
            System.out.println(state);
            assertTrue(state.nodesAgree());
            assertTrue(state.isZeroSum());
            assertEquals(3, state.nodes().size());
        }
    }
}
