package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateCheck;
import org.isochron.risk.state.StateSum;
import org.junit.jupiter.api.Test;

class RowTreesTest {
    private static final int ROWS = 200;
    private static final int TREES = 3;

    private final RowTrees trees = new RowTrees("rows", ROWS, TREES);

    private record Row(int row, long key, long tie) {}

    @Test
    void shouldAgreeWithSortedSetsAfterEveryChange() {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        final Row[] held = new Row[ROWS];
        final int[] treeOf = new int[ROWS];
        final List<TreeSet<Row>> naive = IntStream.range(0, TREES)
                .mapToObj(i -> new TreeSet<>(Comparator.comparingLong(Row::key).thenComparingLong(Row::tie)))
                .toList();
        for (long step = 1; step <= 50_000; step++) {
            final int row = random.nextInt(ROWS);
            if (held[row] == null) {
                held[row] = new Row(row, random.nextInt(20) - 10, step);
                treeOf[row] = random.nextInt(TREES);
                trees.insert(treeOf[row], row, held[row].key(), step);
                naive.get(treeOf[row]).add(held[row]);
            } else {
                trees.remove(treeOf[row], row);
                naive.get(treeOf[row]).remove(held[row]);
                held[row] = null;
            }
            for (int tree = 0; tree < TREES; tree++) {
                final int first = naive.get(tree).isEmpty()
                        ? RowTrees.NONE
                        : naive.get(tree).first().row();
                assertEquals(first, trees.first(tree), "seed " + seed + ", step " + step);
            }
        }
        StateCheck.verify(trees);
    }

    @Test
    void shouldHandOutEverythingInOrder() {
        for (int row = 0; row < ROWS; row++) {
            trees.insert(0, row, row * 37 % 50, row + 1L);
        }
        long lastKey = Long.MIN_VALUE;
        int lastRow = -1;
        for (int row = trees.first(0); row != RowTrees.NONE; row = trees.first(0)) {
            final long key = trees.key(row);
            assertTrue(key > lastKey || key == lastKey && row > lastRow, "row " + row);
            lastKey = key;
            lastRow = row;
            trees.remove(0, row);
        }
        assertTrue(trees.isEmpty(0));
    }

    @Test
    void shouldHashTheSameInWhateverOrderItWasFilled() {
        final RowTrees other = new RowTrees("rows", ROWS, TREES);
        for (int row = 0; row < 50; row++) {
            trees.insert(1, row, row % 7, row + 1L);
            other.insert(1, 49 - row, (49 - row) % 7, 50 - row);
        }
        assertEquals(new StateSum().of(trees), new StateSum().of(other));
    }

    @Test
    void shouldRefuseToTakeOutWhatIsNotIn() {
        trees.insert(0, 5, 1, 1);

        assertThrows(InvariantViolation.class, () -> trees.remove(0, 6));
        assertThrows(InvariantViolation.class, () -> trees.remove(1, 5));
    }
}
