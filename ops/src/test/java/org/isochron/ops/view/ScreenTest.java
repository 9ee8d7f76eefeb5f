package org.isochron.ops.view;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.isochron.codecs.TradingState;
import org.isochron.ops.client.Figures;
import org.isochron.ops.client.OrderKind;
import org.isochron.ops.traffic.MarketFigures;
import org.isochron.ops.traffic.MarketView;
import org.isochron.ops.traffic.TrafficThread;
import org.isochron.ops.venue.NodePosition;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final List<NodePosition> NODES = List.of(
            NodePosition.ofSequencer("sequencer", 1_200, "RUNNING"),
            NodePosition.ofReplica("matcher-A", 1_190, "LIVE", 0x10L));

    @Test
    void shouldShowNodesBeforeAnybodyTrades() {
        final String text = String.join("\n", new Screen().lines(new RunState("demo", null, NODES, 0)));

        assertTrue(text.contains("starting"), text);
        assertTrue(text.matches("(?s).*matcher-A +1,190 +10 +LIVE +0000000000000010.*"), text);
    }

    @Test
    void shouldShowBookRatesAndLatency() {
        final Figures figures = new Figures();
        figures.onOrder(OrderKind.LIMIT);
        figures.onAck(0, 12_000);
        figures.onEvent("MMP_TRIGGERED_DELTA");
        figures.onEvent("MMP_TRIGGERED_FILL_COUNT");
        final MarketView market = new MarketView(
                "BTC-PERP",
                TradingState.OPEN,
                List.of(new MarketView.Level(60_000_100_000_000L, 1_500, 3)),
                List.of(),
                60_000_000_000_000L,
                0,
                false);
        final MarketFigures feed = new MarketFigures(Map.of(), 6, 0, Map.of(), 7, 0, 0);
        final TrafficThread.Snapshot traffic =
                new TrafficThread.Snapshot(figures.snapshot(), feed, market, 50, 100, 1_000_000_000L);

        final String text = String.join("\n", new Screen().lines(new RunState("demo", traffic, NODES, 0)));

        assertTrue(text.contains("50 %"), text);
        assertTrue(text.contains("BTC-PERP  index 60000  last -"), text);
        assertTrue(text.contains("protection 2  expired 0"), text);
        assertTrue(text.contains("trades in auctions 6  book hashes 7, 0 differ"), text);
        assertTrue(text.contains("1,500      60000.1 |"), text);
        assertTrue(text.contains("p50 12.0 us"), text);
    }
}
