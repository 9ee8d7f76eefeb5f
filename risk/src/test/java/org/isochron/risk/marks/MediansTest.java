package org.isochron.risk.marks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published examples of integer medians (DYM) and of medians of votes (DYS), where a vote that is missing counts as 0.
 * DYM-18 to 21 are means and belong to whoever takes means.
 */
class MediansTest {
    @ParameterizedTest(name = "{0}: median of {1}")
    @CsvSource({
        "DYM-01, 2 0 1 3 4, 2",
        "DYM-02, 5 11 1 3 12 50, 8",
        "DYM-03, 5 12 1 3 12 50, 9",
        "DYM-04, 6 11 1 3 12 50, 9",
        "DYM-05, 6 12 1 3 12 50, 9",
        "DYM-06, -6 -12 -1 -3 -12 -50, -9",
        "DYM-07, -5 -12 -1 -3 -12 -50, -9",
        "DYM-08, -6 -11 -1 -3 -12 -50, -9",
        "DYM-09, 6 12 1 -12 -50, 1",
        "DYM-10, -12 20 100 1 0 -50, 1",
        "DYM-11, -12 20 100 -9 0 -50, -5",
        "DYM-12, -12 20 100 -9 1 -50, -4",
        "DYM-13, -12 6 100 -2 20 -50, 2",
        "DYM-14, -12 5 100 -10 20 -50, -3",
        "DYM-15, -12 5 100 -4 20 -50, 1",
        "DYM-16, -12 2 100 -9 20 -50, -4",
        "DYM-17, -12 16 100 -9 20 -50, 4",
    })
    void shouldRoundTheMiddleOfAnEvenNumberAwayFromZero(final String id, final String values, final long expected) {
        final long[] numbers = numbers(values);

        assertEquals(expected, Medians.of(numbers, numbers.length));
    }

    @ParameterizedTest(name = "{0}: {1} in {2} votes")
    @CsvSource({
        "DYS-01, 51 51 -100 -100, 4, -25",
        "DYS-02, 51 51 100 100, 4, 76",
        "DYS-03, -1000 1000 51 -50 100 -100, 6, 1",
        "DYS-04, 0 0 1 2 3 4, 6, 2",
        "DYS-05, -1000 -500 -5 5 500 1000, 6, 0",
        "DYS-06, 1000, 4, 0",
        "DYS-07, -5 -10, 4, -3",
        "DYS-08, 200 -100 100, 4, 50",
        "DYS-09, 1000, 6, 0",
        "DYS-10, 20 -20, 6, 0",
        "DYS-11, -5 -10 2 -1, 6, -1",
        "DYS-12, 200 -100 100 30 40, 6, 35",
    })
    void shouldCountMissingVotesAsZero(final String id, final String values, final int votes, final long expected) {
        assertEquals(expected, Medians.of(Arrays.copyOf(numbers(values), votes), votes));
    }

    @Test
    void shouldTakeTheMiddleOfThreeInAnyOrder() {
        for (final long[] three : new long[][] {{1, 5, 9}, {1, 9, 5}, {5, 1, 9}, {5, 9, 1}, {9, 1, 5}, {9, 5, 1}}) {
            assertEquals(5, Medians.of(three[0], three[1], three[2]));
        }
        assertEquals(1, Medians.of(1, 1, 9));
        assertEquals(9, Medians.of(9, 1, 9));
    }

    @Test
    void shouldLookNoFurtherThanTheCount() {
        assertEquals(7, Medians.of(new long[] {7, 1, 1}, 1));
    }

    @Test
    void shouldFindNoMedianOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> Medians.of(new long[3], 0));
    }

    private static long[] numbers(final String values) {
        return Arrays.stream(values.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
