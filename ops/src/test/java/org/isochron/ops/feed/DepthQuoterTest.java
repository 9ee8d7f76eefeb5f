package org.isochron.ops.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.ops.client.Quote;
import org.isochron.ops.client.QuotePort;
import org.junit.jupiter.api.Test;

class DepthQuoterTest {
    private static final long TICK = 1_000_000_000L;
    private static final long P100 = 100 * TICK;

    private final List<List<Quote>> sent = new ArrayList<>();
    private boolean isBlocked;
    private final DepthQuoter quoter = new DepthQuoter(new Port(), 1, 2);

    private final class Port implements QuotePort {
        @Override
        public boolean quote(final long intendedNs, final List<Quote> quotes) {
            return !isBlocked && sent.add(quotes);
        }

        @Override
        public boolean unfreeze(final long intendedNs) {
            throw new IllegalStateException("never frozen");
        }
    }

    @Test
    void shouldSendTheLevelsThatChangeTogetherEachAsASideOfItsOwnEntry() {
        quoter.want(Side.BUY, P100, 10);
        quoter.want(Side.SELL, P100 + TICK, 20);
        assertEquals(1, quoter.send(0));

        assertEquals(List.of(List.of(bid(0, P100, 10), ask(1, P100 + TICK, 20))), sent);
    }

    @Test
    void shouldSendSixteenLevelsAMessage() {
        for (int i = 0; i < 17; i++) {
            quoter.want(Side.BUY, P100 - i * TICK, 1);
        }
        assertEquals(2, quoter.send(0));

        assertEquals(List.of(16, 1), sent.stream().map(List::size).toList());
    }

    @Test
    void shouldChangeAndPullWhatStands() {
        quoter.want(Side.BUY, P100, 10);
        quoter.send(0);
        answer(null);
        quoter.want(Side.BUY, P100, 7);
        quoter.send(0);
        answer(null);
        quoter.onFill(0, Side.BUY, 1, 4, 3);
        quoter.want(Side.BUY, P100, 0);
        quoter.send(0);
        answer(null);
        quoter.onGone(0, Side.BUY);

        assertEquals(List.of(List.of(bid(0, P100, 10)), List.of(bid(0, P100, 7)), List.of(bid(0, P100, 0))), sent);
        assertEquals(0, quoter.levels().count());
        assertEquals(0, quoter.inFlight());
    }

    @Test
    void shouldKeepWhatTheCaptureSaysOfALevelUntilItsAnswerIsThere() {
        quoter.want(Side.BUY, P100, 10);
        quoter.send(0);
        quoter.want(Side.BUY, P100, 11);
        quoter.want(Side.BUY, P100, 12);
        assertEquals(0, quoter.send(0));
        answer(null);
        assertEquals(1, quoter.send(0));

        assertEquals(List.of(bid(0, P100, 12)), sent.get(1));
        assertEquals(1, quoter.levels().coalesced());
    }

    @Test
    void shouldCountARefusedLevelAndGiveItsEntryToTheNext() {
        quoter.want(Side.BUY, P100, 10);
        quoter.send(0);
        answer(RejectCode.POST_ONLY_WOULD_CROSS);
        quoter.want(Side.BUY, P100 - TICK, 5);
        quoter.send(0);
        assertEquals(List.of(bid(0, P100 - TICK, 5)), sent.get(1));
        assertEquals(1, quoter.levels().refused());

        quoter.want(Side.BUY, P100, 10);
        quoter.send(0);
        assertEquals(List.of(bid(1, P100, 10)), sent.get(2));
    }

    @Test
    void shouldLeaveALevelAsItStandsWhenTheVenueDoesNotTakeTheMessage() {
        quoter.want(Side.BUY, P100, 10);
        quoter.send(0);
        answer(null);
        quoter.want(Side.BUY, P100, 3);
        quoter.send(0);
        quoter.onNotTaken(sent.get(1));
        assertEquals(0, quoter.inFlight());

        assertTrue(quoter.want(Side.BUY, P100, 3));
        quoter.send(0);
        assertEquals(sent.get(1), sent.get(2));
    }

    @Test
    void shouldStopAtTheWindowAndComeAgainWhenTheLineIsBlocked() {
        isBlocked = true;
        quoter.want(Side.BUY, P100, 1);
        assertEquals(0, quoter.send(0));
        assertFalse(quoter.isSent());
        isBlocked = false;
        assertEquals(1, quoter.send(0));
        assertTrue(quoter.isSent());
        quoter.want(Side.BUY, P100 - TICK, 1);
        assertEquals(1, quoter.send(0));
        quoter.want(Side.BUY, P100 - 2 * TICK, 1);
        assertEquals(0, quoter.send(0));

        assertEquals(List.of(bid(0, P100, 1)), sent.get(0));
    }

    /** Judges every side of the last message so. */
    private void answer(final RejectCode code) {
        final List<Quote> last = sent.get(sent.size() - 1);
        last.forEach(quote -> quoter.onSide(quote, quote.bidPriceE9() == Quote.UNTOUCHED ? Side.SELL : Side.BUY, code));
        quoter.onQuoted(last);
    }

    private static Quote bid(final int entryId, final long priceE9, final long lots) {
        return new Quote(entryId, 1, priceE9, lots, Quote.UNTOUCHED, 0);
    }

    private static Quote ask(final int entryId, final long priceE9, final long lots) {
        return new Quote(entryId, 1, Quote.UNTOUCHED, 0, priceE9, lots);
    }
}
