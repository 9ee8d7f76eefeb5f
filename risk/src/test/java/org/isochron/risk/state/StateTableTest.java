package org.isochron.risk.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
}
