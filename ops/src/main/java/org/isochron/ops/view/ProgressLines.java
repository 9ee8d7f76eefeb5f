package org.isochron.ops.view;

import java.io.PrintWriter;
import java.util.Map;
import org.isochron.ops.client.Figures;
import org.isochron.ops.venue.NodePosition;

/** A line every few seconds, for logs and pipes. */
public final class ProgressLines implements RunView {
    private static final long LINE_INTERVAL_NS = 2_000_000_000L;

    private final PrintWriter out;
    private final Rates rates = new Rates();
    private long lineDueNs;
    private String title;

    public ProgressLines(final PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(final RunState state) {
        if (state.traffic() == null || state.nowNs() - lineDueNs < 0 && lineDueNs != 0) {
            return;
        }
        if (title == null) {
            title = state.title();
            out.println(title);
        }
        lineDueNs = state.nowNs() + LINE_INTERVAL_NS;
        rates.update(state.traffic());
        final Figures.Snapshot figures = state.traffic().figures();
        final long slowest =
                state.nodes().stream().mapToLong(NodePosition::sequence).min().orElse(0);
        final long fastest =
                state.nodes().stream().mapToLong(NodePosition::sequence).max().orElse(0);
        out.println(String.format(
                "%3d %%: %,d orders (%,.0f/s), %,d trades, %,d rejects, ack p50 %s p99 %s, log at %,d, slowest node %,d behind",
                state.traffic().percent(),
                figures.orders(),
                rates.ordersPerSecond(),
                figures.trades(),
                figures.rejectCount(),
                Texts.duration(figures.latencyNs().p50()),
                Texts.duration(figures.latencyNs().p99()),
                fastest,
                fastest - slowest));
        final Map<String, Long> liquidations = state.traffic().feed().liquidations();
        if (!liquidations.isEmpty()) {
            out.println("       " + Texts.liquidations(liquidations));
        }
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
