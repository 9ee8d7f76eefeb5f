package org.isochron.ops.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.ops.client.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoterTest {
    private static final Contract CONTRACT =
            new Contract(1, "BTC-PERP", 100_000_000L, 1_000_000L, 1_000_000_000_000_000L, 1_000_000);
    private static final long INDEX_E9 = 60_000_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepItsLadderWhateverTheVenueAnswersAndWhenever(final long seed) {
        final SimulatedVenuePort venue = new SimulatedVenuePort(seed);
        final Quoter quoter = new Quoter(venue, CONTRACT, seed);
        venue.listener(quoter);
        for (int i = 0; i < 20_000; i++) {
            quoter.act(i, INDEX_E9);
            if (i % 3 == 0) {
                venue.trade();
            }
            venue.answerSome();
            assertTrue(venue.openOrders() <= 2 * Quoter.DEPTH, () -> "seed " + seed);
        }
        venue.answerAll();

        assertEquals(0, quoter.inFlight(), () -> "seed " + seed);
        assertTrue(venue.newOrders > 5_000, () -> venue.newOrders + " orders, seed " + seed);
    }

    @Test
    void shouldRefillItsWholeLadder() {
        final SimulatedVenuePort venue = new SimulatedVenuePort(7);
        final Quoter quoter = new Quoter(venue, CONTRACT, 7);
        venue.listener(quoter);
        for (int i = 0; i < 40 && venue.openOrders() < 2 * Quoter.DEPTH; i++) {
            quoter.act(i, INDEX_E9);
            venue.answerAll();
        }

        assertEquals(2 * Quoter.DEPTH, venue.openOrders());
    }
}
