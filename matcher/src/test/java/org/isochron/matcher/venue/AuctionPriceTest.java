package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.state.Capacities;
import org.junit.jupiter.api.Test;

class AuctionPriceTest {
    private static final int INSTRUMENT = 0;
    private static final long MAX = 40;

    private Books books = new Books(Capacities.GENESIS);
    private AuctionPrice price = new AuctionPrice(books);
    private long entered;

    private void rest(final boolean buy, final long ticks, final long lots, final long displayLots) {
        final int traits = (buy ? OrderTraits.BUY : 0) | (displayLots == 0 ? 0 : OrderTraits.HAS_EXTRAS);
        entered++;
        final int order = books.create(INSTRUMENT, ticks, lots, 0, 0, entered, 0, entered, traits);
        if (displayLots != 0) {
            books.extras(order, displayLots, 0, 0, Books.NONE, Books.NONE);
        }
        books.rest(order);
    }

    private void buy(final long ticks, final long lots) {
        rest(true, ticks, lots, 0);
    }

    private void sell(final long ticks, final long lots) {
        rest(false, ticks, lots, 0);
    }

    /** Price, lots and imbalance, or "none". */
    private String clear(final long reference) {
        return clear(1, MAX, reference);
    }

    private String clear(final long lowest, final long highest, final long reference) {
        return price.find(INSTRUMENT, lowest, highest, reference)
                ? price.ticks() + " " + price.lots() + " " + price.imbalance()
                : "none";
    }

    @Test
    void shouldFindNoPriceWhenNothingCrosses() {
        assertEquals("none", clear(10));
        buy(10, 5);
        assertEquals("none", clear(10), "no sells");
        sell(11, 5);
        assertEquals("none", clear(10), "bid below offer");
        assertEquals(0, price.ticks());
        sell(10, 1);
        assertEquals("10 1 4", clear(10), "bid at offer");
    }

    @Test
    void shouldTradeAsManyLotsAsItCan() {
        buy(20, 10);
        buy(15, 10);
        sell(5, 10);
        sell(12, 10);
        sell(18, 10);
        assertEquals("15 20 0", clear(40), "12 to 15 trade 20, the reference is above");
        assertEquals("12 20 0", clear(1));
        assertEquals("13 20 0", clear(13));
    }

    @Test
    void shouldLeaveAsLittleAsItCanOfEqualVolumes() {
        buy(20, 10);
        buy(10, 3);
        sell(5, 10);
        sell(15, 1);
        assertEquals("12 10 0", clear(12), "11 to 14 leave nothing, and are prices of no order");
        assertEquals("14 10 0", clear(30));
        assertEquals("11 10 0", clear(0), "without a reference the lowest");
    }

    @Test
    void shouldGoUpUnderBuyingPressure() {
        buy(20, 15);
        sell(5, 10);
        assertEquals("20 10 5", clear(10));
    }

    @Test
    void shouldGoDownUnderSellingPressure() {
        buy(20, 10);
        sell(5, 15);
        assertEquals("5 10 -5", clear(10));
    }

    @Test
    void shouldTakeTheSmallerOfTwoImbalancesSideBySide() {
        buy(20, 10);
        buy(12, 4);
        sell(5, 10);
        sell(13, 5);
        assertEquals("12 10 4", clear(30));
        sell(13, 1);
        buy(12, 3);
        assertEquals("13 10 -6", clear(1));
    }

    @Test
    void shouldLetTheReferenceChooseBetweenEqualPressures() {
        buy(20, 10);
        buy(12, 4);
        sell(5, 10);
        sell(13, 4);
        assertEquals("13 10 -4", clear(13));
        assertEquals("12 10 4", clear(12));
        assertEquals("20 10 -4", clear(35), "the whole of 5 to 20 is as good");
        assertEquals("5 10 4", clear(0));
    }

    @Test
    void shouldCountIcebergsInFull() {
        rest(true, 20, 50, 5);
        sell(5, 30);
        assertEquals("20 30 20", clear(10));
    }

    @Test
    void shouldStopAtTheBounds() {
        buy(20, 10);
        sell(15, 10);
        assertEquals("17 10 0", clear(1, 17, 19));
        assertEquals("none", clear(1, 14, 19), "nobody sells there");
        buy(16, 5);
        sell(12, 2);
        assertEquals("14 2 13", clear(1, 14, 10), "the bound is the best there is");
        assertFalse(price.find(INSTRUMENT, 21, MAX, 30));
    }

    @Test
    void shouldAgreeWithASearchOverEveryTick() {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            books = new Books(new Capacities(1, 1, 1, 1, 64, 1, 1, 1, 1));
            price = new AuctionPrice(books);
            final long[] bids = new long[(int) MAX + 2];
            final long[] asks = new long[(int) MAX + 2];
            final int orders = random.nextInt(12);
            final int most = 1 + random.nextInt(6);
            final int width = 2 + random.nextInt((int) MAX - 2);
            for (int i = 0; i < orders; i++) {
                final boolean buy = random.nextBoolean();
                final int ticks = 1 + random.nextInt(width);
                final long lots = 1 + random.nextInt(most);
                rest(buy, ticks, lots, random.nextInt(4) == 0 ? 1 + random.nextInt((int) lots) : 0);
                (buy ? bids : asks)[ticks] += lots;
            }
            final long reference = random.nextInt(width + 2);
            final boolean bounded = random.nextBoolean();
            final long lowest = bounded ? 1 + random.nextInt(width) : 1;
            final long highest = bounded ? lowest + random.nextInt(width) : MAX;
            final String message = "seed " + seed + ", round " + round;
            assertEquals(
                    search(bids, asks, lowest, Math.min(highest, MAX), reference),
                    clear(lowest, highest, reference),
                    message);
        }
    }

    /** The rule as it is written. */
    private static String search(
            final long[] bids, final long[] asks, final long lowest, final long highest, final long reference) {
        long bestLots = 0;
        long leastLeft = Long.MAX_VALUE;
        for (long p = lowest; p <= highest; p++) {
            final long d = bought(bids, p);
            final long s = sold(asks, p);
            final long lots = Math.min(d, s);
            final long left = Math.abs(d - s);
            if (lots > bestLots || lots == bestLots && left < leastLeft) {
                bestLots = lots;
                leastLeft = left;
            }
        }
        if (bestLots == 0) {
            return "none";
        }
        boolean allBuy = true;
        boolean allSell = true;
        long low = -1;
        long high = -1;
        long near = -1;
        for (long p = lowest; p <= highest; p++) {
            final long d = bought(bids, p);
            final long s = sold(asks, p);
            if (Math.min(d, s) == bestLots && Math.abs(d - s) == leastLeft) {
                allBuy &= d > s;
                allSell &= d < s;
                low = low < 0 ? p : low;
                high = p;
                near = near < 0 || Math.abs(p - reference) < Math.abs(near - reference) ? p : near;
            }
        }
        final long chosen = allBuy ? high : allSell ? low : reference == 0 ? low : near;
        assertTrue(chosen > 0);
        return chosen + " " + bestLots + " " + (bought(bids, chosen) - sold(asks, chosen));
    }

    private static long bought(final long[] bids, final long p) {
        long sum = 0;
        for (int ticks = (int) p; ticks < bids.length; ticks++) {
            sum += bids[ticks];
        }
        return sum;
    }

    private static long sold(final long[] asks, final long p) {
        long sum = 0;
        for (int ticks = 1; ticks <= p && ticks < asks.length; ticks++) {
            sum += asks[ticks];
        }
        return sum;
    }
}
