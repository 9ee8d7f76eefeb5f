package org.isochron.perf.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.MarketShape;
import org.isochron.perf.run.Figures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VenueTrialTest {
    private static final int COMMANDS = 30_000;

    /** The trial itself refuses a venue that rejects a command or trades otherwise than the reference. */
    @ParameterizedTest
    @CsvSource({"1, 100, 1000, false", "8, 1000, 4000, false", "20, 200, 2000, true"})
    void shouldMakeTheReferencesTradesWithNothingRefused(
            final int instruments, final int accounts, final int resting, final boolean skewed) {
        final MarketShape shape = new MarketShape(instruments, accounts, resting, skewed);
        for (final MarketFlow flow :
                new MarketFlow[] {MarketFlow.ofMain(shape, 5, COMMANDS), MarketFlow.ofGrowth(shape, 5, COMMANDS)}) {
            final Figures figures = new VenueTrial(flow, accounts + 50, 0).measure();

            assertTrue(flow.trades() > COMMANDS / 20, "it trades");
            assertEquals(flow.trades(), figures.trades());
            assertTrue(figures.commandsPerSecond() > 0);
        }
    }
}
