package org.isochron.perf.book;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.perf.flow.FlowGenerator;
import org.isochron.perf.flow.FlowShape;
import org.isochron.perf.flow.OrderFlow;
import org.isochron.perf.run.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookTrialTest {
    private static final int COMMANDS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldMakeTheReferencesTradesWithTheProductionBook(final long seed) {
        for (final FlowShape shape : FlowShape.ALL) {
            final OrderFlow flow = FlowGenerator.generate(shape, seed, COMMANDS, made -> {});
            final Figures figures = new BookTrial(EngineKind.ISOCHRON, flow).measure();
            assertAll(
                    () -> assertEquals(flow.trades(), figures.trades()),
                    () -> assertTrue(figures.nsPerOp() > 0),
                    () -> assertTrue(figures.p50() <= figures.p99()),
                    () -> assertTrue(figures.p99() <= figures.p999()),
                    () -> assertTrue(figures.p999() <= figures.max()));
        }
    }

    @Test
    void shouldRefuseFiguresOfAnEngineThatMadeOtherTrades() {
        final OrderFlow flow = FlowGenerator.generate(FlowShape.MAIN, 1, COMMANDS, made -> {});
        final OrderFlow other = new OrderFlow(flow.words(), flow.fill(), flow.trades(), flow.tradesHash() + 1);

        final IllegalStateException ex =
                assertThrows(IllegalStateException.class, () -> new BookTrial(EngineKind.ISOCHRON, other).measure());
        assertTrue(ex.getMessage().contains("isochron made other trades than the reference"), ex::getMessage);
    }

    @Test
    void shouldKeepFiguresThroughAFile() {
        final Figures figures = new Figures(26.5, 40, 120, 220, 9_000, 0.25, 7, 30);
        assertEquals(figures, Figures.of(figures.toProperties()));
    }
}
