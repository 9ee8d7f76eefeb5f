package org.isochron.perf.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isochron.perf.flow.FlowShape;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.MarketShape;
import org.isochron.perf.peer.PipelineTrial;
import org.isochron.perf.run.Figures;
import org.isochron.perf.run.TrialFailedException;
import org.isochron.perf.run.TrialSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peers in JVMs of their own: short streams, for agreement and not for speed. */
class PeersIT {
    private static final Path ROOT = Path.of("..");
    private static final int COMMANDS = 5_000;
    private static final int TIMEOUT_SEC = 600;

    @TempDir
    Path directory;

    /** A trial refuses an engine that makes other trades than the reference. */
    @Test
    void shouldMakeTheSameTradesWithEveryEngineAndWorkload() {
        final Map<FlowShape, Map<EngineKind, List<Figures>>> figures =
                new BookComparison(ROOT, COMMANDS, 1).run(done -> {});

        assertEquals(FlowShape.ALL, List.copyOf(figures.keySet()));
        figures.values().forEach(engines -> {
            assertEquals(EngineKind.values().length, engines.size());
            final int trades = engines.get(EngineKind.ISOCHRON).get(0).trades();
            engines.values()
                    .forEach(rounds -> assertEquals(trades, rounds.get(0).trades()));
        });
    }

    @Test
    void shouldMakeTheReferencesTradesWithExchangeCoresPipeline() {
        final MarketFlow flow = MarketFlow.ofMain(new MarketShape(2, 100, 1_000, false), 7, COMMANDS);
        try (TrialSpace space = TrialSpace.open(ROOT)) {
            final Figures figures = Figures.of(space.peers("512m", PipelineTrial.class)
                    .run(
                            space.directory(),
                            TIMEOUT_SEC,
                            "BLOCKING",
                            MarketFlow.describe(flow.shape(), false, 7, COMMANDS)));
            assertEquals(flow.trades(), figures.trades());
        }
    }

    @Test
    void shouldSayWhatIsMissingAndHowToMakeItWhenThereAreNoPeers() {
        final TrialFailedException ex = assertThrows(TrialFailedException.class, () -> TrialSpace.open(directory));
        assertTrue(ex.getMessage().contains("perf/target/peers is missing"), ex::getMessage);
        assertTrue(ex.getMessage().contains("mvn -pl perf"), ex::getMessage);
    }

    @Test
    void shouldTellWhatAFailedTrialPrinted() {
        try (TrialSpace space = TrialSpace.open(ROOT)) {
            final TrialFailedException ex = assertThrows(
                    TrialFailedException.class,
                    () -> space.peers("128m", BookTrial.class).run(directory, TIMEOUT_SEC, "NO_SUCH_ENGINE", "none"));
            assertTrue(ex.getMessage().contains("exit code 1"), ex::getMessage);
            assertTrue(ex.getMessage().contains("NO_SUCH_ENGINE"), ex::getMessage);
        }
    }
}
