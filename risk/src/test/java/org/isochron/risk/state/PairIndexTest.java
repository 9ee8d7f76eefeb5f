package org.isochron.risk.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairIndexTest {
    @Test
    void shouldAgreeWithAHashMapThroughInsertsAndRemovals() {
        final long seed = 4_711;
        final SplittableRandom random = new SplittableRandom(seed);
        final StateTable table = new StateTable("t", 64, 3);
        final RowPool pool = new RowPool("p", table, 2);
        final PairIndex index = new PairIndex(table, 0, 1);
        final Map<List<Long>, Integer> twin = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            final long first = random.nextInt(12);
            final long second = random.nextInt(12);
            final List<Long> key = List.of(first, second);
            assertEquals(twin.getOrDefault(key, PairIndex.NONE), index.find(first, second), "seed " + seed);
            if (twin.containsKey(key)) {
                final int row = twin.remove(key);
                index.remove(row);
                pool.give(row);
            } else if (!pool.isFull()) {
                final int row = pool.take();
                table.set(row, 0, first);
                table.set(row, 1, second);
                index.insert(row);
                twin.put(key, row);
            }
            assertEquals(twin.size(), index.size());
        }
        pool.verify();
    }

    @Test
    void shouldStopWhenARowToRemoveIsNotThere() {
        final StateTable table = new StateTable("t", 4, 2);
        final PairIndex index = new PairIndex(table, 0, 1);

        assertThrows(InvariantViolation.class, () -> index.remove(1));
    }

    @Test
    void shouldHandOutReturnedRowsFirstAndNoneWhenAllAreInUse() {
        final StateTable table = new StateTable("t", 3, 1);
        final RowPool pool = new RowPool("p", table, 0);
        assertEquals(0, pool.take());
        assertEquals(1, pool.take());
        assertEquals(2, pool.take());
        assertEquals(RowPool.NONE, pool.take());

        pool.give(0);
        pool.give(2);

        assertEquals(2, pool.take());
        assertEquals(0, pool.take());
        assertEquals(RowPool.NONE, pool.take());
        pool.verify();
    }
}
