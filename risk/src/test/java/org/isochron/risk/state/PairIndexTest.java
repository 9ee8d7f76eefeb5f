package org.isochron.risk.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
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
        final ArrayDeque<Integer> free = new ArrayDeque<>();
        for (int row = 0; row < table.rows(); row++) {
            free.add(row);
        }
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
                free.push(row);
            } else if (!free.isEmpty()) {
                final int row = free.pop();
                table.set(row, 0, first);
                table.set(row, 1, second);
                index.insert(row);
                twin.put(key, row);
            }
            assertEquals(twin.size(), index.size());
        }
    }

    /** Keys as they come: ids counted up, ids with a stride of a power of two, pairs on a grid, random ones. */
    @Test
    void shouldFindEveryRowOfAFullTableAndNoOther() {
        final int rows = 5_000;
        final SplittableRandom random = new SplittableRandom(7);
        for (int pattern = 0; pattern < 4; pattern++) {
            final StateTable table = new StateTable("t", rows, 2);
            final PairIndex index = new PairIndex(table, 0, 1);
            for (int row = 0; row < rows; row++) {
                table.set(row, 0, pattern == 2 ? row / 50 : 3);
                table.set(
                        row,
                        1,
                        switch (pattern) {
                            case 0 -> row;
                            case 1 -> (long) row << 40;
                            case 2 -> row % 50;
                            default -> random.nextLong(1L << 62) << 1;
                        });
                index.insert(row);
            }
            for (int row = 0; row < rows; row++) {
                assertEquals(row, index.find(table.get(row, 0), table.get(row, 1)));
                assertEquals(PairIndex.NONE, index.find(table.get(row, 0) + 1_000, table.get(row, 1)));
                assertEquals(PairIndex.NONE, index.find(table.get(row, 0), -1 - table.get(row, 1)));
            }
            for (int row = 0; row < rows; row += 2) {
                index.remove(row);
            }
            for (int row = 0; row < rows; row++) {
                final int expected = row % 2 == 0 ? PairIndex.NONE : row;
                assertEquals(expected, index.find(table.get(row, 0), table.get(row, 1)), "pattern " + pattern);
            }
        }
    }

    @Test
    void shouldTakeAnIdAsAPairWithItself() {
        final StateTable table = new StateTable("t", 9, 1);
        final PairIndex index = new PairIndex(table, 0, 0);
        for (int row = 0; row < 9; row++) {
            table.set(row, 0, 100 - row);
            index.insert(row);
        }

        assertEquals(4, index.find(96, 96));
        assertEquals(PairIndex.NONE, index.find(0, 0));
    }

    @Test
    void shouldFindItsRowsAgainAfterTheTableHasGrown() {
        final StateTable table = new StateTable("t", 3, 2);
        final PairIndex index = new PairIndex(table, 0, 1);
        for (int row = 0; row < 3; row++) {
            table.set(row, 0, row);
            table.set(row, 1, 10L - row);
            index.insert(row);
        }

        table.resize(1_000_000);
        index.resize();

        assertEquals(3, index.size());
        for (int row = 0; row < 3; row++) {
            assertEquals(row, index.find(row, 10L - row));
        }
        index.remove(1);
        assertEquals(PairIndex.NONE, index.find(1, 9));
    }

    @Test
    void shouldStopWhenARowToRemoveIsNotThere() {
        final StateTable table = new StateTable("t", 4, 2);
        final PairIndex index = new PairIndex(table, 0, 1);

        assertThrows(InvariantViolation.class, () -> index.remove(1));
    }
}
