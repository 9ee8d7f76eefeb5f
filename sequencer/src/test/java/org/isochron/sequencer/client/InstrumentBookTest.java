package org.isochron.sequencer.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.isochron.codecs.Side;
import org.isochron.codecs.book.BookHash;
import org.junit.jupiter.api.Test;

class InstrumentBookTest {
    private final InstrumentBook book = new InstrumentBook(7);

    private record Order(Side side, long price, long quantity) {}

    @Test
    void shouldTellTheTopOfAnEmptyBook() {
        assertEquals(InstrumentBook.NO_PRICE, book.price(Side.BUY, 0));
        assertEquals(0, book.quantity(Side.SELL, 0));
        assertEquals(0, book.orders(Side.SELL, 0));
    }

    @Test
    void shouldKeepTheBestPricesFirst() {
        book.add(1, 1, Side.BUY, 100, 5);
        book.add(2, 2, Side.BUY, 102, 1);
        book.add(3, 3, Side.SELL, 110, 4);
        book.add(4, 4, Side.SELL, 108, 2);
        book.add(5, 5, Side.SELL, 108, 3);

        assertEquals(102, book.price(Side.BUY, 0));
        assertEquals(100, book.price(Side.BUY, 1));
        assertEquals(108, book.price(Side.SELL, 0));
        assertEquals(5, book.quantity(Side.SELL, 0));
        assertEquals(2, book.orders(Side.SELL, 0));
    }

    @Test
    void shouldCountChangesOfOrdersItDoesNotKnow() {
        book.reduce(1, 1);
        book.delete(2);
        assertEquals(2, book.unknownOrders());
        assertFalse(book.isStale());
    }

    @Test
    void shouldDistrustItselfWhenAnOrderIsAddedTwice() {
        book.add(1, 1, Side.BUY, 100, 5);
        book.add(1, 1, Side.SELL, 101, 2);
        assertTrue(book.isStale());
        assertEquals(0, book.levels(Side.BUY));
        assertEquals(2, book.leavesQuantity(1));
    }

    private String queue(final Side side, final int depth) {
        final StringBuilder ids = new StringBuilder();
        for (long id = book.firstOrder(side, depth); id != InstrumentBook.NO_ORDER; id = book.orderBehind(id)) {
            ids.append(id).append(' ');
        }
        return ids.toString().strip();
    }

    @Test
    void shouldKeepEachQueueInTheOrderOfPriorities() {
        book.add(1, 10, Side.BUY, 100, 5);
        book.add(2, 30, Side.BUY, 100, 1);
        book.add(3, 20, Side.BUY, 100, 4);
        book.add(4, 40, Side.BUY, 99, 4);
        assertEquals("1 3 2", queue(Side.BUY, 0));

        book.delete(3);
        book.reduce(1, 2);
        assertEquals("1 2", queue(Side.BUY, 0));
        book.delete(1);
        book.add(5, 50, Side.BUY, 100, 1);
        assertEquals("2 5", queue(Side.BUY, 0));
        assertEquals("4", queue(Side.BUY, 1));
        assertEquals("", queue(Side.SELL, 0));
    }

    @Test
    void shouldHoldACrossedBook() {
        book.add(1, 1, Side.BUY, 110, 5);
        book.add(2, 2, Side.SELL, 100, 3);
        assertEquals(110, book.price(Side.BUY, 0));
        assertEquals(100, book.price(Side.SELL, 0));
        assertFalse(book.isStale());
    }

    @Test
    void shouldCompareItsHashWithTheVenues() {
        book.add(1, 1, Side.BUY, 1_000, 5);
        book.compare(99, 1);
        assertEquals(0, book.hashesCompared(), "without a tick size there is nothing to compare");

        book.tickSize(10);
        book.add(2, 2, Side.SELL, 1_010, 7);
        book.reduce(2, 3);
        final long hash = BookHash.of(1, 100, true, 5) + BookHash.of(2, 101, false, 3);
        assertEquals(hash, book.hash());
        book.compare(hash, 2);
        assertEquals(1, book.hashesCompared());
        assertFalse(book.isStale());

        book.delete(1);
        assertEquals(BookHash.of(2, 101, false, 3), book.hash());
        book.compare(hash, 2);
        assertEquals(1, book.hashesMissed());
        assertTrue(book.isStale());
    }

    @Test
    void shouldAgreeWithANaiveBook() {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        final Map<Long, Order> naive = new LinkedHashMap<>();
        for (long id = 1; id <= 20_000; id++) {
            final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            final Order order = new Order(side, 1_000 + random.nextInt(200), 2 + random.nextInt(50));
            naive.put(id, order);
            book.add(id, id, order.side(), order.price(), order.quantity());
            if (naive.size() > 3_000 || random.nextInt(3) == 0) {
                final long chosen = naive.keySet().iterator().next();
                final Order old = naive.remove(chosen);
                if (old.quantity() > 2 && random.nextBoolean()) {
                    naive.put(chosen, new Order(old.side(), old.price(), old.quantity() - 1));
                    book.reduce(chosen, old.quantity() - 1);
                } else {
                    book.delete(chosen);
                }
            }
        }
        assertSide(naive, Side.BUY, Comparator.reverseOrder(), seed);
        assertSide(naive, Side.SELL, Comparator.naturalOrder(), seed);
        assertEquals(naive.size(), book.orderCount());
        assertEquals(0, book.unknownOrders());
    }

    private void assertSide(
            final Map<Long, Order> naive, final Side side, final Comparator<Long> order, final long seed) {
        final TreeMap<Long, long[]> levels = new TreeMap<>(order);
        for (final Order each : naive.values()) {
            if (each.side() == side) {
                final long[] level = levels.computeIfAbsent(each.price(), price -> new long[2]);
                level[0] += each.quantity();
                level[1]++;
            }
        }
        assertEquals(levels.size(), book.levels(side), "seed " + seed);
        int depth = 0;
        for (final Map.Entry<Long, long[]> level : levels.entrySet()) {
            assertEquals(level.getKey(), book.price(side, depth), "seed " + seed);
            assertEquals(level.getValue()[0], book.quantity(side, depth), "seed " + seed);
            assertEquals(level.getValue()[1], book.orders(side, depth), "seed " + seed);
            depth++;
        }
    }
}
