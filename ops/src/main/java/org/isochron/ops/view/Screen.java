package org.isochron.ops.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isochron.ops.client.Figures;
import org.isochron.ops.client.OrderKind;
import org.isochron.ops.traffic.MarketFigures;
import org.isochron.ops.traffic.MarketView;
import org.isochron.ops.traffic.TrafficThread;
import org.isochron.ops.venue.NodePosition;

/** Lays a run out as lines of text: one book, the rates, the latency, every node's place in the log. */
final class Screen {
    private static final int BAR_WIDTH = 40;
    private static final int LEVELS = 8;

    private final Rates rates = new Rates();

    List<String> lines(final RunState state) {
        final List<String> lines = new ArrayList<>();
        lines.add(state.title());
        lines.add("");
        final TrafficThread.Snapshot traffic = state.traffic();
        if (traffic == null) {
            lines.add("starting ...");
        } else {
            rates.update(traffic);
            addProgress(lines, traffic);
            addFigures(lines, traffic.figures());
            addEvents(lines, traffic.figures(), traffic.feed());
            addLiquidations(lines, traffic.feed());
            lines.add("");
            addBook(lines, traffic.market());
        }
        lines.add("");
        addNodes(lines, state.nodes());
        return lines;
    }

    private static void addProgress(final List<String> lines, final TrafficThread.Snapshot traffic) {
        final int filled = (int) (BAR_WIDTH * traffic.done() / traffic.total());
        lines.add("[" + "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] " + traffic.percent() + " %");
    }

    private void addFigures(final List<String> lines, final Figures.Snapshot figures) {
        lines.add(String.format(
                "orders %,12d  %,8.0f/s    trades %,10d  %,7.0f/s    rejects %,d",
                figures.orders(),
                rates.ordersPerSecond(),
                figures.trades(),
                rates.tradesPerSecond(),
                figures.rejectCount()));
        final Figures.LatencyNs latency = figures.latencyNs();
        lines.add("order to acknowledgement: p50 " + Texts.duration(latency.p50()) + "  p99 "
                + Texts.duration(latency.p99()) + "  p99.9 " + Texts.duration(latency.p999()) + "  max "
                + Texts.duration(latency.max()));
    }

    private static void addEvents(final List<String> lines, final Figures.Snapshot figures, final MarketFigures feed) {
        lines.add(String.format(
                "quotes %,d  triggered %,d  refilled %,d  delayed %,d  protection %,d  expired %,d",
                figures.ordersByKind().getOrDefault(OrderKind.QUOTE, 0L),
                count(figures, "TRIGGERED"),
                count(figures, "REFILLED"),
                count(figures, "DELAYED"),
                count(figures, "MMP_TRIGGERED"),
                count(figures, "CANCELLED_EXPIRY")));
        lines.add(String.format(
                "trades in auctions %,d  book hashes %,d, %,d differ",
                feed.auctionTrades(), feed.bookHashes(), feed.bookHashMismatches()));
    }

    private static void addLiquidations(final List<String> lines, final MarketFigures feed) {
        if (!feed.liquidations().isEmpty()) {
            lines.add(Texts.liquidations(feed.liquidations()));
        }
    }

    /** Of all events whose names begin so. */
    private static long count(final Figures.Snapshot figures, final String prefix) {
        return figures.events().entrySet().stream()
                .filter(event -> event.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void addBook(final List<String> lines, final MarketView market) {
        lines.add(
                market.symbol() + "  index " + Texts.price(market.indexE9()) + "  last " + Texts.price(market.tradeE9())
                        + "  " + market.state() + (market.isStale() ? "  (book has lost messages)" : ""));
        lines.add(String.format("%7s %9s %12s | %-12s %-9s %s", "orders", "lots", "bid", "offer", "lots", "orders"));
        for (int depth = 0; depth < LEVELS; depth++) {
            lines.add(bid(market.bids(), depth) + " | " + offer(market.asks(), depth));
        }
    }

    private static String bid(final List<MarketView.Level> levels, final int depth) {
        if (depth >= levels.size()) {
            return " ".repeat(30);
        }
        final MarketView.Level level = levels.get(depth);
        return String.format("%7d %,9d %12s", level.orders(), level.lots(), Texts.price(level.priceE9()));
    }

    private static String offer(final List<MarketView.Level> levels, final int depth) {
        if (depth >= levels.size()) {
            return "";
        }
        final MarketView.Level level = levels.get(depth);
        return String.format("%-12s %-,9d %d", Texts.price(level.priceE9()), level.lots(), level.orders());
    }

    private static void addNodes(final List<String> lines, final List<NodePosition> nodes) {
        lines.add(String.format("%-12s %14s %8s  %-14s %s", "node", "sequence", "behind", "phase", "hash"));
        final long head = nodes.stream().mapToLong(NodePosition::sequence).max().orElse(0);
        for (final NodePosition node : nodes) {
            lines.add(String.format(
                    "%-12s %,14d %,8d  %-14s %s",
                    node.name(),
                    node.sequence(),
                    head - node.sequence(),
                    node.phase(),
                    node.hasState() ? Texts.hash(node.hash()) : "-"));
        }
    }
}
