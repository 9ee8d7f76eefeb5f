package org.isochron.matcher.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaddersTest {
    private static final int LEVELS = 1_000;
    private static final int INSTRUMENTS = 3;
    private static final int BIDS = Ladders.list(1, true);
    private static final int OFFERS = Ladders.list(1, false);

    private final Levels levels = new Levels(LEVELS, new int[2 * LEVELS << Orders.PLACE_SHIFT]);
    private final Ladders ladders = new Ladders(levels, LEVELS, INSTRUMENTS);

    private List<Long> pricesFromBest(final int list) {
        final List<Long> prices = new ArrayList<>();
        for (int level = ladders.best(list); level != Ladders.NONE; level = ladders.worse(level)) {
            prices.add(ladders.ticks(level));
        }
        return prices;
    }

    @Test
    void shouldRunFromHighestBidToLowestAndFromLowestOfferToHighest() {
        for (final long ticks : new long[] {16, 15, 1_000_000, 31, 17, 0, 1L << 60, 32}) {
            ladders.at(BIDS, ticks);
            ladders.at(OFFERS, ticks);
        }

        assertEquals(List.of(1L << 60, 1_000_000L, 32L, 31L, 17L, 16L, 15L, 0L), pricesFromBest(BIDS));
        assertEquals(List.of(0L, 15L, 16L, 17L, 31L, 32L, 1_000_000L, 1L << 60), pricesFromBest(OFFERS));
    }

    /** 4,096 prices apart, a shortcut leads to the page of the other one. */
    @Test
    void shouldTellPagesApartThatShareAShortcut() {
        final int low = ladders.at(OFFERS, 100);
        final int high = ladders.at(OFFERS, 100 + 4_096);

        assertEquals(low, ladders.at(OFFERS, 100));
        assertEquals(high, ladders.at(OFFERS, 100 + 4_096));
        ladders.remove(low);
        assertEquals(List.of(100L + 4_096), pricesFromBest(OFFERS));
        assertTrue(ladders.finds(high));
        ladders.verify();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20_260_101})
    void shouldAgreeWithSortedMapsWhileLevelsComeAndGo(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<TreeMap<Long, Integer>> sides = List.of(new TreeMap<>(), new TreeMap<>());
        for (int step = 0; step < 20_000; step++) {
            final int side = random.nextInt(2);
            final int list = side == 0 ? BIDS : OFFERS;
            final TreeMap<Long, Integer> prices = sides.get(side);
            final boolean grows = step / 2_000 % 2 == 0;
            if (prices.isEmpty() || prices.size() < LEVELS / 2 && random.nextInt(10) < (grows ? 7 : 3)) {
                final long ticks = random.nextInt(3) == 0 ? random.nextLong(1L << 61) : 50_000 + random.nextInt(300);
                prices.put(ticks, ladders.at(list, ticks));
            } else {
                final Long from = prices.ceilingKey(50_000L + random.nextInt(400));
                ladders.remove(prices.remove(from == null ? prices.firstKey() : from));
            }
            if (step % 50 == 0) {
                final String where = "seed " + seed + ", step " + step;
                assertEquals(List.copyOf(sides.get(0).descendingKeySet()), pricesFromBest(BIDS), where);
                assertEquals(List.copyOf(sides.get(1).keySet()), pricesFromBest(OFFERS), where);
                ladders.verify();
                sides.forEach(map -> map.values().forEach(level -> assertTrue(ladders.finds(level), where)));
            }
        }
    }
}
