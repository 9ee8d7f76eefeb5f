package org.isochron.ops.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.ops.venue.EmbeddedVenue;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
final class OperatorIT {
    private static final VenueDefinitions DEFINITIONS = VenueDefinitions.demo(1, 1);
    private static final long TIMEOUT_MS = 120_000;

    @TempDir
    private Path directory;

    private EmbeddedVenue venue;

    @BeforeEach
    void start() {
        final Map<Integer, byte[]> secrets = new TreeMap<>();
        DEFINITIONS.sessionIds().forEach(session -> secrets.put(session, secret("the secret of " + session)));
        venue = EmbeddedVenue.start(
                directory,
                secrets,
                new EmbeddedVenue.NodeSessions(
                        VenueDefinitions.MATCHER_A, VenueDefinitions.MATCHER_B, VenueDefinitions.RISK));
    }

    @AfterEach
    void close() {
        venue.close();
    }

    @Test
    void shouldSayThatTheVenueDoesNotTakeItsSecret() {
        assertRefused("the operator cannot log on: refused, BAD_CREDENTIALS", new WrongSecret(venue.access()), true);

        assertEquals(DEFINITIONS.commands().size(), Operator.define(venue.access(), DEFINITIONS, false, TIMEOUT_MS));
    }

    @Test
    void shouldNameTheDefinitionThatTheVenueRejects() {
        Operator.define(venue.access(), DEFINITIONS, false, TIMEOUT_MS);

        assertRefused("the venue rejects asset USD: ALREADY_DEFINED", venue.access(), false);
    }

    @Test
    void shouldSetSessionsAndRulesAndDepositAgainAndLeaveTheRestAsItIs() {
        Operator.define(venue.access(), DEFINITIONS, false, TIMEOUT_MS);
        final long repeated = DEFINITIONS.commands().stream()
                .filter(definition -> definition.what().matches("(session|deposit|funding|mark).*"))
                .count();

        assertTrue(repeated > 0);
        assertEquals(repeated, Operator.define(venue.access(), DEFINITIONS, true, TIMEOUT_MS));
    }

    private static void assertRefused(final String message, final VenueAccess access, final boolean mayExist) {
        assertEquals(
                message,
                assertThrows(
                                IllegalStateException.class,
                                () -> Operator.define(access, DEFINITIONS, mayExist, TIMEOUT_MS))
                        .getMessage());
    }

    private static byte[] secret(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The way to the venue, with a secret that is not the one agreed on. */
    private record WrongSecret(VenueAccess access) implements VenueAccess {
        @Override
        public Transport newTransport() {
            return access.newTransport();
        }

        @Override
        public Channel ingress() {
            return access.ingress();
        }

        @Override
        public Channel responses(final int sessionId) {
            return access.responses(sessionId);
        }

        @Override
        public List<Channel> marketData() {
            return access.marketData();
        }

        @Override
        public byte[] secret(final int sessionId) {
            return OperatorIT.secret("another secret");
        }

        @Override
        public VenueClock clock() {
            return access.clock();
        }
    }
}
