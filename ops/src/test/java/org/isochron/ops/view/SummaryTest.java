package org.isochron.ops.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isochron.ops.client.Figures;
import org.isochron.ops.client.OrderKind;
import org.isochron.ops.client.Quote;
import org.isochron.ops.feed.FeedReport;
import org.isochron.ops.feed.LineUse;
import org.isochron.ops.traffic.MarketFigures;
import org.isochron.ops.venue.FinalState;
import org.isochron.ops.venue.NodePosition;
import org.isochron.ops.venue.ReleaseDelay;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final MarketFigures MARKET =
            new MarketFigures(Map.of("HALT_OPERATOR", 1L), 4, 9, Map.of("TAKEOVER", 2L), 30, 0, 0);

    @Test
    void shouldWriteTheKeysThatToolsReadAsJson() throws IOException {
        final JsonNode json =
                new ObjectMapper().readTree(summary(0xABCL, "0", null).toJson());

        assertEquals(7_000, json.get("commands").longValue());
        assertEquals(2, json.get("orders").longValue());
        assertEquals(1, json.get("trades").longValue());
        assertEquals(2, json.get("rejects").get("POST_ONLY_WOULD_CROSS").longValue());
        assertEquals(1, json.get("rejects").get("BUSY_OVERLOAD").longValue());
        final JsonNode latency = json.get("latencyNs");
        assertTrue(latency.get("p50").longValue() >= 5_000, latency::toString);
        assertTrue(latency.get("p99").longValue() >= latency.get("p50").longValue());
        assertTrue(latency.get("p999").longValue() >= latency.get("p99").longValue());
        assertTrue(latency.get("max").longValue() >= 90_000);
        assertEquals("matcher-A", json.get("nodes").get(0).get("name").textValue());
        assertEquals(7_000, json.get("nodes").get(0).get("sequence").longValue());
        assertEquals("0000000000000abc", json.get("nodes").get(0).get("hash").textValue());
        assertEquals("0", json.get("zeroSum").get("USD").textValue());
        assertEquals(100, json.get("privateMinusPublicNs").get("min").longValue());
        assertEquals(900, json.get("privateMinusPublicNs").get("p50").longValue());
        assertEquals(3, json.get("privateMinusPublicNs").get("violations").longValue());
        assertEquals("run/x/journal-sequencer", json.get("journal").textValue());
        assertFalse(json.has("feed"));
    }

    @Test
    void shouldEndWithTheCommandThatReplays() {
        final StringWriter text = new StringWriter();

        summary(0xABCL, "0", null).print(new PrintWriter(text));

        assertTrue(
                text.toString().stripTrailing().endsWith("ops/isochron replay run/x/journal-sequencer"),
                text::toString);
    }

    @Test
    void shouldBeGoodOnlyWhenNodesAgreeAndNothingIsLost() {
        assertTrue(summary(0xABCL, "0", null).isGood());
        assertFalse(summary(0xABDL, "0", null).isGood());
        assertFalse(summary(0xABCL, "-1", null).isGood());
    }

    @Test
    void shouldNotBeGoodWhenABookBuiltFromTheFeedIsNotTheVenues() {
        final Summary good = summary(0xABCL, "0", null);
        final Summary bad = new Summary(
                good.figures(),
                new MarketFigures(Map.of(), 0, 0, Map.of(), 30, 1, 0),
                good.state(),
                1,
                good.journal(),
                null);
        final StringWriter text = new StringWriter();
        bad.print(new PrintWriter(text));

        assertFalse(bad.isGood());
        assertTrue(
                text.toString().contains("30 compared with the books built from the feed, 1 DIFFER"), text::toString);
    }

    @Test
    void shouldCountEveryOrderUnderItsKindAndWhatBecameOfThem() throws IOException {
        final Summary summary = summary(0xABCL, "0", null);
        final StringWriter text = new StringWriter();
        summary.print(new PrintWriter(text));
        final JsonNode json = new ObjectMapper().readTree(summary.toJson());

        assertTrue(text.toString().contains("1 ICEBERG"), text::toString);
        assertTrue(text.toString().contains("1 REFILLED"), text::toString);
        assertTrue(text.toString().contains("1 HALT_OPERATOR"), text::toString);
        assertEquals(1, json.get("ordersByKind").get("LIMIT").longValue());
        assertEquals(2, json.get("ordersByKind").get("QUOTE").longValue());
        assertEquals(1, json.get("massQuotes").longValue());
        assertEquals(1, json.get("events").get("REFILLED").longValue());
        assertEquals(4, json.get("market").get("auctionTrades").longValue());
        assertEquals(30, json.get("market").get("bookHashes").get("compared").longValue());
        assertEquals(0, json.get("market").get("bookHashes").get("mismatches").longValue());
    }

    @Test
    void shouldShowWhatBecameOfACapture() throws IOException {
        final FeedReport feed = new FeedReport(
                3, Map.of(LineUse.MARKET_ORDER, 2L, LineUse.MALFORMED, 1L), List.of("line 3: no"), 0, 0, 0, 0, 0, 0, 0);
        final Summary summary = summary(0xABCL, "0", feed);
        final StringWriter text = new StringWriter();
        summary.print(new PrintWriter(text));
        final JsonNode json = new ObjectMapper().readTree(summary.toJson()).get("feed");

        assertTrue(text.toString().contains("2 used as market order"), text::toString);
        assertTrue(text.toString().contains("1 not used: malformed"), text::toString);
        assertTrue(text.toString().contains("line 3: no"), text::toString);
        assertEquals(2, json.get("used").get("MARKET_ORDER").longValue());
        assertEquals(1, json.get("notUsed").get("MALFORMED").longValue());
    }

    @Test
    void shouldRefuseAReportThatDoesNotAccountForEveryLine() {
        assertThrows(
                IllegalStateException.class,
                () -> new FeedReport(4, Map.of(LineUse.MARKET_ORDER, 3L), List.of(), 0, 0, 0, 0, 0, 0, 0));
    }

    private static Summary summary(final long hashOfB, final String zeroSum, final FeedReport feed) {
        final Figures figures = new Figures();
        figures.onOrder(OrderKind.LIMIT);
        figures.onOrder(OrderKind.ICEBERG);
        figures.onQuotes(List.of(new Quote(0, 1, 5, 6, 7, 8), new Quote(1, 1, Quote.UNTOUCHED, 0, 7, 0)));
        figures.onEvent("REFILLED");
        figures.onAck(0, 5_000);
        figures.onAck(0, 90_000);
        figures.onTrade();
        figures.onReject("POST_ONLY_WOULD_CROSS");
        figures.onReject("POST_ONLY_WOULD_CROSS");
        figures.onReject("BUSY_OVERLOAD");
        final FinalState state = new FinalState(
                List.of(
                        NodePosition.ofReplica("matcher-A", 7_000, "LIVE", 0xABCL),
                        NodePosition.ofReplica("matcher-B", 7_000, "LIVE", hashOfB)),
                Map.of("USD", zeroSum),
                Map.of("USD", "12.500000"),
                new ReleaseDelay(100, 900, 3));
        return new Summary(figures.snapshot(), MARKET, state, 1_000_000_000L, Path.of("run/x/journal-sequencer"), feed);
    }
}
