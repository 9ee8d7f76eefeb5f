package org.isochron.risk.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StateTableTest {
    @Test
    void shouldHashWhatTheCellsHoldAndNotHowTheyCameToHoldIt() {
        final StateTable forwards = new StateTable("t", 4, 3);
        final StateTable backwards = new StateTable("t", 4, 3);
        for (int row = 0; row < 4; row++) {
            forwards.set(row, 1, row + 7L);
            backwards.set(3 - row, 1, 99);
        }
        for (int row = 3; row >= 0; row--) {
            backwards.set(row, 1, row + 7L);
        }

        assertEquals(forwards.hash(), backwards.hash());
    }

    @Test
    void shouldHashToZeroWhenEveryCellIsBackAtZero() {
        final StateTable table = new StateTable("t", 4, 3);
        table.set(2, 2, 5);
        assertNotEquals(0, table.hash());

        table.add(2, 2, -5);

        assertEquals(0, table.hash());
    }

    @Test
    void shouldTellEqualCellsInDifferentPlacesAndTablesApart() {
        final StateTable here = new StateTable("t", 4, 3);
        final StateTable there = new StateTable("t", 4, 3);
        final StateTable elsewhere = new StateTable("u", 4, 3);
        here.set(0, 1, 5);
        there.set(1, 0, 5);
        elsewhere.set(0, 1, 5);

        assertNotEquals(here.hash(), there.hash());
        assertNotEquals(here.hash(), elsewhere.hash());
    }

    @Test
    void shouldKeepHashAndCellsWhenItGrows() {
        final StateTable table = new StateTable("t", 2, 3);
        table.set(1, 2, 5);
        final long before = table.hash();

        table.resize(100);

        assertEquals(before, table.hash());
        assertEquals(5, table.get(1, 2));
        table.verify();
    }

    @Test
    void shouldRefuseToShrinkOverARowInUse() {
        final StateTable table = new StateTable("t", 5, 3);
        table.set(4, 0, 1);

        assertThrows(IllegalStateException.class, () -> table.resize(4));
    }

    @Test
    void shouldHashIncrementallyToWhatAFullPassFinds() {
        final long seed = 20_260_105;
        final SplittableRandom random = new SplittableRandom(seed);
        final StateTable table = new StateTable("t", 50, 7);
        for (int i = 0; i < 10_000; i++) {
            table.set(random.nextInt(50), random.nextInt(7), random.nextInt(3) == 0 ? 0 : random.nextLong());
        }

        table.verify();
    }

    /** Differences that are hard on a sum of products: one bit, the top bit, a power of two, all bits. */
    @Test
    void shouldChangeWithEveryChangeOfASingleCell() {
        final long seed = 20_261_122;
        final SplittableRandom random = new SplittableRandom(seed);
        final StateTable table = new StateTable("t", 1_000, 7);
        for (int i = 0; i < 100_000; i++) {
            final int row = random.nextInt(1_000);
            final int field = random.nextInt(7);
            final long before = table.hash();
            final long value = table.get(row, field);
            final long change = 1L << random.nextInt(64);
            table.set(row, field, (i & 1) == 0 ? value ^ change : value + random.nextLong());
            if (table.get(row, field) != value) {
                assertNotEquals(before, table.hash(), "seed " + seed + ", step " + i);
            }
        }
        table.verify();
    }

    @Test
    void shouldTellTwoCellsApartThatBothFlipTheirSignBit() {
        final StateTable table = new StateTable("t", 10, 3);
        for (int row = 0; row < 10; row++) {
            for (int field = 0; field < 3; field++) {
                table.set(0, 0, Long.MIN_VALUE);
                if (row + field > 0) {
                    table.set(row, field, Long.MIN_VALUE);
                    assertNotEquals(0, table.hash());
                    table.set(row, field, 0);
                }
            }
        }
    }

    /** The same amount moved between two rows, or two fields: every pair must give another hash. */
    @Test
    void shouldTellApartBetweenWhichCellsTheSameAmountMoved() {
        final int rows = 64;
        final int fields = 16;
        final StateTable table = new StateTable("t", rows, fields);
        final Set<Long> seen = new HashSet<>();
        for (int from = 0; from < rows * fields; from++) {
            for (int to = 0; to < rows * fields; to++) {
                if (from != to) {
                    table.set(from / fields, from % fields, 999);
                    table.set(to / fields, to % fields, 1_001);
                    assertTrue(seen.add(table.hash()), from + " to " + to);
                    table.set(from / fields, from % fields, 0);
                    table.set(to / fields, to % fields, 0);
                }
            }
        }
        assertEquals(0, table.hash());
    }
}
