package org.isochron.ops.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.ops.client.Figures;
import org.isochron.ops.client.OrderKind;
import org.isochron.ops.feed.FeedReport;
import org.isochron.ops.feed.LineUse;
import org.isochron.ops.traffic.MarketFigures;
import org.isochron.ops.venue.FinalState;
import org.isochron.ops.venue.NodePosition;
import org.isochron.ops.venue.ReleaseDelay;

/**
 * A run at its end.
 *
 * @param market    what public market data has told.
 * @param elapsedNs from the first look at the clients to their end.
 * @param journal   directory of the sequencer's journal.
 * @param feed      what became of the capture, null when there was none.
 */
public record Summary(
        Figures.Snapshot figures,
        MarketFigures market,
        FinalState state,
        long elapsedNs,
        Path journal,
        FeedReport feed) {
    private static final double SECOND_NS = 1e9;

    /** Whether the venue kept its word: nodes agree, nothing made or lost, public books as the venue's. */
    public boolean isGood() {
        return state.nodesAgree() && state.isZeroSum() && market.areBooksRight();
    }

    /** The command that replays the journal. */
    public String replayCommand() {
        return "ops/isochron replay " + journal;
    }

    private double ordersPerSecond() {
        return elapsedNs == 0 ? 0 : figures.orders() * SECOND_NS / elapsedNs;
    }

    /** For people. */
    public void print(final PrintWriter out) {
        row(out, "commands", String.format("%,d", state.sequence()));
        row(out, "orders a second", String.format("%,.0f", ordersPerSecond()));
        print(out, figures, market);
        state.nodes()
                .forEach(node -> row(
                        out,
                        node.name(),
                        String.format("sequence %,d, hash %s", node.sequence(), Texts.hash(node.hash()))));
        row(out, "", state.nodesAgree() ? "all nodes agree" : "THE NODES DIFFER");
        state.zeroSum()
                .forEach((asset, rest) -> row(
                        out, "zero-sum " + asset, "0".equals(rest) ? "exact" : "BROKEN, " + rest + " quanta are left"));
        state.insurance().forEach((asset, cash) -> row(out, "insurance", cash + " " + asset));
        final ReleaseDelay delay = state.privateMinusPublic();
        row(
                out,
                "private - public",
                "min " + Texts.duration(delay.minNs()) + ", p50 " + Texts.duration(delay.p50Ns()) + ", "
                        + delay.violations() + " violations");
        if (feed != null) {
            printFeed(out);
        }
        row(out, "journal", journal.toString());
        row(out, "replay it with", replayCommand());
        out.flush();
    }

    /** The same, as one JSON object. */
    public static String toJson(final Figures.Snapshot figures, final MarketFigures market) {
        final ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("orders", figures.orders());
        root.put("trades", figures.trades());
        putLatency(root.putObject("latencyNs"), figures.latencyNs());
        root.put("lostMessages", market.lostMessages());
        root.put("bookHashMismatches", market.bookHashMismatches());
        return root.toString();
    }

    /** What the clients of a run have seen, for people. */
    public static void print(final PrintWriter out, final Figures.Snapshot figures, final MarketFigures market) {
        row(out, "orders", String.format("%,d", figures.orders()));
        figures.ordersByKind().forEach((kind, count) -> countRow(out, count, text(kind)));
        if (figures.massQuotes() > 0) {
            row(out, "mass quotes", String.format("%,d", figures.massQuotes()));
        }
        row(out, "trades", String.format("%,d", figures.trades()));
        row(out, "events", figures.events().isEmpty() ? "none beside acknowledgements, fills and cancels" : "");
        countRows(out, figures.events());
        row(out, "rejects", String.format("%,d", figures.rejectCount()));
        countRows(out, figures.rejects());
        printMarket(out, market);
        row(out, "order to ack", latency(figures.latencyNs()) + " (from the intended send)");
        if (figures.warmLatencyNs().max() > 0) {
            row(out, "  second half", latency(figures.warmLatencyNs()) + " (the JVM has compiled most of it)");
        }
        out.flush();
    }

    private static String text(final OrderKind kind) {
        return kind == OrderKind.QUOTE ? "QUOTE (sides of mass quotes, beside the orders)" : kind.name();
    }

    private static void printMarket(final PrintWriter out, final MarketFigures market) {
        row(out, "market data", String.format("%,d trades in auctions", market.auctionTrades()));
        row(out, "funding", String.format("%,d moves of an index", market.fundingRates()));
        countRows(out, market.states());
        if (!market.liquidations().isEmpty()) {
            row(out, "liquidations", Texts.liquidations(market.liquidations()));
        }
        row(
                out,
                "book hashes",
                String.format(
                        "%,d compared with the books built from the feed, %s",
                        market.bookHashes(),
                        market.areBooksRight() ? "none differs" : market.bookHashMismatches() + " DIFFER"));
        if (market.lostMessages() > 0) {
            row(out, "", String.format("%,d messages came over neither feed", market.lostMessages()));
        }
    }

    private static void countRows(final PrintWriter out, final Map<String, Long> counts) {
        new TreeMap<>(counts).forEach((name, count) -> countRow(out, count, name));
    }

    private static void countRow(final PrintWriter out, final long count, final String name) {
        row(out, "", String.format("%,9d %s", count, name));
    }

    private static String latency(final Figures.LatencyNs latency) {
        return "p50 " + Texts.duration(latency.p50()) + ", p99 " + Texts.duration(latency.p99()) + ", p99.9 "
                + Texts.duration(latency.p999()) + ", max " + Texts.duration(latency.max());
    }

    private void printFeed(final PrintWriter out) {
        row(out, "capture", String.format("%,d lines", feed.lines()));
        feed.uses().forEach((use, count) -> row(out, "", String.format("%,9d %s", count, use.text())));
        feed.malformed().forEach(line -> row(out, "", "          " + line));
        row(
                out,
                "its levels",
                String.format(
                        "%,d changes overtaken by later ones, %,d orders refused, %,d entered anew after a fill, %,d"
                                + " off the grid",
                        feed.levelsCoalesced(), feed.levelsRefused(), feed.levelsReentered(), feed.levelsOffGrid()));
        row(out, "its trades", String.format("%,d market orders met nobody", feed.ordersWithoutTrade()));
        row(
                out,
                "besides",
                String.format(
                        "%,d requests sent again after BUSY, %,d gaps in the capture's depth",
                        feed.resentAfterBusy(), feed.depthGaps()));
    }

    private static void row(final PrintWriter out, final String name, final String value) {
        out.println(String.format("%-17s %s", name, value));
    }

    /** For machines. */
    public String toJson() {
        final ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("commands", state.sequence());
        root.put("orders", figures.orders());
        root.put("trades", figures.trades());
        putCounts(root.putObject("rejects"), figures.rejects());
        final ObjectNode kinds = root.putObject("ordersByKind");
        figures.ordersByKind().forEach((kind, count) -> kinds.put(kind.name(), count));
        root.put("massQuotes", figures.massQuotes());
        putCounts(root.putObject("events"), figures.events());
        putMarket(root.putObject("market"));
        putLatency(root.putObject("latencyNs"), figures.latencyNs());
        putLatency(root.putObject("latencySecondHalfNs"), figures.warmLatencyNs());
        final ArrayNode nodes = root.putArray("nodes");
        for (final NodePosition node : state.nodes()) {
            nodes.addObject()
                    .put("name", node.name())
                    .put("sequence", node.sequence())
                    .put("hash", Texts.hash(node.hash()));
        }
        putAll(root.putObject("zeroSum"), state.zeroSum());
        final ReleaseDelay delay = state.privateMinusPublic();
        root.putObject("privateMinusPublicNs")
                .put("min", delay.minNs())
                .put("p50", delay.p50Ns())
                .put("violations", delay.violations());
        root.put("journal", journal.toString());
        putAll(root.putObject("insurance"), state.insurance());
        root.put("requests", figures.requests());
        root.put("acknowledged", figures.acks());
        root.put("resentAfterBusy", figures.resent());
        root.put("seconds", elapsedNs / SECOND_NS);
        root.put("ordersPerSecond", Math.round(ordersPerSecond()));
        root.put("replayCommand", replayCommand());
        if (feed != null) {
            putFeed(root.putObject("feed"));
        }
        return root.toPrettyString();
    }

    private void putFeed(final ObjectNode node) {
        node.put("lines", feed.lines());
        final ObjectNode used = node.putObject("used");
        final ObjectNode notUsed = node.putObject("notUsed");
        for (final Map.Entry<LineUse, Long> entry : feed.uses().entrySet()) {
            (entry.getKey().isUsed() ? used : notUsed).put(entry.getKey().name(), entry.getValue());
        }
        feed.malformed().forEach(node.putArray("malformed")::add);
        node.put("depthGaps", feed.depthGaps());
        node.put("levelsOffGrid", feed.levelsOffGrid());
        node.put("levelsCoalesced", feed.levelsCoalesced());
        node.put("levelsRefused", feed.levelsRefused());
        node.put("levelsReentered", feed.levelsReentered());
        node.put("ordersWithoutTrade", feed.ordersWithoutTrade());
    }

    private void putMarket(final ObjectNode node) {
        node.put("auctionTrades", market.auctionTrades());
        node.put("fundingRates", market.fundingRates());
        putCounts(node.putObject("states"), market.states());
        putCounts(node.putObject("liquidations"), market.liquidations());
        node.putObject("bookHashes")
                .put("compared", market.bookHashes())
                .put("mismatches", market.bookHashMismatches());
        node.put("lostMessages", market.lostMessages());
    }

    private static void putCounts(final ObjectNode node, final Map<String, Long> counts) {
        new TreeMap<>(counts).forEach(node::put);
    }

    private static void putLatency(final ObjectNode node, final Figures.LatencyNs latency) {
        node.put("p50", latency.p50())
                .put("p99", latency.p99())
                .put("p999", latency.p999())
                .put("max", latency.max());
    }

    private static void putAll(final ObjectNode node, final Map<String, String> values) {
        new TreeMap<>(values).forEach(node::put);
    }
}
