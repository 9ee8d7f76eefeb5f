package org.isochron.codecs.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.isochron.codecs.frame.XxHash64;
import org.junit.jupiter.api.Test;

class BookHashTest {
    @Test
    void shouldBeThePublishedFormula() {
        assertEquals(XxHash64.mix(77L ^ 2_001L << 40) * 11, BookHash.of(77, 1_000, true, 5));
        assertEquals(XxHash64.mix(77L ^ 2_000L << 40), BookHash.of(77, 1_000, false, 0));
    }

    @Test
    void shouldGrowByTheSameWithEachLot() {
        final long perLot = BookHash.perLot(77, 1_000, true);

        assertEquals(BookHash.of(77, 1_000, true, 5) + 3 * perLot, BookHash.of(77, 1_000, true, 8));
    }

    @Test
    void shouldTellIdPriceSideAndLotsApart() {
        final long hash = BookHash.of(77, 1_000, true, 5);

        assertNotEquals(hash, BookHash.of(78, 1_000, true, 5));
        assertNotEquals(hash, BookHash.of(77, 1_001, true, 5));
        assertNotEquals(hash, BookHash.of(77, 1_000, false, 5));
        assertNotEquals(hash, BookHash.of(77, 1_000, true, 6));
    }
}
