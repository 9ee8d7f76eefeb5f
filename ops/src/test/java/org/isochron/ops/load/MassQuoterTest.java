package org.isochron.ops.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.Side;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.Quote;
import org.isochron.ops.client.QuotePort;
import org.junit.jupiter.api.Test;

class MassQuoterTest {
    private static final long INDEX_E9 = 60_000_000_000_000L;
    private static final List<Contract> CONTRACTS = List.of(
            new Contract(1, "BTC-PERP", 100_000_000L, 1_000_000L, 1_000_000_000_000_000L, 1_000_000),
            new Contract(2, "ETH-PERP", 10_000_000L, 1_000_000L, 1_000_000_000_000_000L, 1_000_000));

    private final List<List<Quote>> sent = new ArrayList<>();
    private int resets;
    private boolean isBlocked;
    private final MassQuoter quoter = new MassQuoter(new Port(), CONTRACTS, 7);

    private final class Port implements QuotePort {
        @Override
        public boolean quote(final long intendedNs, final List<Quote> quotes) {
            return !isBlocked && sent.add(quotes);
        }

        @Override
        public boolean unfreeze(final long intendedNs) {
            resets += isBlocked ? 0 : 1;
            return !isBlocked;
        }
    }

    @Test
    void shouldQuoteItsInstrumentsInTurnUnderEntriesOfTheirOwn() {
        for (int i = 0; i < 4; i++) {
            assertTrue(quoter.act(i, INDEX_E9));
        }

        assertEquals(
                List.of(1, 2, 1, 2),
                sent.stream().map(quotes -> quotes.get(0).instrumentId()).toList());
        assertEquals(List.of(0, 1, 2), sent.get(2).stream().map(Quote::entryId).toList());
        assertEquals(List.of(3, 4, 5), sent.get(3).stream().map(Quote::entryId).toList());
        sent.forEach(quotes -> quotes.forEach(
                quote -> assertTrue(quote.bidPriceE9() < INDEX_E9 && INDEX_E9 < quote.askPriceE9(), quote::toString)));
    }

    @Test
    void shouldLeanAgainstItsPosition() {
        quoter.act(0, INDEX_E9);
        quoter.onQuoted(sent.get(0));
        quoter.onFill(0, Side.BUY, 1, 0, 40 * Inventory.LIMIT_LOTS);
        quoter.skip();
        quoter.act(1, INDEX_E9);

        sent.get(1).forEach(quote -> assertTrue(quote.askPriceE9() < INDEX_E9, quote::toString));
    }

    @Test
    void shouldAskOnceToBeUnfrozenAndQuoteAgainOnlyThen() {
        quoter.onFrozen();
        assertTrue(quoter.act(0, INDEX_E9));
        assertFalse(quoter.act(1, INDEX_E9));
        assertEquals(1, quoter.inFlight());
        quoter.onUnfrozen();
        assertTrue(quoter.act(2, INDEX_E9));

        assertEquals(1, resets);
        assertEquals(1, sent.size());
    }

    @Test
    void shouldAskAgainWhenTheVenueDidNotTakeIt() {
        quoter.onFrozen();
        quoter.act(0, INDEX_E9);
        quoter.onUnfreezeNotTaken();
        quoter.act(1, INDEX_E9);

        assertEquals(2, resets);
        assertEquals(0, sent.size());
    }

    @Test
    void shouldComeAgainWhenTheWayIsBlocked() {
        isBlocked = true;
        assertFalse(quoter.act(0, INDEX_E9));
        quoter.onFrozen();
        assertFalse(quoter.act(0, INDEX_E9));
        isBlocked = false;
        assertTrue(quoter.act(0, INDEX_E9));
        assertEquals(1, quoter.inFlight());
    }
}
