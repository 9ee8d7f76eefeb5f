package org.isochron.matcher.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.risk.state.InvariantViolation;
import org.junit.jupiter.api.Test;

class RowDirectoryTest {
    private static final int ROWS = 5_000;

    private final RowDirectory directory = new RowDirectory(ROWS);

    private static int hash(final int row) {
        return row * 0x9E3779B1;
    }

    private boolean holds(final int row) {
        int found = directory.first(hash(row));
        while (found != RowDirectory.NONE && found != row) {
            found = directory.next(found, hash(row));
        }
        return found == row;
    }

    /** Buckets are merged past every power of two on the way down. */
    @Test
    void shouldFindEveryRowWhileItGrowsAndShrinks() {
        for (int round = 0; round < 2; round++) {
            for (int row = 0; row < ROWS; row++) {
                directory.insert(row, hash(row));
                assertTrue(holds(row / 2));
            }
            for (int row = 0; row < ROWS; row++) {
                assertTrue(holds(row), "row " + row);
                directory.remove(row, hash(row));
                if (row % 16 == 0) {
                    for (int left = row + 1; left < ROWS; left++) {
                        assertTrue(holds(left), left + " after " + row);
                    }
                }
            }
            assertEquals(0, directory.size());
        }
    }

    @Test
    void shouldStopWhenARowToRemoveIsNotThere() {
        assertThrows(InvariantViolation.class, () -> directory.remove(3, hash(3)));
    }
}
