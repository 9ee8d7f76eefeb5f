package org.isochron.ops.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TradingState;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.OrderTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedTraderTest {
    private static final Contract CONTRACT =
            new Contract(1, "BTC-PERP", 100_000_000L, 1_000_000L, 1_000_000_000_000_000L, 1_000_000);
    private static final long INDEX_E9 = 60_000_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepItsOrdersApartWhateverTheVenueAnswersAndWhenever(final long seed) {
        final SimulatedVenuePort venue = new SimulatedVenuePort(seed);
        final MixedTrader trader = new MixedTrader(venue, CONTRACT, seed);
        venue.listener(trader);
        for (int i = 0; i < 20_000; i++) {
            trader.act(i, INDEX_E9, TradingState.OPEN);
            if (i % 3 == 0) {
                venue.trade();
            }
            venue.answerSome();
        }
        venue.answerAll();

        assertEquals(0, trader.inFlight(), () -> "seed " + seed);
        assertEquals(venue.openOrders(), trader.openOrders(), () -> "seed " + seed);
        assertTrue(venue.newOrders > 3_000, () -> venue.newOrders + " orders, seed " + seed);
    }

    @Test
    void shouldUseEveryKindOfOrder() {
        final SimulatedVenuePort venue = new SimulatedVenuePort(7);
        final MixedTrader trader = new MixedTrader(venue, CONTRACT, 7);
        venue.listener(trader);
        for (int i = 0; i < 2_000; i++) {
            trader.act(i, INDEX_E9, TradingState.OPEN);
            venue.trade();
            venue.answerAll();
        }

        final Set<OrdType> types = EnumSet.noneOf(OrdType.class);
        final Set<TimeInForce> times = EnumSet.noneOf(TimeInForce.class);
        final Set<OrderTerms.Posting> postings = EnumSet.noneOf(OrderTerms.Posting.class);
        venue.terms.forEach(terms -> {
            types.add(terms.type());
            times.add(terms.timeInForce());
            postings.add(terms.posting());
        });
        assertEquals(EnumSet.of(OrdType.LIMIT, OrdType.MARKET, OrdType.STOP, OrdType.TAKE_PROFIT), types);
        assertTrue(times.containsAll(EnumSet.of(TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK, TimeInForce.GTT)));
        assertEquals(EnumSet.allOf(OrderTerms.Posting.class), postings);
        assertTrue(venue.terms.stream().anyMatch(terms -> terms.displayLots() > 0));
        assertTrue(venue.terms.stream().anyMatch(OrderTerms::isReduceOnly));
        assertEquals(
                4, venue.terms.stream().map(OrderTerms::selfTrade).distinct().count());
    }

    @Test
    void shouldOnlyCancelWhileTheInstrumentIsHalted() {
        final SimulatedVenuePort venue = new SimulatedVenuePort(7);
        final MixedTrader trader = new MixedTrader(venue, CONTRACT, 7);
        venue.listener(trader);
        assertFalse(trader.act(0, INDEX_E9, TradingState.HALT));
        for (int i = 0; i < 50; i++) {
            trader.act(i, INDEX_E9, TradingState.OPEN);
            venue.answerAll();
        }
        final long entered = venue.newOrders;
        for (int i = 0; i < 100; i++) {
            trader.act(i, INDEX_E9, TradingState.HALT);
            venue.answerAll();
        }

        assertEquals(entered, venue.newOrders);
        assertEquals(0, trader.openOrders());
    }

    @Test
    void shouldBidOnBothSidesOfTheIndexWhileAnAuctionCollects() {
        final SimulatedVenuePort venue = new SimulatedVenuePort(7);
        final MixedTrader trader = new MixedTrader(venue, CONTRACT, 7);
        venue.listener(trader);
        for (int i = 0; i < MixedTrader.MAX_OPEN; i++) {
            trader.act(i, INDEX_E9, TradingState.AUCTION);
            venue.answerAll();
        }

        assertTrue(venue.terms.stream().allMatch(OrderTerms.GTC::equals));
        assertTrue(venue.isCrossed());
    }
}
