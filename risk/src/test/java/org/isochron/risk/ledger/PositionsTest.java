package org.isochron.risk.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PositionsTest {
    private final Positions positions = new Positions(4, 1, new FundingPool(1, 1));

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
}
