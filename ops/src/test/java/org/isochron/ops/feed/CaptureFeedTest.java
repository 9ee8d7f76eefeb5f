package org.isochron.ops.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.isochron.ops.client.Contract;
import org.junit.jupiter.api.Test;

class CaptureFeedTest {
    private static final Contract CONTRACT =
            new Contract(1, "TST-PERP", 100_000_000L, 1_000_000L, 1_000_000_000_000_000L, 1_000_000);

    private final RecordingPort port = new RecordingPort();
    private final DepthMaker maker = DepthMaker.plain(port, 1_000);
    private final TradeTaker taker = new TradeTaker(port, 1_000);
    private final LineTally tally = new LineTally();
    private final CaptureFeed feed = new CaptureFeed(
            CONTRACT, new DepthMakers(List.of(maker), CONTRACT.tickE9()), taker, new MidPublisher(port), tally);
    private final CaptureParser parser = new CaptureParser();
    private long lines;

    @Test
    void shouldCountEveryLineOnce() throws IOException {
        final List<String> capture = capture();
        capture.forEach(this::feed);
        feed.onEnd();

        assertEquals(capture.size(), tally.total());
        assertEquals(
                Map.ofEntries(
                        Map.entry(LineUse.INITIAL_BOOK, 1L),
                        Map.entry(LineUse.MAKER_ORDERS, 3L),
                        Map.entry(LineUse.MARKET_ORDER, 2L),
                        Map.entry(LineUse.INDEX_PRICE, 2L),
                        Map.entry(LineUse.SAME_MID, 1L),
                        Map.entry(LineUse.NO_LEVEL_CHANGED, 1L),
                        Map.entry(LineUse.BEFORE_SNAPSHOT, 1L),
                        Map.entry(LineUse.OLDER_THAN_SNAPSHOT, 1L),
                        Map.entry(LineUse.LATER_SNAPSHOT, 1L),
                        Map.entry(LineUse.NOT_A_MARKET_TRADE, 1L),
                        Map.entry(LineUse.NOT_ON_GRID, 1L),
                        Map.entry(LineUse.NOT_WHOLE_LOTS, 1L),
                        Map.entry(LineUse.OTHER_SYMBOL, 1L),
                        Map.entry(LineUse.OTHER_EVENT, 1L),
                        Map.entry(LineUse.MALFORMED, 2L)),
                tally.counts());
        assertEquals(1, feed.depthGaps());
        assertEquals(1, feed.levelsOffGrid());
    }

    @Test
    void shouldNameMalformedLines() throws IOException {
        capture().forEach(this::feed);

        assertEquals(2, tally.examples().size());
        assertTrue(tally.examples().get(0).startsWith("line 18: no JSON: "), tally.examples()::toString);
        assertTrue(tally.examples().get(1).startsWith("line 19: no JSON: "), tally.examples()::toString);
    }

    @Test
    void shouldBuildTheBookFromTheSnapshotAndTheDepthThatStraddlesIt() throws IOException {
        capture().subList(0, 5).forEach(this::feed);
        maker.send(0);

        assertEquals(
                List.of(
                        "tick 1001",
                        "new 1 BUY 2000 @ 1000 GTC post-only",
                        "new 2 BUY 500 @ 999 GTC post-only",
                        "new 3 SELL 3000 @ 1002 GTC post-only"),
                port.sent);
    }

    @Test
    void shouldSendTradesOnTheAggressorsSide() throws IOException {
        capture().subList(0, 8).forEach(this::feed);
        taker.send(0);

        assertEquals(
                List.of("tick 1001", "new 1 BUY 100 @ 1002 MARKET IOC", "new 2 SELL 250 @ 1000 MARKET IOC"), port.sent);
    }

    @Test
    void shouldCancelBeforeItEntersWithinOneMessage() throws IOException {
        final List<String> capture = capture();
        capture.subList(0, 5).forEach(this::feed);
        maker.send(0);
        for (int clOrdId = 1; clOrdId <= 3; clOrdId++) {
            maker.onAck(clOrdId, 0);
        }
        port.taken();

        feed(capture.get(10));
        maker.send(0);

        assertEquals(List.of("cancel 1", "new 5 SELL 700 @ 1001 GTC post-only"), port.taken());
    }

    @Test
    void shouldCountDepthOfAFileWithoutASnapshot() throws IOException {
        feed(capture().get(0));
        feed(capture().get(3));
        feed.onEnd();

        assertEquals(Map.of(LineUse.NO_SNAPSHOT, 2L), tally.counts());
    }

    @Test
    void shouldSendAnUnchangedMidAgainAfterASecond() {
        feed("1000000000 {\"data\":{\"e\":\"bookTicker\",\"s\":\"TSTUSDT\",\"b\":\"100.0\",\"a\":\"100.2\"}}");
        feed("1999999999 {\"data\":{\"e\":\"bookTicker\",\"s\":\"TSTUSDT\",\"b\":\"100.0\",\"a\":\"100.2\"}}");
        feed("2000000000 {\"data\":{\"e\":\"bookTicker\",\"s\":\"TSTUSDT\",\"b\":\"100.0\",\"a\":\"100.2\"}}");

        assertEquals(List.of("tick 1001", "tick 1001"), port.sent);
    }

    private void feed(final String line) {
        feed.onMessage(++lines, parser.parse(line));
    }

    private static List<String> capture() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CaptureFeedTest.class.getResourceAsStream("capture.jsonl")),
                StandardCharsets.UTF_8))) {
            return new ArrayList<>(reader.lines().toList());
        }
    }
}
