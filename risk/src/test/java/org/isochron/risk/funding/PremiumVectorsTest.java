package org.isochron.risk.funding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isochron.codecs.fixed.FixedPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * dYdX v4's premium of impact prices over the index, by the ids of its examples ({@code memclob_get_premium_price_test.go}).
 * Their premium is that of the side which the index has crossed, which is what ours comes to, in ppm rather than billionths.
 * Prices in ticks of 0.01 dollars, lots of 0.001 coins.
 *
 * <p>None is left out.
 */
class PremiumVectorsTest {
    private static final int PRICE_DECIMALS = 2;
    private static final int LOT_DECIMALS = 3;
    /** Value of one lot at one tick, 1e-5 dollars. */
    private static final long FACTOR = 1;

    private static final long UNITS_PER_DOLLAR = 100_000;
    private static final long RATE_PER_PPM = 1_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DYP-04, 9999x1, 10001x1, 10001.9, 5000, 1000000, -89",
        "DYP-05, 9999.9x1, 10001x1, 9997.5, 5000, 1000000, 240",
        "DYP-06, 9999.9x0.1 9999.5x1 9999x1, 10001x1, 9999.82, 5000, 1000000, 0",
        "DYP-07, 9999.8x1, 10000.1x0.1, 10001, 2000, 100000, 0",
        "DYP-08, 9999.8x0.1, 10000.1x1, 9999.5, 2000, 100000, 0",
        "DYP-09, 9999.8x0.1, 10000.1x0.1, 10000, 2000, 100000, 0",
        "DYP-10, '', '', 10000, 2000, 100000, 0",
        "DYP-11, 9999.9x1, 10001x1, 6000, 5000, 100000, 100000",
        "DYP-12, 9999.9x1, 10001x1, 15000, 5000, 100000, -100000",
        "DYP-13, 9999.8x1, 10000.1x0.1, 9999, 5000, 100000, 80",
        "DYP-14, 9999.8x0.1, 10000.1x1, 10001, 5000, 100000, -89",
        "DYP-15, 9999.9x1, 10001x1, 9997.5, 0, 1000000, 240",
    })
    void shouldMeasureTheSideTheIndexHasCrossed(
            final String id,
            final String bids,
            final String asks,
            final String index,
            final long dollars,
            final long largestPpm,
            final long expectedPpm) {
        final long premium = Premium.ofBook(
                impact(bids, dollars, true),
                impact(asks, dollars, false),
                FixedPoint.parse(index, PRICE_DECIMALS),
                largestPpm * RATE_PER_PPM);

        assertEquals(expectedPpm, premium / RATE_PER_PPM, id);
    }

    private static long impact(final String levels, final long dollars, final boolean bid) {
        final ImpactWalk walk = new ImpactWalk();
        walk.begin(dollars * UNITS_PER_DOLLAR, FACTOR, bid);
        boolean done = levels.isEmpty();
        for (int from = 0; !done; ) {
            final int x = levels.indexOf('x', from);
            final int end = levels.indexOf(' ', x) < 0 ? levels.length() : levels.indexOf(' ', x);
            final long ticks = FixedPoint.parse(levels.substring(from, x), PRICE_DECIMALS);
            done = walk.take(ticks, FixedPoint.parse(levels.substring(x + 1, end), LOT_DECIMALS))
                    || end == levels.length();
            from = end + 1;
        }
        return walk.price();
    }
}
