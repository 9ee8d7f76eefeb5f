package org.isochron.risk.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.isochron.risk.state.StateSum;
import org.junit.jupiter.api.Test;

class PositionsTest {
    private final Positions positions = new Positions(4, 4, 1, new FundingPool(1, 1));

    /** Found by the naive twin, seed 3: a market stop that is refused when it fires is reserved at price 0 and released. */
    @Test
    void shouldKeepItsBoundsAroundAllOrdersWhenOneAtPriceZeroCameAndWent() {
        final int position = positions.add(0, 0, 0, -1, -1);
        positions.reserve(position, false, 10_011, 7);
        positions.reserve(position, false, 0, 2);
        positions.release(position, false, 0, 2);
        positions.reserve(position, false, 10_015, 4);

        assertEquals(0, positions.lowestOrderUnit(position, false));
        assertEquals(10_015, positions.highestOrderUnit(position, false));
    }

    @Test
    void shouldBeginItsBoundsAnewWithTheFirstOrderOfASide() {
        final int position = positions.add(0, 0, 0, -1, -1);
        positions.reserve(position, true, 500, 7);
        positions.release(position, true, 500, 7);
        positions.reserve(position, true, 300, 1);

        assertEquals(300, positions.lowestOrderUnit(position, true));
        assertEquals(300, positions.highestOrderUnit(position, true));
    }

    @Test
    void shouldCountOpeningsWhenAPositionLeavesZeroOrChangesItsSign() {
        final int first = positions.add(0, 0, 0, -1, -1);
        final int second = positions.add(1, 0, 1, -1, first);
        assertEquals(0, positions.opened(first), "never open");

        positions.move(first, 5, -50);
        positions.move(second, -5, 50);
        positions.move(first, 3, -30);
        positions.move(first, -7, 70);
        assertEquals(1, positions.opened(first), "larger or smaller is the same opening");
        assertEquals(2, positions.opened(second));

        positions.move(first, -1, 10);
        assertEquals(1, positions.opened(first), "flat");
        positions.move(first, 1, -10);
        assertEquals(3, positions.opened(first), "open again");
        positions.move(first, -2, 20);
        assertEquals(4, positions.opened(first), "the other way round");
    }

    @Test
    void shouldHashWhatNumberTheNextOpeningHas() {
        final Positions other = new Positions(4, 4, 1, new FundingPool(1, 1));
        final int position = positions.add(0, 0, 0, -1, -1);
        other.add(0, 0, 0, -1, -1);
        positions.move(position, 5, -50);
        other.move(position, 5, -50);
        assertEquals(new StateSum().of(positions), new StateSum().of(other));

        positions.move(position, -5, 50);
        positions.move(position, 5, -50);
        other.move(position, -10, 100);
        other.move(position, 10, -100);

        assertEquals(2, positions.opened(position));
        assertEquals(3, other.opened(position));
        assertNotEquals(new StateSum().of(positions), new StateSum().of(other));
    }
}
