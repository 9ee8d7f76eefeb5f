package org.isochron.risk.marks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final long STALE_NS = RiskWorld.STALE_NS;

    private final RiskWorld world = new RiskWorld();
    private final Marks marks = world.marks;
    private final int instrument = world.instrument(1, 100_000, 0, 100);

    @Test
    void shouldTakeTheMedianOfAnOddNumberOfSources() {
        marks.tick(instrument, 1, 300, 1);
        marks.tick(instrument, 2, 200, 1);

        assertEquals(200, marks.indexTicks(instrument));
        assertEquals(200, marks.markTicks(instrument));
        assertEquals(0b111, marks.sourceBitmap(instrument));
    }

    @Test
    void shouldTakeTheLowerMiddleOfAnEvenNumberOfSources() {
        marks.tick(instrument, 1, 300, 1);

        assertEquals(100, marks.indexTicks(instrument));
    }

    @Test
    void shouldCountASourceUntilItsAgeReachesTheLimit() {
        assertFalse(marks.clock(instrument, STALE_NS - 1));
        assertTrue(marks.isValid(instrument));

        assertTrue(marks.clock(instrument, STALE_NS));

        assertFalse(marks.isValid(instrument));
        assertFalse(marks.clock(instrument, STALE_NS + 1), "turns invalid once");
    }

    @Test
    void shouldKeepTheLastPricesWhileInvalid() {
        marks.clock(instrument, STALE_NS);

        assertEquals(100, marks.markTicks(instrument));
        assertEquals(0, marks.sourceBitmap(instrument));
    }

    @Test
    void shouldDropAStaleSourceFromTheMedianAtTheNextTick() {
        marks.tick(instrument, 1, 300, 500);

        marks.tick(instrument, 1, 310, STALE_NS + 1);

        assertEquals(310, marks.indexTicks(instrument));
        assertEquals(0b10, marks.sourceBitmap(instrument));
    }

    @Test
    void shouldForgetEverySourceAfterAPause() {
        assertTrue(marks.forgetSources(instrument, 1));
        assertFalse(marks.isValid(instrument));

        marks.tick(instrument, 1, 300, 2);

        assertTrue(marks.isValid(instrument));
        assertEquals(300, marks.markTicks(instrument));
        marks.verifyInFull();
    }
}
