package org.isochron.risk.funding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * dYdX v4's rounding of means and of moves of the index, by the ids of its examples: DYM from {@code lib/math_test.go}, DYF
 * from {@code x/perpetuals/funding/funding_test.go}. Their rates are ppm for 8 hours and their index has decimals of its
 * own; both are factors here.
 *
 * <p>Left out here: DYM-01 to DYM-17, which are medians and stand with the medians.
 */
class RatesVectorsTest {
    /** 8 hours in seconds, times a million. */
    private static final long PERIOD_PPM = 28_800_000_000L;

    /** Their index counts millionths of quote quanta, which are millionths. */
    private static final int INDEX_DECIMALS = 12;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DYM-18, '20 20 20 20 30', 22",
        "DYM-19, '1 2 3 4 5 6 7 8 9 10 11', 6",
        "DYM-20, '1 2 3 4 5 6 7 8 9 10 13', 6",
        "DYM-21, '-1 -2 -3 -4 -5 -6 -7 -8 -9 -10 -13', -6",
    })
    void shouldRoundTheMeanTowardZero(final String id, final String samples, final long expected) {
        final long[] values =
                Arrays.stream(samples.split(" ")).mapToLong(Long::parseLong).toArray();

        assertEquals(expected, Rates.mean(Arrays.stream(values).sum(), values.length), id);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DYF-01, -12, 1000, 0, 1001999, 28800, 1001",
        "DYF-02, -12, 1000, 0, -1001999, 28800, -1001",
        "DYF-03, -4, 1000, 2, -1001999, 14400, -5009995000000",
        "DYF-04, 0, 1000, -6, -1001999, 3600, -125249875",
    })
    void shouldRoundTheMoveOfTheIndexTowardZeroOnce(
            final String id,
            final int resolution,
            final long price,
            final int exponent,
            final long ratePpm,
            final long seconds,
            final long expected) {
        final int decimals = resolution + exponent + INDEX_DECIMALS;
        final long value = price * (long) Math.pow(10, decimals);

        assertEquals(expected, IndexDelta.truncated(ratePpm * seconds, value, PERIOD_PPM), id);
    }
}
