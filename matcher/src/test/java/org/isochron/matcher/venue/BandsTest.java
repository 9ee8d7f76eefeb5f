package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.marks.BookPrices;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandsTest {
    private static final BigInteger PPM = BigInteger.valueOf(1_000_000);

    private final Ledger ledger = new Ledger(Capacities.GENESIS);
    private final Marks marks = new Marks(ledger, BookPrices.NONE, Capacities.GENESIS.instruments());
    private final Bands bands = new Bands(ledger.instruments(), marks);

    private int instrument(final int bandPpm) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = 1 + ledger.instruments().count();
        terms.symbolHead = terms.id;
        terms.bandPpm = bandPpm;
        terms.requiredSources = 1;
        terms.indexStaleNs = 1_000;
        return ledger.instruments().define(terms);
    }

    @Test
    void shouldReachToWholeTicksInsideTheBand() {
        final int instrument = instrument(100_000);
        marks.tick(instrument, 0, 1_005, 1);

        assertTrue(bands.isDefined(instrument));
        assertEquals(905, bands.lowest(instrument), "904.5 rounds up, into the band");
        assertEquals(1_105, bands.highest(instrument), "1,105.5 rounds down, into the band");
    }

    /** The published bands of US stocks; how long LIMIT and HALT last by default is tested with the states. */
    @ParameterizedTest(name = "{0}: 5 % of {1} is {2} to {3}")
    @CsvSource({"BND-08, 100, 95, 105"})
    void shouldGiveTheBandsOfUsStocks(final String id, final long mark, final long lowest, final long highest) {
        final int instrument = instrument(50_000);
        marks.tick(instrument, 0, mark, 1);

        assertEquals(lowest, bands.lowest(instrument));
        assertEquals(highest, bands.highest(instrument));
    }

    @Test
    void shouldLetEveryPriceInBeforeTheFirstMark() {
        final int instrument = instrument(100_000);

        assertFalse(bands.isDefined(instrument));
        assertEquals(Bands.NO_FLOOR, bands.lowest(instrument));
        assertEquals(Bands.NO_CEILING, bands.highest(instrument));
    }

    @Test
    void shouldLetEveryPriceInWithoutABand() {
        final int instrument = instrument(0);
        marks.tick(instrument, 0, 1_000, 1);

        assertFalse(bands.isDefined(instrument));
        assertEquals(Bands.NO_CEILING, bands.highest(instrument));
    }

    @Test
    void shouldStayAtTheLastMarkWhileItIsInvalid() {
        final int instrument = instrument(50_000);
        marks.tick(instrument, 0, 1_000, 1);
        marks.forgetSources(instrument, 1);

        assertEquals(950, bands.lowest(instrument));
        assertEquals(1_050, bands.highest(instrument));
    }

    @Test
    void shouldAgreeWithTheFormulaInBigIntegers() {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            final int ppm = 1 + random.nextInt(999_999);
            final int instrument = instrument(ppm);
            final long mark = 1 + (random.nextLong() >>> (4 + random.nextInt(59)));
            marks.tick(instrument, 0, mark, 1);
            final BigInteger ticks = BigInteger.valueOf(mark);
            final BigInteger[] low =
                    ticks.multiply(PPM.subtract(BigInteger.valueOf(ppm))).divideAndRemainder(PPM);
            final BigInteger high =
                    ticks.multiply(PPM.add(BigInteger.valueOf(ppm))).divide(PPM);
            final String message = "seed " + seed + ", mark " + mark + ", ppm " + ppm;
            assertEquals(low[0].longValue() + low[1].signum(), bands.lowest(instrument), message);
            assertEquals(high.longValue(), bands.highest(instrument), message);
        }
    }
}
